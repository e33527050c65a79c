import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { objectToSheet } from '#app/features/attendance/object.server.ts'
import { mayObject, objectUntil } from '#app/features/attendance/objection.ts'
import { refuseObjection } from '#app/features/attendance/objection-answer.server.ts'
import { findObjectionDesk } from '#app/features/attendance/objection-desk.server.ts'
import { listOwnSheets } from '#app/features/attendance/objection-own.server.ts'
import { listOwnAttendance } from '#app/features/attendance/own.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { noticePath } from '#app/features/notices/notices.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { account, attendanceMark, attendanceObjection, classSession, classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let [instructor, closer, second]: Viewer[] = []
let sponsor: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  instructor = await world.staff('instructor', academy)
  closer = await world.staff('academy_admin', academy)
  second = await world.staff('academy_admin', academy)
  sponsor = await reviewerOf(academy.sponsorId)
})

async function reviewerOf(unionId: string): Promise<Viewer> {
  const id = newId()
  const login = { login: `r${id}`, passwordHash: 'none', displayName: '苏合成', createdAt: new Date() }
  await world.db.insert(account).values({ id, role: 'sponsor_reviewer', unionId, ...login })
  const none = { academyId: null, academyCode: null, academyName: null, unionName: null, personId: null }
  return { kind: 'user', accountId: id, role: 'sponsor_reviewer', name: '', unionId, ...none }
}

/** An official of the province: `provincial_reviewer`, or the handler, who is no second person. */
async function official(role: 'provincial_reviewer' | 'provincial_handler'): Promise<Viewer> {
  const id = newId()
  const login = { login: `p${id}`, passwordHash: 'none', displayName: '省合成', createdAt: new Date() }
  await world.db.insert(account).values({ id, role, ...login })
  const none = { academyId: null, academyCode: null, academyName: null, unionId: null, unionName: null, personId: null }
  return { kind: 'user', accountId: id, role, name: '', ...none }
}

const at = (time: string, day = '2026-11-21') => new Date(`${day}T${time}+08:00`)
const closedAt = at('12:30:00')
/** The third day after the sheet was closed: the last one. */
const last = at('23:59:59', '2026-11-24')

/** A class of one morning whose sheet the administrator `closer` closed: its worker is marked absent by the instructor. */
async function closedClass(given: { by?: Viewer; endsOn?: string } = {}) {
  const of = await world.classOf(academy, { plannedHours: 4, endsOn: given.endsOn ?? '2026-11-21' })
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: instructor!.accountId })
  const sessionId = newId()
  const times = { startsAt: at('09:00:00'), endsAt: at('12:00:00'), hours: 4, kind: 'practical' }
  await world.db.insert(classSession).values({ academyId: academy.id, classId: of.id, id: sessionId, ...times })
  const worker = await world.worker()
  const seat = await world.enrolment(of, { accountId: worker.accountId })
  await mark(instructor!, { sessionId, seat }, 'absent', { was: '//', wasClosed: false, now: times.startsAt })
  const by = given.by ?? closer!
  await as(by, (tx) => closeSheet(tx, { viewer: by, academyCode: academy.code, sessionId, now: closedAt }))
  return { ...of, sessionId, worker, seat }
}
type Of = { sessionId: string; seat: { id: string } }

function mark(viewer: Viewer, of: Of, mark: string, given: { was?: string; wasClosed?: boolean; now?: Date } = {}) {
  const { was = 'absent//', wasClosed = true, now = at('09:00:00', '2026-11-22') } = given
  const entries = [{ enrolmentId: of.seat.id, mark, in: '', out: '', was }]
  const request = { viewer, academyCode: academy.code, sessionId: of.sessionId, entries, reason: '现场照片为证' }
  return as(viewer, (tx) => markByHand(tx, { ...request, way: 'hand', wasClosed, now }))
}
const object = (viewer: Viewer, { sessionId }: Of, { now = at('20:00:00'), text = '我到了，手机扫不了码' } = {}) =>
  as(viewer, (tx) => objectToSheet(tx, { viewer, sessionId, text, now }))
const stored = async ({ sessionId }: Of) =>
  (await db.owner`select id, state, answer, answered_by from attendance_objection where session_id = ${sessionId}`)[0]
async function refuse(viewer: Viewer, of: Of, { reason = '监控里没有您', now = at('09:00:00', '2026-11-22') } = {}) {
  const objectionId = (await stored(of))?.id ?? newId()
  return as(viewer, (tx) => refuseObjection(tx, { viewer, objectionId, reason, now }))
}
const kindsOf = async ({ accountId }: Viewer) =>
  (await db.owner`select kind from notice where account_id = ${accountId} order by id`).map(({ kind }) => kind)
const desk = (viewer: Viewer, now = at('09:00:00', '2026-11-22')) =>
  as(viewer, (tx) => findObjectionDesk(tx, { viewer, now }))

test('a worker objects until the third day after the sheet was closed is over in Shanghai: 23:59:59, not 0:00', async () => {
  const [one, other] = [await closedClass(), await closedClass()]
  expect(await object(one.worker, one, { now: last })).toEqual({ ok: true, isNew: true })
  const midnight = at('00:00:00', '2026-11-25')
  expect(await object(other.worker, other, { now: midnight })).toEqual({ ok: false, reason: 'late' })
  expect(await stored(other)).toBeUndefined()
  expect(objectUntil(closedAt, 3)).toBe('2026-11-24')
  // A sheet that the clock closes at half past midnight gives three days after that day, not after the session's.
  const afterMidnight = at('00:30:00', '2026-11-22')
  expect(mayObject(afterMidnight, { objectDays: 3, now: at('23:59:59', '2026-11-25') })).toBe(true)
  expect(mayObject(afterMidnight, { objectDays: 3, now: at('00:00:00', '2026-11-26') })).toBe(false)
})

test('one objects once to a sheet, with words; also at the same moment', async () => {
  const of = await closedClass()
  expect(await object(of.worker, of, { text: ' ' })).toEqual({ ok: false, reason: 'text_needed' })
  expect(await object(of.worker, of, { text: '字'.repeat(501) })).toEqual({ ok: false, reason: 'text_long' })
  const answers = await Promise.all(Array.from({ length: 4 }, () => object(of.worker, of)))
  expect(answers.filter((one) => one?.ok && one.isNew)).toHaveLength(1)
  const [shown] = await as(of.worker, (tx) =>
    listOwnSheets(tx, { viewer: of.worker, sessionId: null, now: at('20:00:00') }),
  )
  expect(shown).toMatchObject({ mark: 'absent', mayObject: false, objection: { state: 'open', mark: 'absent' } })
})

test('nobody objects in another’s place, nor to a sheet that is not closed', async () => {
  const of = await closedClass()
  const other = await world.worker()
  expect(await object(other, of)).toBeNull()
  await db.owner`update attendance_sheet set closed_at = null, closed_by = null where session_id = ${of.sessionId}`
  expect(await object(of.worker, of)).toBeNull()
  const row = {
    ...{ academyId: academy.id, sessionId: of.sessionId, classId: of.id, enrolmentId: of.seat.id },
    ...{ text: '我到了', state: 'open', objectedAt: closedAt },
  }
  const insert = (by: Viewer, objectedBy: string) =>
    as(by, (tx) => tx.insert(attendanceObjection).values({ ...row, id: newId(), objectedBy }))
  await expect(insert(other, other.accountId)).rejects.toThrow()
  await expect(insert(of.worker, other.accountId)).rejects.toThrow()
})

test('it is told to those who may answer: administrators who did not take the sheet, else the sponsor', async () => {
  const of = await closedClass()
  await object(of.worker, of)
  expect(await kindsOf(second!)).toContain('objection.made')
  expect([await kindsOf(closer!), await kindsOf(sponsor), await kindsOf(instructor!)]).toEqual([[], [], []])

  const alone = await world.academy()
  const only = await world.staff('academy_admin', alone)
  const reviewer = await reviewerOf(alone.sponsorId)
  const before = academy
  academy = alone
  try {
    const lonely = await closedClass({ by: only })
    await object(lonely.worker, lonely)
  } finally {
    academy = before
  }
  expect([await kindsOf(only), await kindsOf(reviewer)]).toEqual([[], ['objection.made']])
})

test('it is accepted by correcting the sheet: the old mark stays, hours count anew, the worker reads why', async () => {
  const of = await closedClass()
  await object(of.worker, of)
  expect(await mark(second!, of, 'present')).toEqual({ ok: true, changed: 1 })
  expect(await stored(of)).toMatchObject({ state: 'accepted', answer: '现场照片为证', answered_by: second!.accountId })
  const entries = await db.owner`
    select mark, way from attendance_entry where session_id = ${of.sessionId} order by at, id`
  expect(entries.map(({ mark, way }) => [mark, way])).toEqual([
    ['absent', 'hand'],
    ['present', 'correction'],
  ])
  const [seat] = await db.owner`
    select hours_attended::float as hours, credited_on::text as credited from enrolment where id = ${of.seat.id}`
  expect(seat).toEqual({ hours: 4, credited: '2026-11-21' })
  expect(await kindsOf(of.worker)).toContain('objection.accepted')
  expect(await refuse(second!, of)).toEqual({ ok: false, reason: 'answered' })
})

test('who is corrected without having objected is told what became of which session and why, and may object as long from then on', async () => {
  const [one, other] = [await closedClass(), await closedClass()]
  // The last day after the closing is long over.
  const corrected = at('09:00:00', '2026-12-01')
  for (const of of [one, other]) {
    expect(await object(of.worker, of, { now: corrected })).toEqual({ ok: false, reason: 'late' })
    expect(await mark(second!, of, 'present', { now: corrected })).toEqual({ ok: true, changed: 1 })
  }
  const { notices } = await as(one.worker, (tx) => listNotices(tx, { accountId: one.worker.accountId, before: null }))
  const told = notices.filter(({ kind }) => kind === 'attendance.corrected')
  expect(told.map(({ detail }) => detail)).toMatchObject([
    {
      ...{ sessionId: one.sessionId, title: '低压电工实操班 · 11月21日周六9:00—12:00', becomes: '缺勤 → 到课' },
      ...{ reason: '现场照片为证', until: at('23:59:00', '2026-12-04').toISOString() },
    },
  ])
  expect(noticePath(told[0]!)).toBe(`/learn/objections?session=${one.sessionId}`)
  const own = async (of: typeof one, now: Date) =>
    (await as(of.worker, (tx) => listOwnAttendance(tx, { viewer: of.worker, classId: of.id, now })))[0]?.mayObject
  const [lastMoment, midnight] = [at('23:59:59', '2026-12-04'), at('00:00:00', '2026-12-05')]
  expect([await own(one, lastMoment), await own(one, midnight)]).toEqual([true, false])
  expect(await object(other.worker, other, { now: midnight })).toEqual({ ok: false, reason: 'late' })
  expect(await object(one.worker, one, { now: lastMoment })).toEqual({ ok: true, isNew: true })
})

test('a correction months after the closing can be objected to as well', async () => {
  const of = await closedClass({ endsOn: '2027-04-01' })
  const now = at('09:00:00', '2027-04-02')
  expect(await mark(second!, of, 'present', { now })).toEqual({ ok: true, changed: 1 })
  const shown = await as(of.worker, (tx) => listOwnSheets(tx, { viewer: of.worker, sessionId: null, now }))
  expect(shown).toMatchObject([{ sessionId: of.sessionId, until: '2027-04-05', mayObject: true }])
})

test('whoever had an objection accepted hears that alone; corrected once more they hear so, and may object to that', async () => {
  const of = await closedClass()
  await object(of.worker, of)
  await mark(second!, of, 'present')
  expect(await kindsOf(of.worker)).not.toContain('attendance.corrected')
  const now = at('10:00:00', '2026-11-22')
  expect(await mark(sponsor, of, 'absent', { was: 'present//', now })).toEqual({ ok: true, changed: 1 })
  const { notices } = await as(of.worker, (tx) => listNotices(tx, { accountId: of.worker.accountId, before: null }))
  expect(notices.find(({ kind }) => kind === 'attendance.corrected')?.detail).toMatchObject({
    ...{ becomes: '到课 → 缺勤', until: at('23:59:00', '2026-11-25').toISOString() },
  })
})

test('one who objected objects again to what somebody else corrected after that, once each time: at the moment of the objection not, a millisecond later yes', async () => {
  const of = await closedClass()
  const objected = at('20:00:00')
  await object(of.worker, of, { now: objected })
  await refuse(second!, of, { now: at('21:00:00') })
  const later = new Date(objected.getTime() + 1)
  const now = at('10:00:00', '2026-11-22')
  const own = async (now: Date) => {
    const [sheet] = await as(of.worker, (tx) => listOwnSheets(tx, { viewer: of.worker, sessionId: of.sessionId, now }))
    const [session] = await as(of.worker, (tx) => listOwnAttendance(tx, { viewer: of.worker, classId: of.id, now }))
    return [sheet?.mayObject, session?.mayObject, session?.objection]
  }
  expect(await own(now)).toEqual([false, false, 'refused'])
  expect(await mark(second!, of, 'present', { now: objected })).toEqual({ ok: true, changed: 1 })
  expect(await own(now)).toEqual([false, false, 'refused'])
  expect(await object(of.worker, of, { now })).toEqual({ ok: true, isNew: false })
  expect(await mark(second!, of, 'absent', { was: 'present//', now: later })).toEqual({ ok: true, changed: 1 })
  expect(await own(now)).toEqual([true, true, 'refused'])
  const answers = await Promise.all(Array.from({ length: 4 }, () => object(of.worker, of, { now })))
  expect(answers.filter((one) => one?.ok && one.isNew)).toHaveLength(1)
  expect(await own(now)).toEqual([false, false, 'open'])
  expect((await desk(second!)).open.filter(({ sessionId }) => sessionId === of.sessionId)).toHaveLength(1)
})

test('whoever objected once and does not object to a later correction in its days is late', async () => {
  const of = await closedClass()
  await object(of.worker, of)
  await mark(second!, of, 'present')
  expect(await object(of.worker, of, { now: at('00:00:00', '2026-11-26') })).toEqual({ ok: false, reason: 'late' })
  expect(await object(of.worker, of, { now: at('23:59:59', '2026-11-25') })).toEqual({ ok: true, isNew: true })
})

test('a mark on an open sheet is no correction: nobody hears of it', async () => {
  const of = await closedClass()
  expect(await kindsOf(of.worker)).not.toContain('attendance.corrected')
})

test('it is refused with a reason, and nothing is corrected', async () => {
  const of = await closedClass()
  await object(of.worker, of)
  expect(await refuse(second!, of, { reason: '' })).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await refuse(second!, of)).toEqual({ ok: true })
  expect(await stored(of)).toMatchObject({ state: 'refused', answer: '监控里没有您' })
  const [standing] = await db.owner`select mark from attendance_mark where session_id = ${of.sessionId}`
  expect(standing?.mark).toBe('absent')
  const { notices } = await as(of.worker, (tx) => listNotices(tx, { accountId: of.worker.accountId, before: null }))
  expect(notices.map(({ kind }) => kind)).toContain('objection.refused')
})

test('who closed the sheet or marked on it answers no objection, another academy sees none, the sponsor answers any', async () => {
  const of = await closedClass()
  await object(of.worker, of)
  const elsewhere = await world.academy()
  const stranger = await world.staff('academy_admin', elsewhere)
  const otherSponsor = await reviewerOf(elsewhere.sponsorId)
  expect(await refuse(closer!, of)).toEqual({ ok: false, reason: 'second_person' })
  for (const viewer of [instructor!, stranger, otherSponsor]) {
    expect(await refuse(viewer, of)).toBeNull()
    expect((await desk(viewer)).open).toEqual([])
  }
  const barred = async (viewer: Viewer) =>
    (await desk(viewer)).open.find(({ sessionId }) => sessionId === of.sessionId)?.barred
  expect([await barred(closer!), await barred(second!), await barred(sponsor)]).toEqual(['second_person', null, null])
  expect(await refuse(sponsor, of)).toEqual({ ok: true })
})

test('once its sheet is locked the sponsor alone answers: fifteen days after the class’s last day it is not, a day later it is', async () => {
  const [refused, accepted] = [await closedClass(), await closedClass()]
  for (const of of [refused, accepted]) await object(of.worker, of)
  const locked = at('00:00:00', '2026-12-07')
  const barred = async (now: Date) =>
    (await desk(second!, now)).open.find(({ sessionId }) => sessionId === refused.sessionId)?.barred
  expect([await barred(at('23:59:59', '2026-12-06')), await barred(locked)]).toEqual([null, 'locked'])
  expect(await refuse(second!, refused, { now: locked })).toEqual({ ok: false, reason: 'locked' })
  expect(await mark(second!, accepted, 'present', { now: locked })).toEqual({ ok: false, reason: 'locked' })
  expect(await refuse(sponsor, refused, { now: locked })).toEqual({ ok: true })
  expect(await mark(sponsor, accepted, 'present', { now: locked })).toEqual({ ok: true, changed: 1 })
  expect(await stored(accepted)).toMatchObject({ state: 'accepted', answered_by: sponsor.accountId })
})

test('where the province recommends the academy, or its sponsor has no reviewer, the province’s reviewer answers and corrects; elsewhere not', async () => {
  const [province, handler] = [await official('provincial_reviewer'), await official('provincial_handler')]
  const before = academy
  const inAcademy = async (given: { isProvincial?: boolean; isReviewed?: boolean }) => {
    academy = await world.academy()
    const only = await world.staff('academy_admin', academy)
    if (given.isProvincial)
      await db.owner`update trade_union set kind = 'provincial_union' where id = ${academy.sponsorId}`
    const reviewer = given.isReviewed ? await reviewerOf(academy.sponsorId) : null
    const [refused, accepted] = [await closedClass({ by: only }), await closedClass({ by: only })]
    for (const of of [refused, accepted]) await object(of.worker, of)
    return { refused, accepted, reviewer, code: academy.code }
  }
  const shown = async (viewer: Viewer, of: Of) =>
    (await desk(viewer)).open.some(({ sessionId }) => sessionId === of.sessionId)
  try {
    for (const given of [{ isProvincial: true, isReviewed: true }, { isReviewed: false }]) {
      const { refused, accepted, reviewer } = await inAcademy(given)
      expect([await shown(province, refused), await shown(handler, refused)]).toEqual([true, false])
      expect(await refuse(handler, refused)).toBeNull()
      expect(await refuse(province, refused)).toEqual({ ok: true })
      expect(await mark(province, accepted, 'present', { was: '//' })).toEqual({ ok: true, changed: 1 })
      expect(await stored(accepted)).toMatchObject({ state: 'accepted', answered_by: province.accountId })
      const told = given.isReviewed ? reviewer! : province
      expect((await kindsOf(told)).filter((kind) => kind === 'objection.made')).toHaveLength(2)
    }
    const { refused, reviewer } = await inAcademy({ isReviewed: true })
    expect(await shown(province, refused)).toBe(false)
    expect(await refuse(province, refused)).toBeNull()
    expect(await mark(province, refused, 'present', { was: '//' })).toBeNull()
    const { sessionId, id: classId, seat } = refused
    const row = { academyId: academy.id, sessionId, classId, enrolmentId: seat.id, mark: 'present', hours: 4 }
    const write = () => as(province, (tx) => tx.insert(attendanceMark).values(row))
    await expect(write()).rejects.toMatchObject({ status: 404 })
    // Once the sponsor's only reviewer is gone, the province stands in.
    await db.owner`update account set disabled_at = now() where id = ${reviewer!.accountId}`
    expect(await refuse(province, refused)).toEqual({ ok: true })
  } finally {
    academy = before
  }
})
