import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { remindOfSheet } from '#app/features/attendance/sheet-reminders.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { noticePath } from '#app/features/notices/notices.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceSheet, classSession, classStaff, instructor, sessionInstructor } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
})

const at = (time: string, day = '21') => new Date(`2026-11-${day}T${time}:00+08:00`)

/** A class with a worker, a head, and a session from 9 to 12 on 21 November. */
async function sessionOf(given: Partial<typeof classSession.$inferInsert> = {}) {
  const of = await world.classOf(academy)
  await world.enrolment(of)
  const head = await world.staff('instructor', academy)
  const key = { academyId: academy.id, classId: of.id }
  await world.db.insert(classStaff).values({ ...key, accountId: head.accountId, role: 'head' })
  const id = newId()
  await world.db
    .insert(classSession)
    .values({ ...key, id, hours: 4, startsAt: at('09:00'), endsAt: at('12:00'), ...given })
  return { ...key, id, head }
}
type Of = Awaited<ReturnType<typeof sessionOf>>
/** Somebody with a sign-in who teaches it. */
async function teaches(of: Of): Promise<Viewer> {
  const viewer = await world.staff('instructor', academy)
  const [id, { id: personId }] = [newId(), await world.person()]
  const row = {
    academyId: academy.id,
    id,
    personId,
    accountId: viewer.accountId,
    name: '何合成',
    createdAt: new Date(0),
  }
  await world.db.insert(instructor).values(row)
  await world.db.insert(sessionInstructor).values({ academyId: academy.id, sessionId: of.id, instructorId: id })
  return viewer
}
const remind = (of: Of, now: Date) => remindOfSheet({ sessionId: of.id, now })
const noticesOf = (viewer: Viewer) =>
  as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null })).then(({ notices }) => notices)
const toldOf = async (viewer: Viewer) => (await noticesOf(viewer)).map(({ kind, detail }) => [kind, detail.title])

test('two hours after a session whoever teaches it is reminded of its open sheet, once, a minute before is not; its class’s head is not asked', async () => {
  const of = await sessionOf()
  const teacher = await teaches(of)
  expect(await remind(of, at('13:59'))).toBe(false)
  expect((await Promise.all([remind(of, at('14:00')), remind(of, at('14:00'))])).length).toBe(2)
  await remind(of, at('20:00'))
  expect(await toldOf(teacher)).toEqual([['sheet.open', '低压电工实操班 · 11月21日周六9:00—12:00']])
  expect(await toldOf(of.head)).toEqual([])
  const [notice] = await noticesOf(teacher)
  expect(notice?.detail).toMatchObject({ until: at('00:00', '22').toISOString() })
  expect(noticePath(notice!)).toBe(`/academies/${academy.code}/manage/sessions/${of.id}`)
  const events = await db.owner`select detail from audit_event where kind = 'sheet.reminded' and subject_id = ${of.id}`
  expect(events.length).toBe(1)
})

test('where nobody who teaches it has a sign-in those who teach or head the class are reminded', async () => {
  const of = await sessionOf()
  await remind(of, at('14:00'))
  expect((await toldOf(of.head)).map(([kind]) => kind)).toEqual(['sheet.open'])
})

test('nobody is reminded of a closed sheet, a cancelled session, a class without workers, after the clock has closed it, or at night', async () => {
  const [closed, off, empty, old, night] = [
    await sessionOf(),
    await sessionOf({ status: 'cancelled', cancelReason: '台风停课' }),
    await sessionOf(),
    await sessionOf(),
    await sessionOf({ startsAt: at('18:00'), endsAt: at('20:00') }),
  ]
  const { academyId, classId, id: sessionId } = closed
  await world.db.insert(attendanceSheet).values({ academyId, classId, sessionId, closedAt: at('12:30') })
  await db.owner`update enrolment set seat = 'withdrawn' where class_id = ${empty.classId}`
  for (const of of [closed, off, empty]) expect(await remind(of, at('15:00'))).toBe(false)
  expect(await remind(old, at('00:00', '22'))).toBe(false)
  expect(await remind(night, at('22:00'))).toBe(false)
  expect(await remind(night, at('07:59', '22'))).toBe(false)
  expect(await remind(night, at('08:00', '22'))).toBe(false)
  for (const { head } of [closed, off, empty, old, night]) expect(await toldOf(head)).toEqual([])
})

test('a session of the late evening is reminded of in the morning, before the clock closes its sheet', async () => {
  const of = await sessionOf({ startsAt: at('18:30'), endsAt: at('21:00') })
  expect(await remind(of, at('08:59', '22'))).toBe(true)
  expect((await toldOf(of.head)).length).toBe(1)
})
