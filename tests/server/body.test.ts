import { beforeAll, expect, test } from 'vitest'
import { LARGEST_BODY } from '#app/lib/server/body.server.ts'
import { requestLine, type Started, startServer, statusOf } from './support.ts'

let site: Started
beforeAll(async () => {
  site = await startServer({ respond: async (request) => Response.json([...(await request.formData()).keys()]) })
})

const post = (body: BodyInit, type?: string) =>
  fetch(site.url, { method: 'POST', body, headers: type ? { 'Content-Type': type } : {} })
const FORM = 'application/x-www-form-urlencoded'

test('a form arrives as it was sent, urlencoded or multipart', async () => {
  expect(await (await post(new URLSearchParams({ 姓名: '张三' }))).json()).toEqual(['姓名'])
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array([0, 1, 2])]), 'a.bin')
  form.set('note', 'text')
  expect(await (await post(form)).json()).toEqual(['file', 'note'])
})

test('an empty post is an empty form', async () => {
  const response = await fetch(site.url, { method: 'POST' })
  expect(await response.json()).toEqual([])
})

test('a form over the limit is refused by its announced length, before it is read', async () => {
  const before = site.seen.length
  const head = requestLine('POST', '/', site.host, [`Content-Type: ${FORM}`, `Content-Length: ${LARGEST_BODY + 1}`])
  expect(statusOf(await site.raw(head))).toBe(413)
  expect(site.seen.length).toBe(before)
})

test('a form over the limit is refused by counting, when it announces no length', async () => {
  const before = site.seen.length
  const chunk = new TextEncoder().encode('a'.repeat(65_536))
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent > LARGEST_BODY + 200_000) return controller.close()
      sent += chunk.length
      controller.enqueue(chunk)
    },
  })
  const init = { method: 'POST', body, duplex: 'half', headers: { 'Content-Type': FORM } }
  const response = await fetch(site.url, init as RequestInit)
  expect(response.status).toBe(413)
  expect(site.seen.length).toBe(before)
})

test('a form just below the limit passes', async () => {
  expect((await post(`a=${'x'.repeat(LARGEST_BODY - 2)}`, FORM)).status).toBe(200)
})

test('a length that is none, or two that differ, is refused', async () => {
  for (const length of ['-1', 'abc', '1e3']) {
    const head = requestLine('POST', '/', site.host, [`Content-Type: ${FORM}`, `Content-Length: ${length}`])
    expect(statusOf(await site.raw(head))).toBe(400)
  }
  const both = requestLine('POST', '/', site.host, ['Content-Length: 3', 'Transfer-Encoding: chunked'])
  expect(statusOf(await site.raw(`${both}0\r\n\r\n`))).toBe(400)
})

test('what is no form, or a broken one, is refused before an action meets it', async () => {
  expect((await post('{"a":1}', 'application/json')).status).toBe(415)
  expect((await post('text', 'text/plain')).status).toBe(415)
  expect((await post('x', 'multipart/form-data')).status).toBe(400)
  expect((await post('garbage', 'multipart/form-data; boundary=b')).status).toBe(400)
  expect(
    (await post('--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut', 'multipart/form-data; boundary=b'))
      .status,
  ).toBe(400)
})

test('NUL characters, which no text of the database can hold, are refused', async () => {
  expect((await post('name=a%00b', FORM)).status).toBe(400)
  expect((await post('name=a\0b', FORM)).status).toBe(400)
  const form = new FormData()
  form.set('name', 'a\0b')
  expect((await post(form)).status).toBe(400)
})

test('a form of very many fields is refused', async () => {
  expect((await post('a&'.repeat(20_000), FORM)).status).toBe(413)
})

test('a sender that goes away in the middle leaves no trace', async () => {
  const before = site.seen.length
  const head = requestLine('POST', '/', site.host, [`Content-Type: ${FORM}`, 'Content-Length: 100'])
  const { connect } = await import('node:net')
  await new Promise<void>((done) => {
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1', () => {
      socket.write(`${head}a=1`)
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => setTimeout(done, 100))
  })
  expect(site.seen.length).toBe(before)
  expect(site.log().filter((line) => line.level === 'error')).toEqual([])
})
