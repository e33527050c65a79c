import type { LoadContext } from '#app/lib/load-context.ts'
import { share } from '#app/lib/server/shared.server.ts'
import type { Viewer } from './actor.ts'
import { type Found, findViewer, SESSION_COOKIE } from './lucia.server.ts'

type Answer<C> = (request: Request, context: C) => Promise<Response>
type Viewed = LoadContext & { viewer: Viewer | null } & Record<string, unknown>

/** The pages, with the viewer of the request and the renewal of their session. `handle`: answers for whoever `context` names. */
export function asViewer(handle: Answer<Viewed>): Answer<LoadContext> {
  return async (request, given) => {
    const cookies = request.headers.get('Cookie')
    // A page that a device keeps is asked for as nobody's, in the language and look of whoever asks (public/roll-worker.js).
    const found = request.headers.has('X-As-Visitor') ? { viewer: null } : findViewer(cookies, given)
    const { viewer, setCookie }: Found = await found
    const context = { ...given, viewer }
    const response = await handle(request, context)
    const { headers } = response
    const mayCome = !headers.has('Cache-Control')
    // What a signed-in person saw must not come back from the history of an office PC.
    if (viewer && mayCome) headers.set('Cache-Control', 'private, no-store')
    // A session that has ended is a visitor, and still not like the others.
    const isVisitor = !viewer && !cookies?.includes(`${SESSION_COOKIE}=`)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (context.isShared && isVisitor && isRead && mayCome && response.status === 200 && !headers.has('Set-Cookie'))
      share(headers)
    const isSignIn = headers.getSetCookie().some((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
    if (setCookie && !isSignIn) {
      headers.append('Set-Cookie', setCookie)
      // A figure or a film may be kept by everyone, the session that comes with it by nobody else.
      headers.set('Cache-Control', 'private, no-store')
    }
    return response
  }
}
