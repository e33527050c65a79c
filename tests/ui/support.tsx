import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale } from '#app/lib/i18n.ts'
import { LocaleProvider } from '#app/ui/locale.tsx'

/** The HTML of a piece that needs no router. */
export function html(piece: ReactElement, locale: Locale = 'zh-CN'): string {
  return renderToStaticMarkup(<LocaleProvider locale={locale}>{piece}</LocaleProvider>)
}
