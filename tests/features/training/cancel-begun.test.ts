import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { closeByClock } from '#app/features/attendance/due-sheets.server.ts'
import { recountHours } from '#app/features/attendance/hours.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { actOnTimetable } from '#app/features/training/session-acts.server.ts'
import { findTimetablePage } from '#app/features/training/timetable-page.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
  })
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const at = (time: string, day = '2026-11-21') => new Date(`${day}T${time}:00+08:00`)
/** Two sessions of four hours, 21 and 22 November from 9 to 12, of eight planned. */
async function classOf() {
  const of = await world.classOf(academy, { plannedHours: 8 })
  const rows = ['2026-11-21', '2026-11-22'].map((day) => ({
    ...{ academyId: academy.id, classId: of.id, id: newId(), hours: 4, kind: 'practical' },
    ...{ startsAt: at('09:00', day), endsAt: at('12:00', day) },
  }))
  await world.db.insert(classSession).values(rows)
  const worker = await world.worker()
  const { id: seat } = await world.enrolment(of, { accountId: worker.accountId })
  return { ...of, worker, seat, first: rows[0]!.id, second: rows[1]!.id }
}
type Of = Awaited<ReturnType<typeof classOf>>
async function cancel(of: Of, sessionId: string, now: Date, reason = '停电') {
  const form = new FormData()
  for (const [name, value] of Object.entries({ intent: 'cancelled', session: sessionId, reason })) form.set(name, value)
  const to = { viewer: admin, academyId: academy.id, classId: of.id }
  return (await actOnTimetable({ ...to, form, recount: recountHours, now }))?.answer
}
function mark(of: Of, sessionId: string, mark: string, now: Date, was = '//') {
  const entries = [{ enrolmentId: of.seat, mark, in: '', out: '', was }]
  const request = { viewer: admin, academyCode: academy.code, sessionId, entries, reason: '没带手机' }
  return as(admin, (tx) => markByHand(tx, { ...request, way: 'hand', wasClosed: false, now }))
}
const close = (sessionId: string, now: Date) =>
  as(admin, (tx) => closeSheet(tx, { viewer: admin, academyCode: academy.code, sessionId, now }))
const rowOf = async (of: Of, sessionId: string, now: Date) =>
  (await findTimetablePage(admin, { classId: of.id, now }))?.sessions.find(({ id }) => id === sessionId)

test.for([
  ['before it begins', at('08:00')],
  ['while it runs', at('10:00')],
  ['once it is over', at('13:00')],
] as const)(
  'a session that nobody is marked on is cancelled %s, with a reason, and its workers are told',
  async ([, now]) => {
    const of = await classOf()
    expect(await cancel(of, of.first, now, ' ')).toMatchObject({ ok: false, why: 'reason_needed' })
    expect(await cancel(of, of.first, now)).toEqual({ ok: true, isNew: true })
    expect(await cancel(of, of.first, now)).toEqual({ ok: true, isNew: false })
    const { accountId } = of.worker
    const { notices } = await as(of.worker, (tx) => listNotices(tx, { accountId, before: null }))
    expect(notices).toMatchObject([{ kind: 'session.cancelled', detail: { reason: '停电' } }])
    expect(await rowOf(of, of.first, now)).toMatchObject({ status: 'cancelled', cancelReason: '停电' })
  },
)

test('one who came keeps a session from being cancelled, even before it begins, until the sheet is corrected; absence does not', async () => {
  const of = await classOf()
  await mark(of, of.first, 'present', at('08:30'))
  for (const now of [at('08:40'), at('10:00'), at('13:00')])
    expect(await cancel(of, of.first, now)).toEqual({ ok: false, reason: 'marked' })
  await mark(of, of.first, 'absent', at('13:01'), 'present//')
  expect(await cancel(of, of.first, at('13:02'))).toEqual({ ok: true, isNew: true })
})

test('a session whose sheet is closed is not cancelled, though nobody came', async () => {
  const of = await classOf()
  await close(of.first, at('12:00'))
  expect(await cancel(of, of.first, at('12:01'))).toEqual({ ok: false, reason: 'sheet_closed' })
})

test('the timetable says what runs, what is over, and what can be cancelled still', async () => {
  const of = await classOf()
  const state = async (now: Date) => {
    const row = await rowOf(of, of.first, now)
    return [row?.hasBegun, row?.isOver, row?.isTaken]
  }
  expect(await state(at('08:59'))).toEqual([false, false, false])
  expect(await state(at('09:00'))).toEqual([true, false, false])
  expect(await state(at('11:59'))).toEqual([true, false, false])
  expect(await state(at('12:00'))).toEqual([true, true, false])
  await mark(of, of.first, 'present', at('12:01'))
  expect(await state(at('12:02'))).toEqual([true, true, true])
})

test('everybody is measured without the hours of a session that was cancelled once it had begun', async () => {
  const of = await classOf()
  await mark(of, of.first, 'present', at('09:00'))
  await close(of.first, at('12:00'))
  const counted = async () =>
    (
      await db.owner`select c.delivered_hours::float as delivered, e.hours_attended::float as attended
        from class c join enrolment e on e.class_id = c.id where e.id = ${of.seat}`
    )[0]
  expect(await counted()).toEqual({ delivered: 8, attended: 4 })
  expect(await cancel(of, of.second, at('10:00', '2026-11-22'))).toEqual({ ok: true, isNew: true })
  expect(await counted()).toEqual({ delivered: 4, attended: 4 })
})

test('hours entered by hand stay as they are where a session is cancelled and no sheet has counted', async () => {
  const of = await classOf()
  await db.owner`update enrolment set hours_attended = 8 where id = ${of.seat}`
  expect(await cancel(of, of.first, at('10:00'))).toEqual({ ok: true, isNew: true })
  const [row] = await db.owner`select hours_attended::float as hours from enrolment where id = ${of.seat}`
  expect(row?.hours).toBe(8)
})

test('a cancelled session has no sheet: it is not marked, not closed, and no clock closes it', async () => {
  const of = await classOf()
  await mark(of, of.first, 'absent', at('09:30'))
  await cancel(of, of.first, at('10:00'))
  expect(await mark(of, of.first, 'present', at('10:01'), 'absent//')).toBeNull()
  expect(await close(of.first, at('12:00'))).toBeNull()
  const late = { academyId: academy.id, sessionId: of.first, now: at('12:00', '2026-11-25') }
  expect(await closeByClock(late)).toBe(false)
})

test('the database itself keeps who came off a cancelled session', async () => {
  const of = await classOf()
  await cancel(of, of.first, at('10:00'))
  const write = (mark: string) => db.owner`
    insert into attendance_mark (academy_id, session_id, enrolment_id, class_id, mark, way)
    values (${academy.id}, ${of.first}, ${of.seat}, ${of.id}, ${mark}, 'hand')
    on conflict (academy_id, session_id, enrolment_id) do update set mark = excluded.mark`
  for (const one of ['present', 'late', 'left_early'])
    await expect(write(one)).rejects.toMatchObject({ constraint_name: 'attendance_mark_planned' })
  await write('excused')
  await expect(write('present')).rejects.toMatchObject({ constraint_name: 'attendance_mark_planned' })
})
