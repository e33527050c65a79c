import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { listOwnAttendance } from '#app/features/attendance/own.server.ts'
import { listSessionsOn } from '#app/features/attendance/sessions.server.ts'
import { actOnSheet } from '#app/features/attendance/sheet-acts.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { recordHours } from '#app/features/training/hours.server.ts'
import { newId } from '#app/lib/ids.ts'
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
const during = at('09:30')
const over = at('12:30')

/** A class of 8 planned hours with the instructor: a morning of four hours on each of its days. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}, mornings = 2) {
  const days = ['2026-11-21', '2026-11-22'].slice(0, mornings)
  const of = await world.taughtClass(instructor, { plannedHours: 8, days, ...given })
  return { ...of, sessions: of.sessions.map(({ id }) => id) }
}

type Typed = { mark: string; in?: string; out?: string; was?: string }
const mark = (
  viewer: Viewer,
  sessionId: string,
  typed: Record<string, Typed>,
  { now = during, reason = '没带手机', wasClosed = false, way = 'hand' as 'hand' | 'paper' } = {},
) => {
  const entries = Object.entries(typed).map(([enrolmentId, entry]) => ({
    ...{ enrolmentId, in: '', out: '', was: '//', ...entry },
  }))
  const request = { viewer, academyCode: academy.code, sessionId, entries, reason, way, wasClosed, now }
  return as(viewer, (tx) => markByHand(tx, request))
}
const close = (viewer: Viewer, sessionId: string, now = over) =>
  as(viewer, (tx) => closeSheet(tx, { viewer, academyCode: academy.code, sessionId, now }))
const page = (viewer: Viewer, sessionId: string, now = during) =>
  findSheetPage(viewer, { academyCode: academy.code, sessionId, after: null, now })
const stored = async (id: string) => {
  const [row] = await db.owner`select hours_attended::float as hours, credited_on::text as credited,
    practical_hours_attended::float as practical from enrolment where id = ${id}`
  return row
}

test('marks by hand need a reason, are kept with who and why, and the one before stays in the history', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const worker = await world.enrolment(of)
  expect(await mark(instructor, first!, { [worker.id]: { mark: 'absent' } }, { reason: ' ' })).toMatchObject({
    ...{ ok: false, reason: 'faults', why: 'reason_needed' },
  })
  expect(await mark(instructor, first!, { [worker.id]: { mark: 'absent' } })).toEqual({ ok: true, changed: 1 })
  const late = { mark: 'late', in: '9:20', was: 'absent//' }
  expect(await mark(instructor, first!, { [worker.id]: late }, { reason: '后来到了' })).toEqual({
    ok: true,
    changed: 1,
  })
  const shown = await page(instructor, first!)
  expect(shown?.rows[0]).toMatchObject({ mark: 'late', checkedInAt: at('09:20'), hours: 3.5, way: 'hand' })
  expect(shown?.history.map(({ mark, reason, who }) => [mark, reason, who])).toEqual([
    ['late', '后来到了', '何合成'],
    ['absent', '没带手机', '何合成'],
  ])
})

test('hours count when the sheet is closed, not before, and a session is closed once it is over', async () => {
  const of = await classOf()
  const [first, second] = of.sessions
  const [all, half] = [await world.enrolment(of), await world.enrolment(of)]
  await mark(instructor, first!, { [all.id]: { mark: 'present' }, [half.id]: { mark: 'absent' } })
  expect(await stored(all.id)).toMatchObject({ hours: null })
  expect(await close(instructor, first!, new Date(at('12:00').getTime() - 1))).toEqual({ ok: false, reason: 'running' })
  expect(await close(instructor, first!)).toEqual({ ok: true, isNew: true })
  expect(await close(instructor, first!)).toEqual({ ok: true, isNew: false })
  expect(await stored(all.id)).toMatchObject({ hours: 4, credited: null })
  const later = { now: at('09:30', '2026-11-22') }
  await mark(instructor, second!, { [all.id]: { mark: 'present' }, [half.id]: { mark: 'present' } }, later)
  await close(instructor, second!, at('12:00', '2026-11-22'))
  expect([await stored(all.id), await stored(half.id)]).toEqual([
    { hours: 8, credited: '2026-11-22', practical: null },
    { hours: 4, credited: null, practical: null },
  ])
})

test('a worker nobody marked stays unmarked when the sheet is closed, and earns no hours', async () => {
  const of = await classOf()
  const worker = await world.enrolment(of)
  expect(await close(instructor, of.sessions[0]!)).toEqual({ ok: true, isNew: true })
  expect((await page(admin, of.sessions[0]!, over))?.rows[0]).toMatchObject({ mark: null, hours: 0 })
  expect(await stored(worker.id)).toMatchObject({ hours: 0 })
})

test('who may not correct a closed sheet reads whose reviewer may; who may needs no such word', async () => {
  const of = await classOf()
  const [first] = of.sessions
  await world.enrolment(of)
  expect(await page(instructor, first!, over)).toMatchObject({ above: null })
  await close(instructor, first!)
  const [sponsor] = await db.owner`select name from trade_union where id = ${academy.sponsorId}`
  await db.owner`insert into trade_union (id, name, kind) values (${newId()}, '示例省总工会', 'provincial_union')`
  // Its union has no reviewer: the province stands in.
  expect(await page(instructor, first!, over)).toMatchObject({ mayMark: false, above: '示例省总工会' })
  expect(await page(admin, first!, over)).toMatchObject({ mayMark: true, above: null })
  await db.owner`insert into account (id, role, union_id, login, password_hash, display_name, created_at)
    values (${newId()}, 'sponsor_reviewer', ${academy.sponsorId}, 'above', 'none', '苏合成', now())`
  expect(await page(instructor, first!, over)).toMatchObject({ above: sponsor?.name })
})

test('a sheet with unmarked workers is closed by its form once somebody said how many stay so; it is asked again where there are more', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const [came] = [await world.enrolment(of), await world.enrolment(of)]
  const press = (unmarked?: string) => {
    const form = new FormData()
    form.set('intent', 'close')
    if (unmarked !== undefined) form.set('unmarked', unmarked)
    return actOnSheet({ viewer: instructor, academyCode: academy.code, sessionId: first!, form, now: over })
  }
  const asks = (count: number) => ({ ok: false, reason: 'unmarked', count })
  expect(await press()).toEqual(asks(2))
  for (const said of ['1', '', '-3', 'all', '0']) expect(await press(said)).toEqual(asks(2))
  expect(await page(instructor, first!, over)).toMatchObject({ held: { closedAt: null } })
  await mark(instructor, first!, { [came!.id]: { mark: 'present' } }, { now: over })
  expect(await press()).toEqual(asks(1))
  // Marked since it was asked: fewer stay unmarked than was said.
  expect(await press('2')).toEqual({ ok: true, saved: 'closed' })
  expect(await press()).toEqual({ ok: true, saved: 'closed' })
  expect(await stored(came!.id)).toMatchObject({ hours: 4 })
})

test('a sheet on which everybody is marked is closed without a question', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const worker = await world.enrolment(of)
  await mark(instructor, first!, { [worker.id]: { mark: 'absent' } }, { now: over })
  const form = new FormData()
  form.set('intent', 'close')
  const asked = { viewer: instructor, academyCode: academy.code, sessionId: first!, form, now: over }
  expect(await actOnSheet(asked)).toEqual({ ok: true, saved: 'closed' })
})

test('in a class that delivered 80 % of its plan, hours count over those delivered', async () => {
  const credited = async (plannedHours: number) => {
    const of = await classOf({ plannedHours }, 2)
    const worker = await world.enrolment(of)
    const [first, second] = of.sessions
    await mark(instructor, first!, { [worker.id]: { mark: 'present' } })
    const later = { now: at('09:30', '2026-11-22') }
    const late = { mark: 'late', in: '9:40' } // 3 of 4 hours: 7 of the 8 delivered
    await mark(instructor, second!, { [worker.id]: late }, later)
    await close(instructor, first!)
    await close(instructor, second!, at('12:00', '2026-11-22'))
    return (await stored(worker.id))?.credited
  }
  expect(await credited(10)).toBe('2026-11-22') // 8 of 10 delivered: 7 of 8 counts
  expect(await credited(10.5)).toBeNull() // 8 of 10.5 are not 80 %: 7 of 10.5
})

test('a cancelled session counts for nobody, its make-up session once', async () => {
  const of = await classOf()
  const [first, second] = of.sessions
  const worker = await world.enrolment(of)
  await db.owner`update class_session set status = 'cancelled', cancel_reason = '台风停课' where id = ${first!}`
  await db.owner`update class_session set makes_up_for_id = ${first!} where id = ${second!}`
  const later = { now: at('09:30', '2026-11-22') }
  expect(await mark(instructor, first!, { [worker.id]: { mark: 'present' } })).toBeNull()
  await mark(instructor, second!, { [worker.id]: { mark: 'present' } }, later)
  await close(instructor, second!, at('12:00', '2026-11-22'))
  expect(await stored(worker.id)).toMatchObject({ hours: 4 })
  const [held] = await db.owner`select delivered_hours::float as hours from class where id = ${of.id}`
  expect(held?.hours).toBe(4)
})

test('a session that makes up for one which took place counts once, for whoever came to both too', async () => {
  const of = await classOf()
  const [first, second] = of.sessions
  const [both, missed] = [await world.enrolment(of), await world.enrolment(of)]
  await db.owner`update class_session set makes_up_for_id = ${first!} where id = ${second!}`
  await mark(instructor, first!, { [both.id]: { mark: 'present' }, [missed.id]: { mark: 'absent' } })
  const later = { now: at('09:30', '2026-11-22') }
  await mark(instructor, second!, { [both.id]: { mark: 'present' }, [missed.id]: { mark: 'present' } }, later)
  await close(instructor, first!)
  await close(instructor, second!, at('12:00', '2026-11-22'))
  expect([(await stored(both.id))?.hours, (await stored(missed.id))?.hours]).toEqual([4, 4])
})

test('of a mixed class the practical hours are those of its practical sessions, and no more than the plan', async () => {
  const of = await classOf({ mode: 'mixed', plannedHours: 7, plannedPracticalHours: 3 })
  const [first, second] = of.sessions
  await db.owner`update class_session set kind = 'theory' where id = ${second!}`
  const worker = await world.enrolment(of)
  await mark(instructor, first!, { [worker.id]: { mark: 'present' } })
  await mark(instructor, second!, { [worker.id]: { mark: 'present' } }, { now: at('09:30', '2026-11-22') })
  await close(instructor, first!)
  await close(instructor, second!, at('12:00', '2026-11-22'))
  expect(await stored(worker.id)).toMatchObject({ hours: 7, practical: 3, credited: '2026-11-22' })
})

test('nobody enters hours by hand of a class that has sessions, before its first sheet is closed and after', async () => {
  const of = await classOf()
  const worker = await world.enrolment(of)
  const entries = [{ enrolmentId: worker.id, attended: '8', practical: '', was: '/' }]
  const enter = () =>
    as(admin, (tx) =>
      recordHours(tx, { viewer: admin, academyId: academy.id, classId: of.id, entries, reason: '补录', now: over }),
    )
  expect(await enter()).toBeNull()
  await close(instructor, of.sessions[0]!)
  expect(await enter()).toBeNull()
})

test('a class that has cancelled its sessions does not take hours by hand either', async () => {
  const of = await classOf()
  const worker = await world.enrolment(of)
  await db.owner`update class_session set status = 'cancelled', cancel_reason = '台风' where class_id = ${of.id}`
  const entries = [{ enrolmentId: worker.id, attended: '8', practical: '', was: '/' }]
  const input = { viewer: admin, academyId: academy.id, classId: of.id, entries, reason: '补录', now: over }
  expect(await as(admin, (tx) => recordHours(tx, input))).toBeNull()
})

test('a closed sheet is corrected by a second person: not by who closed it, who marked on it, or an instructor', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const worker = await world.enrolment(of)
  const second = await world.staff('academy_admin', academy)
  const marker = await world.staff('academy_admin', academy)
  await mark(marker, first!, { [worker.id]: { mark: 'absent' } })
  await close(admin, first!)
  const typed = { [worker.id]: { mark: 'present', was: 'absent//' } }
  const correct = (viewer: Viewer) => mark(viewer, first!, typed, { now: over, reason: '申诉属实', wasClosed: true })
  for (const viewer of [instructor, marker, admin])
    expect(await correct(viewer)).toEqual({ ok: false, reason: 'second_person' })
  expect((await page(marker, first!, over))?.mayMark).toBe(false)
  expect((await page(second, first!, over))?.mayMark).toBe(true)
  expect(await correct(second)).toEqual({ ok: true, changed: 1 })
  expect(await stored(worker.id)).toMatchObject({ hours: 4 })
  expect((await page(second, first!, over))?.history.map(({ way, mark }) => [way, mark])).toEqual([
    ['correction', 'present'],
    ['hand', 'absent'],
  ])
  expect(
    await mark(
      second,
      first!,
      { [worker.id]: { mark: 'absent', was: 'present//' } },
      { now: at('09:00', '2026-12-08'), wasClosed: true },
    ),
  ).toEqual({ ok: false, reason: 'locked' })
})

test('what was typed on an open sheet does not become a correction because somebody closed it meanwhile', async () => {
  const of = await classOf()
  const worker = await world.enrolment(of)
  await close(instructor, of.sessions[0]!)
  expect(await mark(admin, of.sessions[0]!, { [worker.id]: { mark: 'present' } }, { now: over })).toEqual({
    ...{ ok: false, reason: 'closed_meanwhile' },
  })
})

test('only the class’s own instructor and the academy’s administrators have its sheets', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const worker = await world.enrolment(of)
  const other = await world.academy()
  const strangers = [
    await world.staff('instructor', academy),
    await world.staff('academy_admin', other),
    await world.worker(),
  ]
  for (const viewer of strangers) {
    expect(await page(viewer, first!)).toBeNull()
    expect(await mark(viewer, first!, { [worker.id]: { mark: 'present' } })).toBeNull()
    expect(await close(viewer, first!)).toBeNull()
  }
  const own = (
    await as(instructor, (tx) => listSessionsOn(tx, { viewer: instructor, date: '2026-11-21', now: during }))
  ).map(({ sessionId }) => sessionId)
  expect(own).toContain(first)
})

test('who has withdrawn is not marked, nor a worker of another class; the sheet opens an hour before', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const [gone, stranger] = [await world.enrolment(of, { seat: 'withdrawn' }), await world.enrolment(await classOf())]
  expect(
    await mark(instructor, first!, { [gone.id]: { mark: 'present' }, [stranger.id]: { mark: 'present' } }),
  ).toMatchObject({ faults: [{ fault: 'gone' }, { fault: 'gone' }] })
  const worker = await world.enrolment(of)
  const early = { now: new Date(at('08:00').getTime() - 1) }
  expect(await mark(instructor, first!, { [worker.id]: { mark: 'present' } }, early)).toEqual({
    ok: false,
    reason: 'ahead',
  })
  expect(await mark(instructor, first!, { [worker.id]: { mark: 'present' } }, { now: at('08:00') })).toEqual({
    ok: true,
    changed: 1,
  })
})

test('a worker sees the own attendance and nobody else’s, with hours once the sheet is closed', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const [worker, other] = [await world.worker(), await world.worker()]
  const own = await world.enrolment(of, { accountId: worker.accountId })
  await world.enrolment(of, { accountId: other.accountId })
  const seen = (viewer: Viewer) => as(viewer, (tx) => listOwnAttendance(tx, { viewer, classId: of.id, now: over }))
  expect(await seen(worker)).toEqual([])
  await mark(instructor, first!, { [own.id]: { mark: 'late', in: '9:20' } })
  expect((await seen(worker))[0]).toMatchObject({ mark: 'late', hours: null })
  expect(await seen(other)).toEqual([])
  await close(instructor, first!)
  expect((await seen(worker)).map(({ mark, hours }) => [mark, hours])).toEqual([
    ['late', 3.5],
    [null, null],
  ])
})

test('two who mark the same workers at once take turns, and close after them', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const workers = await Promise.all(Array.from({ length: 8 }, () => world.enrolment(of)))
  const typed = (mark: string, list = workers) => Object.fromEntries(list.map(({ id }) => [id, { mark }]))
  const answers = await Promise.all([
    mark(instructor, first!, typed('present'), { now: over }),
    mark(admin, first!, typed('absent', [...workers].reverse()), { now: over }),
    close(instructor, first!),
  ])
  expect(
    answers.filter((answer) => answer?.ok && 'changed' in answer && answer.changed > 0).length,
  ).toBeLessThanOrEqual(1)
  const rows =
    await db.owner`select distinct mark from attendance_mark where session_id = ${first!} and mark is not null`
  expect(rows.length).toBeLessThanOrEqual(1)
})

test('the sponsor’s reviewer corrects a closed sheet, also a locked one; an open one, or another sponsor, does not', async () => {
  const of = await classOf()
  const [first] = of.sessions
  const worker = await world.enrolment(of)
  const reviewer = (unionId: string): Viewer => ({
    ...admin,
    role: 'sponsor_reviewer',
    academyId: null,
    academyCode: null,
    unionId,
    accountId: newId(),
  })
  const sponsor = reviewer(academy.sponsorId)
  const typed = (mark: string, was = '//') => ({ [worker.id]: { mark, was } })
  expect(await mark(sponsor, first!, typed('present'))).toEqual({ ok: false, reason: 'second_person' })
  expect(await close(sponsor, first!)).toBeNull()
  await close(instructor, first!)
  const said = { now: over, reason: '现场核实', wasClosed: true }
  expect(await page(reviewer(newId()), first!, over)).toBeNull()
  expect(await mark(reviewer(newId()), first!, typed('present'), said)).toBeNull()
  expect(await mark(sponsor, first!, typed('present'), said)).toEqual({ ok: true, changed: 1 })
  expect((await page(sponsor, first!, over))?.rows[0]).toMatchObject({
    mark: 'present',
    way: 'correction',
    phone: null,
  })
  const late = { ...said, now: at('09:00', '2026-12-08') }
  expect(await mark(sponsor, first!, typed('absent', 'present//'), late)).toEqual({ ok: true, changed: 1 })
  expect(await stored(worker.id)).toMatchObject({ hours: 0 })
})
