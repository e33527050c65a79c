import { guardsAreOff } from '#app/lib/env.server.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { type Actor, anonymous, type Viewer } from './actor.ts'
import { may, type Permission } from './roles.ts'

/** What a guard needs of a loader's or action's arguments. */
export type GuardedArgs = {
  request: Request
  params: { academy?: string }
  context: { viewer: Viewer | null }
}

/**
 * The guard that every loader and action of a page for signed-in people calls first. Anonymous visitors are sent to
 * sign-in (and back afterwards); a signed-in stranger gets the same 404 for what is not theirs as for what does not exist.
 * A URL that carries an academy's code (`params.academy`) must be of an academy in the permission's scope.
 * @throws a redirect or 404 Response.
 */
export function requireViewer(args: GuardedArgs, permission: Permission): Viewer {
  const { viewer } = args.context
  if (guardsAreOff()) return viewer ?? nobody
  if (!viewer) throw redirectTo(signInPath(args.request))
  if (!may(viewer, permission, args.params.academy)) throw notFound()
  return viewer
}

/**
 * For pages open to everyone: the viewer where there is one, else anonymous. What a visitor gets there is what every other
 * visitor gets, cookies of taste aside, so that it may be kept (lib/server/shared.server.ts).
 */
export function optionalViewer(args: { context: { viewer: Viewer | null; isShared?: boolean } }): Actor {
  if (args.context.viewer) return args.context.viewer
  args.context.isShared = true
  return anonymous
}

function signInPath(request: Request): string {
  const url = new URL(request.url)
  const back = request.method === 'GET' ? url.pathname.replace(/\.data$/, '') + publicSearch(url) : '/'
  return `/sign-in?to=${encodeURIComponent(back)}`
}

function publicSearch(url: URL): string {
  const search = new URLSearchParams(url.search)
  search.delete('_routes')
  search.delete('_data')
  return search.size ? `?${search}` : ''
}

/** Tests of row-level security alone switch the guards off: an anonymous visitor then acts as nobody at all. */
const nobody: Viewer = {
  kind: 'user',
  accountId: '00000000-0000-0000-0000-000000000000',
  role: 'worker',
  name: '',
  academyId: null,
  academyCode: null,
  academyName: null,
  unionId: null,
  unionName: null,
  personId: null,
}
