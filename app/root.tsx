import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  type MetaFunction,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { demoPercent } from '#app/features/ops/demo-progress.server.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { readHandle } from '#app/routes/shell/handle.ts'
import { useRail } from '#app/routes/shell/rail.ts'
import { pageLocale, titled } from '#app/routes/shell/title.ts'
import { shellKind, summariseViewer } from '#app/routes/shell/viewer.ts'
import { words } from '#app/routes/shell/words.ts'
import { WorkerShell } from '#app/routes/shell/worker-shell.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { type ErrorKind, ErrorPage, errorKind } from '#app/ui/error-page.tsx'
import { LinkNavigation } from '#app/ui/link.tsx'
import { LocaleProvider, useWords } from '#app/ui/locale.tsx'
import { NavigationProgress, RouteAnnouncer } from '#app/ui/navigation-progress.tsx'
import { usePage } from '#app/ui/page-context.tsx'
import stylesheet from '#app/ui/styles/index.css?url'
import { words as uiWords } from '#app/ui/words.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const meta: MetaFunction<typeof loader> = (args) => {
  const locale = pageLocale(args)
  const { product, description } = words[locale]
  if (!args.error) return [{ title: `${product} · ${description}` }]
  return [{ title: titled(uiWords[locale].error[whatFailed(args.error).kind].title, locale) }]
}

/** Open to everyone: how to show the page and, for the shell, who is signed in. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const percent = demoPercent()
  return {
    ...parsePreferences(request.headers.get('Cookie')),
    viewer: summariseViewer(context.viewer),
    ...(percent === null ? {} : { demoPercent: percent }),
  }
}

export function Layout({ children }: { children: ReactNode }) {
  const page = usePage()
  const { preferences, kind } = useShell()
  const { locale, theme, mode } = preferences
  return (
    <html
      lang={locale}
      data-theme={theme === 'system' ? undefined : theme}
      data-mode={mode === 'elder' ? 'elder' : undefined}
      data-shell={kind === 'desk' ? 'desk' : undefined}
      data-request={page.requestId()}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <Meta />
        <Links />
      </head>
      <body>
        <LocaleProvider locale={locale}>
          <NavigationProgress />
          <LinkNavigation />
          {children}
          <RouteAnnouncer />
        </LocaleProvider>
        <ScrollRestoration nonce={page.nonce} />
        <Scripts nonce={page.nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}

/** Never a stack trace: the sentence for the status, and the number under which the log has the rest. */
export function ErrorBoundary() {
  const failure = whatFailed(useRouteError())
  const { requestId } = usePage()
  return (
    <Shell>
      <ErrorPage {...failure} requestId={failure.kind === 'offline' ? undefined : requestId()} />
    </Shell>
  )
}

function Shell({ children }: { children: ReactNode }) {
  const { preferences, viewer, kind, leaf, percent } = useShell()
  const isDesk = kind === 'desk' && viewer !== null
  const rail = useRail(isDesk)
  if (isDesk) {
    const inside = (
      <>
        {percent !== undefined && <DemoNotice percent={percent} />}
        {children}
      </>
    )
    if (!rail) return <DeskWithoutRail>{inside}</DeskWithoutRail>
    return (
      <rail.StaffShell viewer={viewer} preferences={preferences}>
        {inside}
      </rail.StaffShell>
    )
  }
  const page = { handle: readHandle(leaf?.handle), data: leaf?.data, params: leaf?.params ?? {} }
  return (
    <WorkerShell viewer={viewer} preferences={preferences} page={page}>
      {percent !== undefined && <DemoNotice percent={percent} />}
      {children}
    </WorkerShell>
  )
}

/** For the moment until the rail has come, after a sign-in on a slow line: the page is there already. */
function DeskWithoutRail({ children }: { children: ReactNode }) {
  return (
    <div className="desk">
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

/** Preferences and viewer from the root's loader; where it has not answered, from the document itself. */
function useShell() {
  const data = useRouteLoaderData<typeof loader>('root')
  const fallback = usePage().preferences
  const leaf = useMatches().at(-1)
  const viewer = data?.viewer ?? null
  return { preferences: data ?? fallback, viewer, leaf, kind: shellKind(leaf?.id, viewer), percent: data?.demoPercent }
}

/** On a first start, until the demo is whole: figures still grow. */
function DemoNotice({ percent }: { percent: number }) {
  const w = useWords(words)
  return (
    <div className="notice">
      <Callout>{w.demoLoading(percent)}</Callout>
    </div>
  )
}

function whatFailed(error: unknown): { kind: ErrorKind; status?: number } {
  if (isRouteErrorResponse(error)) return { kind: errorKind(error.status), status: error.status }
  const isNetwork = error instanceof TypeError && /fetch|network|load failed/i.test(error.message)
  return isNetwork ? { kind: 'offline' } : { kind: 'failed', status: 500 }
}
