import { parseWithZod } from '@conform-to/zod/v4'
import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { seal } from '#app/features/persons/vault.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { closeEnrolment } from '#app/features/training/class-changes.server.ts'
import { changeHead } from '#app/features/training/class-head.server.ts'
import { deleteDraft } from '#app/features/training/delete-draft.server.ts'
import { editClass, findEdited } from '#app/features/training/edit-class.server.ts'
import { mendClass } from '#app/features/training/mend.server.ts'
import { type ClassFacts, classMark, type MendEntry } from '#app/features/training/mend.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm, publishedClassForm } from '#app/features/training/open-class-form.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { classStaff, instructor } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let [admin, stranger, handler]: Viewer[] = []
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  stranger = await world.staff('academy_admin', await world.academy())
  handler = await mendingWorld(db).official('provincial_handler')
})

const now = new Date('2026-11-10T12:00:00+08:00')
type Fields = Record<string, unknown>

/** Reads a filled-in form as a browser would send it. */
const draftForm = openClassForm(referenceCalendar)
function read(fields: Fields, schema: typeof draftForm | typeof publishedClassForm) {
  const form = new FormData()
  const write = (name: string, value: unknown): void => {
    if (Array.isArray(value))
      for (const [index, one] of value.entries())
        if (typeof one === 'object') write(`${name}[${index}]`, one)
        else form.append(name, one)
    else if (typeof value === 'object' && value)
      for (const [key, one] of Object.entries(value)) write(name ? `${name}.${key}` : key, one)
    else if (value !== undefined) form.append(name, String(value))
  }
  write('', fields)
  const submission = parseWithZod(form, { schema })
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  return submission.value
}

let serial = 0
/** A class with two sessions at a place of its own, on 5 and 6 December. */
async function opened(given: Fields = {}, isPublished = true) {
  serial += 1
  const session = (date: string) => ({ date, from: '09:00', to: '12:00', hours: '4' })
  const form = read(
    {
      ...{ code: `E${serial}`, name: '低压电工实操班', mode: 'practical', occupationCode: '6-31-01-03' },
      ...{ startsOn: '2026-12-05', endsOn: '2026-12-06', plannedHours: '8', capacity: '30', hasWaitlist: 'on' },
      ...{ siteName: `实训楼${serial}`, siteAddress: '示例路1号', enrolClosesAt: '2026-12-01T18:00' },
      ...{ sessions: [session('2026-12-05'), session('2026-12-06')], ...given },
    },
    draftForm,
  )
  const answer = await as(admin!, (tx) => openClass(tx, { academyId: academy.id, form, isPublished, by: admin!, now }))
  if (!answer.ok) throw new Error(answer.reason)
  return { academyId: academy.id, id: answer.classId, code: form.code }
}
const edited = (id: string) => as(admin!, (tx) => findEdited(tx, { academyId: academy.id, classId: id, now }))

/** Opens the form of a class, changes it, and sends it. */
async function edit(
  id: string,
  changes: Fields,
  given: { reason?: string; was?: string; by?: Viewer; at?: Date } = {},
) {
  const found = (await edited(id))!
  const schema = found.stage === 'draft' ? draftForm : publishedClassForm
  const form = read({ ...found.fields, ...changes }, schema)
  const { by = admin!, reason = '食堂检修', was = found.mark, at = now } = given
  return editClass(by, { classId: id, form, was, reason, sent: null, now: at })
}
const row = async (id: string) => (await db.owner`select * from class where id = ${id}`)[0]
const sessionsOf = (id: string) =>
  db.owner`select id, (starts_at at time zone 'Asia/Shanghai')::date::text as date, site_id from class_session
    where class_id = ${id} order by starts_at`
const changesOf = (id: string) =>
  db.owner`select field, before, after, reason, role from class_change where class_id = ${id} order by id`
const toldTo = async (accountId: string) =>
  (await db.owner`select kind, detail from notice where account_id = ${accountId} and kind = 'class.changed'`) as unknown as {
    detail: { title: string; what: string }
  }[]

test('a draft is edited whole: number, dates, fee and sessions; a session at the same time stays the one it was', async () => {
  const of = await opened({}, false)
  const [first] = await sessionsOf(of.id)
  const later = { date: '2026-12-07', from: '09:00', to: '12:00', hours: '4' }
  const same = { date: '2026-12-05', from: '09:00', to: '12:00', hours: '3' }
  const changed = { code: `${of.code}-B`, endsOn: '2026-12-07', feeYuan: '80', capacity: '24', sessions: [same, later] }
  expect(await edit(of.id, changed)).toEqual({ ok: true })
  expect(await row(of.id)).toMatchObject({ code: `${of.code}-B`, fee_fen: 8000, capacity: 24, status: 'draft' })
  const after = await sessionsOf(of.id)
  expect(after.map(({ date }) => date)).toEqual(['2026-12-05', '2026-12-07'])
  expect(after[0]!.id).toBe(first!.id)
  expect(await changesOf(of.id)).toEqual([])
})

test('a draft keeps to what a class may be: a number that is taken and more seats than its place has are refused, and nothing is written', async () => {
  const [of, other] = [await opened({}, false), await opened()]
  expect(await edit(of.id, { code: other.code })).toEqual({ ok: false, reason: 'code_taken' })
  await db.owner`update site set seats = 20 where id = ${(await row(of.id))!.site_id}`
  expect(await edit(of.id, { capacity: '21', name: '别的名称' })).toMatchObject({ ok: false, reason: 'no_room' })
  expect(await row(of.id)).toMatchObject({ code: of.code, name: '低压电工实操班', capacity: 30 })
})

test('who edits what somebody else has changed meanwhile is refused; another academy has no such class', async () => {
  const of = await opened({}, false)
  const { mark } = (await edited(of.id))!
  expect(await edit(of.id, { lunch: '自理' })).toEqual({ ok: true })
  expect(await edit(of.id, { bring: '绝缘鞋' }, { was: mark })).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await edit(of.id, { bring: '绝缘鞋' }, { by: stranger! })).toBeNull()
})

test('a draft is deleted with everything under it, and its number is free again; a published class is not', async () => {
  const of = await opened({ requirements: ['photo'] }, false)
  const remove = (id: string, viewer = admin!) => as(viewer, (tx) => deleteDraft(tx, { viewer, classId: id, now }))
  expect(await remove(of.id, stranger!)).toBeNull()
  expect(await remove(of.id)).toEqual({ ok: true })
  expect(await row(of.id)).toBeUndefined()
  const [event] = await db.owner`select detail from audit_event where kind = 'class.deleted' and subject_id = ${of.id}`
  expect(event?.detail).toEqual({ code: of.code, sessions: 2 })
  const again = await opened({ code: of.code })
  expect(await remove(again.id)).toEqual({ ok: false, reason: 'not_draft' })
  expect(await row(again.id)).toMatchObject({ code: of.code })
})

test('what a published class says is changed with a reason, kept from and to, and told to those with a place and its staff', async () => {
  const of = await opened({ lunch: '食堂' })
  const [worker, teacher] = [await world.worker(), await world.staff('instructor', academy)]
  await world.enrolment(of, { accountId: worker.accountId })
  await world.db.insert(classStaff).values({ academyId: of.academyId, classId: of.id, accountId: teacher.accountId })
  expect(await edit(of.id, { lunch: '自理' }, { reason: ' ' })).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await edit(of.id, { lunch: '自理', feeYuan: '20' })).toMatchObject({ ok: true })
  expect(await changesOf(of.id)).toEqual([
    { field: 'feeFen', before: null, after: 2000, reason: '食堂检修', role: 'academy_admin' },
    { field: 'lunch', before: '食堂', after: '自理', reason: '食堂检修', role: 'academy_admin' },
  ])
  for (const { accountId } of [worker, teacher]) {
    const [told] = await toldTo(accountId)
    expect(told?.detail.what).toBe('费用、午餐')
    expect(told?.detail.title).toContain('费用：未说明 → 20元')
  }
  expect(await edit(of.id, {})).toEqual({ ok: false, reason: 'unchanged' })
})

/** By which channels a change of a class is told to an account, or (of a place) to the number that was entered. */
const sentTo = async (of: { accountId: string } | { placeId: string }) => {
  const rows = await ('accountId' in of
    ? db.owner`select channel from delivery where kind = 'class.changed' and account_id = ${of.accountId} order by 1`
    : db.owner`select channel from delivery where kind = 'class.changed' and place_id = ${of.placeId} order by 1`)
  return rows.map(({ channel }) => channel)
}

test('a change that asks nothing of anybody rings nobody, neither an account nor a number that was entered; one of the fee rings both', async () => {
  const before = runtime()
  const gateway = { SMS_GATEWAY_URL: 'https://sms.example', SMS_GATEWAY_KEY: 'secret-key', SMS_SIGNATURE: '匠学堂' }
  setRuntime({ ...before, env: readEnv({ NODE_ENV: 'test', ...gateway }) })
  const [of, worker, placeId] = [await opened({ lunch: '食堂' }), await world.worker(), newId()]
  await world.enrolment(of, { accountId: worker.accountId })
  await world.enrolment(of, { id: placeId, phoneSealed: seal('enrolment.phone', placeId, '13900000017') })
  await edit(of.id, { lunch: '自理', bring: '工作服' })
  expect((await toldTo(worker.accountId)).map(({ detail }) => detail.what)).toEqual(['带什么、午餐'])
  expect([await sentTo(worker), await sentTo({ placeId })]).toEqual([[], []])
  await edit(of.id, { lunch: '食堂', feeYuan: '20' })
  expect([await sentTo(worker), await sentTo({ placeId })]).toEqual([['sms'], ['sms']])
  setRuntime(before)
})

test('enrolment and withdrawing are extended: those who wait hear of the one, everybody of the other', async () => {
  const of = await opened({ withdrawUntil: '2026-12-02T18:00' })
  const [seated, waits] = [await world.worker(), await world.worker()]
  await world.enrolment(of, { accountId: seated.accountId })
  await world.enrolment(of, { accountId: waits.accountId, seat: 'waitlisted', lineNumber: 1 })
  await edit(of.id, { enrolClosesAt: '2026-12-03T18:00' })
  expect([await toldTo(seated.accountId), await toldTo(waits.accountId)].map((told) => told.length)).toEqual([0, 1])
  await edit(of.id, { withdrawUntil: '2026-12-04T18:00' })
  expect([await toldTo(seated.accountId), await toldTo(waits.accountId)].map((told) => told.length)).toEqual([1, 2])
  expect((await row(of.id))!.withdraw_until).toEqual('2026-12-04 10:00:00+00')
})

test('fewer seats and other conditions evict nobody; more seats go to those who wait', async () => {
  const of = await opened({ capacity: '2' })
  const waits = await world.worker()
  await db.owner`update class set taken = 2, line_numbers = 1 where id = ${of.id}`
  const places = [
    await world.enrolment(of, { accountId: (await world.worker()).accountId }),
    await world.enrolment(of, { accountId: (await world.worker()).accountId }),
    await world.enrolment(of, { accountId: waits.accountId, seat: 'waitlisted', lineNumber: 1 }),
  ]
  const seats = async () =>
    Promise.all(places.map(async ({ id }) => (await db.owner`select seat from enrolment where id = ${id}`)[0]!.seat))
  expect(await edit(of.id, { capacity: '1', isForMembers: 'on' })).toMatchObject({ ok: true })
  expect(await seats()).toEqual(['enrolled', 'enrolled', 'waitlisted'])
  expect(await edit(of.id, { capacity: '3', isForMembers: undefined })).toMatchObject({ ok: true })
  expect(await seats()).toEqual(['enrolled', 'enrolled', 'offered'])
})

test('a class that moves takes its sessions along that are still to come; where the place is taken nothing changes', async () => {
  const [of, other] = [await opened(), await opened()]
  const [own, taken] = [(await row(of.id))!.site_id, (await row(other.id))!.site_id]
  expect(await edit(of.id, { siteId: taken })).toMatchObject({ ok: false, reason: 'site_taken' })
  expect((await sessionsOf(of.id)).map((one) => one.site_id)).toEqual([own, own])
  const place = { siteId: undefined, siteName: `新楼${of.code}`, siteAddress: '示例路9号' }
  expect(await edit(of.id, place)).toMatchObject({ ok: true })
  const moved = (await row(of.id))!.site_id
  expect((await sessionsOf(of.id)).map((one) => one.site_id)).toEqual([moved, moved])
  expect(await changesOf(of.id)).toMatchObject([{ field: 'siteId', after: `新楼${of.code}` }])
})

test('what may not change any more stays as it is, whatever is sent', async () => {
  const of = await opened({ enrolOpensAt: '2026-11-01T08:00' })
  const at = new Date('2026-12-08T12:00:00+08:00')
  expect(await edit(of.id, { capacity: '9', lunch: '自理', name: '电工班' }, { at })).toMatchObject({ ok: true })
  expect(await row(of.id)).toMatchObject({ name: '电工班', capacity: 30, lunch: null })
  expect((await changesOf(of.id)).map(({ field }) => field)).toEqual(['name'])
})

/** An instructor of welding alone, who teaches a class of it. */
async function taughtBy(id: string) {
  const { id: personId } = await world.person()
  const one = { academyId: academy.id, id: newId(), personId, name: '韦合成', createdAt: now }
  await world.db.insert(instructor).values(one)
  for (const session of await sessionsOf(id))
    await db.owner`insert into session_instructor (academy_id, session_id, instructor_id) values (${academy.id}, ${session.id}, ${one.id})`
  await db.owner`insert into instructor_qualification (academy_id, id, instructor_id, occupation_code, occupation_edition, level, valid_from, created_at)
    values (${academy.id}, ${newId()}, ${one.id}, '6-31-01-03', 2022, 'l3', '2020-01-01', now())`
}

function mend(of: { id: string }, facts: ClassFacts, changed: Partial<ClassFacts>, viewer: Viewer) {
  const typed = Object.entries({ ...facts, ...changed }).map(([field, value]) => [field, String(value ?? '')])
  const entry = { ...Object.fromEntries(typed), was: classMark(facts) } as MendEntry
  return as(viewer, (tx) =>
    mendClass(tx, { viewer, academyId: academy.id, classId: of.id, entry, reason: '登记有误', now }),
  )
}
const facts: ClassFacts = {
  ...{ name: '低压电工实操班', mode: 'practical', occupationCode: '6-31-01-03' },
  ...{ startsOn: '2026-12-05', endsOn: '2026-12-06', plannedHours: 8, plannedPracticalHours: null },
}

test('mending a published class is a change like any other: kept and told; of a draft it is nobody’s news', async () => {
  const [of, draft] = [await opened(), await opened({}, false)]
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  expect(await mend(of, facts, { endsOn: '2026-12-08', plannedHours: 12 }, handler!)).toMatchObject({ ok: true })
  expect(await changesOf(of.id)).toEqual([
    { field: 'endsOn', before: '2026-12-06', after: '2026-12-08', reason: '登记有误', role: 'provincial_handler' },
    { field: 'plannedHours', before: 8, after: 12, reason: '登记有误', role: 'provincial_handler' },
  ])
  expect((await toldTo(worker.accountId))[0]?.detail.title).toContain('结束日期：2026年12月6日 → 2026年12月8日')
  expect(await mend(draft, facts, { plannedHours: 12 }, handler!)).toMatchObject({ ok: true })
  expect(await changesOf(draft.id)).toEqual([])
})

test('whoever teaches a class may teach it in the occupation and level that it shall have, whoever mends it', async () => {
  const of = await opened()
  await taughtBy(of.id)
  for (const viewer of [admin!, handler!])
    expect(await mend(of, facts, { occupationCode: '6-18-02-04' }, viewer)).toMatchObject({
      ...{ ok: false, reason: 'instructor_unfit', unfit: { lack: 'occupation' } },
    })
  expect(await edit(of.id, { level: 'l1' })).toMatchObject({ ok: false, reason: 'instructor_unfit' })
  expect(await row(of.id)).toMatchObject({ occupation_code: '6-31-01-03', level: null })
  expect(await edit(of.id, { level: 'l4' })).toMatchObject({ ok: true })
})

test('closing enrolment early is told to those in line and not to those who sit in the class', async () => {
  const of = await opened()
  const [seated, asked] = [await world.worker(), await world.worker()]
  await world.enrolment(of, { accountId: seated.accountId })
  await world.enrolment(of, { accountId: asked.accountId, seat: 'waitlisted', lineNumber: 1 })
  expect(await closeEnrolment(admin!, { classId: of.id, sent: null, now })).toEqual({ ok: true, isNew: true })
  expect([await toldTo(seated.accountId), await toldTo(asked.accountId)].map((told) => told.length)).toEqual([0, 1])
  expect(await changesOf(of.id)).toMatchObject([{ field: 'enrolClosesAt', after: now.toISOString(), reason: null }])
})

test('another class head or phone is told to those enrolled; the change keeps no phone', async () => {
  const of = await opened({ classHead: '陈老师', classHeadPhone: '0757-00000000' })
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  const typed = { headId: '', classHead: '林老师', classHeadPhone: '0757-11111111' }
  await as(admin!, (tx) => changeHead(tx, { viewer: admin!, classId: of.id, typed, now }))
  expect(await changesOf(of.id)).toMatchObject([
    { field: 'classHead', before: '陈老师', after: '林老师' },
    { field: 'classHeadPhone', before: null, after: null },
  ])
  const [told] = await toldTo(worker.accountId)
  expect(told?.detail.what).toBe('班主任、班主任电话')
  expect(JSON.stringify(told)).not.toMatch(/0757|老师/)
})

test('a draft that was edited is published like any other', async () => {
  const of = await opened({}, false)
  await edit(of.id, { lunch: '自理' })
  const publish = { academyId: of.academyId, classId: of.id, by: admin!, now }
  expect(await as(admin!, (tx) => publishClass(tx, publish))).toEqual({ ok: true, isNew: true })
})
