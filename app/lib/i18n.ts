/** The two languages of the interface. zh-CN is the default; English is complete. */
export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const DEFAULT_LOCALE: Locale = 'zh-CN'

/**
 * The shape that a translation must have: the same keys, and for a text with parameters a function of the same
 * parameters. A missing or extra key is a compile error, so no library is needed in the browser.
 */
export type Translated<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Translated<T[K]>
}

export type Words<T> = { readonly 'zh-CN': T; readonly en: Translated<T> }

/** Declares the texts of one area: Chinese defines the shape, English must match it. */
export function defineWords<T>(zh: T, en: Translated<T>): Words<T> {
  return { 'zh-CN': zh, en }
}

/** Reads a locale from outside (cookie, query, header); anything unknown is the default. */
export function toLocale(value: string | null | undefined): Locale {
  return LOCALES.find((locale) => locale === value) ?? DEFAULT_LOCALE
}
