import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { recountHours } from '#app/features/attendance/hours.server.ts'
import { listLeaveSessions } from '#app/features/attendance/leave-sessions.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { listOwnAttendance } from '#app/features/attendance/own.server.ts'
import { findRoll } from '#app/features/attendance/roll.server.ts'
import { remindOfSessions } from '#app/features/attendance/session-reminders.server.ts'
import { listSessionsOn } from '#app/features/attendance/sessions.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { findSignIn } from '#app/features/attendance/sign-in.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { listClassChanges } from '#app/features/training/class-told.server.ts'
import type { SessionEntry } from '#app/features/training/session-entry.ts'
import { saidReason, saidReasonIn } from '#app/features/training/session-say.ts'
import { findTimetablePage } from '#app/features/training/timetable-page.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession, site } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let instructor: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  instructor = await world.staff('instructor', academy)
})

const at = (time: string, day = '2026-11-21') => new Date(`${day}T${time}:00+08:00`)
const NOON = at('12:30')

/** A class of 8 planned hours from 21 to 25 November at a place of its own: a morning of four hours on 21 and 22. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}) {
  const siteId = newId()
  await world.db
    .insert(site)
    .values({ academyId: academy.id, id: siteId, name: `实训楼${siteId}`, address: '示例路1号' })
  const days = ['2026-11-21', '2026-11-22']
  const of = await world.taughtClass(instructor, { plannedHours: 8, siteId, endsOn: '2026-11-25', days, ...given })
  return { ...of, first: of.sessions[0]!.id, second: of.sessions[1]!.id }
}
type Class = Awaited<ReturnType<typeof classOf>>

const entry = (given: Partial<SessionEntry> = {}): SessionEntry => ({
  ...{ date: '2026-11-24', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '验电', siteId: '' },
  ...{ firstStation: '', lastStation: '', instructorIds: [], reason: '', was: '', ...given },
})
const plan = (
  of: { id: string },
  makesUpForId: string | undefined,
  given: Partial<SessionEntry> = {},
  { now = NOON, mayExtend = false } = {},
) =>
  as(admin, async (tx) => {
    const to = { viewer: admin, academyId: academy.id, classId: of.id, now }
    const answer = await addSession(tx, { ...to, entry: entry(given), makesUpForId, mayExtend })
    if (answer?.ok) await recountHours(tx, to)
    return answer
  })
const madeUp = async (of: { id: string }) => {
  const [row] = await db.owner`select id from class_session where class_id = ${of.id} and makes_up_for_id is not null
    and status = 'planned' order by starts_at desc limit 1`
  return row!.id as string
}
type Typed = { mark: string; in?: string; out?: string }
const mark = (sessionId: string, typed: Record<string, Typed>, now = at('09:30')) => {
  const entries = Object.entries(typed).map(([enrolmentId, one]) => ({
    ...{ enrolmentId, in: '', out: '', was: '//', ...one },
  }))
  const request = { viewer: instructor, academyCode: academy.code, sessionId, entries, reason: '没带手机', now }
  return as(instructor, (tx) => markByHand(tx, { ...request, way: 'hand', wasClosed: false }))
}
const close = (sessionId: string, now = NOON) =>
  as(instructor, (tx) => closeSheet(tx, { viewer: instructor, academyCode: academy.code, sessionId, now }))
const hoursOf = async (id: string) => {
  const [row] = await db.owner`select hours_attended::float as hours from enrolment where id = ${id}`
  return row?.hours
}
const deliveredOf = async ({ id }: { id: string }) => {
  const [row] = await db.owner`select delivered_hours::float as hours from class where id = ${id}`
  return row?.hours
}
const noticesOf = (viewer: Viewer) =>
  as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null })).then(({ notices }) => notices)

/** One who came and one who did not, by the closed sheet of the first session. */
async function missedFirst(of: Class) {
  const [came, missed] = [await world.worker(), await world.worker()]
  const [present, absent] = [
    await world.enrolment(of, { accountId: came.accountId }),
    await world.enrolment(of, { accountId: missed.accountId }),
  ]
  await mark(of.first, { [present.id]: { mark: 'present' }, [absent.id]: { mark: 'absent' } })
  await close(of.first)
  return { came, missed, present, absent }
}

test('a held session is made up once its sheet is closed and somebody lacks hours of it, one make-up after the other', async () => {
  const of = await classOf()
  const { absent } = await world.enrolment(of).then((absent) => ({ absent }))
  expect(await plan(of, of.first)).toEqual({ ok: false, reason: 'sheet_open' })
  await mark(of.first, { [absent.id]: { mark: 'absent' } })
  await close(of.first)
  expect(await plan(of, of.first, { date: '2026-11-21', from: '05:00', to: '08:30' })).toMatchObject({
    faults: [{ field: 'date', fault: 'session_past' }],
  })
  expect(await plan(of, of.first)).toEqual({ ok: true, isNew: true })
  expect(await plan(of, of.first, { date: '2026-11-25' })).toEqual({ ok: false, reason: 'made_up' })
  await close(await madeUp(of), at('12:30', '2026-11-24'))
  const later = { now: at('13:00', '2026-11-24') }
  expect(await plan(of, await madeUp(of), { date: '2026-11-25' }, later)).toEqual({ ok: true, isNew: true })
  const rows =
    await db.owner`select makes_up_for_id as of from class_session where class_id = ${of.id} and makes_up_for_id is not null`
  expect(rows.map((row) => row.of)).toEqual([of.first, of.first])

  const full = await classOf()
  const present = await world.enrolment(full)
  await mark(full.first, { [present.id]: { mark: 'present' } })
  await close(full.first)
  expect(await plan(full, full.first)).toEqual({ ok: false, reason: 'nobody_lacks' })
})

test('the database takes no second make-up while one is to come, and none of a make-up of a held session', async () => {
  const of = await classOf()
  await missedFirst(of)
  await plan(of, of.first)
  const row = { academyId: academy.id, classId: of.id, hours: 4, siteId: of.siteId }
  const times = { startsAt: at('09:00', '2026-11-25'), endsAt: at('12:00', '2026-11-25') }
  const insert = (makesUpForId: string) =>
    world.db.insert(classSession).values({ ...row, ...times, id: newId(), makesUpForId })
  await expect(insert(of.first)).rejects.toMatchObject({ cause: { constraint_name: 'class_session_made_up_once' } })
  await expect(insert(await madeUp(of))).rejects.toMatchObject({
    cause: { constraint_name: 'class_session_makes_up_for' },
  })
})

test('only who lacks hours is expected at a make-up: on the sheet, the day’s page, the roll, the signed sheet and in reminders, and told of it', async () => {
  const of = await classOf()
  const { came, missed, present, absent } = await missedFirst(of)
  await plan(of, of.first)
  const sessionId = await madeUp(of)
  const kinds = async (who: Viewer) =>
    (await noticesOf(who)).map(({ kind }) => kind).filter((kind) => kind.startsWith('session.'))
  expect([await kinds(came), await kinds(missed)]).toEqual([[], expect.arrayContaining(['session.made_up'])])
  const titleOf = async (who: Viewer) => {
    const rows = await db.owner`select detail ->> 'title' as title from notice
      where account_id = ${who.accountId} and kind = 'session.made_up' order by id desc limit 1`
    return rows[0]?.title
  }
  expect(await titleOf(missed)).toMatch(/ · 11月24日周二9:00—12:00.*，补11月21日的课，您缺的学时可在此补上$/)
  expect(await titleOf(instructor)).toMatch(/ · 11月24日周二9:00—12:00.*，补11月21日的课，当时缺课的学员来$/)
  const now = at('09:10', '2026-11-24')
  const asked = { viewer: instructor, academyCode: academy.code, sessionId, now }
  const page = await findSheetPage(instructor, { ...asked, after: null })
  expect([page?.unmarked, page?.rows.map(({ enrolmentId, lack }) => [enrolmentId, lack])]).toEqual([
    1,
    [
      [absent.id, 4],
      [present.id, 0],
    ],
  ])
  const rest = await findSheetPage(instructor, { ...asked, after: absent.id })
  expect(rest?.rows.map(({ enrolmentId }) => enrolmentId)).toEqual([present.id])
  const paper = await findSheetPage(instructor, { ...asked, after: null, isOnPaper: true })
  expect(paper?.rows.map(({ enrolmentId }) => enrolmentId)).toEqual([absent.id])
  const day = await as(instructor, (tx) => listSessionsOn(tx, { viewer: instructor, date: '2026-11-24', now }))
  const shown = day.find((one) => one.sessionId === sessionId)
  expect([shown?.enrolled, shown?.unmarked, shown?.makesUpOn]).toEqual([1, 1, '2026-11-21'])
  const roll = await as(instructor, (tx) => findRoll(tx, asked))
  expect(roll?.workers.map(({ id, isFree }) => [id, isFree])).toEqual([
    [absent.id, undefined],
    [present.id, true],
  ])
  const sign = await findSignIn(admin, { classId: of.id, sessionId, from: null, now })
  expect(sign?.sheets[0]?.lines.map(({ enrolmentId }) => enrolmentId)).toEqual([absent.id])
  await remindOfSessions({ classId: of.id, date: '2026-11-24', now: at('19:00', '2026-11-23') })
  expect([await kinds(came), await kinds(missed)]).toEqual([[], expect.arrayContaining(['session.ahead'])])
  const leave = (viewer: Viewer) => as(viewer, (tx) => listLeaveSessions(tx, { viewer, classId: of.id, now: NOON }))
  expect((await leave(came)).some((one) => one.sessionId === sessionId)).toBe(false)
  const own = (viewer: Viewer) => as(viewer, (tx) => listOwnAttendance(tx, { viewer, classId: of.id, now }))
  expect((await own(came)).some((one) => one.sessionId === sessionId)).toBe(false)
  expect((await own(missed)).find((one) => one.sessionId === sessionId)).toMatchObject({
    makesUpOn: '2026-11-21',
    lack: 4,
  })
})

test('whoever was present may come to a make-up and be marked, and earns no more; the class delivers no more', async () => {
  const of = await classOf()
  const { present, absent } = await missedFirst(of)
  await plan(of, of.first)
  const sessionId = await madeUp(of)
  const both = { [present.id]: { mark: 'present' }, [absent.id]: { mark: 'present' } }
  expect(await mark(sessionId, both, at('09:30', '2026-11-24'))).toMatchObject({ ok: true })
  await close(sessionId, at('12:30', '2026-11-24'))
  expect([await hoursOf(present.id), await hoursOf(absent.id), await deliveredOf(of)]).toEqual([4, 4, 8])
  const page = await findTimetablePage(admin, { classId: of.id, now: NOON })
  expect(page?.sessions.find(({ id }) => id === of.first)?.lacking).toBe(0)
})

test('whatever a worker attends of a session and its make-up, together they are never more than the session, nor less than one of them', async () => {
  const of = await classOf()
  const marks: Typed[] = [
    { mark: 'present' },
    { mark: 'absent' },
    { mark: 'late', in: '10:30' },
    { mark: 'left_early', out: '10:00' },
    { mark: '' },
  ]
  const pairs = marks.flatMap((one) => marks.map((other) => [one, other] as const))
  const workers: { pair: readonly [Typed, Typed]; enrolment: { id: string } }[] = []
  for (const pair of pairs) workers.push({ pair, enrolment: await world.enrolment(of) })
  const said = (nth: 0 | 1) =>
    Object.fromEntries(
      workers.map(({ pair, enrolment }) => [enrolment.id, pair[nth]]).filter(([, one]) => (one as Typed).mark),
    )
  await mark(of.first, said(0))
  await close(of.first)
  await plan(of, of.first, { hours: '6', to: '13:30' })
  const sessionId = await madeUp(of)
  await mark(sessionId, said(1), at('09:30', '2026-11-24'))
  await close(sessionId, at('13:30', '2026-11-24'))
  const rows = await db.owner`select e.hours_attended::float as hours,
    (select coalesce(max(m.hours), 0)::float from attendance_mark m where m.enrolment_id = e.id) as most
    from enrolment e where e.class_id = ${of.id}`
  expect(rows).toHaveLength(25)
  for (const { hours, most } of rows) {
    expect(hours).toBeLessThanOrEqual(4)
    expect(hours).toBeGreaterThanOrEqual(Math.min(4, most))
  }
  expect(await deliveredOf(of)).toBe(8)
})

test('who misses too much to be credited is warned once a make-up would bring it back, not before', async () => {
  const of = await classOf()
  const { missed } = await missedFirst(of)
  const warned = async () => (await noticesOf(missed)).some(({ kind }) => kind === 'attendance.at_risk')
  expect(await warned()).toBe(false)
  await plan(of, of.first)
  expect(await warned()).toBe(true)
})

test('a make-up of a held session that is cancelled leads back to that session: no hours come twice', async () => {
  const of = await classOf()
  await missedFirst(of)
  await plan(of, of.first)
  const fallen = await madeUp(of)
  const request = { viewer: admin, academyId: academy.id, classId: of.id, now: NOON }
  await as(admin, (tx) => cancelSession(tx, { ...request, sessionId: fallen, reason: '台风停课' }))
  expect(await plan(of, fallen, { date: '2026-11-25' })).toEqual({ ok: true, isNew: true })
  const [row] = await db.owner`select makes_up_for_id as of from class_session where id = ${await madeUp(of)}`
  expect(row?.of).toBe(of.first)
})

test('a reason that a person wrote stays as written in either language', () => {
  for (const written of ['台风停课，补11月21日的课', '补11月21日的课程', '食堂检修'])
    expect(saidReasonIn('en', written)).toBe(written)
  expect(saidReasonIn('en', saidReason(null))).toBe('Add a session')
  expect(saidReasonIn('en', saidReason({ date: '2026-02-29', status: 'cancelled' }))).toBe('makes up for 29 Feb')
})

test('after the last day a session is planned only with the class’s end moved, which is kept, told and in the trail; enrolment keeps its times', async () => {
  const of = await classOf({ endsOn: '2026-11-22' })
  const { came } = await missedFirst(of)
  const outside = { faults: [{ field: 'date', fault: 'session_outside' }] }
  expect(await plan(of, of.first)).toMatchObject(outside)
  expect(await plan(of, of.first, {}, { mayExtend: true })).toEqual({ ok: true, isNew: true })
  const [row] = await db.owner`select ends_on::text as ends, enrol_closes_at as closes from class where id = ${of.id}`
  expect([row?.ends, new Date(row?.closes).toISOString()]).toEqual(['2026-11-24', '2026-11-18T10:00:00.000Z'])
  const [change] = await as(admin, (tx) => listClassChanges(tx, { academyId: academy.id, classId: of.id }))
  expect(change).toMatchObject({
    field: 'endsOn',
    before: '2026-11-22',
    after: '2026-11-24',
    reason: '补11月21日的课，当时缺课的学员来',
  })
  const saidIn = (locale: Locale) => saidReasonIn(locale, change?.reason ?? '')
  expect([saidIn('zh-CN'), saidIn('en')]).toEqual([
    '补11月21日的课，当时缺课的学员来',
    'makes up for 21 Nov, for those who missed it',
  ])
  expect((await noticesOf(came)).map(({ kind }) => kind).filter((kind) => kind !== 'attendance.at_risk')).toEqual([
    'class.changed',
  ])
  const kinds = await db.owner`select kind from audit_event where academy_id = ${academy.id}
    and kind in ('class.mended', 'session.made_up') and (detail ->> 'classId' = ${of.id} or subject_id = ${of.id})`
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(['class.mended', 'session.made_up'])
})

test('a class that is over takes a make-up until its sheets lock, from today on; a refusal moves no date', async () => {
  const endsOf = async (of: { id: string }) =>
    (await db.owner`select ends_on::text as ends from class where id = ${of.id}`)[0]?.ends
  const of = await classOf({ endsOn: '2026-11-22', certificatesExpectedOn: '2026-11-23' })
  await missedFirst(of)
  const extend = { mayExtend: true, now: at('09:00', '2026-11-23') }
  expect(await plan(of, of.first, { date: '2026-11-24' }, extend)).toMatchObject({
    faults: [{ field: 'date', fault: 'certificates_early' }],
  })
  expect(await plan(of, of.first, { date: '2026-11-22', from: '13:00', to: '16:00' }, extend)).toMatchObject({
    faults: [{ field: 'date', fault: 'session_past' }],
  })
  expect(await plan(of, of.first, { date: '2026-11-23', from: '13:00', to: '16:00' }, extend)).toEqual({
    ok: true,
    isNew: true,
  })
  expect(await endsOf(of)).toBe('2026-11-23')

  const long = await classOf({ endsOn: '2026-11-22' })
  await missedFirst(long)
  const year = { mayExtend: true, now: at('09:00', '2027-06-01') }
  expect(await plan(long, long.first, { date: '2027-06-02' }, year)).toEqual({ ok: false, reason: 'sheets_locked' })
  expect(await endsOf(long)).toBe('2026-11-22')
})
