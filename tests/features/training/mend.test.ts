import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { mendClass, previewMend } from '#app/features/training/mend.server.ts'
import { type ClassFacts, classMark, type MendEntry } from '#app/features/training/mend.ts'
import { addDays } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceSheet, classSession } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let mending: ReturnType<typeof mendingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  mending = mendingWorld(db)
  await as(system('setup'), loadPolicy)
  await db.owner`insert into occupation (code, edition, name) values ('6-18-02-04', 2022, '焊工'), ('6-18-02-04', 2015, '焊工')`
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-12-01T12:00:00+08:00')
type Row = Awaited<ReturnType<typeof world.classOf>>
const factsOf = (of: Row): ClassFacts => ({
  name: of.name,
  mode: of.mode as ClassFacts['mode'],
  occupationCode: of.occupationCode ?? null,
  startsOn: of.startsOn,
  endsOn: of.endsOn,
  plannedHours: of.plannedHours,
  plannedPracticalHours: of.plannedPracticalHours ?? null,
})
function entryOf(of: Row, changed: Partial<ClassFacts> = {}): MendEntry {
  const facts = { ...factsOf(of), ...changed }
  const typed = Object.entries(facts).map(([field, value]) => [field, value === null ? '' : String(value)])
  return { ...Object.fromEntries(typed), was: classMark(factsOf(of)) } as MendEntry
}
function mend(
  of: Row,
  changed: Partial<ClassFacts>,
  given: { reason?: string; viewer?: Viewer; entry?: MendEntry } = {},
) {
  const { reason = '抄录有误', viewer = admin, entry = entryOf(of, changed) } = given
  return as(viewer, (tx) => mendClass(tx, { viewer, academyId: of.academyId, classId: of.id, entry, reason, now }))
}
const ledgerClass = (given: Parameters<typeof world.classOf>[1] = {}) =>
  world.classOf(academy, {
    origin: 'ledger',
    capacity: null,
    mode: 'classroom',
    startsOn: '2026-03-02',
    endsOn: '2026-03-06',
    plannedHours: 40,
    enrolOpensAt: null,
    enrolClosesAt: null,
    ...given,
  })
const stored = async (id: string) => {
  const [row] = await db.owner`select name, mode, starts_on::text, ends_on::text, planned_hours::float,
    planned_practical_hours::float, occupation_code, occupation_edition from class where id = ${id}`
  return row
}
const place = async (id: string) => {
  const [row] = await db.owner`select hours_attended::float as hours, practical_hours_attended::float as practical,
    completed_on::text, credited_on::text from enrolment where id = ${id}`
  return row
}

test('a mended name keeps the old one with the reason, and who did it', async () => {
  const of = await ledgerClass({ name: '焊工斑' })
  expect(await mend(of, { name: '焊工班' })).toMatchObject({ ok: true, isNew: true })
  expect(await stored(of.id)).toMatchObject({ name: '焊工班' })
  const [kept] =
    await db.owner`select fact, before, reason, actor_account_id, import_id from revision where fact_id = ${of.id}`
  expect(kept).toMatchObject({
    fact: 'class',
    before: { name: '焊工斑', planned_hours: 40 },
    reason: '抄录有误',
    actor_account_id: admin.accountId,
    import_id: null,
  })
  const [event] =
    await db.owner`select detail, academy_id from audit_event where kind = 'class.mended' and subject_id = ${of.id}`
  expect(event).toMatchObject({ academy_id: academy.id, detail: { fields: ['name'] } })
})

test('a change without a reason is refused, and so is no change', async () => {
  const of = await ledgerClass()
  expect(await mend(of, { name: '新名称' }, { reason: ' ' })).toMatchObject({
    ok: false,
    reason: 'faults',
    why: 'reason_needed',
  })
  expect(await mend(of, {})).toEqual({ ok: false, reason: 'unchanged' })
  expect(await stored(of.id)).toMatchObject({ name: of.name })
})

test('more planned hours credit fewer workers, exactly at 80 %', async () => {
  const of = await ledgerClass()
  const [enough, short] = [
    await world.enrolment(of, { hoursAttended: 40, creditedOn: '2026-03-06' }),
    await world.enrolment(of, { hoursAttended: 39.5, creditedOn: '2026-03-06' }),
  ]
  expect(await mend(of, { plannedHours: 50 })).toMatchObject({ effect: { before: 2, after: 1, lost: 1, gained: 0 } })
  expect(await place(enough.id)).toMatchObject({ credited_on: '2026-03-06' })
  expect(await place(short.id)).toMatchObject({ credited_on: null, hours: 39.5 })
  expect(
    await db.owner`select before ->> 'credited_on' as credited_on from revision where fact_id = ${short.id}`,
  ).toEqual([{ credited_on: '2026-03-06' }])
  expect(await db.owner`select 1 from revision where fact_id = ${enough.id}`).toHaveLength(0)
})

test('planned hours cannot go below what somebody attended; equal to it they can', async () => {
  const of = await ledgerClass()
  await world.enrolment(of, { hoursAttended: 30 })
  await world.enrolment(of, { hoursAttended: 36.5 })
  expect(await mend(of, { plannedHours: 36 })).toEqual({
    ok: false,
    reason: 'faults',
    faults: [{ field: 'plannedHours', fault: 'attended_above', count: 1, limit: '36.5' }],
    why: null,
  })
  expect(await mend(of, { plannedHours: 36.5 })).toMatchObject({ ok: true, isNew: true })
})

test('the first day cannot lie after an assessment; on its day it can', async () => {
  const of = await ledgerClass()
  const enrolled = await world.enrolment(of, { hoursAttended: 40, creditedOn: '2026-03-06' })
  await mending.assessment(enrolled, { assessedOn: '2026-03-04' })
  expect(await mend(of, { startsOn: '2026-03-05' })).toMatchObject({
    faults: [{ field: 'startsOn', fault: 'assessed_before', count: 1, limit: '2026-03-04' }],
  })
  expect(await mend(of, { startsOn: '2026-03-04' })).toMatchObject({ ok: true })
})

test('a class with hours or results cannot begin in the future, one without can', async () => {
  const held = await ledgerClass({ endsOn: '2026-12-20' })
  const empty = await ledgerClass({ endsOn: '2026-12-20' })
  await world.enrolment(held, { hoursAttended: 40 })
  expect(await mend(held, { startsOn: '2026-12-02' })).toMatchObject({ faults: [{ fault: 'starts_ahead', count: 1 }] })
  expect(await mend(held, { startsOn: '2026-12-01' })).toMatchObject({ ok: true })
  expect(await mend(empty, { startsOn: '2026-12-02' })).toMatchObject({ ok: true })
})

test('another last day moves the credit with it, into another year too', async () => {
  const of = await ledgerClass({ startsOn: '2025-12-28', endsOn: '2026-01-03' })
  const enrolled = await world.enrolment(of, { hoursAttended: 40, creditedOn: '2026-01-03' })
  const count = async (year: number) =>
    (await as(system('figures'), (tx) => figuresOf(tx, { year, today: '2026-12-01', academyIds: [academy.id] })))
      .academies[0]!.counts.trained
  const before = { last: await count(2025), this: await count(2026) }
  expect(await mend(of, { endsOn: '2025-12-31' })).toMatchObject({ effect: { moved: 1, before: 1, after: 1 } })
  expect(await place(enrolled.id)).toMatchObject({ credited_on: '2025-12-31' })
  expect({ last: await count(2025), this: await count(2026) }).toEqual({ last: before.last + 1, this: before.this - 1 })
})

test('a class that was not mixed after all forgets its practical hours, and keeps them in the history', async () => {
  const of = await ledgerClass({ mode: 'mixed', plannedPracticalHours: 20 })
  const enrolled = await world.enrolment(of, {
    hoursAttended: 40,
    practicalHoursAttended: 10,
    creditedOn: '2026-03-06',
  })
  expect(await mend(of, { mode: 'classroom' })).toMatchObject({
    effect: { practicalBefore: 1, practicalAfter: 0, practicalCleared: 1 },
  })
  expect(await place(enrolled.id)).toMatchObject({ practical: null, credited_on: '2026-03-06' })
  expect(await stored(of.id)).toMatchObject({ mode: 'classroom', planned_practical_hours: null })
  const [kept] =
    await db.owner`select before -> 'practical_hours_attended' as hours from revision where fact_id = ${enrolled.id}`
  expect(kept).toEqual({ hours: 10 })
})

test('a class that becomes mixed asks for practical hours, and says how many workers have none yet', async () => {
  const of = await ledgerClass()
  await world.enrolment(of, { hoursAttended: 40, creditedOn: '2026-03-06' })
  expect(await mend(of, { mode: 'mixed' })).toMatchObject({ faults: [{ fault: 'practical_hours' }] })
  expect(await mend(of, { mode: 'mixed', plannedPracticalHours: 40.5 })).toMatchObject({ ok: false })
  expect(await mend(of, { mode: 'mixed', plannedPracticalHours: 40 })).toMatchObject({
    ok: true,
    effect: { practicalMissing: 1, practicalAfter: 0 },
  })
})

test('an online class wants all hours; own completion dates go when it was not online', async () => {
  const of = await ledgerClass({ mode: 'online' })
  const full = await world.enrolment(of, { hoursAttended: 40, completedOn: '2026-03-04', creditedOn: '2026-03-04' })
  const most = await world.enrolment(of, { hoursAttended: 32, creditedOn: null })
  expect(await mend(of, { startsOn: '2026-03-05' })).toMatchObject({
    faults: [{ fault: 'completed_before', count: 1 }],
  })
  expect(await mend(of, { mode: 'classroom' })).toMatchObject({ effect: { gained: 1, moved: 1, completionCleared: 1 } })
  expect(await place(full.id)).toMatchObject({ credited_on: '2026-03-06', completed_on: null })
  expect(await place(most.id)).toMatchObject({ credited_on: '2026-03-06' })
})

test('a class run here stays online or at its place, and its sessions within its dates', async () => {
  const of = await world.classOf(academy, { startsOn: '2026-10-10', endsOn: '2026-10-12' })
  await mending.session(of, '2026-10-12')
  expect(await mend(of, { mode: 'online' })).toMatchObject({ faults: [{ field: 'mode', fault: 'online_fixed' }] })
  expect(await mend(of, { endsOn: '2026-10-11' })).toMatchObject({ faults: [{ fault: 'sessions_outside', count: 1 }] })
  expect(await mend(of, { startsOn: '2026-10-12' })).toMatchObject({ ok: true })
})

test('hours that a course gave are not replanned', async () => {
  const of = await world.classOf(academy, { mode: 'online', capacity: null, courseSlug: 'x', startsOn: '2026-10-10' })
  await world.enrolment(of, { hoursAttended: 16, completedOn: '2026-10-20', creditedOn: '2026-10-20' })
  expect(await mend(of, { plannedHours: 20 })).toMatchObject({ faults: [{ fault: 'course_hours', count: 1 }] })
  expect(await mend(of, { name: '新名称' })).toMatchObject({ ok: true })
})

test('an occupation is a known one; its edition stays where the code does', async () => {
  const of = await ledgerClass({ occupationCode: '6-18-02-04', occupationEdition: 2015 })
  expect(await mend(of, { occupationCode: '9-99-99-99' })).toMatchObject({ faults: [{ fault: 'occupation_unknown' }] })
  await mend(of, { name: '焊工班二' })
  expect(await stored(of.id)).toMatchObject({ occupation_edition: 2015 })
  const none = { ...of, name: '焊工班二' }
  await mend(none, { occupationCode: null })
  expect(await stored(of.id)).toMatchObject({ occupation_code: null, occupation_edition: null })
})

test('a second click changes nothing more; a stale form overwrites nothing', async () => {
  const of = await ledgerClass()
  const entry = entryOf(of, { name: '第一个改的' })
  expect(await mend(of, {}, { entry })).toMatchObject({ ok: true, isNew: true })
  expect(await mend(of, {}, { entry })).toMatchObject({ ok: true, isNew: false })
  expect(await mend(of, { name: '第二个改的' })).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await db.owner`select 1 from revision where fact_id = ${of.id}`).toHaveLength(1)
})

/** A class run here with one closed sheet, whose last day was so long before `now`. */
async function closedClass(endsOn: string) {
  const of = await world.classOf(academy, { startsOn: '2026-10-01', endsOn, enrolOpensAt: null, enrolClosesAt: null })
  const [startsAt, endsAt] = [new Date('2026-10-01T09:00:00+08:00'), new Date('2026-10-01T12:00:00+08:00')]
  const session = { academyId: academy.id, id: newId(), classId: of.id, startsAt, endsAt, hours: 3 }
  await world.db.insert(classSession).values(session)
  const sheet = { academyId: academy.id, sessionId: session.id, classId: of.id, closedAt: endsAt }
  await world.db.insert(attendanceSheet).values(sheet)
  return of
}

test('the last day by which sheets have locked is not moved by the academy, and is by the province; a day before it may be', async () => {
  const [row] = await db.owner`select lock_days from policy where subject = 'attendance' order by year limit 1`
  const last = (days: number) => addDays('2026-12-01', -Number(row?.lock_days) - days)
  const [open, locked] = [await closedClass(last(0)), await closedClass(last(1))]
  expect(await mend(open, { endsOn: '2026-11-29' })).toMatchObject({ ok: true })
  expect(await mend(locked, { endsOn: '2026-11-29' })).toMatchObject({
    ok: false,
    faults: [{ field: 'endsOn', fault: 'sheets_locked' }],
  })
  expect(await mend(locked, { plannedHours: locked.plannedHours + 1 })).toMatchObject({ ok: true })
  const stale = { ...locked, plannedHours: locked.plannedHours + 1 }
  const viewer = await mending.official('provincial_handler')
  expect(await mend(stale, { endsOn: '2026-11-29' }, { viewer })).toMatchObject({ ok: true })
})

test('two who mend a class at once: one is told that it has changed', async () => {
  const of = await ledgerClass()
  const answers = await Promise.all([mend(of, { name: '甲改的' }), mend(of, { name: '乙改的' })])
  expect(answers.map((answer) => answer?.ok).sort()).toEqual([false, true])
})

test('the preview says what mending would do, and does nothing', async () => {
  const of = await ledgerClass()
  await world.enrolment(of, { hoursAttended: 32, creditedOn: '2026-03-06' })
  const request = {
    viewer: admin,
    academyId: academy.id,
    classId: of.id,
    entry: entryOf(of, { plannedHours: 41 }),
    now,
  }
  expect(await as(admin, (tx) => previewMend(tx, request))).toMatchObject({ ok: true, effect: { lost: 1 } })
  expect(await stored(of.id)).toMatchObject({ planned_hours: 40 })
})

test('the province’s handler mends any class; its reviewer and another academy’s administrator none', async () => {
  const of = await ledgerClass()
  const handler = await mending.official('provincial_handler')
  const reviewer = await mending.official('provincial_reviewer')
  const stranger = await world.staff('academy_admin', await world.academy())
  await expect(mend(of, { name: '偷改' }, { viewer: reviewer })).resolves.toBeNull() // the lock finds no row
  await expect(mend(of, { name: '偷改' }, { viewer: stranger })).resolves.toBeNull()
  expect(await mend(of, { name: '省里改的' }, { viewer: handler })).toMatchObject({ ok: true })
})

test('whoever withdrew is credited by no mending', async () => {
  const of = await ledgerClass()
  const left = await world.enrolment(of, { seat: 'withdrawn', hoursAttended: 20 })
  await mend(of, { plannedHours: 20 })
  expect(await place(left.id)).toMatchObject({ credited_on: null })
})
