import { parseWithZod } from '@conform-to/zod/v4'
import { beforeAll, expect, test } from 'vitest'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { saveSitting } from '#app/features/training/assessment-acts.server.ts'
import { readLeft, saidLeft } from '#app/features/training/assessment-carry.ts'
import { listSittings } from '#app/features/training/assessment-sittings.server.ts'
import { findCopied, findCopiedPlan } from '#app/features/training/copy-class.server.ts'
import { copiedFields, copyStartsOn, followingDeadlines } from '#app/features/training/copy-class.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { newId } from '#app/lib/ids.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')

/** Reads a filled-in form as a browser would send it. */
function sent(fields: Record<string, unknown>, changes: Record<string, string>) {
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
  write('', { ...fields, ...changes })
  const submission = parseWithZod(form, { schema: openClassForm(referenceCalendar) })
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  return submission.value
}

const first = {
  code: '2026-01',
  name: '低压电工实操班',
  mode: 'practical',
  occupationCode: '6-31-01-03',
  level: 'l4',
  startsOn: '2026-12-05',
  endsOn: '2026-12-06',
  plannedHours: '8',
  capacity: '30',
  siteName: '实训楼',
  siteAddress: '佛山市禅城区季华路1号',
  enrolClosesAt: '2026-12-01T18:00',
  certificatesExpectedOn: '2027-01-05',
  feeYuan: '120.50',
  bring: '工作服、绝缘鞋',
  hasWaitlist: 'on',
  eligibleEmployers: '广州数控\n佛山机械',
  sessions: [
    { date: '2026-12-05', from: '09:00', to: '12:00', hours: '4', topic: '验电' },
    { date: '2026-12-06', from: '13:30', to: '16:30', hours: '4' },
  ],
}

async function opened(fields: Record<string, unknown>, changes: Record<string, string> = {}) {
  const form = sent(fields, changes)
  const answer = await as(admin, (tx) =>
    openClass(tx, { academyId: academy.id, form, isPublished: true, by: admin, now }),
  )
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.classId
}
const copyOf = (classId: string) => as(admin, (tx) => findCopied(tx, { academyId: academy.id, classId }))

test('one more like a class has every day moved by as many days as the first one, and everything else the same', async () => {
  const copied = (await copyOf(await opened(first)))!
  const classId = await opened(copiedFields(copied, '2027-02-27'), { code: '2027-01' })
  const again = (await copyOf(classId))!
  const { id, code, startsOn, endsOn, enrolClosesAt, certificatesExpectedOn, ...same } = again.class
  expect({ startsOn, endsOn, certificatesExpectedOn }).toEqual({
    startsOn: '2027-02-27',
    endsOn: '2027-02-28',
    certificatesExpectedOn: '2027-03-30',
  })
  expect(enrolClosesAt).toEqual(new Date('2027-02-23T18:00:00+08:00'))
  expect(copied.class).toMatchObject(same)
  expect([id, code]).not.toContain(copied.class.id)
  expect(again.sessions).toEqual([
    { ...copied.sessions[0]!, startsAt: at('2027-02-27', '09:00'), endsAt: at('2027-02-27', '12:00') },
    { ...copied.sessions[1]!, startsAt: at('2027-02-28', '13:30'), endsAt: at('2027-02-28', '16:30') },
  ])
})
const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`)

test('a cancelled session is not copied, nor can a class of a ledger or of another academy be', async () => {
  const sessions = first.sessions.map((one) => ({ ...one, date: moved(one.date) }))
  const days = { startsOn: moved(first.startsOn), endsOn: moved(first.endsOn) }
  const classId = await opened({ ...first, ...days, sessions }, { code: '2026-03' })
  await db.owner`
    update class_session set status = 'cancelled', cancel_reason = '台风'
    where class_id = ${classId} and starts_at = ${at(moved('2026-12-05'), '09:00').toISOString()}`
  expect((await copyOf(classId))!.sessions).toHaveLength(1)
  const foreign = await world.classOf(await world.academy())
  expect(await copyOf(foreign.id)).toBeNull()
  const { id } = await world.classOf(academy, { origin: 'ledger' })
  expect(await copyOf(id)).toBeNull()
})
const moved = (day: string) => day.replace('2026-12-0', '2026-12-1')

test('where the first day is typed by hand, the deadlines are those of a copy for that day; half a day moves none', async () => {
  const copied = (await copyOf(
    await opened({ ...first, withdrawUntil: '2026-12-03T12:00' }, { code: '2026-09', siteName: '焊接楼' }),
  ))!
  const fields = copiedFields(copied, '2027-02-27')
  for (const day of ['2027-01-16', '2027-03-06']) {
    const { enrolClosesAt, withdrawUntil, certificatesExpectedOn } = copiedFields(copied, day)
    expect(followingDeadlines(fields, day)).toEqual({ enrolClosesAt, withdrawUntil, certificatesExpectedOn })
  }
  for (const day of ['', '0002-02-27', '2027-02-30']) expect(followingDeadlines(fields, day)).toEqual({})
})

test('the first day offered is the same weekday, by whole weeks from tomorrow on, and never the old one', () => {
  expect(copyStartsOn({ startsOn: '2026-11-02', today: '2026-11-25' })).toBe('2026-11-30')
  expect(copyStartsOn({ startsOn: '2026-11-02', today: '2026-11-29' })).toBe('2026-11-30')
  expect(copyStartsOn({ startsOn: '2026-11-02', today: '2026-11-30' })).toBe('2026-12-07')
  expect(copyStartsOn({ startsOn: '2027-03-01', today: '2026-11-30' })).toBe('2027-03-08')
})

async function instructorOf(name: string, serial: number) {
  const form = new FormData()
  const typed = { name, documentType: 'resident_id', documentNumber: syntheticDocument(serial), accountId: '' }
  for (const [field, value] of Object.entries(typed)) form.set(field, value)
  const made = await as(admin, (tx) => addInstructor(tx, { by: admin, academyId: academy.id, now, form }))
  if (!made.ok) throw new Error('refused')
  return made.id
}

/** A class of its own site with three sittings: theory there by two of the academy, practice elsewhere, and a re-sit. */
async function planned(code: string, assessors: string[]) {
  const classId = await opened({ ...first, siteName: `实训楼${code}` }, { code })
  const siteId = (await copyOf(classId))!.class.siteId!
  const at = { date: '2026-12-08', from: '09:00', to: '11:00', siteId, place: '', instructorIds: assessors }
  const away = { siteId: '', place: '市鉴定中心', instructorIds: [], outside: [{ name: '何考评', body: '市鉴定中心' }] }
  const plan = [
    { part: 'theory', attempt: '1', ...at, outside: [] },
    { part: 'practical', attempt: '1', ...at, ...away, date: '2026-12-09' },
    { part: 'both', attempt: '2', ...at, ...away, date: '2026-12-20' },
  ]
  for (const entry of plan) {
    const request = { viewer: admin, academyId: academy.id, classId, sittingId: null, entry, was: '', reason: '', now }
    const answer = await as(admin, (tx) => saveSitting(tx, request))
    if (!answer?.ok) throw new Error(JSON.stringify(answer))
  }
  return { classId, siteId }
}

async function copied(classId: string, startsOn: string, changes: Record<string, string>) {
  const form = sent(copiedFields((await copyOf(classId))!, startsOn), changes)
  const answer = await as(admin, async (tx) => {
    const plan = await findCopiedPlan(tx, { academyId: academy.id, classId, startsOn: form.startsOn })
    return openClass(tx, { academyId: academy.id, form, plan, isPublished: true, by: admin, now })
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  const sittings = await as(admin, (tx) => listSittings(tx, { academyId: academy.id, classId: answer.classId }))
  return { ...answer, sittings, class: (await copyOf(answer.classId))!.class }
}

test('the assessment plan comes along by as many days, with its places and assessors, and the class can be published', async () => {
  const assessor = await instructorOf('梁考评', 910_001)
  const { classId, siteId } = await planned('2026-31', [assessor])
  const { left, sittings, class: made } = await copied(classId, '2027-02-27', { code: '2027-31' })
  expect([left, made.status, made.assessmentLater]).toEqual([[], 'published', true])
  expect(sittings.map(({ date, part, attempt }) => `${date} ${part} ${attempt}`)).toEqual([
    '2027-03-02 theory 1',
    '2027-03-03 practical 1',
    '2027-03-14 both 2',
  ])
  expect(sittings[0]).toMatchObject({ siteId, from: '09:00', to: '11:00', assessors: ['梁考评'] })
  expect(sittings[1]).toMatchObject({ siteId: null, place: '市鉴定中心', assessors: ['何考评（市鉴定中心）'] })
})

test('what of a plan does not fit the copy is left out and said, and the class stays a draft', async () => {
  const [teacher, left, stays] = [
    await instructorOf('陈教', 910_002),
    await instructorOf('已离', 910_003),
    await instructorOf('周考', 910_004),
  ]
  const { classId } = await planned('2026-32', [teacher, left, stays])
  await db.owner`update instructor set ended_on = '2026-12-31' where id = ${left}`
  const one = await copied(classId, '2027-02-27', {
    ...{ code: '2027-32', certificatesExpectedOn: '2027-03-02' },
    ...{ instructorIds: teacher, occupationCode: '', level: '' },
  })
  // Certificates are expected before the practical assessment; the re-sit repeats theory still.
  expect(one.left).toEqual([
    { part: 'theory', attempt: 1, why: 'assessor' },
    { part: 'practical', attempt: 1, why: 'unfit' },
  ])
  expect(one.class.status).toBe('draft')
  expect(one.sittings.map(({ part, assessors }) => [part, assessors])).toEqual([
    ['theory', ['周考']],
    ['both', ['何考评（市鉴定中心）']],
  ])
  expect(readLeft(saidLeft(one.left))).toEqual(one.left)
})

test('a sitting at the class’s own place is at that of the copy; one whose place is taken then is left out', async () => {
  const { classId, siteId } = await planned('2026-33', [])
  const first = await copied(classId, '2027-02-27', { code: '2027-33' })
  expect(first.left).toEqual([])
  const elsewhere = { siteId: '', siteName: '焊接楼33', siteAddress: '示例路2号' }
  const again = await copied(classId, '2027-02-27', { code: '2027-34', ...elsewhere })
  expect(again.left).toEqual([])
  expect(again.sittings[0]!.siteId).not.toBe(siteId)
  // On the day and at the place of the second copy's theory.
  await db.owner`update assessment_sitting set site_id = ${again.class.siteId}, place = null where class_id = ${classId} and part = 'practical'`
  const third = await copied(classId, '2027-02-26', {
    code: '2027-35',
    siteId: '',
    siteName: '楼35',
    siteAddress: '示例路3号',
  })
  expect(third.left).toEqual([{ part: 'practical', attempt: 1, why: 'site' }])
})

test('an assessor who is booked in the very moment in which a copy is opened is left out of it, as one who was booked before', async () => {
  const assessor = await instructorOf('郑考评', 910_005)
  const [{ classId }, other] = [await planned('2026-36', [assessor]), await planned('2026-37', [])]
  const gates = { booked: gate(), commit: gate() }
  const [{ id: sittingId }] = (await as(admin, (tx) =>
    listSittings(tx, { academyId: academy.id, classId: other.classId }),
  )) as unknown as [{ id: string }]
  await db.owner`update assessment_sitting set starts_at = '2027-03-02 09:00+08', ends_at = '2027-03-02 11:00+08',
    site_id = null, place = '市鉴定中心' where id = ${sittingId}`
  const booking = db.owner.begin(async (sql) => {
    await sql`insert into sitting_assessor (academy_id, id, class_id, sitting_id, instructor_id, name)
      values (${academy.id}, ${newId()}, ${other.classId}, ${sittingId}, ${assessor}, '郑考评')`
    gates.booked.resolve()
    await gates.commit.promise
  })
  await gates.booked.promise
  const opening = copied(classId, '2027-02-27', {
    code: '2027-36',
    siteId: '',
    siteName: '楼36',
    siteAddress: '路36号',
  })
  await untilSomebodyWaits()
  gates.commit.resolve()
  await booking
  const made = await opening
  expect([made.left, made.class.status]).toEqual([[{ part: 'theory', attempt: 1, why: 'assessor' }], 'draft'])
  expect(made.sittings.map(({ assessors }) => assessors)).toEqual([
    [],
    ['何考评（市鉴定中心）'],
    ['何考评（市鉴定中心）'],
  ])
})

function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve }
}

/** Until a connection waits for another. */
async function untilSomebodyWaits() {
  await expect
    .poll(async () => {
      const [row] = await db.owner`select count(*)::int as of from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row?.of
    })
    .toBeGreaterThan(0)
}

test('an address cannot say of a plan what is none', () => {
  expect(readLeft(null)).toEqual([])
  expect(readLeft('theory-1-site.x-1-site.theory-9-unfit.theory-1-<b>')).toEqual([
    { part: 'theory', attempt: 1, why: 'site' },
  ])
})

test('whether dates are announced later is what was chosen, of a draft too; a class without a certificate says nothing', async () => {
  const open = (code: string, given: Record<string, string>, isLater?: boolean) =>
    as(admin, async (tx) => {
      const form = sent(first, { code, siteName: `楼${code}`, ...given })
      const answer = await openClass(tx, { academyId: academy.id, form, isLater, isPublished: false, by: admin, now })
      if (!answer.ok) throw new Error(JSON.stringify(answer))
      return (await findCopied(tx, { academyId: academy.id, classId: answer.classId }))!.class.assessmentLater
    })
  const none = { occupationCode: '', level: '', certificatesExpectedOn: '' }
  expect(await open('2026-51', {}, true)).toBe(true)
  expect(await open('2026-52', {}, false)).toBe(false)
  expect(await open('2026-53', {})).toBe(false)
  expect(await open('2026-54', none, true)).toBe(false)
})
