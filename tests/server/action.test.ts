import { createRequestHandler, data, redirect, type ServerBuild } from '@remix-run/node'
import { expect, test } from 'vitest'
import type { LoadContext } from '#app/lib/load-context.ts'
import { answerForms } from '#app/lib/server/action.server.ts'
import { sendWhole, wholeOf } from '#app/lib/server/compress.server.ts'

type Action = (args: { request: Request; params: Record<string, string> }) => unknown

/** A page of one action, as a production build has it. */
function pageOf(action: Action, bugs: unknown[] = []): ServerBuild {
  const route = (id: string, path: string, module: object, parentId?: string) => ({ id, path, parentId, module })
  const future = { v3_singleFetch: true }
  return {
    entry: { module: { default: () => new Response(), handleError: (error: unknown) => bugs.push(error) } },
    routes: {
      root: route('root', '', { default: () => null }),
      one: route('one', 'things/:thing', { default: () => null, action }, 'root'),
    },
    assets: { version: '1', routes: {}, entry: {}, url: '' },
    ...{ future, basename: '/', publicPath: '/', assetsBuildDirectory: '', isSpaMode: false, mode: 'production' },
  } as unknown as ServerBuild
}

const post = (path = '/things/a%20b.data?seen=1') =>
  new Request(`http://site${path}`, {
    method: 'POST',
    headers: { origin: 'http://site', host: 'site' },
    body: new URLSearchParams({ name: '焊工' }),
  })

async function told(response: Response) {
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  const whole = wholeOf(response)
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    text: whole ? new TextDecoder().decode(whole) : await response.text(),
  }
}

/** What Remix's own handler says, and what the short way does. */
async function bothOf(action: Action) {
  const bugs: [unknown[], unknown[]] = [[], []]
  const context = { sendWhole } as LoadContext
  const long = await createRequestHandler(pageOf(action, bugs[0]), 'production')(post(), { ...context } as never)
  const { build, answer } = answerForms(pageOf(action, bugs[1]), 'one')
  const said = (await answer!(post(), context, { thing: 'a b' }))!
  const short =
    said instanceof Response ? said : await createRequestHandler(build, 'production')(said, context as never)
  return {
    long: { ...(await told(long)), bugs: bugs[0] },
    short: { ...(await told(short)), bugs: bugs[1] },
    isShort: said instanceof Response,
  }
}

const plain: [string, Action][] = [
  ['data', () => ({ ok: false, reason: 'full', at: new Date(0), of: [1, null, undefined, new Set(['a'])] })],
  ['nothing', () => null],
  ['data with a status', () => data({ refusal: '满员' }, { status: 409 })],
  ['data with a cookie', () => data({ ok: true }, { headers: { 'Set-Cookie': 'a=1', 'X-Else': 'b' } })],
  ['where it leads', () => redirect('/learn?saved=1')],
  [
    'where it leads, thrown, with a cookie',
    () => {
      throw redirect('/learn', { status: 303, headers: { 'Set-Cookie': 'a=1' } })
    },
  ],
  [
    'what was sent, at the page’s own address',
    async ({ request, params }) => ({ url: request.url, params, name: (await request.formData()).get('name') }),
  ],
]
const odd: [string, Action][] = [
  [
    'a refusal',
    () => {
      throw new Response('none', { status: 404, statusText: 'Not Found' })
    },
  ],
  [
    'a bug',
    () => {
      throw new Error('a bug with a name in it')
    },
  ],
  [
    'a bug after reading',
    async ({ request }) => {
      await request.formData()
      throw new TypeError('no')
    },
  ],
  ['a response', () => new Response('text', { status: 400 })],
]

test.each(plain)('the short way says %s as Remix’s own handler does', async (_, action) => {
  const { long, short, isShort } = await bothOf(action)
  expect(isShort).toBe(true)
  expect(short).toEqual(long)
})

test.each(odd)('%s is answered by Remix’s own handler, and the action ran once', async (_, action) => {
  let runs = 0
  const { long, short, isShort } = await bothOf((args) => {
    runs += 1
    return action(args)
  })
  expect(isShort).toBe(false)
  expect(short).toEqual(long)
  expect(runs).toBe(2)
})

test('parameters of Remix’s own are left to it, before anything is done; so is a page without an action', async () => {
  let runs = 0
  const { answer } = answerForms(
    pageOf(() => {
      runs += 1
    }),
    'one',
  )
  for (const own of ['index', '_routes=one', '_data=one'])
    expect(await answer!(post(`/things/a.data?${own}`), {} as LoadContext, {})).toBeNull()
  expect(runs).toBe(0)
  expect(
    answerForms(
      pageOf(() => null),
      'root',
    ).answer,
  ).toBeNull()
})
