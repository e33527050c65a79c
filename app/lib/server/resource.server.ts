import type { ServerBuild } from '@remix-run/node'
import type { LoadContext } from '../load-context.ts'
import { OWN_PARAMETERS } from './document.server.ts'

type Args = Parameters<NonNullable<NonNullable<ServerBuild['routes'][string]>['module']['action']>>[0]

/** Answers a request of an address that has no page; null where that is left to Remix's own handler. */
export type AnswerResource = (
  request: Request,
  context: LoadContext,
  params: Record<string, string>,
) => Promise<Response | null>

/**
 * The short way to what is no page (a file, an export, a heartbeat): the route's loader or action is called as it stands, and
 * what it returns or throws as a response is the answer. Remix's own handler would give the very same after several copies
 * of the request and a router for each, some thirty times what a heartbeat itself costs. A bug goes on to the server, which
 * logs it under the request's number. Addresses with parameters of Remix's own are left to that handler.
 * @param build holds this route (pages.server.ts), which the look-up there chose.
 */
export function answerResource(build: ServerBuild, id: string): AnswerResource | null {
  const route = build.routes[id]
  if (!route || route.module.default) return null
  const { loader, action } = route.module

  return async (request, context, params) => {
    const { searchParams } = new URL(request.url)
    if (OWN_PARAMETERS.some((name) => searchParams.has(name))) return null
    const answers = request.method === 'GET' || request.method === 'HEAD' ? loader : action
    if (!answers) return null
    const args = { request, params, context } as unknown as Args
    try {
      const answer: unknown = await answers(args)
      if (answer instanceof Response) return answer
    } catch (thrown) {
      if (thrown instanceof Response) return thrown
      throw thrown
    }
    throw new Error(`${id} has no page and answers with no response`)
  }
}
