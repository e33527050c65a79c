import { beforeAll, beforeEach, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { deliveries } from '#app/features/notices/deliver.server.ts'
import { MOST_ATTEMPTS } from '#app/features/notices/delivering.ts'
import { notify, openNotice } from '#app/features/notices/notices.server.ts'
import { removeOldDeliveries } from '#app/features/notices/old-deliveries.server.ts'
import { listTroubled } from '#app/features/notices/trouble.server.ts'
import { seal } from '#app/features/persons/vault.server.ts'
import { tellOfPlaces } from '#app/features/training/places-told.server.ts'
import { shanghaiTime } from '#app/lib/calendar.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { delivery, noticeChoice } from '#db/schema/index.ts'
import { PURPOSES, ROLES } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { startGateway } from './support.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let gateway: Awaited<ReturnType<typeof startGateway>>
let academy: Awaited<ReturnType<typeof world.academy>>
const running = new AbortController().signal

beforeAll(async () => {
  db = await freshDatabase()
  ;[world, gateway] = [trainingWorld(db), await startGateway()]
  academy = await world.academy()
})

/** As the operator set it; `QUIET_HOURS` off unless a test is about the night. */
function settings(given: Record<string, string> = {}) {
  const sms = { SMS_GATEWAY_URL: gateway.url, SMS_GATEWAY_KEY: 'secret-key', SMS_SIGNATURE: '匠学堂' }
  setRuntime({ ...runtime(), env: readEnv({ NODE_ENV: 'test', ...sms, QUIET_HOURS: 'off', ...given }) })
}
const answering = (status: number) => {
  gateway.answer = (response) => {
    response.statusCode = status
    response.end('{"id":"P-1"}')
  }
}

beforeEach(async () => {
  settings()
  answering(200)
  gateway.asked.length = 0
  await db.owner`delete from delivery`
})

async function tell(worker: Viewer, given: { subjectId?: string; now?: Date } = {}) {
  const { subjectId = newId(), now = new Date() } = given
  const detail = {
    courseSlug: 'trial',
    lessonSlug: 'first',
    title: '先验电',
    titleEn: 'Test first',
    questionId: newId(),
  }
  const told = { accountIds: [worker.accountId], kind: 'question.answered', subjectId, detail, now } as const
  await as(system('questions'), (tx) => notify(tx, { ...told, academyId: academy.id }))
  return subjectId
}
const rows = (channel = 'sms') => db.owner`select * from delivery where channel = ${channel} order by id`
/** The queue's round, as a worker makes it. */
async function round(signal = running) {
  for (const id of await deliveries.waiting()) await deliveries.run(id, signal)
}
const due = () => db.owner`update delivery set next_at = now() - interval '1 second' where ended_at is null`

test('of one event an account gets one message, sent once, to the number that only then is opened', async () => {
  const worker = await world.worker()
  const subjectId = await tell(worker)
  await tell(worker, { subjectId })
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 0, academy_id: academy.id }])
  await round()
  await round()
  expect(gateway.asked).toHaveLength(1)
  const [asked] = gateway.asked
  expect(asked?.body.phone).toMatch(/^139\d{8}$/)
  expect(asked?.body.text).toBe('【匠学堂】您在《先验电》一课的提问有了回答，请登录匠学堂查看。')
  const [row] = await rows()
  expect(row).toMatchObject({ state: 'sent', attempts: 1, provider_id: 'P-1', reason: null })
  expect(asked?.key).toBe(row?.id)
  expect(JSON.stringify(await rows())).not.toContain(asked?.body.phone)
})

/** A place that a union or an academy made for a worker, with the number that was written down. */
async function entered(given: { personId?: string; phone?: string } = {}) {
  const [of, id] = [await world.classOf(academy, { name: '低压电工实操班' }), newId()]
  const phoneSealed = given.phone ? seal('enrolment.phone', id, given.phone) : null
  await world.enrolment(of, { id, phoneSealed, ...(given.personId ? { personId: given.personId } : {}) })
  const detail = { academyCode: academy.code, classId: of.id, title: of.name, titleEn: of.name, until: null }
  const subjectId = newId()
  const tellPlace = () =>
    as(system('seats'), (tx) =>
      tellOfPlaces(tx, {
        ...{ academyId: academy.id, kind: 'seat.enrolled', now: new Date() },
        news: [{ enrolmentId: id, subjectId, detail }],
      }),
    )
  return { id, of, tellPlace }
}

test('a worker without an account hears by SMS at the number that was entered for the place, once, in words that ask nobody to sign in', async () => {
  const { id, tellPlace } = await entered({ phone: '13900000017' })
  expect([await tellPlace(), await tellPlace()]).toEqual([1, 0])
  await round()
  expect(gateway.asked.map(({ body }) => [body.phone, body.text])).toEqual([
    ['13900000017', '【匠学堂】已为您报名《低压电工实操班》，请按时参加，时间地点请问工会或学院。'],
  ])
  expect(await rows()).toMatchObject([{ state: 'sent', account_id: null, place_id: id, academy_id: academy.id }])
  expect(JSON.stringify([await rows(), await db.owner`select * from notice`])).not.toContain('13900000017')
})

test('who has an account that an academy confirmed hears by its number, and not by the one that was entered; without any nobody is rung', async () => {
  const { id: personId } = await world.person()
  const worker = await world.worker({ personId, isConfirmed: true })
  await (await entered({ personId, phone: '13900000017' })).tellPlace()
  await (await entered()).tellPlace()
  await round()
  expect(gateway.asked).toHaveLength(1)
  expect(gateway.asked[0]?.body.phone).not.toBe('13900000017')
  expect(await rows()).toMatchObject([{ account_id: worker.accountId, place_id: null }])
})

test('a message to an entered number that fails is looked after by the academy, by the name on its roster, and goes with the place', async () => {
  const { id, tellPlace } = await entered({ phone: '13900000017' })
  answering(400)
  await tellPlace()
  await round()
  const admin = await world.staff('academy_admin', academy)
  const troubled = () => as(admin, (tx) => listTroubled(tx, { academyId: academy.id, before: null }))
  expect((await troubled()).rows).toMatchObject([{ name: '李*成', state: 'given_up', channel: 'sms' }])
  await db.owner`delete from enrolment where id = ${id}`
  expect(await rows()).toEqual([])
})

test('what is told in a transaction that fails was never told', async () => {
  const worker = await world.worker()
  const detail = { courseSlug: 'trial', lessonSlug: 'first', title: 'x', titleEn: 'x', questionId: newId() }
  const told = { accountIds: [worker.accountId], kind: 'question.answered', subjectId: newId(), detail } as const
  const failing = as(system('questions'), async (tx) => {
    await notify(tx, { ...told, now: new Date() })
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await rows()).toEqual([])
})

test('without a gateway nothing is written, and what waited for one is dropped when it is gone', async () => {
  settings({ SMS_GATEWAY_URL: '' })
  await tell(await world.worker())
  expect(await db.owner`select * from delivery`).toEqual([])
  settings()
  await tell(await world.worker())
  settings({ SMS_GATEWAY_URL: '' })
  await round()
  expect(await rows()).toMatchObject([{ state: 'dropped', reason: 'switched_off' }])
})

test('a failing gateway is tried again and given up after the last attempt; a refusal is given up at once', async () => {
  await tell(await world.worker())
  answering(500)
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    await due()
    await round()
    const state = attempt < MOST_ATTEMPTS ? 'failed' : 'given_up'
    expect(await rows()).toMatchObject([{ state, attempts: attempt, reason: 'broken' }])
  }
  expect(new Set(gateway.asked.map(({ key }) => key)).size).toBe(1)
  answering(400)
  await tell(await world.worker())
  await round()
  expect((await rows())[1]).toMatchObject({ state: 'given_up', reason: 'refused', attempts: 1 })
})

test('in the quiet hours it waits for the morning, and the attempt is not counted', async () => {
  const [from, until] = [0, 60].map((minutes) => shanghaiTime(new Date(Date.now() + minutes * 60_000)))
  settings({ QUIET_HOURS: `${from}-${until}` })
  await tell(await world.worker())
  await round()
  expect(gateway.asked).toEqual([])
  const [row] = await rows()
  expect(row).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(Date.parse(row?.next_at)).toBeGreaterThan(Date.now())
})

test('it is not sent where it was read in the app, is too late, unwanted, without a number, or the account closed', async () => {
  const made = async () => {
    const worker = await world.worker()
    return { worker, id: worker.accountId }
  }
  const [read, late, unwanted, numberless, closed] = await Promise.all(Array.from({ length: 5 }, made))
  for (const { worker } of [read!, unwanted!, numberless!, closed!]) await tell(worker)
  await tell(late!.worker, { now: new Date(Date.now() - 4 * 86_400_000) })
  const [own] = await db.owner`select id from notice where account_id = ${read!.id}`
  await as(read!.worker, (tx) => openNotice(tx, { accountId: read!.id, id: own!.id, now: new Date() }))
  await db.owner`insert into notice_choice values (${unwanted!.id}, false, false, null, 'en', now())`
  await db.owner`update account set phone_sealed = null where id = ${numberless!.id}`
  await db.owner`update account set disabled_at = now() where id = ${closed!.id}`
  await round()
  expect(gateway.asked).toEqual([])
  const reasons = Object.fromEntries((await rows()).map((row) => [row.account_id, `${row.state} ${row.reason}`]))
  expect(reasons).toEqual({
    [read!.id]: 'dropped read',
    [late!.id]: 'dropped late',
    [unwanted!.id]: 'dropped unwanted',
    [numberless!.id]: 'dropped no_number',
    [closed!.id]: 'dropped disabled',
  })
})

test('an offered seat is told with its time limit, for the academy that the notice names, and no more once that is over', async () => {
  const [worker, late] = [await world.worker(), await world.worker()]
  const of = { academyCode: academy.code, classId: newId(), title: '低压电工实操班', titleEn: '' }
  const offer = (to: Viewer, until: Date) => {
    const detail = { ...of, until: until.toISOString() }
    const told = {
      accountIds: [to.accountId],
      kind: 'seat.offered',
      subjectId: newId(),
      detail,
      now: new Date(),
    } as const
    return as(system('seats'), (tx) => notify(tx, told))
  }
  await offer(worker, new Date('2099-11-27T01:00:00Z'))
  await offer(late, new Date(Date.now() - 1000))
  await round()
  expect(await rows()).toMatchObject([
    { state: 'sent', academy_id: academy.id },
    { state: 'dropped', reason: 'late' },
  ])
  expect(gateway.asked.map(({ body }) => body.text)).toEqual([
    '【匠学堂】《低压电工实操班》有名额了，请在11月27日9:00前登录匠学堂确认，过时让给下一位。',
  ])
})

test('a number that does not open with our keys is given up and nothing of it is told', async () => {
  const worker = await world.worker()
  await tell(worker)
  await db.owner`update account set phone_sealed = ${seal('account.phone', newId(), '13900000000')} where id = ${worker.accountId}`
  await round()
  expect(await rows()).toMatchObject([{ state: 'given_up', reason: 'unreadable' }])
})

test('many workers that send the same outbox at once send each message once', async () => {
  const workers = await Promise.all(Array.from({ length: 6 }, () => world.worker()))
  for (const worker of workers) await tell(worker)
  await Promise.all(Array.from({ length: 5 }, () => round()))
  expect(gateway.asked).toHaveLength(6)
  expect(new Set(gateway.asked.map(({ key }) => key)).size).toBe(6)
})

test('a message in flight when the process stops waits uncounted, and one that was lost goes again with the same mark', async () => {
  await tell(await world.worker())
  const stop = new AbortController()
  gateway.answer = () => stop.abort()
  await round(stop.signal)
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 0 }])
  answering(200)
  // As a process leaves it that was killed while it sent: counted, and nobody may touch it for a minute.
  await db.owner`update delivery set attempts = 1, next_at = now() + interval '1 minute'`
  await round()
  expect(gateway.asked).toHaveLength(1)
  await due()
  await round()
  expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }])
  expect(gateway.asked[1]?.key).toBe(gateway.asked[0]?.key)
})

test('the outbox is open to its sender and to the academy that told, choices to their account: to nobody else', async () => {
  const worker = await world.worker()
  await tell(worker)
  await db.owner`insert into notice_choice values (${worker.accountId}, true, false, null, 'en', now())`
  const seen = (actor: Parameters<typeof as>[0]) => as(actor, (tx) => tx.select().from(delivery))
  const elsewhere = await world.academy()
  expect(await seen(await world.staff('academy_admin', academy))).toHaveLength(1)
  const others = [worker, await world.staff('academy_admin', elsewhere), await world.staff('instructor', academy)]
  const officials = ROLES.slice(3).map((role) => ({ ...worker, accountId: newId(), role }))
  const purposes = PURPOSES.filter((purpose) => !['delivery', 'health'].includes(purpose)).map(system)
  for (const actor of [...others, ...officials, ...purposes]) expect(await seen(actor)).toEqual([])
  for (const actor of [...others.slice(1), ...officials, ...PURPOSES.filter((one) => one !== 'delivery').map(system)])
    expect(await as(actor, (tx) => tx.select().from(noticeChoice))).toEqual([])
})

test('a message that was sent or dropped leaves the outbox after the days that are set, one that was given up or waits never; the notice stays', async () => {
  const worker = await world.worker()
  const states = ['sent', 'dropped', 'given_up', 'waiting', 'failed']
  for (const state of states) {
    const subjectId = await tell(worker)
    await db.owner`update delivery set state = ${state}, reason = ${['sent', 'waiting'].includes(state) ? null : 'late'},
      ended_at = ${['waiting', 'failed'].includes(state) ? null : '2026-03-01T00:00:00Z'}
      where notice_id = (select id from notice where subject_id = ${subjectId} and account_id = ${worker.accountId})`
  }
  const left = async () => (await rows()).map(({ state }) => state).sort()
  const sent = Date.parse('2026-03-01T00:00:00Z')
  settings({ OUTBOX_DAYS: '90' })
  expect(await removeOldDeliveries(new Date(sent + 90 * 86_400_000))).toBe(0)
  expect(await removeOldDeliveries(new Date(sent + 90 * 86_400_000 + 1))).toBe(2)
  expect(await left()).toEqual(['failed', 'given_up', 'waiting'])
  const [notices] = await db.owner`select count(*)::int as count from notice where account_id = ${worker.accountId}`
  expect(notices?.count).toBe(states.length)
})
