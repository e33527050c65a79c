import { parseWithZod } from '@conform-to/zod/v4'
import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import type { OpenClassInput } from '#app/features/training/open-class-shape.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const typed = {
  code: '2026-DG-07',
  name: '低压电工实操班（第7期）',
  mode: 'practical',
  occupationCode: '6-31-01-03',
  startsOn: '2026-12-05',
  endsOn: '2026-12-06',
  plannedHours: '4',
  capacity: '30',
  siteName: '实训楼',
  siteAddress: '佛山市禅城区季华路1号',
  enrolOpensAt: '2026-11-20T08:00',
  enrolClosesAt: '2026-12-01T18:00',
  'sessions[0].date': '2026-12-05',
  'sessions[0].from': '09:00',
  'sessions[0].to': '12:00',
  'sessions[0].hours': '4',
  'sessions[0].topic': '安全用具与验电',
}

/** Reads the form as a browser sends it. */
function read(changes: Record<string, string | undefined> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...typed, ...changes })) if (value !== undefined) form.set(name, value)
  return parseWithZod(form, { schema: openClassForm(referenceCalendar) })
}
const errorsOf = (changes: Record<string, string | undefined>) => {
  const submission = read(changes)
  return submission.status === 'error' ? (submission.error ?? {}) : {}
}
const valid = (changes: Record<string, string | undefined> = {}): OpenClassInput => {
  const submission = read(changes)
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  return submission.value
}
const now = new Date('2026-11-10T12:00:00+08:00')
const open = (form: OpenClassInput, isPublished = true) =>
  as(admin, (tx) => openClass(tx, { academyId: academy.id, form, isPublished, by: admin, now }))

test('a class that is filled in as a worker needs it opens with its session, place and enrolment window', async () => {
  const answer = await open(valid())
  expect(answer.ok).toBe(true)
  const [row] = await db.owner`
    select c.status, c.capacity, c.occupation_edition, c.enrol_closes_at, s.name as site, k.starts_at, k.hours::float, k.topic
    from class c join site s on s.id = c.site_id join class_session k on k.class_id = c.id where c.code = '2026-DG-07'`
  expect(row).toMatchObject({
    status: 'published',
    capacity: 30,
    occupation_edition: 2022,
    enrol_closes_at: '2026-12-01 10:00:00+00',
    site: '实训楼',
    starts_at: '2026-12-05 01:00:00+00',
    hours: 4,
    topic: '安全用具与验电',
  })
})

test('each wrong field is named by what is wrong with it', () => {
  const cases: [Record<string, string | undefined>, string, string][] = [
    [{ code: ' ' }, 'code', 'required'],
    [{ mode: 'evening' }, 'mode', 'mode'],
    [{ endsOn: '2026-12-04' }, 'endsOn', 'ends_before'],
    [{ startsOn: '2026-02-30' }, 'startsOn', 'date'],
    [{ plannedHours: '0' }, 'plannedHours', 'hours'],
    [{ plannedHours: '16.3' }, 'plannedHours', 'hours'],
    [{ plannedHours: 'viele' }, 'plannedHours', 'hours'],
    [{ capacity: '0' }, 'capacity', 'capacity'],
    [{ capacity: '2.5' }, 'capacity', 'capacity'],
    [{ capacity: undefined }, 'capacity', 'required'],
    [{ siteName: undefined }, 'siteName', 'required'],
    [{ mode: 'mixed' }, 'plannedPracticalHours', 'required'],
    [{ mode: 'mixed', plannedPracticalHours: '16.5' }, 'plannedPracticalHours', 'practical_hours'],
    [{ mode: 'online' }, 'courseSlug', 'required'],
    [{ enrolClosesAt: '2026-11-20T08:00' }, 'enrolClosesAt', 'enrol_order'],
    [{ enrolClosesAt: '2026-12-07T00:01' }, 'enrolClosesAt', 'enrol_late'],
    [{ enrolClosesAt: '18 o’clock' }, 'enrolClosesAt', 'instant'],
    [{ withdrawUntil: '2026-12-08T00:00' }, 'withdrawUntil', 'withdraw_late'],
    [{ certificatesExpectedOn: '2026-12-05' }, 'certificatesExpectedOn', 'certificates_early'],
    [{ feeYuan: '-1' }, 'feeYuan', 'fee'],
    [{ feeYuan: '9.999' }, 'feeYuan', 'fee'],
    [{ classHeadPhone: 'call me' }, 'classHeadPhone', 'phone'],
    [{ 'sessions[0].date': '2026-12-07' }, 'sessions[0].date', 'session_outside'],
    [{ 'sessions[0].to': '09:00' }, 'sessions[0].to', 'session_order'],
    [{ 'sessions[0].from': '25:00' }, 'sessions[0].from', 'time'],
    [{ 'sessions[0].to': '11:59' }, 'sessions[0].hours', 'hours_clock:3.5'],
  ]
  for (const [changes, field, error] of cases)
    expect(errorsOf(changes), JSON.stringify(changes)).toMatchObject({ [field]: [error] })
})

test('what a mode asks for is said together with the faults of single fields', () => {
  const errors = errorsOf({ code: '', capacity: undefined, siteName: undefined, siteAddress: undefined })
  expect(Object.keys(errors).sort()).toEqual(['capacity', 'code', 'siteAddress', 'siteName'])
})

test('two meetings may touch, but not overlap; a class at a place needs one', () => {
  const second = (from: string) => ({
    'sessions[1].date': '2026-12-05',
    'sessions[1].from': from,
    'sessions[1].to': '17:00',
    'sessions[1].hours': '4',
  })
  expect(errorsOf(second('12:00'))).toEqual({})
  expect(errorsOf(second('11:59'))).toEqual({ 'sessions[1].from': ['session_overlap'] })
  const none = Object.fromEntries(
    Object.keys(typed)
      .filter((name) => name.startsWith('sessions'))
      .map((name) => [name, undefined]),
  )
  expect(errorsOf(none)).toEqual({ sessions: ['session_needed'] })
})

test('an online class asks for no meeting: the row that the form opens with may stay empty, and needs filling otherwise', () => {
  const blank = Object.fromEntries(
    Object.keys(typed)
      .filter((name) => name.startsWith('sessions'))
      .map((name) => [name, '']),
  )
  const online = read({ ...blank, mode: 'online', courseSlug: 'trial', capacity: '' })
  expect(online.status === 'success' && online.value).toMatchObject({ mode: 'online', sessions: [], plannedHours: 4 })
  expect(Object.keys(errorsOf(blank))).toContain('sessions[0].date')
})

test('a class number is an academy’s own: taken within it, free elsewhere', async () => {
  const form = valid({ code: 'TWICE', siteName: '二号楼' })
  expect((await open(form)).ok).toBe(true)
  expect(await open(form)).toEqual({ ok: false, reason: 'code_taken' })
  const other = await world.academy()
  const elsewhere = await world.staff('academy_admin', other)
  const input = { academyId: other.id, form, isPublished: true, by: elsewhere, now }
  expect((await as(elsewhere, (tx) => openClass(tx, input))).ok).toBe(true)
})

test('an unknown occupation, course or place is refused, another academy’s place too', async () => {
  const other = await world.academy()
  const [foreign] = await db.owner`insert into site (academy_id, id, name, address)
    values (${other.id}, gen_random_uuid(), 'x', 'y') returning id`
  const refusals: [Record<string, string | undefined>, string][] = [
    [{ code: 'R1', occupationCode: '9-99-99-99' }, 'occupation_unknown'],
    [{ code: 'R2', mode: 'online', courseSlug: 'no-such-course' }, 'course_unknown'],
    [{ code: 'R3', siteId: String(foreign?.id) }, 'site_unknown'],
    [{ code: 'R4', siteId: 'not-an-id' }, 'site_unknown'],
  ]
  for (const [changes, reason] of refusals) expect(await open(valid(changes))).toEqual({ ok: false, reason })
  expect(await db.owner`select 1 from class where code in ('R1', 'R2', 'R3', 'R4')`).toHaveLength(0)
})

test('a place that the academy has already is not made a second time', async () => {
  await open(valid({ code: 'P1', siteName: '老地方' }))
  await open(valid({ code: 'P2', siteName: '老地方' }))
  expect(await db.owner`select 1 from site where name = '老地方'`).toHaveLength(1)
})

test('a draft is seen by its academy alone until it is published; publishing twice is publishing once', async () => {
  const answer = await open(valid({ code: 'DRAFT', siteName: '三号楼' }), false)
  if (!answer.ok) throw new Error(answer.reason)
  const input = { academyId: academy.id, classId: answer.classId, by: admin, now }
  expect(await as(admin, (tx) => publishClass(tx, input))).toEqual({ ok: true, isNew: true })
  expect(await as(admin, (tx) => publishClass(tx, input))).toEqual({ ok: true, isNew: false })
  const events = await db.owner`select kind from audit_event where subject_id = ${answer.classId} order by id`
  expect(events.map((event) => event.kind)).toEqual(['class.opened', 'class.published'])
})

test('an administrator can neither open nor publish a class of another academy', async () => {
  const other = await world.academy()
  const input = { academyId: other.id, form: valid({ code: 'THEIRS' }), isPublished: true, by: admin, now }
  await expect(as(admin, (tx) => openClass(tx, input))).rejects.toMatchObject({ status: 404 })
  const draft = await world.classOf(other, { status: 'draft' })
  const publishing = { academyId: other.id, classId: draft.id, by: admin, now }
  expect(await as(admin, (tx) => publishClass(tx, publishing))).toBeNull()
})
