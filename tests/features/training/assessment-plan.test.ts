import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { anonymous, system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { cancelSitting, changePlan, saveSitting } from '#app/features/training/assessment-acts.server.ts'
import { faultOfSitting, readSitting, type SittingEntry } from '#app/features/training/assessment-plan.ts'
import { listSittings, sittingMark } from '#app/features/training/assessment-sittings.server.ts'
import { saidClassChange } from '#app/features/training/class-change-say.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { listClassChanges } from '#app/features/training/class-told.server.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { assessmentSitting, sessionInstructor, site, sittingAssessor, trainingClass } from '#db/schema/index.ts'
import type { SittingFacts } from '#db/values.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let stranger: Viewer
let serial = 900_000

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  await as(system('setup'), loadReference)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  stranger = await world.staff('academy_admin', await world.academy())
})

const now = new Date('2026-11-10T12:00:00+08:00')
const ELECTRICIAN = { occupationCode: '6-31-01-03', occupationEdition: 2022, level: 'l4' }

async function siteOf() {
  const id = newId()
  await world.db.insert(site).values({ academyId: academy.id, id, name: `考场${id}`, address: '示例路1号' })
  return id
}

async function instructor(name: string) {
  serial += 1
  const form = new FormData()
  const typed = { name, documentType: 'resident_id', documentNumber: syntheticDocument(serial), accountId: '' }
  for (const [field, value] of Object.entries(typed)) form.set(field, value)
  const made = await as(admin, (tx) => addInstructor(tx, { by: admin, academyId: academy.id, now, form }))
  if (!made.ok) throw new Error('refused')
  return { id: made.id, document: typed.documentNumber }
}

type Given = Partial<typeof trainingClass.$inferInsert>
/** 21 and 22 November, with one session on the 21st from 9 to 12, taught by whom is given. */
async function classOf(given: Given = {}, taughtBy: string[] = []) {
  const of = await world.classOf(academy, { siteId: await siteOf(), plannedHours: 4, ...given })
  const entry = {
    ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '', siteId: '' },
    ...{ firstStation: '', lastStation: '', reason: '', was: '', instructorIds: taughtBy },
  }
  const added = await as(admin, (tx) => addSession(tx, { ...asks(of), entry }))
  if (!added?.ok) throw new Error(JSON.stringify(added))
  return of
}

type Of = { id: string }
const asks = (of: Of, viewer = admin) => ({ viewer, academyId: viewer.academyId!, classId: of.id, now })
const typed = (given: Partial<SittingEntry> = {}): SittingEntry => ({
  ...{ part: 'both', attempt: '1', date: '2026-11-22', from: '09:00', to: '11:00', siteId: '', place: '市鉴定中心' },
  ...{ instructorIds: [], outside: [], ...given },
})
const plan = (of: Of, given: Partial<SittingEntry> = {}) =>
  as(admin, (tx) => saveSitting(tx, { ...asks(of), sittingId: null, entry: typed(given), was: '', reason: '' }))
const sittingsOf = (of: Of, viewer = admin) =>
  as(viewer, (tx) => listSittings(tx, { academyId: academy.id, classId: of.id }))
async function change(of: Of, given: Partial<SittingEntry>, reason = '考评员调整') {
  const [found] = await sittingsOf(of)
  const request = { ...asks(of), sittingId: found!.id, entry: typed(given), was: sittingMark(found!), reason }
  return as(admin, (tx) => saveSitting(tx, request))
}
const publish = (of: Of) =>
  as(admin, (tx) => publishClass(tx, { academyId: academy.id, classId: of.id, by: admin, now }))

const ground = {
  ...{ startsOn: '2026-11-21', certificatesExpectedOn: '2026-12-31', resits: 1 },
  sessions: [
    { date: '2026-11-21', from: '09:00', to: '12:00', kind: 'theory' },
    { date: '2026-11-22', from: '09:00', to: '12:00', kind: 'practical' },
  ],
} as const
const sat = (given: object) =>
  ({ part: 'both', attempt: 1, date: '2026-11-22', from: '12:00', to: '14:00', ...given }) as const
const faultOf = (given: object, others: ReturnType<typeof sat>[] = []) =>
  faultOfSitting(sat(given), ground, others)?.fault ?? null

test('a part is assessed from the end of the last session that teaches it, theory while the class still practises', () => {
  expect([faultOf({}), faultOf({ from: '11:59' })]).toEqual([null, 'in_session'])
  expect([faultOf({ part: 'practical', date: '2026-11-21', from: '14:00', to: '15:00' })]).toEqual(['before_sessions'])
  expect(faultOf({ part: 'theory', date: '2026-11-21' })).toBeNull()
  expect(faultOf({ part: 'theory', date: '2026-11-21', from: '11:00' })).toBe('in_session')
  expect(faultOf({ part: 'theory', date: '2026-11-20' })).toBe('before_class')
})

test('certificates are expected on the day of the last first sitting at the earliest; a re-sit may be later', () => {
  expect([faultOf({ date: '2026-12-31' }), faultOf({ date: '2027-01-01' })]).toEqual([null, 'after_certificates'])
  expect(faultOf({ date: '2027-01-01', attempt: 2 }, [sat({})])).toBeNull()
})

test('a re-sit comes after every sitting that it repeats, and not more often than the plan says', () => {
  const first = sat({ date: '2026-12-01', from: '09:00', to: '11:00' })
  expect(faultOf({ attempt: 2, date: '2026-12-01', from: '11:00' }, [first])).toBeNull()
  expect(faultOf({ attempt: 2, date: '2026-12-01', from: '10:59' }, [first])).toBe('resit_early')
  expect(faultOf({ attempt: 2, date: '2026-12-02' })).toBe('resit_unplanned')
  const theory = sat({ part: 'theory', date: '2026-12-01' })
  expect(faultOf({ part: 'practical', attempt: 2, date: '2026-12-02' }, [theory])).toBe('resit_unplanned')
  expect(faultOf({ attempt: 3, date: '2026-12-03' }, [first])).toBe('resit_many')
})

test('an assessor from outside has a name and a body and no number; a place elsewhere is said', () => {
  const of = (given: Partial<SittingEntry>) => {
    const read = readSitting(typed(given))
    return 'faults' in read ? read.faults : []
  }
  expect(
    of({
      outside: [
        { name: '钱考评', body: '市鉴定中心' },
        { name: '', body: '' },
      ],
    }),
  ).toEqual([])
  expect(of({ outside: [{ name: '钱考评', body: '' }] })).toEqual([{ field: 'outside', fault: 'required' }])
  expect(of({ outside: [{ name: '钱考评', body: '139 0000 0000' }] })).toEqual([{ field: 'outside', fault: 'numbers' }])
  expect(of({ place: '' })).toEqual([{ field: 'place', fault: 'required' }])
  expect(of({ to: '09:00' })).toEqual([{ field: 'to', fault: 'order' }])
})

test('who teaches a class does not assess it, and who assesses it is given none of its sessions', async () => {
  const [teaches, assesses] = [await instructor('赵教师'), await instructor('钱考评')]
  const of = await classOf({}, [teaches.id])
  expect(await plan(of, { instructorIds: [teaches.id] })).toMatchObject({ reason: 'not_apart', name: '赵教师' })
  for (const name of ['赵教师', '赵\u200b教师', '赵 教师'])
    expect(await plan(of, { outside: [{ name, body: '某单位' }] }), name).toMatchObject({ reason: 'same_name' })
  expect(await plan(of, { instructorIds: [assesses.id] })).toEqual({ ok: true, isNew: true })
  const entry = {
    ...{ date: '2026-11-22', from: '14:00', to: '16:00', hours: '2', kind: '', topic: '', siteId: '' },
    ...{ firstStation: '', lastStation: '', reason: '', was: '', instructorIds: [assesses.id] },
  }
  const given = await as(admin, (tx) => addSession(tx, { ...asks(of), entry }))
  expect(given).toMatchObject({ reason: 'not_apart', name: '钱考评', to: 'teach' })
})

test('the database itself refuses both, whoever writes', async () => {
  const [teaches, assesses] = [await instructor('孙教师'), await instructor('李考评')]
  const of = await classOf({}, [teaches.id])
  await plan(of, { instructorIds: [assesses.id] })
  const [sitting] = await sittingsOf(of)
  const key = { academyId: academy.id, sittingId: sitting!.id, classId: of.id, body: null }
  const refused = { cause: { code: '23P01' } }
  const asAssessor = world.db
    .insert(sittingAssessor)
    .values({ ...key, id: newId(), instructorId: teaches.id, name: '孙教师' })
  await expect(asAssessor).rejects.toMatchObject(refused)
  const [session] = await db.owner`select id from class_session where class_id = ${of.id}`
  const asTeacher = world.db
    .insert(sessionInstructor)
    .values({ academyId: academy.id, sessionId: session!.id, instructorId: assesses.id })
  await expect(asTeacher).rejects.toMatchObject(refused)
})

test('an assessor is at one place at a time, and a site has one sitting or session at a time', async () => {
  const busy = await instructor('周两处')
  await classOf({ startsOn: '2026-11-21' }, [busy.id])
  const of = await classOf({ startsOn: '2026-11-20' })
  await world.db.delete(sessionInstructor)
  const again = await classOf({}, [busy.id])
  const free = await world.classOf(academy, { siteId: await siteOf() })
  const at = { date: '2026-11-21', from: '11:00', to: '13:00' }
  expect(await plan(free, { ...at, instructorIds: [busy.id] })).toMatchObject({ reason: 'instructor_taken' })
  expect(await plan(free, { ...at, from: '12:00', instructorIds: [busy.id] })).toMatchObject({ ok: true })
  expect(await plan(free, { ...at, siteId: again.siteId!, part: 'theory' })).toMatchObject({ reason: 'site_taken' })
  expect(await plan(free, { ...at, from: '12:00', siteId: again.siteId!, part: 'theory' })).toMatchObject({ ok: true })
  const entry = {
    ...{ date: '2026-11-21', from: '12:30', to: '13:30', hours: '1', kind: '', topic: '', siteId: again.siteId! },
    ...{ firstStation: '', lastStation: '', reason: '', was: '', instructorIds: [] },
  }
  const taken = await as(admin, (tx) => addSession(tx, { ...asks(of), entry }))
  expect(taken).toMatchObject({ reason: 'site_taken', clash: { isSitting: true } })
})

test('a class that leads to a certificate is published with a plan, or with the word that dates are announced later', async () => {
  const of = await classOf({ status: 'draft', ...ELECTRICIAN })
  expect(await publish(of)).toEqual({ ok: false, reason: 'plan_missing' })
  await as(admin, (tx) => changePlan(tx, { ...asks(of), resits: '1', isLater: true, reason: '' }))
  expect(await publish(of)).toMatchObject({ ok: true })
  const planned = await classOf({ status: 'draft', ...ELECTRICIAN })
  await plan(planned)
  expect(await publish(planned)).toMatchObject({ ok: true })
  expect(await publish(await classOf({ status: 'draft' }))).toMatchObject({ ok: true })
})

test('the plan is checked again at publishing: what does not fit any more, and an assessor who has left', async () => {
  const leaves = await instructor('吴离任')
  const of = await classOf({ status: 'draft' })
  await plan(of, { instructorIds: [leaves.id] })
  await world.db.update(trainingClass).set({ certificatesExpectedOn: '2026-11-21' }).where(eq(trainingClass.id, of.id))
  expect(await publish(of)).toMatchObject({ reason: 'plan_unfit', of: { fault: 'after_certificates' } })
  await world.db.update(trainingClass).set({ certificatesExpectedOn: null }).where(eq(trainingClass.id, of.id))
  await db.owner`update instructor set ended_on = '2026-11-21' where id = ${leaves.id}`
  expect(await publish(of)).toMatchObject({ reason: 'assessor_left', name: '吴离任' })
  await db.owner`update instructor set ended_on = '2026-11-22' where id = ${leaves.id}`
  expect(await publish(of)).toMatchObject({ ok: true })
})

test('of a published class a change has its reason, stands among its changes and is told to who has a place', async () => {
  const of = await classOf()
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId, personId: worker.personId ?? (await world.person()).id })
  await plan(of)
  expect(await change(of, { from: '14:00', to: '16:00' }, '')).toMatchObject({ reason: 'faults', why: 'reason_needed' })
  expect(await change(of, { from: '14:00', to: '16:00' })).toEqual({ ok: true, isNew: true })
  const [found] = await sittingsOf(of)
  await as(admin, (tx) => cancelSitting(tx, { ...asks(of), sittingId: found!.id, reason: '台风' }))
  const changes = await as(anonymous, (tx) => listClassChanges(tx, { academyId: academy.id, classId: of.id }))
  expect(changes.map((one) => saidClassChange('zh-CN', one))).toEqual([
    expect.stringMatching(/^增加理论和实操考核：11月22日周日9:00—11:00，市鉴定中心$/),
    '理论和实操考核：11月22日周日9:00 → 14:00',
    expect.stringMatching(/^取消理论和实操考核：11月22日周日14:00—16:00，市鉴定中心$/),
  ])
  const told = await as(worker, (tx) => listNotices(tx, { accountId: worker.accountId, before: null }))
  expect(JSON.stringify(told)).toMatch(/取消理论和实操考核/)
  const page = await findClassPage({ academyCode: academy.code, classId: of.id, actor: anonymous, now })
  expect(page?.page.assessment).toMatchObject({ isLater: true, resits: 1, sittings: [{ cancelReason: '台风' }] })
})

test('a change of a sitting says what is another now, and not what stayed', () => {
  const before: SittingFacts = {
    ...{ part: 'theory', attempt: 1, date: '2026-10-09', from: '09:00', to: '11:00', place: '实训楼' },
    assessors: ['吴合成'],
  }
  const said = (given: Partial<SittingFacts>, locale: Locale = 'zh-CN') =>
    saidClassChange(locale, { field: 'sitting', before, after: { ...before, ...given } })
  const moved = { date: '2026-10-10' }
  expect(said(moved)).toBe('理论考核：10月9日周五9:00 → 10月10日周六9:00')
  expect(said({ ...moved, place: '教学楼' })).toBe(
    '理论考核：10月9日周五9:00 → 10月10日周六9:00；地点：实训楼 → 教学楼',
  )
  expect(said({ to: '11:30' })).toBe('理论考核：10月9日周五9:00—11:00 → 9:00—11:30')
  expect(said({ assessors: [] })).toBe('理论考核：考评员：吴合成 → 待定')
  expect(said({ part: 'both' })).toBe('理论考核 → 理论和实操考核')
  expect(said(moved, 'en')).toBe('Assessment, theory: Friday 9 Oct, 9:00 → Saturday 10 Oct, 9:00')
})

test('a first sitting is not taken away from under a re-sit; nobody overwrites unseen', async () => {
  const of = await classOf({ status: 'draft' })
  await plan(of)
  await plan(of, { attempt: '2', date: '2026-11-29' })
  const [first] = await sittingsOf(of)
  const gone = await as(admin, (tx) => cancelSitting(tx, { ...asks(of), sittingId: first!.id, reason: '' }))
  expect(gone).toMatchObject({ reason: 'plan_unfit', of: { fault: 'resit_unplanned' } })
  const stale = { ...asks(of), sittingId: first!.id, entry: typed({ from: '10:00' }), was: 'old', reason: '' }
  expect(await as(admin, (tx) => saveSitting(tx, stale))).toMatchObject({ reason: 'changed_meanwhile' })
})

test('another academy neither plans nor reads a draft’s plan; everybody reads a published one, and nobody but its academy writes', async () => {
  const draft = await classOf({ status: 'draft' })
  await plan(draft)
  const open = await classOf()
  await plan(open)
  expect([
    await sittingsOf(draft, stranger),
    await as(anonymous, (tx) => listSittings(tx, { academyId: academy.id, classId: draft.id })),
  ]).toEqual([[], []])
  expect(await as(anonymous, (tx) => listSittings(tx, { academyId: academy.id, classId: open.id }))).toHaveLength(1)
  const theirs = { ...asks(open, stranger), sittingId: null, entry: typed(), was: '', reason: '' }
  expect(await as(stranger, (tx) => saveSitting(tx, theirs))).toBeNull()
  const row = {
    academyId: academy.id,
    id: newId(),
    classId: open.id,
    part: 'both',
    startsAt: now,
    endsAt: new Date('2027-01-01'),
    place: 'x',
  }
  await expect(as(stranger, (tx) => tx.insert(assessmentSitting).values(row))).rejects.toMatchObject({ status: 404 })
  const removed = await as(admin, (tx) =>
    tx.delete(assessmentSitting).where(eq(assessmentSitting.classId, open.id)).returning(),
  )
  expect(removed).toEqual([])
})
