import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { smsText } from '#app/features/notices/messages.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { changeSession } from '#app/features/training/change-session.server.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { listChanges } from '#app/features/training/session-changes.server.ts'
import { type SessionEntry, sessionMark } from '#app/features/training/session-entry.ts'
import { listSessions } from '#app/features/training/session-held.server.ts'
import { saidChange } from '#app/features/training/session-say.ts'
import { findTimetablePage } from '#app/features/training/timetable-page.server.ts'
import { newId } from '#app/lib/ids.ts'
import { site } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let otherSiteId: string
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
  })
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  otherSiteId = (await place('二号车间')).id
})

const now = new Date('2026-11-10T12:00:00+08:00')
async function place(name: string, of = academy) {
  const id = newId()
  await world.db.insert(site).values({ academyId: of.id, id, name, address: '示例路1号' })
  return { id, name }
}
/** A class at a place of its own, so that no test stands in another's way. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}) {
  const { id: siteId, name } = await place(`实训楼${newId()}`)
  return { ...(await world.classOf(academy, { siteId, ...given })), siteName: name }
}
const entry = (given: Partial<SessionEntry> = {}): SessionEntry => ({
  ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '验电' },
  ...{ siteId: '', firstStation: '', lastStation: '', instructorIds: [], reason: '', was: '', ...given },
})
const request = (of: { id: string }, at = now) => ({ viewer: admin, academyId: academy.id, classId: of.id, now: at })
type Of = { id: string }
const add = (of: Of, given?: Partial<SessionEntry>, makesUpForId?: string) =>
  as(admin, (tx) => addSession(tx, { ...request(of), entry: entry(given), makesUpForId }))
const sessionsOf = (of: Of) => as(admin, (tx) => listSessions(tx, { academyId: academy.id, classId: of.id }))
const one = async (of: Of) => (await sessionsOf(of))[0]!
const change = async (of: Of, given: Partial<SessionEntry>, at = now) => {
  const session = await one(of)
  const was = sessionMark(session)
  const typed = entry({ topic: session.topic ?? '', was, ...given })
  return as(admin, (tx) => changeSession(tx, { ...request(of, at), sessionId: session.id, entry: typed }))
}
const cancel = (of: Of, sessionId: string, reason = '台风停课', at = now) =>
  as(admin, (tx) => cancelSession(tx, { ...request(of, at), sessionId, reason }))
const noticesOf = (viewer: Viewer) =>
  as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null })).then(({ notices }) => notices)

test('moving a session of a published class is kept with old, new and reason, and told to those with a place and its staff', async () => {
  const of = await classOf()
  const [worker, gone, stranger] = [await world.worker(), await world.worker(), await world.worker()]
  await world.enrolment(of, { accountId: worker.accountId })
  await world.enrolment(of, { accountId: gone.accountId, seat: 'withdrawn' })
  expect(await add(of)).toMatchObject({ ok: true, isNew: true })
  expect(await change(of, { date: '2026-11-22', siteId: otherSiteId, reason: '场地检修' })).toMatchObject({ ok: true })
  const [last] = await as(worker, (tx) => listChanges(tx, { academyId: academy.id, classId: of.id }))
  expect(last).toMatchObject({ change: 'changed', reason: '场地检修', accountId: admin.accountId, at: now })
  expect(saidChange('zh-CN', last!)).toBe(`11月21日周六9:00—12:00，${of.siteName} → 11月22日周日9:00—12:00，二号车间`)
  const notices = await noticesOf(worker)
  expect(notices.map(({ kind }) => kind)).toEqual(['session.changed', 'session.added'])
  expect(notices[0]?.detail.title).toContain('11月22日周日9:00—12:00，二号车间')
  expect(notices.map(({ detail }) => 'reason' in detail && detail.reason)).toEqual(['场地检修', false])
  const sms = notices.map((one) => smsText(one, { locale: 'zh-CN', signature: '匠学堂' }))
  expect(sms).toEqual([
    `【匠学堂】《${of.name}》11月21日9:00的课改到11月22日周日9:00—12:00，二号车间（场地检修），请留意。`,
    `【匠学堂】《${of.name}》加课：11月21日周六9:00—12:00，${of.siteName.slice(0, 12)}…。`,
  ])
  expect([await noticesOf(gone), await noticesOf(stranger)]).toEqual([[], []])
})

test('the class’s page says why a session was changed, the last reason alone, and no notice or page holds a number that was written into it', async () => {
  const of = await classOf()
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  await add(of)
  const shown = async () =>
    (await findClassPage({ academyCode: academy.code, classId: of.id, actor: worker, now }))?.page.sessions.map(
      ({ changed, cancelReason }) => changed ?? cancelReason,
    )
  expect(await shown()).toEqual([null])
  await change(of, { date: '2026-11-22', reason: '场地检修' })
  await change(of, { date: '2026-11-21', reason: '检修提前完成，有事打13900000001' })
  const reason = '检修提前完成，有事打139******01'
  expect(await shown()).toEqual([{ change: 'changed', reason }])
  const [notice] = await noticesOf(worker)
  expect(notice?.detail).toMatchObject({ reason })
  await cancel(of, (await one(of)).id)
  expect(await shown()).toEqual(['台风停课'])
  expect((await noticesOf(worker))[0]).toMatchObject({ kind: 'session.cancelled', detail: { reason: '台风停课' } })
})

test('of a published class the reason is asked for; a draft changes without one, tells nobody, and forgets what it removes', async () => {
  const open = await classOf()
  await add(open)
  expect(await change(open, { topic: '换了内容' })).toMatchObject({ ok: false, why: 'reason_needed' })
  expect(await cancel(open, (await one(open)).id, ' ')).toMatchObject({ ok: false, why: 'reason_needed' })
  const draft = await classOf({ status: 'draft' })
  await add(draft)
  expect(await change(draft, { topic: '换了内容' })).toEqual({ ok: true, isNew: true })
  expect(await cancel(draft, (await one(draft)).id, '')).toEqual({ ok: true, isNew: true })
  expect(await sessionsOf(draft)).toEqual([])
  expect(await as(admin, (tx) => listChanges(tx, { academyId: academy.id, classId: draft.id }))).toEqual([])
})

test('a cancelled session is made up once, its hours count once, and its page says which day stands for which', async () => {
  const of = await classOf()
  await add(of)
  const { id } = await one(of)
  expect(await cancel(of, id)).toEqual({ ok: true, isNew: true })
  expect(await cancel(of, id)).toEqual({ ok: true, isNew: false })
  expect(await add(of, { date: '2026-11-22' }, id)).toEqual({ ok: true, isNew: true })
  expect(await add(of, { date: '2026-11-22', from: '14:00', to: '17:00' }, id)).toEqual({
    ok: false,
    reason: 'made_up',
  })
  const page = await findTimetablePage(admin, { classId: of.id, now })
  expect(page?.sessions.map(({ status, madeUpOn, makesUpOn }) => [status, madeUpOn, makesUpOn])).toEqual([
    ['cancelled', '2026-11-22', null],
    ['planned', null, '2026-11-21'],
  ])
  const anybody = { kind: 'anonymous' } as const
  const shown = await findClassPage({ academyCode: academy.code, classId: of.id, actor: anybody, now })
  expect(shown?.page.sessions.map(({ cancelReason, makesUpOn }) => [cancelReason, makesUpOn])).toEqual([
    ['台风停课', null],
    [null, '2026-11-21'],
  ])
})

test('a make-up session that falls through too may be made up again; of what is still to come nobody knows who will miss it', async () => {
  const of = await classOf()
  await add(of)
  const { id } = await one(of)
  expect(await add(of, { date: '2026-11-22' }, id)).toEqual({ ok: false, reason: 'sheet_open' })
  await cancel(of, id)
  await add(of, { date: '2026-11-22' }, id)
  const second = (await sessionsOf(of)).find(({ status }) => status === 'planned')!
  await cancel(of, second.id)
  expect(await add(of, { date: '2026-11-22', from: '14:00', to: '17:00' }, id)).toEqual({ ok: true, isNew: true })
})

test('a session that has begun is not moved; a minute before it may be', async () => {
  const of = await classOf()
  await add(of)
  const start = new Date('2026-11-21T09:00:00+08:00')
  expect(await change(of, { date: '2026-11-22', reason: '太晚了' }, start)).toEqual({ ok: false, reason: 'started' })
  const before = new Date(start.getTime() - 60_000)
  expect(await change(of, { date: '2026-11-22', reason: '太晚了' }, before)).toEqual({ ok: true, isNew: true })
})

test('a session lies in its class’s days, ends after it begins, and overlaps no other of the class', async () => {
  const of = await classOf()
  await add(of)
  const faults = async (given: Partial<SessionEntry>) => {
    const answer = await add(of, { date: '2026-11-22', ...given })
    return answer && !answer.ok && answer.reason === 'faults' ? answer.faults : answer
  }
  expect(await faults({ date: '2026-11-23' })).toEqual([{ field: 'date', fault: 'session_outside' }])
  expect(await faults({ to: '09:00' })).toEqual([{ field: 'to', fault: 'session_order' }])
  expect(await faults({ date: '2026-11-21', from: '11:59', to: '13:00', hours: '1' })).toEqual([
    { field: 'from', fault: 'session_overlap' },
  ])
  expect(await faults({ hours: '', topic: 'x'.repeat(101) })).toEqual([
    { field: 'hours', fault: 'hours' },
    { field: 'topic', fault: 'too_long' },
  ])
  expect(await faults({ date: '2026-11-21', from: '12:00', to: '13:00', hours: '1' })).toEqual({
    ok: true,
    isNew: true,
  })
})

test('what somebody else changed meanwhile is not overwritten; saving what is there already changes nothing', async () => {
  const of = await classOf()
  await add(of)
  const was = sessionMark(await one(of))
  expect(await change(of, { date: '2026-11-22', reason: '场地检修' })).toEqual({ ok: true, isNew: true })
  expect(await change(of, { from: '08:00', reason: '场地检修', was })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
  })
  expect(await change(of, { date: '2026-11-22', reason: '场地检修', was })).toEqual({ ok: true, isNew: false })
})

test('a place of another academy is none of this one’s, and another academy’s administrator finds no session', async () => {
  const of = await classOf()
  await add(of)
  const other = await world.academy()
  const foreign = await place('外院', other)
  expect(await change(of, { siteId: foreign.id, reason: '借用场地' })).toEqual({ ok: false, reason: 'site_unknown' })
  const stranger = await world.staff('academy_admin', other)
  const { id } = await one(of)
  const asked = { viewer: stranger, academyId: other.id, classId: of.id, now }
  expect(await as(stranger, (tx) => cancelSession(tx, { ...asked, sessionId: id, reason: '台风停课' }))).toBeNull()
  expect(await findTimetablePage(stranger, { classId: of.id, now })).toBeNull()
})

test('a cancelled session keeps no worker from another class at that time, and a cancelled class frees its sites', async () => {
  const of = await classOf()
  await add(of)
  const person = await world.person()
  await world.enrolment(of, { personId: person.id })
  const held = async () => {
    const [row] = await db.owner`select count(*)::int from worker_time where person_id = ${person.id}`
    return row?.count
  }
  expect(await held()).toBe(1)
  await cancel(of, (await one(of)).id)
  expect(await held()).toBe(0)

  const [first, second] = [await classOf(), await classOf()]
  await add(first)
  expect(await add(second, { siteId: first.siteId ?? '' })).toMatchObject({ ok: false, reason: 'site_taken' })
  await db.owner`update class set status = 'cancelled' where id = ${first.id}`
  expect(await add(second, { siteId: first.siteId ?? '' })).toEqual({ ok: true, isNew: true })
})

test('of a cancelled class no session is planned, moved or cancelled any more', async () => {
  const of = await classOf()
  await add(of)
  await db.owner`update class set status = 'cancelled', cancelled_because = '台风' where id = ${of.id}`
  const off = { ok: false, reason: 'class_cancelled' }
  expect(await add(of, { date: '2026-11-22' })).toEqual(off)
  expect(await change(of, { date: '2026-11-22' })).toEqual(off)
  const { id: sessionId } = await one(of)
  expect(await as(admin, (tx) => cancelSession(tx, { ...request(of), sessionId, reason: '台风' }))).toEqual(off)
})

test('a session has no more class hours than its time, when it is added and when it is changed', async () => {
  const of = await classOf()
  const tooMany = { ok: false, reason: 'faults', faults: [{ field: 'hours', fault: 'hours_clock:4' }], why: null }
  expect(await add(of, { hours: '4.5' })).toEqual(tooMany)
  expect(await add(of)).toMatchObject({ ok: true })
  expect(await change(of, { hours: '4.5', reason: '加练' })).toEqual(tooMany)
  expect(await change(of, { to: '11:30', reason: '早放' })).toMatchObject({ faults: [{ fault: 'hours_clock:3' }] })
})

test('a session from before hours were measured keeps them as long as nobody moves it: its topic can be changed', async () => {
  const of = await classOf()
  await add(of)
  await db.owner`update class_session set hours = 8 where class_id = ${of.id}`
  expect(await change(of, { hours: '8', topic: '照明回路', reason: '内容调整' })).toEqual({ ok: true, isNew: true })
  expect(await change(of, { hours: '8', date: '2026-11-22', reason: '场地检修' })).toMatchObject({
    faults: [{ field: 'hours', fault: 'hours_clock:4' }],
  })
})

test('of a published class no session is added at, or moved to, a time that has begun; of a draft it may be', async () => {
  const begun = new Date('2026-11-21T09:00:00+08:00')
  const before = new Date(begun.getTime() - 1)
  const past = { ok: false, reason: 'faults', faults: [{ field: 'date', fault: 'session_past' }], why: null }
  const addAt = async (of: Of, at: Date) => as(admin, (tx) => addSession(tx, { ...request(of, at), entry: entry() }))
  const published = await classOf()
  expect(await addAt(published, begun)).toEqual(past)
  expect(await addAt(published, before)).toEqual({ ok: true, isNew: true })
  expect(await addAt(await classOf({ status: 'draft' }), begun)).toEqual({ ok: true, isNew: true })

  const moved = await classOf()
  await add(moved, { date: '2026-11-22' })
  expect(await change(moved, { date: '2026-11-21', reason: '提前' }, begun)).toEqual(past)
  expect(await change(moved, { date: '2026-11-21', reason: '提前' }, before)).toEqual({ ok: true, isNew: true })
})
