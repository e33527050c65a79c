import { createContext, type ReactNode, useContext } from 'react'
import { DEFAULT_LOCALE, type Locale, type Words } from '#app/lib/i18n.ts'

const LocaleContext = createContext<Locale>(DEFAULT_LOCALE)

/** Sets the language of everything inside; the root wraps the page in it once. */
export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>
}

export function useLocale(): Locale {
  return useContext(LocaleContext)
}

/** The texts of one area in the reader's language: `const w = useWords(words)`. */
export function useWords<T>(words: Words<T>): T {
  return words[useLocale()] as T
}
