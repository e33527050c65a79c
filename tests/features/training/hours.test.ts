import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { recordHours } from '#app/features/training/hours.server.ts'
import { hoursMark, readHours } from '#app/features/training/hours.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-12-01T12:00:00+08:00')
type Typed = { attended?: string; practical?: string; was?: string }
function record(classId: string, typed: Record<string, Typed>, reason = '') {
  const entries = Object.entries(typed).map(([enrolmentId, entry]) => ({
    enrolmentId,
    attended: '',
    practical: '',
    was: '/',
    ...entry,
  }))
  return as(admin, (tx) => recordHours(tx, { viewer: admin, academyId: academy.id, classId, entries, reason, now }))
}
const stored = async (id: string) => {
  const [row] = await db.owner`select hours_attended::float, practical_hours_attended::float, credited_on::text
    from enrolment where id = ${id}`
  return row
}

test('80 % of the hours credit a worker on the last day of the class, and half an hour less does not', async () => {
  const of = await world.classOf(academy, { plannedHours: 10 })
  const [enough, short] = [await world.enrolment(of), await world.enrolment(of)]
  expect(await record(of.id, { [enough.id]: { attended: '8' }, [short.id]: { attended: '7.5' } })).toEqual({
    ok: true,
    changed: 2,
  })
  expect(await stored(enough.id)).toMatchObject({ hours_attended: 8, credited_on: '2026-11-22' })
  expect(await stored(short.id)).toMatchObject({ hours_attended: 7.5, credited_on: null })
})

test('79.99 % of a long class is not 80 %', async () => {
  const of = await world.classOf(academy, { plannedHours: 5000.5 })
  const [exact, below] = [await world.enrolment(of), await world.enrolment(of)]
  await record(of.id, { [exact.id]: { attended: '4000.5' }, [below.id]: { attended: '4000' } })
  expect((await stored(exact.id))?.credited_on).toBe('2026-11-22') // 80.002 %
  expect((await stored(below.id))?.credited_on).toBeNull() // 79.992 %
})

test('one wrong cell keeps the whole form from being saved', async () => {
  const of = await world.classOf(academy)
  const [good, bad] = [await world.enrolment(of), await world.enrolment(of)]
  expect(await record(of.id, { [good.id]: { attended: '16' }, [bad.id]: { attended: '16.5' } })).toEqual({
    ok: false,
    faults: [{ enrolmentId: bad.id, cell: 'attended', fault: 'hours' }],
  })
  expect(await stored(good.id)).toMatchObject({ hours_attended: null })
})

test('an empty cell changes nothing, and the same value is no change', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of, { hoursAttended: 12 })
  expect(await record(of.id, { [id]: { was: '12/' } })).toEqual({ ok: true, changed: 0 })
  expect(await record(of.id, { [id]: { attended: '12.0', was: '12/' } })).toEqual({ ok: true, changed: 0 })
})

test('changing what was recorded needs a reason, keeps the old value, and decides the credit anew', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of, { hoursAttended: 16, creditedOn: '2026-11-22' })
  const typed = { [id]: { attended: '4', was: '16/' } }
  expect(await record(of.id, typed)).toMatchObject({ ok: false, faults: [{ fault: 'reason_needed' }] })
  expect(await record(of.id, typed, '签到表抄错')).toEqual({ ok: true, changed: 1 })
  expect(await stored(id)).toMatchObject({ hours_attended: 4, credited_on: null })
  const [kept] = await db.owner`select before, reason, actor_account_id from revision where fact_id = ${id}`
  expect(kept).toMatchObject({
    before: { hours_attended: 16, credited_on: '2026-11-22' },
    reason: '签到表抄错',
    actor_account_id: admin.accountId,
  })
})

test('nobody overwrites unseen what somebody else has just recorded', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of, { hoursAttended: 16 })
  expect(await record(of.id, { [id]: { attended: '8', was: '/' } }, 'x')).toMatchObject({
    ok: false,
    faults: [{ fault: 'changed_meanwhile' }],
  })
})

test('a mixed class takes both kinds of hours, practical ones within the attended', () => {
  const planned = { mode: 'mixed', plannedHours: 20, plannedPracticalHours: 8 } as const
  const none = { attended: null, practical: null }
  const row = (attended: string, practical: string) =>
    readHours({ enrolmentId: 'x', attended, practical, was: hoursMark(none) }, planned, none)
  expect(row('20', '8')).toEqual({ hours: { attended: 20, practical: 8 } })
  expect(row('20', '0')).toEqual({ hours: { attended: 20, practical: 0 } })
  expect(row('20', '')).toEqual({ faults: [{ cell: 'practical', fault: 'practical_needed' }] })
  expect(row('', '4')).toEqual({ faults: [{ cell: 'attended', fault: 'hours_needed' }] })
  expect(row('20', '8.5')).toEqual({ faults: [{ cell: 'practical', fault: 'practical' }] })
  expect(row('3', '4')).toEqual({ faults: [{ cell: 'practical', fault: 'practical_above' }] })
})

test('only halves from 0 to the plan are hours', () => {
  const planned = { mode: 'practical', plannedHours: 16, plannedPracticalHours: null } as const
  const none = { attended: null, practical: null }
  const row = (attended: string) =>
    readHours({ enrolmentId: 'x', attended, practical: '', was: hoursMark(none) }, planned, none)
  for (const good of ['0', '16', '15.5', '１２']) expect(row(good), good).toHaveProperty('hours')
  for (const bad of ['-1', '16.5', '8.3', '8,5', 'acht', '1e1', '0x8']) expect(row(bad), bad).toHaveProperty('faults')
})

test('who withdrew gets no hours', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of, { seat: 'withdrawn' })
  expect(await record(of.id, { [id]: { attended: '8' } })).toMatchObject({ ok: false, faults: [{ fault: 'gone' }] })
})

test('hours of a class that learns an online course here are not entered by hand, nor those of another academy', async () => {
  const online = await world.classOf(academy, { mode: 'online', capacity: null, courseSlug: 'electrical-safety' })
  const elsewhere = await world.classOf(await world.academy())
  expect(await record(online.id, {})).toBeNull()
  expect(await record(elsewhere.id, {})).toBeNull()
})
