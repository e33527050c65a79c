import type { ServerBuild } from '@remix-run/node'
import { expect, test } from 'vitest'
import type { LoadContext } from '#app/lib/load-context.ts'
import { answerResource } from '#app/lib/server/resource.server.ts'

type Module = Record<string, unknown>

const shortWay = (module: Module) =>
  answerResource({ routes: { one: { id: 'one', path: 'things/:thing', module } } } as unknown as ServerBuild, 'one')
const ask = (module: Module, init?: RequestInit, url = 'http://site/things/a%20b') =>
  shortWay(module)!(new Request(url, init), {} as LoadContext, { thing: 'a b' })

test('what a loader or an action returns or throws as a response is the answer', async () => {
  const module = {
    loader: ({ params }: { params: { thing: string } }) => new Response(`read ${params.thing}`),
    action: () => {
      throw new Response('no', { status: 404 })
    },
  }
  expect(await (await ask(module))?.text()).toBe('read a b')
  expect((await ask(module, { method: 'POST' }))?.status).toBe(404)
  expect((await ask(module, { method: 'DELETE' }))?.status).toBe(404)
})

test('a bug is the server’s to log: neither swallowed nor tried a second time', async () => {
  let tried = 0
  const action = async () => {
    tried += 1
    throw new Error('a bug')
  }
  await expect(ask({ action }, { method: 'POST' })).rejects.toThrow('a bug')
  await expect(ask({ action: () => ({ no: 'response' }) }, { method: 'POST' })).rejects.toThrow('no response')
  expect(tried).toBe(1)
})

test('a page, a method that nothing answers and Remix’s own parameters take Remix’s way', async () => {
  const loader = () => new Response('read')
  expect(shortWay({ loader, default: () => null })).toBeNull()
  expect(await ask({ loader }, { method: 'POST' })).toBeNull()
  for (const own of ['index', '_routes=one', '_data=one'])
    expect(await ask({ loader }, {}, `http://site/things/a?${own}`)).toBeNull()
})
