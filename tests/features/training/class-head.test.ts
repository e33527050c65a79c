import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { tellOfAsked } from '#app/features/attendance/leave-told.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { changeHead, findHead } from '#app/features/training/class-head.server.ts'
import { readHead } from '#app/features/training/class-head.ts'
import { findCopied } from '#app/features/training/copy-class.server.ts'
import { copiedFields } from '#app/features/training/copy-class.ts'
import { confirmByPhone, withdrawByPhone } from '#app/features/training/desk-seats.server.ts'
import { findSeatsDesk } from '#app/features/training/seats-desk.server.ts'
import { actOnSeats } from '#app/features/training/seats-desk-acts.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let [admin, head, teacher]: Viewer[] = []
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  head = await world.staff('instructor', academy)
  teacher = await world.staff('instructor', academy)
})

const now = new Date('2026-11-10T10:00:00+08:00')

/** A class with a head and a teacher, whose one seat is offered to a worker who has until the evening to confirm. */
async function offered() {
  const of = await world.classOf(academy, { capacity: 1, taken: 1, hasWaitlist: true })
  const row = { academyId: academy.id, classId: of.id }
  await world.db.insert(classStaff).values([
    { ...row, accountId: head!.accountId, role: 'head' },
    { ...row, accountId: teacher!.accountId },
  ])
  const worker = await world.worker()
  const answerDueAt = new Date('2026-11-10T20:00:00+08:00')
  const waits = { accountId: worker.accountId, seat: 'offered', lineNumber: 1, answerDueAt }
  const { id } = await world.enrolment(of, waits)
  return { ...of, placeId: id }
}
const seatOf = async (id: string) => (await db.owner`select seat from enrolment where id = ${id}`)[0]?.seat
const ask = (classId: string, id: string) => ({ classId, id, sent: null, now })
const change = (classId: string, typed: Partial<Parameters<typeof readHead>[0]>, by = admin!) =>
  as(by, (tx) =>
    changeHead(tx, { viewer: by, classId, typed: { headId: '', classHead: '', classHeadPhone: '', ...typed }, now }),
  )

test('a class head confirms an offered seat by phone and gives one back; whoever only teaches the class does neither', async () => {
  const [one, other] = [await offered(), await offered()]
  expect(await confirmByPhone(teacher!, ask(one.id, one.placeId))).toBeNull()
  expect(await seatOf(one.placeId)).toBe('offered')
  expect(await confirmByPhone(head!, ask(one.id, one.placeId))).toEqual({ ok: true, changed: 1, left: [] })
  expect(await seatOf(one.placeId)).toBe('enrolled')
  expect(await withdrawByPhone(head!, ask(other.id, other.placeId))).toEqual({ ok: true, changed: 1, left: [] })
  const [event] = await db.owner`
    select detail from audit_event where kind = 'seat.enrolled' and detail->>'classId' = ${one.id}`
  expect(event?.detail).toMatchObject({ voice: 'phone' })
  const stranger = await world.classOf(academy)
  const { id } = await world.enrolment(stranger)
  expect(await withdrawByPhone(head!, ask(stranger.id, id))).toBeNull()
})

test('a class head sees who waits, but answers no request and changes nothing else of the class', async () => {
  const of = await offered()
  const desk = (viewer: Viewer) => as(viewer, (tx) => findSeatsDesk(tx, { viewer, classId: of.id, now }))
  expect((await desk(head!))?.line.map(({ enrolmentId }) => enrolmentId)).toEqual([of.placeId])
  expect(await desk(teacher!)).toBeNull()
  for (const intent of ['approve', 'reject', 'enter', 'capacity', 'close', 'cancel', 'head']) {
    const form = new FormData()
    for (const [name, value] of Object.entries({ intent, chosen: of.placeId, reason: '不行', capacity: '9', was: '1' }))
      form.append(name, value)
    expect(await actOnSeats(head!, { classId: of.id, form, now }), intent).toBeNull()
  }
  expect(may(head!, 'seats.phone', academy.code)).toBe(true)
  expect(may(head!, 'seats.phone', 'ELSEWHERE')).toBe(false)
  expect(may(head!, 'training.manage', academy.code)).toBe(false)
})

test('leave is told to the class head alone; without one to those who teach the class, without these to the administrators', async () => {
  const of = await offered()
  const told = async () => {
    const subjectId = newId()
    const asked = { academyId: academy.id, academyCode: academy.code, classId: of.id, className: of.name }
    await as(system('attendance'), (tx) => tellOfAsked(tx, { ...asked, sessions: [], subjectId, now }))
    return (await db.owner`select account_id from notice where subject_id = ${subjectId}`).map((row) => row.account_id)
  }
  expect(await told()).toEqual([head!.accountId])
  await change(of.id, {})
  expect(await told()).toEqual([teacher!.accountId])
  await db.owner`delete from class_staff where class_id = ${of.id}`
  expect(await told()).toEqual([admin!.accountId])
})

test('a class has one head at a time; who heads and teaches it keeps teaching it when another becomes its head', async () => {
  const of = await offered()
  const staff = async () =>
    (await db.owner`select account_id, role from class_staff where class_id = ${of.id}`).map(
      ({ account_id, role }) => `${account_id === head!.accountId ? 'head' : 'teacher'} ${role}`,
    )
  const row = { academyId: academy.id, classId: of.id, accountId: head!.accountId }
  await world.db.insert(classStaff).values({ ...row, ofSessions: true })
  await expect(
    world.db.insert(classStaff).values({ ...row, accountId: teacher!.accountId, role: 'head' }),
  ).rejects.toThrow()
  expect(await change(of.id, { headId: teacher!.accountId })).toEqual({ ok: true, isNew: true })
  expect((await staff()).sort()).toEqual(['head instructor', 'teacher head', 'teacher instructor'])
  expect(await change(of.id, { headId: teacher!.accountId, classHead: '何合成' })).toEqual({ ok: true, isNew: false })
})

test('workers read the name of the head’s account where nothing else is written; whoever is no instructor of the academy heads nothing', async () => {
  const of = await offered()
  const said = async () => (await db.owner`select class_head, class_head_phone from class where id = ${of.id}`)[0]
  await change(of.id, { headId: head!.accountId, classHeadPhone: '020-1234 5678' })
  expect(await said()).toEqual({ class_head: '何合成', class_head_phone: '020-1234 5678' })
  await change(of.id, { headId: head!.accountId, classHead: '何老师' })
  expect(await said()).toEqual({ class_head: '何老师', class_head_phone: null })
  const elsewhere = await world.staff('instructor', await world.academy())
  for (const headId of [elsewhere.accountId, admin!.accountId, newId(), 'nobody'])
    expect(await change(of.id, { headId }), headId).toEqual({ ok: false, reason: 'head_unknown' })
  expect(await as(admin!, (tx) => findHead(tx, { academyId: academy.id, classId: of.id }))).toBe(head!.accountId)
  const copied = await as(admin!, (tx) => findCopied(tx, { academyId: academy.id, classId: of.id }))
  expect(copied && copiedFields(copied, of.startsOn)).toMatchObject({ headId: head!.accountId, classHead: '何老师' })
})

test('a head’s name has 50 characters at most, a phone 5 to 30 of digits, spaces, hyphens, brackets and plus', () => {
  const read = (classHead: string, classHeadPhone: string) => readHead({ headId: '', classHead, classHeadPhone })
  expect(read('何'.repeat(50), '12345')).toEqual({ accountId: null, name: '何'.repeat(50), phone: '12345' })
  expect(read('何'.repeat(51), '')).toEqual({ fault: 'head_long' })
  expect([read('', '1234'), read('', '1'.repeat(31)), read('', '办公室12345')]).toEqual(
    Array.from({ length: 3 }, () => ({ fault: 'head_phone' })),
  )
  expect(read(' ', '+86 (20) 1234-5678')).toEqual({ accountId: null, name: null, phone: '+86 (20) 1234-5678' })
})
