import { drizzle } from 'drizzle-orm/postgres-js'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { proposeResults } from '#app/features/certification/propose.server.ts'
import { closeClass, findClosingPage } from '#app/features/classfile/closing.server.ts'
import { sayNone } from '#app/features/classfile/none.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { changeCapacity } from '#app/features/training/class-changes.server.ts'
import { reopenClass } from '#app/features/training/close-class.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await as(system('setup'), loadPolicy)
})
const at = (text: string) => new Date(`${text}+08:00`)
const LATER = at('2026-11-25T10:00')
const REASON = '照片在原班主任处，补交前先结班'

/** A class that is over, with one worker and one session whose sheet is closed. */
async function over(given: { occupationCode?: string | null } = {}) {
  const world = trainingWorld(database)
  const db = drizzle(database.owner)
  const academy = await world.academy()
  const [admin, other] = [await world.staff('academy_admin', academy), await world.staff('academy_admin', academy)]
  const held = await world.classOf(academy, { ...given, taken: 1 })
  const { id: personId } = await world.person()
  const of = { academyId: academy.id, classId: held.id }
  const enrolmentId = newId()
  await db.insert(schema.enrolment).values({
    ...{ ...of, id: enrolmentId, personId, seat: 'enrolled', name: '张合成', hoursAttended: 16 },
    ...{ creditedOn: '2026-11-22', createdAt: at('2026-11-02T10:00') },
  })
  const sessionId = newId()
  await db.insert(schema.classSession).values({
    ...{ ...of, id: sessionId, startsAt: at('2026-11-21T09:00'), endsAt: at('2026-11-21T12:00'), hours: 4 },
  })
  await db
    .insert(schema.attendanceSheet)
    .values({ ...of, sessionId, closedAt: at('2026-11-21T13:00'), closedBy: other.accountId })
  const ask = { academyCode: academy.code, classId: held.id }
  return { world, db, academy, admin, other, held, of, ask, sessionId, enrolmentId }
}

const close = (viewer: Viewer, ask: { academyCode: string; classId: string }, reason = REASON, now = LATER) =>
  closeClass({ viewer, ...ask, reason, now })
const reopen = (viewer: Viewer, ask: { academyCode: string; classId: string }, reason = '成绩录错，需要更正') =>
  as(viewer, (tx) => reopenClass(tx, { viewer, ...ask, reason, now: LATER }))

test('a class is closed once it is over, with a reason where something is missing; a second time changes nothing', async () => {
  const { admin, ask, db } = await over()
  expect(await close(admin, ask, REASON, at('2026-11-22T23:59'))).toEqual({ ok: false, reason: 'running' })
  expect(await close(admin, ask, ' ', at('2026-11-23T00:00'))).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await close(admin, ask, REASON, at('2026-11-23T00:00'))).toEqual({ ok: true, isNew: true })
  expect(await close(admin, ask)).toEqual({ ok: true, isNew: false })
  const page = await findClosingPage({ viewer: admin, ...ask, now: LATER })
  expect(page).toMatchObject({ of: { status: 'closed' }, isOwn: true, mayClose: false, mayReopen: false })
  expect(page?.closings).toMatchObject([{ because: REASON, reopened: null }])
  const events = (await db.select().from(schema.auditEvent)).filter(({ subjectId }) => subjectId === ask.classId)
  expect(events.map(({ kind }) => kind)).toEqual(['class.closed'])
})

test('a class is not closed while a sheet is open, or an objection or a result waits', async () => {
  const { admin, ask, db, of, sessionId, enrolmentId } = await over()
  await database.owner`update attendance_sheet set closed_at = null, closed_by = null where session_id = ${sessionId}`
  expect(await close(admin, ask)).toEqual({ ok: false, reason: 'barred' })
  await database.owner`update attendance_sheet set closed_at = now() where session_id = ${sessionId}`
  await db.insert(schema.proposedResult).values({
    ...{ academyId: of.academyId, id: newId(), enrolmentId, assessedOn: '2026-11-22', result: 'failed', state: 'open' },
    ...{ proposedBy: admin.accountId, proposedAt: LATER, doubts: [] },
  })
  expect(await close(admin, ask)).toEqual({ ok: false, reason: 'barred' })
  const page = await findClosingPage({ viewer: admin, ...ask, now: LATER })
  expect(page?.bars).toEqual([{ lack: 'unconfirmed', n: 1 }])
})

test('nothing of a closed class changes: seats, results, its file, its timetable in the database itself', async () => {
  const { admin, ask, of, enrolmentId, sessionId } = await over()
  await close(admin, ask)
  const desk = { classId: of.classId, sent: null, now: LATER }
  expect(await changeCapacity(admin, { ...desk, capacity: 40, was: 30 })).toEqual({ ok: false, reason: 'class_closed' })
  const none = await sayNone(
    { viewer: admin, ...ask, now: LATER },
    { part: 'papers', isNone: true, written: '没有试卷' },
  )
  expect(none).toEqual({ ok: false, reason: 'class_closed' })
  const entry = { enrolmentId, theory: '', practical: '', absent: false } as never
  const results = { viewer: admin, ...of, assessedOn: '2026-11-22', entries: [entry], reason: '', isAffirmed: true }
  expect(await as(admin, (tx) => proposeResults(tx, { ...results, now: LATER }))).toBeNull()
  const { owner } = database
  const refused = { constraint_name: 'class_closed' }
  await expect(owner`update class_session set hours = 8 where id = ${sessionId}`).rejects.toMatchObject(refused)
  await expect(owner`update class set ends_on = '2026-11-30' where id = ${of.classId}`).rejects.toMatchObject(refused)
  await expect(owner`update class set taken = 2 where id = ${of.classId}`).rejects.toMatchObject(refused)
  await expect(owner`update class set status = 'published' where id = ${of.classId}`).rejects.toMatchObject(refused)
})

test('the attendance of a closed class is not corrected, not by the reviewer above either, until it is opened again', async () => {
  const { academy, admin, other, ask, enrolmentId, sessionId } = await over()
  await close(admin, ask)
  const reviewer = sponsorOf(admin, academy.sponsorId)
  const of = { academyCode: academy.code, sessionId, now: LATER }
  const entries = [{ enrolmentId, was: 'null', mark: 'absent', in: '', out: '' }]
  const correct = () =>
    as(reviewer, (tx) =>
      markByHand(tx, { viewer: reviewer, ...of, entries, reason: '核对录像', way: 'hand', wasClosed: true }),
    )
  expect(await correct()).toEqual({ ok: false, reason: 'class_closed' })
  expect((await findSheetPage(reviewer, { ...of, after: null }))?.mayMark).toBe(false)
  await reopen(other, ask)
  expect((await findSheetPage(reviewer, { ...of, after: null }))?.mayMark).toBe(true)
  expect(await correct()).not.toEqual({ ok: false, reason: 'class_closed' })
})

test('the attendance of a closed class stands in the database itself: its sheets, what was said, what it comes to', async () => {
  const { admin, other, ask, of, enrolmentId, sessionId } = await over()
  const { owner } = database
  const mark = { ...of, sessionId, enrolmentId, mark: 'present', way: 'hand', hours: 4 }
  const entry = { ...of, id: newId(), sessionId, enrolmentId, act: 'mark', mark: 'absent', way: 'correction' }
  const said = { ...entry, reason: '核对录像', at: LATER, recordedAt: LATER, accountId: admin.accountId }
  const db = drizzle(owner)
  await db.insert(schema.attendanceMark).values(mark)
  await close(admin, ask)
  const refused = { constraint_name: 'class_closed' }
  await expect(owner`update attendance_mark set hours = 0 where session_id = ${sessionId}`).rejects.toMatchObject(
    refused,
  )
  await expect(owner`delete from attendance_mark where session_id = ${sessionId}`).rejects.toMatchObject(refused)
  await expect(
    owner`update attendance_sheet set closed_at = null, closed_by = null where session_id = ${sessionId}`,
  ).rejects.toMatchObject(refused)
  await expect(db.insert(schema.attendanceEntry).values(said)).rejects.toMatchObject({ cause: refused })
  // Nobody hides it behind another class.
  const elsewhere = { ...said, classId: newId() }
  await expect(db.insert(schema.attendanceEntry).values(elsewhere)).rejects.toMatchObject({ cause: refused })
  await reopen(other, ask)
  await db.insert(schema.attendanceEntry).values(said)
})

test('no class is closed in the database without its closing', async () => {
  const { of } = await over()
  await expect(database.owner`update class set status = 'closed' where id = ${of.classId}`).rejects.toMatchObject({
    constraint_name: 'class_closed',
  })
})

test('another person opens a closed class again, with a reason: another administrator, or the reviewer above', async () => {
  const { admin, other, ask, world, academy } = await over()
  await close(admin, ask)
  expect(await reopen(admin, ask)).toEqual({ ok: false, reason: 'second_person' })
  expect(await reopen(other, ask, '')).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await reopen(other, ask)).toEqual({ ok: true, isNew: true })
  expect(await reopen(other, ask)).toEqual({ ok: true, isNew: false })
  expect(await close(admin, ask)).toEqual({ ok: true, isNew: true })
  const reviewer = sponsorOf(admin, academy.sponsorId)
  expect(await reopen(reviewer, ask)).toEqual({ ok: true, isNew: true })
  const page = await findClosingPage({ viewer: admin, ...ask, now: LATER })
  expect(page).toMatchObject({ of: { status: 'published' }, mayClose: true })
  expect(page?.closings.map(({ reopened }) => reopened?.role)).toEqual(['sponsor_reviewer', 'academy_admin'])
  expect(world).toBeDefined()
})

test('nobody else closes or opens a class: another academy, another union, an instructor, a worker', async () => {
  const { admin, ask, world, academy } = await over()
  const elsewhere = await world.academy()
  const stranger = await world.staff('academy_admin', elsewhere)
  const instructor = await world.staff('instructor', academy)
  expect(await close(stranger, ask)).toBeNull()
  expect(await close(instructor, ask)).toBeNull()
  expect(await close(await world.worker(), ask)).toBeNull()
  await close(admin, ask)
  const byOthers = [stranger, instructor, await world.worker(), sponsorOf(admin, elsewhere.sponsorId)]
  for (const viewer of byOthers)
    expect(await reopen(viewer, ask).catch((refusal: Response) => (refusal.status === 404 ? null : refusal))).toBeNull()
  expect(await findClosingPage({ viewer: admin, ...ask, now: LATER })).toMatchObject({ of: { status: 'closed' } })
})

test('figures are the same before a class is closed and after', async () => {
  const { admin, ask, of } = await over()
  const counted = () => database.owner`
    select e.credited_on, e.hours_attended, c.delivered_hours from enrolment e
    join class c on c.academy_id = e.academy_id and c.id = e.class_id where e.class_id = ${of.classId}`
  const academyFigures = (academyId: string, year: number) =>
    as(system('figures'), (tx) => figuresOf(tx, { year, today: '2026-11-25', academyIds: [academyId] }))
  const before = [await counted(), await academyFigures(of.academyId, 2026)]
  await close(admin, ask)
  expect([await counted(), await academyFigures(of.academyId, 2026)]).toEqual(before)
})

const sponsorOf = (like: Viewer, unionId: string): Viewer => ({
  ...like,
  ...{ accountId: newId(), role: 'sponsor_reviewer', academyId: null, academyCode: null, academyName: null, unionId },
})
