import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { findPaperPage, tickOff } from '#app/features/attendance/paper.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { findSignIn } from '#app/features/attendance/sign-in.server.ts'
import { listStandingOn } from '#app/features/attendance/stands-on.server.ts'
import { removeWithReason } from '#app/features/classfile/remove.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceEntry, attendanceEvidence, attendanceMark, classFile, classFileSession } from '#db/schema/index.ts'
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

const at = (time: string) => new Date(`2026-11-21T${time}:00+08:00`)
const over = at('12:30')

/** A class of the instructor with workers, a morning, and a photograph of its signed sheet. */
async function morning(workers = 2) {
  const of = await world.taughtClass(instructor)
  const place = { academyId: academy.id, classId: of.id }
  const sessionId = of.sessions[0]!.id
  const ids: string[] = []
  for (let n = 0; n < workers; n++) ids.push((await world.enrolment(of)).id)
  return { ...place, sessionId, ids, photoId: await photo({ ...place, sessionId }) }
}
type Morning = Awaited<ReturnType<typeof morning>>

async function photo({ academyId, classId, sessionId }: { academyId: string; classId: string; sessionId: string }) {
  const id = newId()
  const by = { academyId, classId, addedBy: instructor.accountId, addedAt: at('12:10') }
  const digest = Buffer.from(id.replaceAll('-', '').padEnd(64, '0'), 'hex')
  await world.db.insert(classFile).values({ ...by, id, part: 'sign_in', name: 'a.jpg', kind: 'jpg', bytes: 9, digest })
  await world.db.insert(classFileSession).values({ ...by, sessionId, fileId: id })
  return id
}

/** Sends the form as the page has it: everybody unmarked ticked, but for what `typed` says. */
async function tick(
  of: Morning,
  typed: Record<string, string> = {},
  { viewer = instructor, now = over, photos = [of.photoId], form = '' } = {},
) {
  const asked = { academyCode: academy.code, sessionId: of.sessionId, now }
  const sent = new FormData()
  if (form) sent.set('form', form)
  for (const id of photos) sent.append('photo', id)
  for (const id of of.ids) {
    const [row] = await marks(of, id)
    const [was, mark] = [row ? `${row.mark ?? ''}/${row.came}/` : '//', row?.mark ?? '']
    for (const [field, value] of Object.entries({ was, is: mark && 'marked', tick: mark ? '' : 'yes', mark }))
      sent.set(`${field}.${id}`, value)
  }
  for (const [name, value] of Object.entries(typed)) sent.set(name, value)
  return tickOff(viewer, { ...asked, form: sent })
}
const marks = (of: Morning, id: string) => db.owner<{ mark: string | null; way: string; came: string }[]>`
  select mark, way, coalesce(to_char(checked_in_at at time zone 'Asia/Shanghai', 'HH24:MI'), '') as came
  from attendance_mark where session_id = ${of.sessionId} and enrolment_id = ${id}`
const history = async (of: Morning, viewer = admin) => {
  const asked = { academyCode: academy.code, sessionId: of.sessionId, after: null, now: over }
  return (await findSheetPage(viewer, asked))?.history ?? []
}

test('who is ticked is present, who is not stays unmarked; each mark is from paper, by whoever ticked it, with the photograph', async () => {
  const of = await morning(3)
  const [first, second, third] = of.ids as [string, string, string]
  expect(await tick(of, { [`tick.${third}`]: '' })).toEqual({ ok: true, changed: 2 })
  expect(await marks(of, first)).toEqual([{ mark: 'present', way: 'paper', came: '' }])
  expect(await marks(of, third)).toEqual([])
  const said = await history(of)
  expect(said.map(({ way, who, reason, photos }) => [way, who, reason, photos.map(({ id }) => id)])).toEqual(
    [first, second].map(() => ['paper', '何合成', '纸质签到表', [of.photoId]]),
  )
  const [event] = await db.owner`select detail from audit_event where subject_id = ${of.sessionId}`
  expect(event?.detail).toMatchObject({ way: 'paper', workers: 2, photoIds: [of.photoId] })
})

test('who came late, left early, is on leave or absent is said by name, with times where they matter', async () => {
  const of = await morning(4)
  const [late, early, excused, absent] = of.ids as [string, string, string, string]
  const typed = {
    [`mark.${late}`]: 'late',
    ...{ [`mark.${early}`]: 'left_early', [`out.${early}`]: '11:00' },
    ...{ [`mark.${excused}`]: 'excused', [`tick.${absent}`]: '', others: 'absent' },
  }
  expect(await tick(of, typed)).toMatchObject({ faults: [{ enrolmentId: late, cell: 'in', fault: 'in_needed' }] })
  expect(await marks(of, early)).toMatchObject([{ mark: null }])
  expect(await tick(of, { ...typed, [`in.${late}`]: '9:40' })).toEqual({ ok: true, changed: 4 })
  const came = await Promise.all(of.ids.map(async (id) => (await marks(of, id))[0]?.mark))
  expect(came).toEqual(['late', 'left_early', 'excused', 'absent'])
})

test('a mark that a code made stays as it is, and is changed on purpose, with a reason, alone', async () => {
  const of = await morning(2)
  const [scanned] = of.ids as [string]
  const place = { academyId: academy.id, classId: of.classId, sessionId: of.sessionId, enrolmentId: scanned }
  const came = at('08:55')
  const entry = { ...place, id: newId(), act: 'in', way: 'code', at: came, recordedAt: came, accountId: newId() }
  await world.db.insert(attendanceEntry).values(entry)
  await world.db.insert(attendanceMark).values({ ...place, mark: 'present', way: 'code', checkedInAt: came, hours: 4 })
  expect(await tick(of, { others: 'absent', [`in.${scanned}`]: '08:55' })).toEqual({ ok: true, changed: 1 })
  expect(await marks(of, scanned)).toEqual([{ mark: 'present', way: 'code', came: '08:55' }])
  const changed = { [`mark.${scanned}`]: 'absent', [`in.${scanned}`]: '' }
  expect(await tick(of, changed)).toMatchObject({ reason: 'faults', why: 'reason_needed' })
  expect(await tick(of, { ...changed, reason: '签到后就走了' })).toEqual({ ok: true, changed: 1 })
  expect(await marks(of, scanned)).toEqual([{ mark: 'absent', way: 'paper', came: '' }])
})

test('who was granted leave stays on leave, though nobody ticked them', async () => {
  const of = await morning(1)
  const [away] = of.ids as [string]
  const place = { academyId: academy.id, classId: of.classId, sessionId: of.sessionId, enrolmentId: away }
  await world.db.insert(attendanceMark).values({ ...place, mark: 'excused', way: 'leave' })
  expect(await tick(of, { others: 'absent' })).toEqual({ ok: true, changed: 0 })
  expect(await tick(of, { [`mark.${away}`]: 'absent', reason: '没有签名' })).toMatchObject({
    faults: [{ fault: 'on_leave' }],
  })
})

test('the same form at once and again has one effect and equal answers; another one with its key is refused', async () => {
  const of = await morning(3)
  const form = newId()
  const answers = await Promise.all(Array.from({ length: 8 }, () => tick(of, {}, { form })))
  expect(answers).toEqual(answers.map(() => ({ ok: true, changed: 3 })))
  expect(await history(of)).toHaveLength(3)
  expect(await tick(of, { others: 'absent' }, { form })).toEqual({ ok: false, reason: 'form_reused' })
})

test('nothing is ticked off without a photograph, by another session’s, or by one that was removed', async () => {
  const [of, other] = [await morning(1), await morning(1)]
  const none = { ok: false, reason: 'no_photo' }
  expect(await tick(of, {}, { photos: [] })).toEqual(none)
  expect(await tick(of, {}, { photos: [other.photoId] })).toEqual(none)
  expect(await tick(of, {}, { photos: [of.photoId, newId()] })).toEqual(none)
  await db.owner`update class_file set removed_at = now(), removed_by = added_by, removed_because = '传错了'
    where id = ${of.photoId}`
  expect(await tick(of)).toEqual(none)
  expect(await marks(of, of.ids[0]!)).toEqual([])
  expect(await tick(of, {}, { photos: [await photo(of)] })).toEqual({ ok: true, changed: 1 })
})

test('a photograph on which attendance stands is not removed: only once nobody’s mark is from it alone', async () => {
  const of = await morning(3)
  const [first, second, third] = of.ids as [string, string, string]
  const remove = async (fileId = of.photoId, now = over) => {
    const asked = { viewer: admin, academyCode: academy.code, classId: of.classId, now }
    const answer = await removeWithReason(asked, { documentId: fileId, written: '传错了' })
    return answer?.ok ? 'removed' : (answer?.reason ?? 'gone')
  }
  const standing = () => as(admin, (tx) => listStandingOn(tx, { academyId: academy.id, fileId: of.photoId }))
  const mend = (id: string, mark: string, minutes: number) => {
    const entries = [{ enrolmentId: id, was: 'present//', mark, in: '', out: '' }]
    const asked = { viewer: instructor, academyCode: academy.code, sessionId: of.sessionId, now: at(`12:${minutes}`) }
    return as(instructor, (tx) =>
      markByHand(tx, { ...asked, entries, reason: '看错了行', way: 'hand', wasClosed: false }),
    )
  }
  await tick(of)
  expect(await standing()).toEqual([{ sessionId: of.sessionId, startsAt: at('09:00'), workers: 3 }])
  expect(await remove()).toBe('marks_stand')
  await mend(first, 'absent', 31)
  await mend(second, '', 32)
  expect(await standing()).toMatchObject([{ workers: 1 }])
  expect(await remove()).toBe('marks_stand')
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${third}`
  expect(await remove()).toBe('removed')
  expect(await remove()).toBe('gone')
})

test('of two photographs of the same marks one may go, and the last one stays; whoever ticks off and whoever removes at once do not both succeed', async () => {
  const of = await morning(1)
  const second = await photo(of)
  const remove = (fileId: string, by = of) => {
    const asked = { viewer: admin, academyCode: academy.code, classId: by.classId, now: over }
    return removeWithReason(asked, { documentId: fileId, written: '重复上传' })
  }
  await tick(of, {}, { photos: [of.photoId, second] })
  expect(await remove(of.photoId)).toEqual({ ok: true })
  expect(await remove(second)).toEqual({ ok: false, reason: 'marks_stand' })
  for (let n = 0; n < 5; n++) {
    const raced = await morning(1)
    const [ticked, removed] = await Promise.all([tick(raced), remove(raced.photoId, raced)])
    expect([ticked?.ok, removed?.ok].filter(Boolean)).toHaveLength(1)
  }
})

test('a sheet is ticked off in its time: not before check-in opens, and not once it is closed', async () => {
  const of = await morning(1)
  expect(await tick(of, {}, { now: new Date(at('08:00').getTime() - 1) })).toEqual({ ok: false, reason: 'ahead' })
  await as(instructor, (tx) =>
    closeSheet(tx, { viewer: instructor, academyCode: academy.code, sessionId: of.sessionId, now: over }),
  )
  for (const viewer of [instructor, admin])
    expect(await tick(of, {}, { viewer })).toEqual({ ok: false, reason: 'closed_meanwhile' })
})

test('the roster stands in the order and with the numbers of the printed sheet, over several pages', async () => {
  const of = await morning(102)
  const asked = { academyCode: academy.code, sessionId: of.sessionId, now: over }
  const one = await findPaperPage(instructor, { ...asked, after: null })
  const two = await findPaperPage(instructor, { ...asked, after: of.ids[99]! })
  const printed = await findSignIn(instructor, {
    ...{ classId: of.classId, sessionId: of.sessionId, from: null, now: over },
  })
  const shown = [...(one?.page.rows ?? []), ...(two?.page.rows ?? [])].map(({ enrolmentId }) => enrolmentId)
  expect(shown).toEqual(printed?.lines.map(({ enrolmentId }) => enrolmentId))
  expect([one?.first, two?.first, two?.page.rows.length]).toEqual([1, 101, 2])
})

test('another class’s instructor ticks nothing off, and a worker reads no photograph of others’ signatures', async () => {
  const of = await morning(1)
  const stranger = await world.staff('instructor', academy)
  expect(await tick(of, {}, { viewer: stranger })).toBeNull()
  expect(await findPaperPage(stranger, { academyCode: academy.code, ...of, after: null, now: over })).toBeNull()
  await tick(of)
  const read = (viewer: Viewer) => as(viewer, (tx) => tx.select().from(attendanceEvidence))
  const worker = await world.worker({ isConfirmed: true })
  await db.owner`update enrolment set account_id = ${worker.accountId} where id = ${of.ids[0]!}`
  expect(await read(worker)).toEqual([])
  expect(await read(stranger)).toEqual([])
  expect((await read(instructor)).map(({ fileId }) => fileId)).toContain(of.photoId)
})
