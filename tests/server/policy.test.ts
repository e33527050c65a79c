import { expect, test } from 'vitest'
import { openPage } from '#tests/support/chromium.ts'
import { startServer } from './support.ts'

const page = (html: string) =>
  new Response(`<!doctype html><html lang="zh-CN"><title>before</title>${html}`, {
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  })
/** What Chromium says about each thing that the policy stops. */
const allow = [/Content Security Policy/, /policy violation/]

test('a script with the page’s nonce runs', async () => {
  const site = await startServer({
    respond: (_, { nonce }) => page(`<script nonce="${nonce}">document.title='ran'</script>`),
  })
  const tab = await openPage()
  await tab.goto(site.url)
  expect(await tab.title()).toBe('ran')
})

test('a script that someone smuggled in does not: inline, as an attribute, by address, from another page’s nonce', async () => {
  let old = ''
  const site = await startServer({
    respond: (_, { nonce }) => {
      const stolen = old
      old = nonce
      return page(
        `<script>document.title='inline'</script><img src="/none" onerror="document.title='attribute'">
         <script nonce="${stolen}">document.title='stolen'</script><script src="data:text/javascript,document.title='data'"></script>
         <base href="https://evil.example/"><style>body{color:red}</style>`,
      )
    },
  })
  const tab = await openPage({ allow: [...allow, /Failed to load resource/] })
  await tab.goto(site.url)
  await tab.reload()
  await tab.waitForTimeout(200)
  expect(await tab.title()).toBe('before')
  expect(await tab.evaluate(() => [document.baseURI, getComputedStyle(document.body).color])).toEqual([
    `${site.url}/`,
    'rgb(0, 0, 0)',
  ])
})

test('a page of ours posts to nobody else', async () => {
  const site = await startServer({ respond: () => page('<form method="post" action="https://evil.example/"></form>') })
  const tab = await openPage({ allow })
  const sent: string[] = []
  tab.on('request', (request) => sent.push(request.url()))
  await tab.goto(site.url)
  await tab.evaluate(() => document.forms[0]!.submit())
  await tab.waitForTimeout(200)
  expect(sent.filter((url) => url.includes('evil'))).toEqual([])
})

test('a page of ours is shown inside nobody else’s', async () => {
  const site = await startServer({ respond: () => page('<p id="ours">ours</p>') })
  const tab = await openPage({ allow: [...allow, /frame/i] })
  await tab.route('http://127.0.0.1/attack', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${site.url}"></iframe>` }),
  )
  await tab.goto('http://127.0.0.1/attack')
  await tab.waitForTimeout(300)
  for (const frame of tab.frames()) expect(await frame.content()).not.toMatch('id="ours"')
})

test('a form on another site cannot post to ours', async () => {
  const site = await startServer()
  const { port } = new URL(site.url)
  const tab = await openPage({ allow: [...allow, /403/] })
  // Another name of this machine is another site to the browser; a page of its own, so that our policy is not in the way.
  await tab.route('http://127.0.0.1/attack', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="http://localhost:${port}/preferences"><input name="a" value="1"><button>Go</button></form>`,
    }),
  )
  await tab.goto('http://127.0.0.1/attack')
  const [response] = await Promise.all([tab.waitForResponse(/preferences/), tab.getByRole('button').click()])
  expect(response.status()).toBe(403)
  expect(site.seen.filter(({ method }) => method === 'POST')).toEqual([])
})
