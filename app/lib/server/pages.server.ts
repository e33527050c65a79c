import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import { notFound } from '../http.ts'
import { type AnswerForm, answerForms } from './action.server.ts'
import { pagePath, type ReadDocument, readDocuments } from './document.server.ts'
import { type AnswerResource, answerResource } from './resource.server.ts'

type Handle = ReturnType<typeof createRequestHandler>

/** What {@link SmartRouter} found: with the values of the parameters, or where they stand in `stash`. */
const valuesOf = ([[found], stash]: ReturnType<SmartRouter<PageHandlers>['match']>): Record<string, string> => {
  const [, given = {}] = found ?? []
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      decodeURIComponent(typeof value === 'number' ? (stash?.[value] ?? '') : value),
    ]),
  )
}

/**
 * `read`, `answer`: the short ways to its document or, where it has none, to its answer; `form`: to what its script sent;
 * `handle`: Remix's own, for everything else.
 */
type PageHandlers = {
  read: ReadDocument | null
  answer: AnswerResource | null
  form: AnswerForm | null
  handle: Handle
}

/**
 * Remix's handler of a production build, made once for every page instead of once for all: Remix matches the address
 * against every route it knows, several times a request and each time from scratch, and that was a fifth of what a page
 * costs. Here one look-up chooses the page, and its handler knows the root, this page and the page for what doesn't exist.
 * Whatever the look-up doesn't know (another case, a trailing slash) goes to the handler that knows all.
 */
export function handlePages(given: ServerBuild): Handle {
  const build = filesAreNoData(given)
  const handleAny = createRequestHandler(build, 'production')
  const router = new SmartRouter<PageHandlers>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const route of Object.values(build.routes)) {
    if (route?.parentId !== 'root' || route.path === '*') continue
    const { build: page, answer: form } = answerForms(narrow(build, route.id), route.id)
    router.add('GET', `/${route.path ?? ''}`, {
      read: readDocuments(page, route.id),
      answer: answerResource(page, route.id),
      form,
      handle: createRequestHandler(page, 'production'),
    })
  }
  return async (request, context) => {
    const path = pagePath(new URL(request.url).pathname)
    const match = router.match('GET', path)
    const page = match[0][0]?.[0]
    if (!page) return handleAny(request, context)
    const isRead = request.method === 'GET'
    const short = context?.isDocument
      ? (page.answer ?? (isRead ? page.read : null))
      : request.method === 'POST'
        ? page.form
        : null
    const said = (await short?.(request, context!, valuesOf(match))) ?? request
    return said instanceof Response ? said : page.handle(said, context)
  }
}

/**
 * What a route without a page reads (a film, a figure, an export) goes out as it is, piece by piece. Asked for as data it
 * would be made a text of, whole, in memory: it is not there.
 */
function filesAreNoData(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const read = route?.module.default ? undefined : route?.module.loader
    if (!route || !read) return [id, route]
    const loader: typeof read = (args) => {
      if (!args.context.isDocument) throw notFound('data')
      return read(args)
    }
    return [id, { ...route, module: { ...route.module, loader } }]
  })
  return { ...build, routes: Object.fromEntries(routes) }
}

/** The build of one page. The browser has the whole manifest: it loads it by the address that stands in `assets`. */
function narrow(build: ServerBuild, id: string): ServerBuild {
  const isKept = ([key, route]: [string, { path?: string } | undefined]) =>
    key === 'root' || key === id || route?.path === '*'
  const keep = <T extends { path?: string } | undefined>(routes: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(routes).filter(isKept))
  return { ...build, routes: keep(build.routes), assets: { ...build.assets, routes: keep(build.assets.routes) } }
}
