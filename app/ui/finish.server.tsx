import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Locale } from '#app/lib/i18n.ts'
import { LocaleProvider } from './locale.tsx'

/**
 * Renders a part of a page that many readers get alike, for {@link FinishedHtml} to show: kept by the caller, it costs
 * neither this server nor the reader's browser a second rendering, and no second encoding. Links and text only: what needs a script in the browser
 * (a form that keeps what was typed, a button that acts) stays outside.
 */
export const finish = (part: ReactNode, locale: Locale): Uint8Array =>
  Buffer.from(renderToStaticMarkup(<LocaleProvider locale={locale}>{part}</LocaleProvider>))
