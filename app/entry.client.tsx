import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { DEFAULT_PREFERENCES, withPreferences } from '#app/lib/preferences.ts'
import { loadRail } from '#app/routes/shell/rail.ts'
import { type PageInfo, PageProvider } from '#app/ui/page-context.tsx'

const { lang, dataset } = document.documentElement
let requestId = dataset.request ?? ''

/** The number on an error page is that of the request that failed: remembered here, since Remix shows no headers. */
const send = window.fetch
window.fetch = async (...request) => {
  const response = await send(...request)
  if (!response.ok) requestId = response.headers.get('X-Request-Id') ?? ''
  return response
}

const page: PageInfo = {
  nonce: undefined,
  preferences: withPreferences(DEFAULT_PREFERENCES, { locale: lang, theme: dataset.theme, mode: dataset.mode }),
  requestId: () => requestId,
  finished: (id) => document.querySelector(`[data-finished="${CSS.escape(id)}"]`)?.innerHTML ?? '',
}

/**
 * A document names in its head which scripts it was sent with, and Remix renders these links once more before it takes over. The
 * list of routes is sent without them (app/launch.mjs): the document has them for its own page.
 */
function recallImports({ url, entry, routes }: typeof window.__remixManifest): void {
  const named = Array.from(document.querySelectorAll('link[rel=modulepreload]'), (link) => link.getAttribute('href')!)
  routes.root!.imports = named.filter((href) => href !== url && href !== entry.module)
}

recallImports(window.__remixManifest)

/** The page is read before it is acted on: its text is shown first, and a slow phone brings the rest to life afterwards. */
function afterPaint(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 500 })
  else setTimeout(work, 50)
}

// Without its rail a desk's page would not be the one that the server rendered; it comes later where the network is away.
const whole = dataset.shell === 'desk' ? loadRail().catch(() => undefined) : null

afterPaint(async () => {
  await whole
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <PageProvider page={page}>
          <RemixBrowser />
        </PageProvider>
      </StrictMode>,
    )
  })
})
