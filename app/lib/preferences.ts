import { DEFAULT_LOCALE, LOCALES, type Locale } from './i18n.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
const DISPLAY_MODES = ['standard', 'elder'] as const
export type DisplayMode = (typeof DISPLAY_MODES)[number]

/** How a person wants pages shown; kept in a cookie so that it works before sign-in. */
export interface Preferences {
  locale: Locale
  theme: Theme
  mode: DisplayMode
}

export const DEFAULT_PREFERENCES: Preferences = { locale: DEFAULT_LOCALE, theme: 'system', mode: 'standard' }
export const PREFERENCES_COOKIE = 'prefs'
const ONE_YEAR_SECONDS = 31_536_000
/** A longer value was not written by us. */
const LONGEST_COOKIE = 300

/**
 * Reads the preferences out of a Cookie header. Never throws: a missing, broken or unknown value counts as the
 * default, field by field.
 */
export function parsePreferences(cookieHeader: string | null | undefined): Preferences {
  return withPreferences(DEFAULT_PREFERENCES, readCookie(cookieHeader ?? ''))
}

/** `current` with every field of `changes` that holds a known value; anything else is ignored. */
export function withPreferences(current: Preferences, changes: unknown): Preferences {
  const from = typeof changes === 'object' && changes !== null ? (changes as Record<string, unknown>) : {}
  return {
    locale: known(LOCALES, from.locale) ?? current.locale,
    theme: known(THEMES, from.theme) ?? current.theme,
    mode: known(DISPLAY_MODES, from.mode) ?? current.mode,
  }
}

/** A Set-Cookie header value. Readable by scripts on purpose: it holds nothing but taste. */
export function serialisePreferences(preferences: Preferences, options: { isSecure?: boolean } = {}): string {
  const value = encodeURIComponent(JSON.stringify(preferences))
  const secure = options.isSecure ? '; Secure' : ''
  return `${PREFERENCES_COOKIE}=${value}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax${secure}`
}

function readCookie(header: string): unknown {
  for (const part of header.split(';')) {
    const [name, value = ''] = part.trim().split('=', 2)
    if (name !== PREFERENCES_COOKIE || value.length > LONGEST_COOKIE) continue
    try {
      return JSON.parse(decodeURIComponent(value))
    } catch {
      return null
    }
  }
  return null
}

function known<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((candidate) => candidate === value)
}
