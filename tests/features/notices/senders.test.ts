import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { smtpSender } from '#app/features/notices/mail.server.ts'
import { consoleSmsSender, httpSmsSender } from '#app/features/notices/sms.server.ts'
import { startGateway, startMailServer } from './support.ts'

const PHONE = '13900001234'
const sms = { id: 'id-1', phone: PHONE, text: '【匠学堂】您好', kind: 'question.answered' } as const
const mail = { id: 'id-1', to: 'worker@example.test', subject: '您的提问有了回答', text: '请登录查看。\n' }
const running = new AbortController().signal
let gateway: Awaited<ReturnType<typeof startGateway>>
let server: Awaited<ReturnType<typeof startMailServer>>

beforeAll(async () => {
  ;[gateway, server] = [await startGateway(), await startMailServer()]
})

const sender = (patienceMs?: number, template?: string) =>
  httpSmsSender({ kind: 'http', url: gateway.url, key: 'secret-key', signature: '匠学堂', template }, patienceMs)
const answering = (status: number, body = '') => {
  gateway.answer = (response) => {
    response.statusCode = status
    response.end(body)
  }
}

test('the gateway gets number, text, signature and template with the key, and a mark to know the message again by', async () => {
  answering(200, '{"id":"P-7"}')
  expect(await sender(undefined, 'T1')(sms, running)).toEqual({ ok: true, providerId: 'P-7' })
  expect(gateway.asked.at(-1)).toEqual({
    authorization: 'Bearer secret-key',
    key: 'id-1',
    body: {
      ...{ id: 'id-1', phone: PHONE, signature: '匠学堂', template: 'T1' },
      ...{ event: 'question.answered', text: '【匠学堂】您好' },
    },
  })
})

test('an SMS that was taken is sent, whether or not the gateway says its number for it', async () => {
  for (const body of ['', 'OK', '[]', '{"id":{}}', `"${'x'.repeat(20_000)}"`]) {
    answering(202, body)
    expect(await sender()(sms, running)).toEqual({ ok: true, providerId: null })
  }
})

test.each([
  [500, 'broken', false],
  [503, 'busy', false],
  [429, 'busy', false],
  [401, 'login', false],
  [400, 'refused', true],
  [422, 'refused', true],
  [302, 'refused', true],
] as const)('a gateway that answers %i: %s; final: %s', async (status, reason, isFinal) => {
  answering(status, PHONE)
  expect(await sender()(sms, running)).toEqual({ ok: false, reason, isFinal })
})

test('a gateway that is slow, breaks off or is away: tried again later', async () => {
  gateway.answer = () => undefined
  expect(await sender(50)(sms, running)).toEqual({ ok: false, reason: 'timeout', isFinal: false })
  gateway.answer = (response) => response.destroy()
  expect(await sender()(sms, running)).toEqual({ ok: false, reason: 'unreachable', isFinal: false })
  const away = httpSmsSender({ kind: 'http', url: 'http://127.0.0.1:9', key: 'k', signature: 's', template: undefined })
  expect(await away(sms, running)).toEqual({ ok: false, reason: 'unreachable', isFinal: false })
})

test('a stop of the process does not wait for a gateway', async () => {
  gateway.answer = () => undefined
  const stop = new AbortController()
  const sending = sender()(sms, stop.signal)
  await expect.poll(() => gateway.asked.length).toBeGreaterThan(0)
  await sleep(20)
  stop.abort()
  expect(await sending).toMatchObject({ ok: false, isFinal: false })
})

test('without a gateway a developer reads what would go, and to whom only masked', async () => {
  const said: string[] = []
  expect(await consoleSmsSender((line) => said.push(line))(sms, running)).toEqual({ ok: true, providerId: null })
  expect(said).toEqual(['SMS → 139****1234 【匠学堂】您好'])
})

const smtp = (port: number, login = '', patienceMs?: number) =>
  smtpSender({ url: `smtp://${login}127.0.0.1:${port}`, from: 'jxt@union.example' }, patienceMs)

test('a mail arrives with its subject and text, and its id again where it is sent twice', async () => {
  for (let round = 0; round < 2; round++)
    expect(await smtp(server.port)(mail)).toEqual({ ok: true, providerId: '<id-1@union.example>' })
  expect(server.mails).toHaveLength(2)
  const [{ to, text } = { to: [], text: '' }] = server.mails
  expect(to).toEqual(['worker@example.test'])
  expect(text).toMatch(/^Message-ID: <id-1@union\.example>\r$/m)
  expect(text).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(text).toMatch(/^From: jxt@union\.example\r$/m)
  expect(text.replace(/=\r\n/g, '')).toContain(Buffer.from('请登录查看。').toString('base64').slice(0, 12))
})

test('a mail server that says later is asked later, one that says never is not, and one that is away or silent is', async () => {
  const to = (address: string) => smtp(server.port)({ ...mail, to: address })
  expect(await to('full@example.test')).toEqual({ ok: false, reason: 'busy', isFinal: false })
  expect(await to('nobody@example.test')).toEqual({ ok: false, reason: 'refused', isFinal: true })
  expect(await smtp(9)(mail)).toEqual({ ok: false, reason: 'unreachable', isFinal: false })
  const silent = await startMailServer({ onConnect: () => undefined })
  expect(await smtp(silent.port, '', 100)(mail)).toEqual({ ok: false, reason: 'timeout', isFinal: false })
})

test('a password that the mail server does not take is told as such', async () => {
  const guarded = await startMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error('no')),
  })
  expect(await smtp(guarded.port, 'user:wrong@')(mail)).toEqual({ ok: false, reason: 'login', isFinal: false })
})
