import { beforeAll, beforeEach, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { chooseNotices, findOwnChoice, findPromisedWay } from '#app/features/notices/choice.server.ts'
import { choiceForm } from '#app/features/notices/choice.ts'
import { deliveries } from '#app/features/notices/deliver.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import {
  countDeliveries,
  giveUpDeliveries,
  listNumberless,
  listTroubled,
  retryDeliveries,
} from '#app/features/notices/trouble.server.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { startMailServer } from './support.ts'

const now = new Date()
let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let mail: Awaited<ReturnType<typeof startMailServer>>

beforeAll(async () => {
  db = await freshDatabase()
  ;[world, mail] = [trainingWorld(db), await startMailServer()]
})

const settings = (given: Record<string, string>) =>
  setRuntime({ ...runtime(), env: readEnv({ NODE_ENV: 'test', QUIET_HOURS: 'off', ...given }) })
beforeEach(async () => {
  settings({
    MAIL_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'jxt@union.example',
    SITE_URL: 'https://jxt.example',
  })
  mail.mails.length = 0
  await db.owner`delete from delivery`
})

const chosen = (given: Record<string, string>) => {
  const read = choiceForm.safeParse(given)
  return read.success ? read.data : read.error.issues[0]?.message
}
const choose = (viewer: Viewer, given: Record<string, string>, locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const choice = choiceForm.parse(given)
  return as(viewer, (tx) => chooseNotices(tx, { viewer, choice, locale, now }))
}
const choiceOf = (viewer: Viewer) => as(viewer, (tx) => findOwnChoice(tx, viewer))

async function tell(worker: Viewer, academyId: string) {
  const detail = {
    courseSlug: 'trial',
    lessonSlug: 'first',
    title: '先验电',
    titleEn: 'Test first',
    questionId: newId(),
  }
  const told = { accountIds: [worker.accountId], kind: 'question.answered', subjectId: newId(), detail, now } as const
  await as(system('questions'), (tx) => notify(tx, { ...told, academyId }))
}
async function round() {
  for (const id of await deliveries.waiting()) await deliveries.run(id, new AbortController().signal)
}

test('a form asks for an address where mail is wanted, and for one that is an address', () => {
  expect(chosen({ sms: 'on', address: '' })).toEqual({ bySms: true, byMail: false, address: null })
  expect(chosen({ mail: 'on', address: ' a@b.example ' })).toEqual({
    bySms: false,
    byMail: true,
    address: 'a@b.example',
  })
  expect(chosen({ mail: 'on', address: '' })).toBe('address_missing')
  expect(chosen({ address: 'a@b@c' })).toBe('address_form')
  expect(chosen({ address: 'a@b.example\r\nBcc: c@d.example' })).toBe('address_form')
})

test('mail goes to whoever gave an address, in the language of the page on which it was given, and no more once it is unwanted', async () => {
  const [worker, academy] = [await world.worker(), await world.academy()]
  await choose(worker, { mail: 'on', address: 'worker@example.test' }, 'en')
  await tell(worker, academy.id)
  await round()
  expect(mail.mails.map(({ to }) => to)).toEqual([['worker@example.test']])
  expect(mail.mails[0]?.text).toContain('Subject: Your question was answered')
  expect(mail.mails[0]?.text).toContain('https://jxt.example/courses/trial/first/ask')
  const [stored] = await db.owner`select t::text as row from notice_choice t where account_id = ${worker.accountId}`
  expect(stored?.row).not.toContain('example.test')
  await choose(worker, { address: 'worker@example.test' })
  await tell(worker, academy.id)
  await round()
  expect(mail.mails).toHaveLength(1)
})

test('who cannot see a box has not unticked it', async () => {
  const worker = await world.worker()
  expect(await choiceOf(worker)).toMatchObject({ bySms: true, address: null, on: ['mail'] })
  await choose(worker, { mail: 'on', address: 'worker@example.test' })
  expect(await choiceOf(worker)).toMatchObject({ bySms: true, byMail: true, address: 'worker@example.test' })
  settings({ SMS_GATEWAY_URL: 'console' })
  await choose(worker, {})
  expect(await choiceOf(worker)).toMatchObject({ bySms: false, byMail: true, address: 'worker@example.test' })
})

test('an SMS is promised only where the installation sends one, the account has a number and wants it', async () => {
  const worker = await world.worker()
  const promised = () => as(worker, (tx) => findPromisedWay(tx, worker))
  expect(await promised()).toBe('app')
  settings({ SMS_GATEWAY_URL: 'console' })
  expect(await promised()).toBe('sms')
  await choose(worker, {})
  expect(await promised()).toBe('app')
  await choose(worker, { sms: 'on' })
  expect(await promised()).toBe('sms')
  await db.owner`update account set phone_sealed = null where id = ${worker.accountId}`
  expect(await promised()).toBe('app')
})

test('an academy sees whom its messages did not reach, masked, and has them sent again or not tried any more', async () => {
  const [academy, elsewhere] = [await world.academy(), await world.academy()]
  const [admin, stranger] = [await world.staff('academy_admin', academy), await world.staff('academy_admin', elsewhere)]
  const held = await world.classOf(academy)
  const worker = await world.worker()
  await world.enrolment(held, { accountId: worker.accountId, name: '李小明' })
  await choose(worker, { mail: 'on', address: 'full@example.test' })
  await tell(worker, academy.id)
  await round()
  const list = (viewer: Viewer, academyId = academy.id) =>
    as(viewer, (tx) => listTroubled(tx, { academyId, before: null }))
  const { rows, hasMore } = await list(admin)
  expect(hasMore).toBe(false)
  expect(rows).toMatchObject([{ name: '李*明', channel: 'mail', state: 'failed', reason: 'busy', attempts: 1 }])
  expect(JSON.stringify(rows)).not.toMatch(/example\.test|139\d+/)
  expect((await list(stranger)).rows).toEqual([])

  const command = (viewer: Viewer, id?: string) => ({ by: viewer, meant: { academyId: academy.id, id }, now })
  const { id } = rows[0]!
  expect(await as(stranger, (tx) => retryDeliveries(tx, command(stranger)))).toBe(0)
  expect(await as(admin, (tx) => giveUpDeliveries(tx, command(admin, id)))).toBe(1)
  expect((await list(admin)).rows).toMatchObject([{ state: 'given_up', reason: 'stopped' }])
  expect(await as(admin, (tx) => giveUpDeliveries(tx, command(admin, id)))).toBe(0)
  await choose(worker, { mail: 'on', address: 'worker@example.test' })
  expect(await as(admin, (tx) => retryDeliveries(tx, command(admin)))).toBe(1)
  await round()
  expect(mail.mails).toHaveLength(1)
  expect((await list(admin)).rows).toEqual([])
  const trail =
    await db.owner`select kind, detail from audit_event where actor_account_id = ${admin.accountId} order by at, id`
  expect(trail).toMatchObject([
    { kind: 'deliveries.given_up', detail: { messages: 1 } },
    { kind: 'deliveries.retried' },
  ])
})

test('an academy finds whom to phone: the class, and the row of its own list; of a class or a worker that is not its own it finds nothing', async () => {
  const [academy, elsewhere] = [await world.academy(), await world.academy()]
  const admin = await world.staff('academy_admin', academy)
  const [held, foreign] = [await world.classOf(academy), await world.classOf(elsewhere)]
  const { id: personId } = await world.person()
  const [seated, waits] = [await world.worker(), await world.worker({ personId, isConfirmed: true })]
  const before = await world.enrolment(held)
  await world.enrolment(held, { accountId: seated.accountId, name: '李小明' })
  await world.enrolment(held, { personId, name: '王小红', seat: 'waitlisted', lineNumber: 1 })
  await world.enrolment(foreign, { personId, name: '王小红' })
  const instructor = await world.staff('instructor', academy)
  for (const one of [seated, waits, instructor]) await choose(one, { mail: 'on', address: 'full@example.test' })
  const tellOf = ({ accountId }: Viewer, of: { id: string; name: string }) => {
    const detail = { academyCode: academy.code, classId: of.id, title: of.name, titleEn: of.name, until: null }
    const told = { kind: 'class.cancelled', subjectId: newId(), detail, academyId: academy.id, now } as const
    return as(system('seats'), (tx) => notify(tx, { ...told, accountIds: [accountId] }))
  }
  for (const one of [seated, waits, instructor]) await tellOf(one, held)
  await tellOf(waits, foreign)
  await round()
  const { rows } = await as(admin, (tx) => listTroubled(tx, { academyId: academy.id, before: null }))
  const of = { classId: held.id, name: held.name }
  expect(rows.map(({ name, class: about }) => [name, about]).reverse()).toEqual([
    ['李*明', { ...of, row: { isInLine: false, after: before.id } }],
    ['王*红', { ...of, row: { isInLine: true, after: expect.any(String) } }],
    ['何*成', { ...of, row: null }],
    [null, null],
  ])
  expect(JSON.stringify(rows)).not.toContain(personId)
})

test('the operator sees counts and reasons and nobody, and acts on all of one reason', async () => {
  const academy = await world.academy()
  for (let n = 0; n < 3; n++) {
    const worker = await world.worker()
    await choose(worker, { mail: 'on', address: n < 2 ? 'full@example.test' : 'nobody@example.test' })
    await tell(worker, academy.id)
  }
  await round()
  const counts = () => as(system('health'), countDeliveries)
  expect(await counts()).toMatchObject([
    { channel: 'mail', state: 'failed', reason: 'busy', count: 2 },
    { channel: 'mail', state: 'given_up', reason: 'refused', count: 1 },
  ])
  const meant = { channel: 'mail', reason: 'busy' } as const
  const by = { ...system('delivery'), onBehalfOf: newId() }
  expect(await as(system('delivery'), (tx) => retryDeliveries(tx, { by, meant, now }))).toBe(2)
  expect((await counts())[1]).toMatchObject({ state: 'waiting', reason: null, count: 2 })
})

test('an academy sees whom of its own people no SMS can reach, until they have a number; never a number, nor another academy', async () => {
  settings({ SMS_GATEWAY_URL: 'console' })
  const [academy, elsewhere] = [await world.academy(), await world.academy()]
  const [admin, stranger] = [await world.staff('academy_admin', academy), await world.staff('academy_admin', elsewhere)]
  const [instructor, worker] = [await world.staff('instructor', academy), await world.worker()]
  await db.owner`update account set phone_sealed = null where id = ${worker.accountId}`
  for (const one of [instructor, instructor, worker]) await tell(one, academy.id)
  await round()
  const list = (viewer: Viewer) => as(viewer, (tx) => listNumberless(tx, academy.id))
  expect(await list(admin)).toEqual([{ name: '何合成', messages: 2, last: now }])
  expect(await list(stranger)).toEqual([])
  await db.owner`update account set phone_sealed = '\\x00' where id = ${instructor.accountId}`
  expect(await list(admin)).toEqual([])
})
