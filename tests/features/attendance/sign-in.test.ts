import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findSignIn } from '#app/features/attendance/sign-in.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { findClassOnPaper } from '#app/features/training/paper.server.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceMark, classSession, classStaff, instructor, sessionInstructor } from '#db/schema/index.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let of: Awaited<ReturnType<typeof world.classOf>>
let admin: Viewer
let teacher: Viewer
const now = new Date('2026-11-20T08:00:00+08:00')
const ids = { morning: newId(), cancelled: newId(), afternoon: newId() }

beforeAll(async () => {
  world = trainingWorld(await freshDatabase())
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  teacher = await world.staff('instructor', academy)
  of = await world.classOf(academy)
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: teacher.accountId })
  const session = (id: string, from: string, to: string) => ({
    ...{ academyId: academy.id, classId: of.id, id, hours: 4 },
    startsAt: new Date(`2026-11-21T${from}:00+08:00`),
    endsAt: new Date(`2026-11-21T${to}:00+08:00`),
  })
  await world.db.insert(classSession).values([
    { ...session(ids.morning, '09:00', '12:00'), topic: '验电' },
    { ...session(ids.afternoon, '14:00', '17:00'), topic: '接线' },
  ])
  const called = { status: 'cancelled', cancelReason: '台风停课' }
  await world.db.insert(classSession).values({ ...session(ids.cancelled, '19:00', '21:00'), ...called })
  const { id: personId } = await world.person()
  const other = { academyId: academy.id, id: newId(), personId, name: '吴合成', createdAt: now }
  await world.db.insert(instructor).values(other)
  await world.db
    .insert(sessionInstructor)
    .values({ academyId: academy.id, sessionId: ids.morning, instructorId: other.id })
})

const asked = { sessionId: null, from: null, now }
const sheetsOf = (viewer: Viewer, given: Partial<Parameters<typeof findSignIn>[1]> = {}) =>
  findSignIn(viewer, { classId: of.id, ...asked, ...given })

test('a sheet to sign has those with a seat, in the order of the roster, with no more of a document than anybody may see', async () => {
  const person = await world.person()
  const first = await world.enrolment(of, { name: '甲合成', employer: '某厂', personId: person.id })
  const second = await world.enrolment(of, { name: '乙合成' })
  await world.enrolment(of, { name: '丙合成', seat: 'waitlisted', lineNumber: 1 })
  await world.enrolment(of, { name: '丁合成', seat: 'withdrawn' })
  const page = await sheetsOf(admin)
  expect(page?.lines.map(({ name }) => name)).toEqual(['甲合成', '乙合成'])
  const masked = `${person.document.slice(0, 3)}***********${person.document.slice(-4)}`
  expect(page?.lines[0]).toEqual({ enrolmentId: first.id, name: '甲合成', employer: '某厂', document: masked })

  const of1 = { academyId: academy.id, classId: of.id, sessionId: ids.afternoon, enrolmentId: second.id }
  await world.db.insert(attendanceMark).values({ ...of1, mark: 'excused', way: 'leave' })
  expect((await sheetsOf(admin))?.sheets.map(({ excused }) => excused)).toEqual([[], [second.id]])
})

test('of a whole class every session that takes place has a sheet; of a cancelled or unknown one there is none', async () => {
  expect((await sheetsOf(admin))?.sheets.map(({ session }) => session.id)).toEqual([ids.morning, ids.afternoon])
  const one = await sheetsOf(admin, { sessionId: ids.afternoon })
  expect(one).toMatchObject({ isOne: true, nextId: null, sheets: [{ session: { topic: '接线' } }] })
  expect((await sheetsOf(admin, { from: ids.afternoon }))?.sheets).toHaveLength(1)
  expect(await sheetsOf(admin, { sessionId: ids.cancelled })).toBeNull()
  expect(await sheetsOf(admin, { from: newId() })).toBeNull()
})

test('whoever teaches the class prints it, with everybody who teaches it; another instructor or academy does not', async () => {
  const paper = await as(teacher, (tx) => findClassOnPaper(tx, { viewer: teacher, classId: of.id, now }))
  expect(paper?.sessions.map(({ instructors }) => instructors.map(({ name }) => name))).toEqual([['吴合成'], [], []])
  expect(paper?.sessions.map(({ status }) => status)).toEqual(['planned', 'planned', 'cancelled'])
  expect((await sheetsOf(teacher))?.sheets).toHaveLength(2)
  const strangers = [
    await world.staff('instructor', academy),
    await world.staff('academy_admin', await world.academy()),
  ]
  for (const stranger of strangers) {
    expect(await sheetsOf(stranger)).toBeNull()
    expect(await as(stranger, (tx) => findClassOnPaper(tx, { viewer: stranger, classId: of.id, now }))).toBeNull()
  }
})
