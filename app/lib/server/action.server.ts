import type { ServerBuild } from '@remix-run/node'
import { encode } from 'turbo-stream'
import type { LoadContext } from '../load-context.ts'
import { LARGEST_BODY } from './body.server.ts'
import { OWN_PARAMETERS, pagePath, withInit } from './document.server.ts'

type Args = Parameters<NonNullable<NonNullable<ServerBuild['routes'][string]>['module']['action']>>[0]
type Outcome = { returned: unknown } | { thrown: unknown }

/** Answers a form that a page's script sent; null where that is left to Remix's own handler. */
export type AnswerForm = (
  request: Request,
  context: LoadContext,
  params: Record<string, string>,
) => Promise<Response | Request | null>

const URLENCODED = 'application/x-www-form-urlencoded'

/** How Remix's router in the browser learns of a redirection: as data, under a status that nothing follows by itself. */
const REDIRECT_STATUS = 202

/**
 * The short way for a form that a page's script sends: the action is called as it stands; what it returns as data, and where it
 * leads on, is said as Remix's own handler says it, without that handler's copies of the request and its routers. Whatever else
 * comes of it (a refusal thrown as a response, a bug) is left to that handler, which gets it in place of the action: an action
 * runs once, and its form has been read.
 * @param build holds this page (pages.server.ts).
 * @returns `answer`, null where the page has no action: a response, or the request that Remix's handler of `build` answers with
 *   what has come of the action.
 */
export function answerForms(build: ServerBuild, id: string): { build: ServerBuild; answer: AnswerForm | null } {
  const route = build.routes[id]
  const action = route?.module.default && route.module.action
  if (!route || !action || route.module.headers) return { build, answer: null }
  const outcomes = new WeakMap<object, Outcome>()
  const tell = async (args: Args) => {
    const outcome = outcomes.get(args.context)
    if (!outcome) return action(args)
    if ('thrown' in outcome) throw outcome.thrown
    return outcome.returned
  }
  const told = { ...build, routes: { ...build.routes, [id]: { ...route, module: { ...route.module, action: tell } } } }

  const answer: AnswerForm = async (request, context, params) => {
    const url = new URL(request.url)
    if (OWN_PARAMETERS.some((name) => url.searchParams.has(name))) return null
    const { method, headers, signal } = request
    url.pathname = pagePath(url.pathname)
    // Such a form has been read and lies in memory (body.server.ts): as a stream it would be copied twice. Files come as they come.
    const length = Number(headers.get('Content-Length') ?? Number.POSITIVE_INFINITY)
    const isForm = length <= LARGEST_BODY && headers.get('Content-Type')?.startsWith(URLENCODED)
    const body = isForm ? await request.arrayBuffer() : request.body
    const sent = new Request(url, { method, headers, body, signal, duplex: 'half' } as RequestInit)
    const outcome = await run(() => action({ request: sent, params, context } as unknown as Args))
    const said = 'returned' in outcome ? outcome.returned : outcome.thrown
    const isRedirect =
      said instanceof Response && said.status >= 300 && said.status < 400 && said.headers.has('Location')
    if (isRedirect)
      return say(context, redirection(said), { status: REDIRECT_STATUS, headers: new Headers(said.headers) })
    if ('returned' in outcome && said !== undefined && !(said instanceof Response)) {
      const { data, init } = withInit(said)
      const own = new Headers()
      for (const cookie of new Headers(init?.headers).getSetCookie()) own.append('Set-Cookie', cookie)
      return say(context, { data }, { status: init?.status ?? 200, headers: own })
    }
    outcomes.set(context, outcome)
    return new Request(request.url, { method, headers: bodiless(headers), signal })
  }
  return { build: told, answer }
}

async function run(action: () => unknown): Promise<Outcome> {
  try {
    return { returned: await action() }
  } catch (thrown) {
    return { thrown }
  }
}

function redirection({ status, headers }: Response) {
  return {
    redirect: headers.get('Location'),
    status,
    revalidate: headers.has('X-Remix-Revalidate') || headers.has('Set-Cookie'),
    reload: headers.has('X-Remix-Reload-Document'),
    replace: headers.has('X-Remix-Replace'),
  }
}

async function say(context: LoadContext, what: unknown, init: { status: number; headers: Headers }): Promise<Response> {
  init.headers.set('X-Remix-Response', 'yes')
  init.headers.set('Content-Type', 'text/x-script')
  const chunks: Uint8Array[] = []
  for await (const chunk of encode(what) as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return context.sendWhole(Buffer.concat(chunks), init)
}

function bodiless(given: Headers): Headers {
  const headers = new Headers(given)
  for (const name of ['Content-Type', 'Content-Length']) headers.delete(name)
  return headers
}
