import type { MetaDescriptor } from '@remix-run/react'
import { DEFAULT_LOCALE, type Locale, type Words } from '#app/lib/i18n.ts'
import { words as shellWords } from './words.ts'

interface Matches {
  matches: readonly { id: string; data?: unknown }[]
}

/** The language of the page, as the root's loader found it; for `meta` functions, which have no hooks. */
export function pageLocale({ matches }: Matches): Locale {
  const data = matches.find((match) => match.id === 'root')?.data
  return typeof data === 'object' && data !== null && 'locale' in data ? (data.locale as Locale) : DEFAULT_LOCALE
}

/**
 * The title of a page: `export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.title)`. A page that
 * is open to everyone says after it what it is about, for those who find it with a search engine.
 */
export function pageTitle<T>(
  args: Matches,
  words: Words<T>,
  pick: (w: T) => string,
  about?: (w: T) => string,
): MetaDescriptor[] {
  const locale = pageLocale(args)
  const w = words[locale] as T
  return head(locale, pick(w), about?.(w))
}

/** The same for a page whose texts come from its data; without `about` where there is none, as after an error. */
export function head(locale: Locale, title: string, about?: string): MetaDescriptor[] {
  const tags: MetaDescriptor[] = [{ title: titled(title, locale) }]
  return about ? [...tags, { name: 'description', content: about }] : tags
}

/** A title with the product's name after it. */
export function titled(title: string, locale: Locale): string {
  return `${title} · ${shellWords[locale].product}`
}
