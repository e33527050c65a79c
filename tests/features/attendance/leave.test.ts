import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { closeByClock } from '#app/features/attendance/due-sheets.server.ts'
import { answerLeaves } from '#app/features/attendance/leave-answer.server.ts'
import { askLeave } from '#app/features/attendance/leave-ask.server.ts'
import { countWaiting, findLeaveDesk } from '#app/features/attendance/leave-desk.server.ts'
import { findLeavePage } from '#app/features/attendance/leave-own.server.ts'
import { revokeLeaves } from '#app/features/attendance/leave-revoke.server.ts'
import { withdrawLeave } from '#app/features/attendance/leave-withdraw.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceLeave, classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let instructor: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  instructor = await world.staff('instructor', academy)
})

const HOUR = 3_600_000
const before = new Date('2026-11-20T10:00:00+08:00')

/** Five mornings of four hours, a day apart, of 20 planned: 16 are needed. One worker with a seat. */
async function classOf() {
  const days = [21, 22, 23, 24, 25].map((day) => `2026-11-${day}`)
  const of = await world.taughtClass(instructor, { plannedHours: 20, endsOn: '2026-11-25', days })
  const { sessions } = of
  const worker = await world.worker()
  const seat = await world.enrolment(of, { accountId: worker.accountId })
  return { ...of, sessions, first: sessions[0]!, second: sessions[1]!, worker, seat }
}
type Session = Awaited<ReturnType<typeof classOf>>['first']

const ask = (viewer: Viewer, sessions: Session[], { now = before, reason = 'illness', remark = '' } = {}) =>
  as(viewer, (tx) => askLeave(tx, { viewer, sessionIds: sessions.map(({ id }) => id), reason, remark, now }))
const leavesOf = (session: Session) =>
  db.owner<{ id: string; state: string }[]>`
    select id, state from attendance_leave where session_id = ${session.id} order by id`
async function answer(session: Session, given: { isGranted?: boolean; reason?: string; now?: Date; by?: Viewer } = {}) {
  const { isGranted = true, reason = '', now = before, by = instructor } = given
  const leaveIds = (await leavesOf(session)).map(({ id }) => id)
  const request = { viewer: by, academyCode: academy.code, leaveIds, isGranted, reason, now }
  return as(by, (tx) => answerLeaves(tx, request))
}
const standing = async (session: Session) =>
  (await db.owner`select mark, way, hours::float as hours from attendance_mark where session_id = ${session.id}`)[0]
function mark(session: Session, enrolmentId: string, mark: string, was: string) {
  const entries = [{ enrolmentId, mark, in: '', out: '', was }]
  const request = { viewer: instructor, academyCode: academy.code, sessionId: session.id, entries, reason: '点名' }
  return as(instructor, (tx) => markByHand(tx, { ...request, way: 'hand', wasClosed: false, now: session.startsAt }))
}
const close = (session: Session) =>
  as(instructor, (tx) =>
    closeSheet(tx, { viewer: instructor, academyCode: academy.code, sessionId: session.id, now: session.endsAt }),
  )
const kindsOf = async (viewer: Viewer) =>
  (await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))).notices
    .map(({ kind }) => kind)
    .reverse()
const mine = (viewer: Viewer, now = before) => as(viewer, (tx) => findLeavePage(tx, { viewer, classId: null, now }))

test('leave may be asked for until the session is over, not at its end', async () => {
  const { worker, first, second } = await classOf()
  const last = new Date(first.endsAt.getTime() - 1)
  expect(await ask(worker, [first], { now: last })).toEqual({ ok: true, asked: 1 })
  expect(await ask(worker, [second], { now: second.endsAt })).toEqual({ ok: false, reason: 'gone' })
  expect((await mine(worker, last)).sessions).toHaveLength(5)
  expect((await mine(worker, first.endsAt)).sessions).toHaveLength(4)
})

test('a reason of the list is needed, and words of one’s own for another one', async () => {
  const { worker, first } = await classOf()
  expect(await ask(worker, [])).toEqual({ ok: false, reason: 'sessions_needed' })
  expect(await ask(worker, [first], { reason: 'sleep' })).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await ask(worker, [first], { reason: 'other', remark: ' 事 ' })).toEqual({
    ok: false,
    reason: 'remark_needed',
  })
  const long = { reason: 'other', remark: '事'.repeat(201) }
  expect(await ask(worker, [first], long)).toEqual({ ok: false, reason: 'remark_long' })
  expect(await ask(worker, [first], { reason: 'other', remark: '事'.repeat(200) })).toEqual({ ok: true, asked: 1 })
})

test('asked twice it is asked once, also at the same moment, and those who answer are told once', async () => {
  const teacher = await world.staff('instructor', academy)
  const { worker, first, second, ...of } = await classOf()
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: teacher.accountId })
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(worker, [first, second])))
  expect(answers.reduce((sum, one) => sum + (one.ok ? one.asked : 0), 0)).toBe(2)
  expect(await ask(worker, [first, second])).toEqual({ ok: true, asked: 0 })
  expect(await kindsOf(teacher)).toEqual(['leave.asked'])
})

test('nobody asks for leave in another’s place, nor without a seat, nor takes another’s back', async () => {
  const { worker, first, seat } = await classOf()
  const other = await world.worker()
  expect(await ask(other, [first])).toEqual({ ok: false, reason: 'gone' })
  await ask(worker, [first])
  const [leave] = await leavesOf(first)
  const now = before
  expect(await as(other, (tx) => withdrawLeave(tx, { viewer: other, leaveId: leave!.id, now }))).toBeNull()
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${seat.id}`
  expect(await ask(worker, [first])).toEqual({ ok: false, reason: 'gone' })
  expect(await answer(first)).toEqual({ ok: true, answered: 0, left: 1 })
})

test('row-level security lets a worker write no leave of another, and grant none', async () => {
  const { worker, first, seat } = await classOf()
  const other = await world.worker()
  const row = {
    ...{ academyId: academy.id, sessionId: first.id, classId: first.classId, enrolmentId: seat.id },
    ...{ startsAt: first.startsAt, reason: 'illness', state: 'asked', askedAt: before },
  }
  const insert = (by: Viewer, askedBy: string) =>
    as(by, (tx) => tx.insert(attendanceLeave).values({ ...row, id: newId(), askedBy }))
  await expect(insert(other, other.accountId)).rejects.toThrow()
  await expect(insert(worker, other.accountId)).rejects.toThrow()
  await insert(worker, worker.accountId)
  const answered = { state: 'granted', answeredAt: before, answeredBy: worker.accountId }
  await expect(as(worker, (tx) => tx.update(attendanceLeave).set(answered))).rejects.toThrow()
  expect(await as(other, (tx) => tx.select().from(attendanceLeave))).toEqual([])
})

test('a worker takes leave back until it is answered, and may ask again: three times, not four', async () => {
  const { worker, first } = await classOf()
  const withdraw = async () => {
    const leaveId = (await leavesOf(first)).at(-1)!.id
    return as(worker, (tx) => withdrawLeave(tx, { viewer: worker, leaveId, now: before }))
  }
  await ask(worker, [first])
  expect(await withdraw()).toEqual({ ok: true, isNew: true })
  expect(await withdraw()).toEqual({ ok: true, isNew: false })
  await ask(worker, [first])
  await answer(first, { isGranted: false, reason: '实操考核日' })
  expect(await withdraw()).toEqual({ ok: false, reason: 'answered' })
  expect(await ask(worker, [first])).toEqual({ ok: true, asked: 1 })
  await withdraw()
  expect(await ask(worker, [first])).toEqual({ ok: false, reason: 'too_often' })
})

test('granted leave excuses who would be unmarked or absent, earns no hours, and the worker is told', async () => {
  const { worker, first, seat } = await classOf()
  await ask(worker, [first])
  expect(await answer(first)).toEqual({ ok: true, answered: 1, left: 0 })
  expect(await standing(first)).toEqual({ mark: 'excused', way: 'leave', hours: 0 })
  expect(await mark(first, seat.id, 'absent', 'excused//')).toMatchObject({
    ...{ ok: false, reason: 'faults', faults: [{ fault: 'on_leave' }] },
  })
  await close(first)
  const [hours] = await db.owner`select hours_attended::float as hours from enrolment where id = ${seat.id}`
  expect(hours?.hours).toBe(0)
  expect((await kindsOf(worker))[0]).toBe('leave.granted')
})

test('who is on leave and comes after all is present; who was marked absent before leave was granted is excused', async () => {
  const one = await classOf()
  await ask(one.worker, [one.first, one.second])
  await answer(one.first)
  expect(await mark(one.first, one.seat.id, 'present', 'excused//')).toEqual({ ok: true, changed: 1 })
  expect(await standing(one.first)).toMatchObject({ mark: 'present', hours: 4 })
  await mark(one.second, one.seat.id, 'absent', '//')
  await answer(one.second, { now: new Date(one.second.endsAt.getTime() + HOUR) })
  expect(await standing(one.second)).toMatchObject({ mark: 'excused', way: 'leave' })
})

test('leave is refused with a reason, which the worker reads; the mark stays as it was', async () => {
  const { worker, first } = await classOf()
  await ask(worker, [first])
  expect(await answer(first, { isGranted: false })).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await answer(first, { isGranted: false, reason: '实操考核日' })).toMatchObject({ answered: 1 })
  expect(await standing(first)).toBeUndefined()
  expect((await mine(worker)).own).toMatchObject([{ standing: 'refused', refusedBecause: '实操考核日' }])
  expect(await kindsOf(worker)).toEqual(['leave.refused'])
})

test('leave is answered once: by whoever is first, and not once the sheet is closed', async () => {
  const { worker, first, second } = await classOf()
  const admin = await world.staff('academy_admin', academy)
  await ask(worker, [first, second])
  const answers = await Promise.all([answer(first), answer(first, { by: admin, isGranted: false, reason: '考核' })])
  expect(answers.map((one) => one?.ok && one.answered).sort()).toEqual([0, 1])
  await close(second)
  expect(await answer(second)).toEqual({ ok: true, answered: 0, left: 1 })
  expect((await mine(worker)).own.map(({ standing }) => standing)).toContain('lapsed')
})

test('an instructor answers in the own classes alone, another academy nothing', async () => {
  const { worker, first, ...of } = await classOf()
  await ask(worker, [first])
  const elsewhere = await world.academy()
  const strangers = [
    await world.staff('instructor', academy),
    await world.staff('academy_admin', elsewhere),
    await world.staff('instructor', elsewhere),
  ]
  for (const viewer of strangers) {
    expect(await answer(first, { by: viewer })).toBeNull()
    const desk = await as(viewer, (tx) => findLeaveDesk(tx, { viewer, classId: of.id, now: before }))
    expect(desk).toMatchObject({ waiting: [], answered: [] })
  }
  expect(await leavesOf(first)).toMatchObject([{ state: 'asked' }])
})

test('leave stays with its session: moved it stands and says so, cancelled it waits for nobody', async () => {
  const { worker, first, second, ...of } = await classOf()
  await ask(worker, [first, second])
  await answer(first)
  const viewer = instructor
  expect(await as(viewer, (tx) => countWaiting(tx, { viewer, classId: of.id }))).toBe(1)
  await db.owner`update class_session set starts_at = starts_at + interval '4 hours', ends_at = ends_at + interval '4 hours'
    where id = ${first.id}`
  await db.owner`update class_session set status = 'cancelled', cancel_reason = '台风停课' where id = ${second.id}`
  expect(await as(viewer, (tx) => countWaiting(tx, { viewer, classId: of.id }))).toBe(0)
  const own = (await mine(worker)).own
  expect(own.map(({ standing }) => standing).sort()).toEqual(['granted', 'void'])
  const moved = own.find(({ standing }) => standing === 'granted')
  expect(moved!.startsAt.getTime() - moved!.askedFor.getTime()).toBe(4 * HOUR)
  expect(await answer(second)).toEqual({ ok: true, answered: 0, left: 1 })
})

test('leave alone begins no sheet: the clock closes none, and hours entered by hand stay', async () => {
  const { worker, first, seat } = await classOf()
  await db.owner`update enrolment set hours_attended = 18 where id = ${seat.id}`
  await ask(worker, [first])
  await answer(first)
  const at = { academyId: academy.id, sessionId: first.id, now: new Date(first.endsAt.getTime() + 48 * HOUR) }
  expect(await closeByClock(at)).toBe(false)
  const [row] = await db.owner`select hours_attended::float as hours from enrolment where id = ${seat.id}`
  expect(row?.hours).toBe(18)
})

test('who cannot miss another session once leave is granted is told at once; a session on leave is none to come', async () => {
  const { worker, first, second, ...of } = await classOf()
  const ahead = async () => Object.values((await mine(worker)).ahead)[0]
  expect(await ahead()).toEqual({ reachable: 20, needed: 16 })
  await ask(worker, [first, second])
  const viewer = instructor
  const [waiting] = (await as(viewer, (tx) => findLeaveDesk(tx, { viewer, classId: of.id, now: before }))).waiting
  expect(waiting?.ifGranted).toEqual({ reachable: 16, needed: 16 })
  await answer(first)
  expect(await kindsOf(worker)).toEqual(['leave.granted', 'attendance.at_risk'])
  expect(await ahead()).toEqual({ reachable: 16, needed: 16 })
  // The second one is one too many: it cannot be mended any more, and nobody says that it can.
  await answer(second)
  expect(await ahead()).toEqual({ reachable: 12, needed: 16 })
})

test('a worker gives granted leave back until the session begins: unmarked again, with its hours ahead, and those who answer are told', async () => {
  const teacher = await world.staff('instructor', academy)
  const { worker, first, second, ...of } = await classOf()
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: teacher.accountId })
  await ask(worker, [first, second])
  await answer(first)
  await answer(second)
  const giveBack = async (session: Session, now: Date) => {
    const leaveId = (await leavesOf(session))[0]!.id
    return as(worker, (tx) => withdrawLeave(tx, { viewer: worker, leaveId, now }))
  }
  expect(await giveBack(first, first.startsAt)).toEqual({ ok: false, reason: 'begun' })
  const last = new Date(first.startsAt.getTime() - 1)
  expect(await giveBack(first, last)).toEqual({ ok: true, isNew: true })
  expect(await giveBack(first, last)).toEqual({ ok: true, isNew: false })
  expect(await standing(first)).toMatchObject({ mark: null, hours: 0 })
  expect(Object.values((await mine(worker)).ahead)[0]).toEqual({ reachable: 16, needed: 16 })
  expect(await kindsOf(teacher)).toEqual(['leave.asked', 'leave.withdrawn'])
  expect(await ask(worker, [first])).toEqual({ ok: true, asked: 1 })
  await answer(first, { now: first.startsAt })
  expect(await standing(first)).toMatchObject({ mark: 'excused', way: 'leave' })
})

test('granted leave is revoked with a reason that the worker reads, until the sheet is closed: who was marked absent is absent again', async () => {
  const { worker, first, second, seat } = await classOf()
  const viewer = instructor
  const revoke = async (session: Session, reason: string, by = viewer) => {
    const leaveIds = (await leavesOf(session)).map(({ id }) => id)
    const request = { viewer: by, academyCode: academy.code, leaveIds, reason, now: before }
    return as(by, (tx) => revokeLeaves(tx, request))
  }
  await ask(worker, [first, second])
  expect(await revoke(first, '没有批准过')).toEqual({ ok: true, answered: 0, left: 1 })
  await mark(first, seat.id, 'absent', '//')
  await answer(first)
  await answer(second)
  expect(await revoke(first, '。')).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await revoke(first, '证明是假的', await world.staff('instructor', academy))).toBeNull()
  expect(await revoke(first, '证明是假的')).toEqual({ ok: true, answered: 1, left: 0 })
  expect(await revoke(first, '证明是假的')).toEqual({ ok: true, answered: 0, left: 1 })
  expect(await standing(first)).toMatchObject({ mark: 'absent', way: 'hand' })
  expect((await mine(worker)).own.at(-1)).toMatchObject({ standing: 'revoked', refusedBecause: '证明是假的' })
  expect((await kindsOf(worker)).at(-1)).toBe('leave.revoked')
  await close(second)
  expect(await revoke(second, '证明是假的')).toEqual({ ok: true, answered: 0, left: 1 })
  expect(await standing(second)).toMatchObject({ mark: 'excused' })
})
