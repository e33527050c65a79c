import type { EntryContext, ServerBuild } from '@remix-run/node'
import { encode } from 'turbo-stream'
import type { LoadContext } from '../load-context.ts'
import { parsePreferences } from '../preferences.ts'
import { escapeScript } from '../script-text.ts'
import { wholeOf } from './compress.server.ts'
import { digestOf, keepRendered, numberOf } from './rendered.server.ts'

type Route = NonNullable<ServerBuild['routes'][string]>
type Args = Parameters<NonNullable<Route['module']['loader']>>[0]

/** What a loader returned, and the status and headers that go with it. */
type Read = { data: unknown; status: number; headers: Headers }

/**
 * Answers with the document of a page; null where that is left to Remix's own handler. `params`: what stands in the address
 * at the route's parameters, decoded.
 */
export type ReadDocument = (
  request: Request,
  context: LoadContext,
  params: Record<string, string>,
) => Promise<Response | null>

const HTML = 'text/html; charset=utf-8'
const rendered = keepRendered()

/** Parameters of the address that mean something to Remix itself. */
export const OWN_PARAMETERS = ['index', '_routes', '_data']

/** The address of the page that a request is about: its data (single fetch) has `.data` at the end. */
export const pagePath = (pathname: string): string =>
  pathname === '/_root.data' ? '/' : pathname.replace(/\.data$/, '')

/**
 * The short way to a document that is only read, as nearly every one is: the loaders of root and page are called as they
 * stand, and what they return is rendered. Remix's own handler makes eight copies of the request and a router for each on
 * the way there, which is a quarter of what a page costs. Whatever is not plain is left to that handler, which begins
 * anew: a loader that throws (a refusal, a redirection, a bug) or returns a response, and addresses with parameters of
 * Remix's own. Loaders only read, so that twice is like once.
 * @param build holds the root, this page and the page for what doesn't exist (pages.server.ts).
 */
export function readDocuments(build: ServerBuild, id: string): ReadDocument | null {
  const [root, route] = [build.routes.root, build.routes[id]]
  if (!root || !route?.module.default) return null
  const { assets: manifest, future, isSpaMode, basename } = build
  const serverHandoffString = escapeScript(JSON.stringify({ basename, future, isSpaMode }))
  const routeModules = Object.fromEntries(
    Object.values(build.routes).map((one) => [one!.id, one!.module]),
  ) as EntryContext['routeModules']

  return async (request, context, params) => {
    const url = new URL(request.url)
    if (OWN_PARAMETERS.some((name) => url.searchParams.has(name))) return null
    const args = { request, params, context } as unknown as Args
    const read = await Promise.all([readRoute(root, args), readRoute(route, args)]).catch(() => null)
    if (!read?.[0] || !read[1]) return null
    const { status, headers } = read[1]
    const loaderData = { root: read[0].data, [id]: read[1].data }
    const own = [context.nonce, context.requestId, ...context.own]
    const finished = Array.from(context.finished, ([name, bytes]) => [name, numberOf(bytes)])
    const preferences = parsePreferences(request.headers.get('Cookie'))
    const digest = digestOf([url.href, preferences, loaderData, finished], own)
    const known = digest && rendered.find(digest, own)
    if (known) {
      headers.set('Content-Type', HTML)
      return context.sendWhole(known, { status, headers })
    }
    const pathname = decodeURIComponent(url.pathname)
    const entry: EntryContext = {
      manifest,
      routeModules,
      staticHandlerContext: {
        basename: '/',
        location: { pathname: url.pathname, search: url.search, hash: '', state: null, key: 'default' },
        matches: [
          { params, pathname: '/', pathnameBase: '/', route: { id: 'root' } },
          { params, pathname, pathnameBase: pathname, route: { id } },
        ] as EntryContext['staticHandlerContext']['matches'],
        loaderData,
        actionData: null,
        errors: null,
        statusCode: status,
        loaderHeaders: {},
        actionHeaders: {},
        activeDeferreds: null,
      },
      serverHandoffString,
      serverHandoffStream: encode({ loaderData, actionData: null, errors: null }),
      renderMeta: {},
      future,
      isSpaMode,
      serializeError: () => new Error('Unexpected Server Error'),
    }
    const response = await (build.entry.module.default(
      request,
      status,
      headers,
      entry,
      context as never,
    ) as Promise<Response>)
    const document = wholeOf(response)
    if (digest && document) rendered.note(digest, own, document)
    return response
  }
}

/** One loader's answer; null where it returns a response or nothing at all. @throws what the loader throws. */
async function readRoute({ module }: Route, args: Args): Promise<Read | null> {
  const answer: unknown = module.loader ? await module.loader(args) : null
  if (answer === undefined || answer instanceof Response) return null
  const { data, init } = withInit(answer)
  const loaderHeaders = new Headers(init?.headers)
  const headers =
    typeof module.headers === 'function'
      ? new Headers(
          module.headers({
            loaderHeaders,
            parentHeaders: new Headers(),
            actionHeaders: new Headers(),
            errorHeaders: undefined,
          }),
        )
      : new Headers(module.headers)
  for (const cookie of loaderHeaders.getSetCookie()) headers.append('Set-Cookie', cookie)
  return { data, status: init?.status ?? 200, headers }
}

/** What `data(value, init)` of Remix carries; anything else is the value itself. */
export function withInit(answer: unknown): { data: unknown; init: ResponseInit | null } {
  const carrier = answer as { type?: unknown; data: unknown; init: ResponseInit | null } | null
  return carrier?.type === 'DataWithResponseInit' ? carrier : { data: answer, init: null }
}
