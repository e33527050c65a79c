import { beforeAll, expect, test } from 'vitest'
import { addQualification } from '#app/features/academies/instructor-proofs.server.ts'
import { addInstructor, changeInstructor } from '#app/features/academies/instructors.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { changeSession } from '#app/features/training/change-session.server.ts'
import { listMonth } from '#app/features/training/month.server.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import type { OpenClassInput } from '#app/features/training/open-class-shape.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { lackOn } from '#app/features/training/qualification.ts'
import { listChanges } from '#app/features/training/session-changes.server.ts'
import type { SessionAnswer } from '#app/features/training/session-command.server.ts'
import { type SessionEntry, sessionMark } from '#app/features/training/session-entry.ts'
import { listSessions } from '#app/features/training/session-held.server.ts'
import { isObstacle, saidObstacle, saidSubstitution } from '#app/features/training/session-say.ts'
import { newId } from '#app/lib/ids.ts'
import { site } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let admin: Viewer
let elsewhere: Viewer
let serial = 800_000

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  admin = await world.staff('academy_admin', await world.academy())
  elsewhere = await world.staff('academy_admin', await world.academy())
})

const now = new Date('2026-11-10T12:00:00+08:00')
const ELECTRICIAN = { occupationCode: '6-31-01-03', occupationEdition: 2022 }

function form(fields: Record<string, string>): FormData {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.set(name, value)
  return made
}

/** An instructor of the viewer's academy; `level` what it may teach of 电工 in 2026, null: nothing. */
async function instructor(
  given: { by?: Viewer; document?: string; name?: string; level?: string | null } & { accountId?: string } = {},
) {
  serial += 1
  const { by = admin, document = syntheticDocument(serial), name = '周合成', level = 'l4', accountId = '' } = given
  const request = (fields: Record<string, string>) => ({ by, academyId: by.academyId!, now, form: form(fields) })
  const typed = { name, documentType: 'resident_id', documentNumber: document, accountId }
  const made = await as(by, (tx) => addInstructor(tx, request(typed)))
  if (!made.ok) throw new Error('refused')
  const said = { occupationCode: '6-31-01-03', level: level ?? '', validFrom: '2026-01-01', validTo: '2026-12-31' }
  if (level) await as(by, (tx) => addQualification(tx, { ...request(said), instructorId: made.id }))
  return { id: made.id, document, request }
}

/** A published class of electricians at a place of its own. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}, by = admin) {
  const siteId = newId()
  await world.db
    .insert(site)
    .values({ academyId: by.academyId!, id: siteId, name: `实训楼${siteId}`, address: '示例路1号' })
  return world.classOf({ id: by.academyId! }, { siteId, level: 'l4', ...ELECTRICIAN, ...given })
}

type Of = { id: string }
const request = (of: Of, by = admin) => ({ viewer: by, academyId: by.academyId!, classId: of.id, now })
const entry = (given: Partial<SessionEntry> = {}): SessionEntry => ({
  ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '' },
  ...{ siteId: '', firstStation: '', lastStation: '', instructorIds: [], reason: '', was: '', ...given },
})
const add = (of: Of, given: Partial<SessionEntry>, by = admin) =>
  as(by, (tx) => addSession(tx, { ...request(of, by), entry: entry(given) }))
const sessionsOf = (of: Of) => as(admin, (tx) => listSessions(tx, { academyId: admin.academyId!, classId: of.id }))
async function change(of: Of, given: Partial<SessionEntry>, at = now) {
  const session = (await sessionsOf(of))[0]!
  const typed = entry({ instructorIds: session.instructorIds, was: sessionMark(session), ...given })
  return as(admin, (tx) => changeSession(tx, { ...request(of), now: at, sessionId: session.id, entry: typed }))
}
const said = (answer: SessionAnswer | null) =>
  answer && !answer.ok && isObstacle(answer) ? saidObstacle('zh-CN', answer) : answer

test('a qualification counts by the code of the occupation, from its level downward, on its first and last day too', () => {
  const held = { occupationCode: 'A', level: 'l3' as const, validFrom: '2026-01-01', validTo: '2026-06-30' }
  const one = { endedOn: '2026-12-31', qualifications: [held] }
  const lack = (date: string, level: 'l4' | 'l3' | 'l2' | null = 'l4', occupationCode: string | null = 'A') =>
    lackOn({ occupationCode, level }, one, date)
  expect([lack('2026-01-01'), lack('2026-06-30', 'l3'), lack('2026-06-30', null)]).toEqual([null, null, null])
  expect([lack('2025-12-31'), lack('2026-07-01')]).toEqual(['dates', 'dates'])
  expect([lack('2026-03-01', 'l2'), lack('2026-03-01', 'l4', 'B')]).toEqual(['level', 'occupation'])
  expect([lack('2026-12-31', null, null), lack('2027-01-01', null, null)]).toEqual([null, 'ended'])
})

test('whoever may not teach the class on that day is refused by name, day and what is missing', async () => {
  const [low, none] = [
    await instructor({ level: 'l5', name: '李低级' }),
    await instructor({ level: null, name: '王无证' }),
  ]
  const of = await classOf()
  expect(said(await add(of, { instructorIds: [low.id] }))).toMatch(/李低级.*没有到“电工 四级\/中级工”.*11月21日/)
  expect(said(await add(of, { instructorIds: [none.id] }))).toMatch(/王无证没有“电工 四级\/中级工”的任教资格，11月21日/)
  const late = await classOf({ startsOn: '2026-12-30', endsOn: '2027-01-05' })
  const able = await instructor({ name: '周到年底' })
  expect(await add(late, { date: '2026-12-31', instructorIds: [able.id] })).toMatchObject({ ok: true })
  expect(said(await add(late, { date: '2027-01-01', instructorIds: [able.id] }))).toMatch(
    /周到年底.*1月1日不在有效期内/,
  )
  expect(await sessionsOf(of)).toEqual([])
})

test('another academy’s instructor is unknown', async () => {
  const foreign = await instructor({ by: elsewhere })
  expect(await add(await classOf(), { instructorIds: [foreign.id] })).toEqual({
    ok: false,
    reason: 'instructor_unknown',
  })
})

test('one person never teaches in two places: the own class is named, another academy’s is not', async () => {
  const here = await instructor({ name: '周两处' })
  const there = await instructor({ by: elsewhere, document: here.document, name: '周两处' })
  const own = await classOf({ name: '周末电工班' })
  expect(await add(own, { instructorIds: [here.id] })).toMatchObject({ ok: true })
  const next = await classOf()
  expect(said(await add(next, { instructorIds: [here.id], from: '11:59', to: '14:00', hours: '2' }))).toMatch(
    /周两处.*“周末电工班”/,
  )
  const foreign = await classOf({ name: '秘密班次' }, elsewhere)
  const answer = await add(foreign, { instructorIds: [there.id], from: '11:00', to: '13:00', hours: '2' }, elsewhere)
  expect(said(answer)).toBe('周两处11月21日周六11:00—13:00已在别的学院有课。请换时间或换教师。')
  expect(JSON.stringify(answer)).not.toContain('周末电工班')
  expect(
    await add(foreign, { instructorIds: [there.id], from: '12:00', to: '14:00', hours: '2' }, elsewhere),
  ).toMatchObject({
    ok: true,
  })
})

test('20 classes of two academies that want the same person at once: one has it', async () => {
  const here = await instructor()
  const there = await instructor({ by: elsewhere, document: here.document })
  const wishes = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const [by, id] = at % 2 ? [admin, here.id] : [elsewhere, there.id]
      return { by, id, of: await classOf({}, by) }
    }),
  )
  const answers = await Promise.all(wishes.map(({ by, id, of }) => add(of, { instructorIds: [id] }, by)))
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(1)
  expect(answers.filter((answer) => answer && !answer.ok && answer.reason === 'instructor_taken')).toHaveLength(19)
})

test('a cancelled session and a cancelled class give the instructor free; a session moved away too', async () => {
  const { id } = await instructor()
  const [one, other] = [await classOf(), await classOf()]
  await add(one, { instructorIds: [id] })
  const cancelled = (await sessionsOf(one))[0]!
  await as(admin, (tx) => cancelSession(tx, { ...request(one), sessionId: cancelled.id, reason: '台风' }))
  expect(await add(other, { instructorIds: [id] })).toMatchObject({ ok: true })
  expect(await change(other, { date: '2026-11-22', reason: '改期' })).toMatchObject({ ok: true })
  const third = await classOf()
  expect(await add(third, { instructorIds: [id] })).toMatchObject({ ok: true })
  await db.owner`update class set status = 'cancelled' where id = ${third.id}`
  expect(await add(await classOf(), { instructorIds: [id] })).toMatchObject({ ok: true })
})

test('a substitution is kept with its reason and both names, told without a name, and possible once it has begun', async () => {
  const [first, second] = [
    await world.staff('instructor', academyOf(admin)),
    await world.staff('instructor', academyOf(admin)),
  ]
  const ill = await instructor({ name: '周生病', accountId: first.accountId })
  const steps = await instructor({ name: '冯顶替', accountId: second.accountId })
  const of = await classOf()
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId })
  await add(of, { instructorIds: [ill.id] })
  const staff = async () =>
    (await db.owner`select account_id from class_staff where class_id = ${of.id}`).map((row) => row.account_id)
  expect(await staff()).toEqual([first.accountId])
  expect(await change(of, { instructorIds: [steps.id] })).toMatchObject({ ok: false, why: 'reason_needed' })
  const begun = new Date('2026-11-21T09:10:00+08:00')
  expect(await change(of, { instructorIds: [steps.id], reason: '教师生病' }, begun)).toEqual({ ok: true, isNew: true })
  expect(await change(of, { instructorIds: [steps.id], topic: '别的', reason: '改内容' }, begun)).toMatchObject({
    reason: 'started',
  })
  expect(await staff()).toEqual([second.accountId])
  const [last] = await as(worker, (tx) => listChanges(tx, { academyId: admin.academyId!, classId: of.id }))
  expect(last).toMatchObject({ change: 'substituted', reason: '教师生病' })
  expect(saidSubstitution('zh-CN', last!)).toBe('教师 周生病 → 冯顶替')
  const { notices } = await as(worker, (tx) => listNotices(tx, { accountId: worker.accountId, before: null }))
  expect(notices[0]?.kind).toBe('session.substituted')
  expect(JSON.stringify(notices)).not.toMatch(/周生病|冯顶替/)
})

test('an instructor can’t be ended while sessions are planned after that day', async () => {
  const { id, request: about } = await instructor()
  const of = await classOf()
  await add(of, { instructorIds: [id] })
  const end = (endedOn: string) =>
    as(admin, (tx) => changeInstructor(tx, { ...about({ name: '周合成', endedOn }), instructorId: id }))
  expect(await end('2026-11-20')).toEqual({ ok: false, faults: [{ field: 'endedOn', fault: 'has_sessions' }] })
  expect(await end('2026-11-21')).toMatchObject({ ok: true, isNew: true })
  expect(said(await add(of, { date: '2026-11-22', instructorIds: [id] }))).toMatch(/任教到11月21日，11月22日/)
})

test('a class is opened with its instructors at every session, or not at all; the month shows whose sessions they are', async () => {
  const { id } = await instructor()
  const input = (given: Partial<OpenClassInput>): OpenClassInput => ({
    ...{ code: `I${newId()}`, name: '电工班', mode: 'practical', occupationCode: '6-31-01-03', level: 'l4' },
    ...{ startsOn: '2026-12-26', endsOn: '2027-01-03', plannedHours: 8, capacity: 10, siteName: newId() },
    ...{ siteAddress: '示例路1号', instructorIds: [id] },
    sessions: [
      { date: '2026-12-26', from: '09:00', to: '12:00', hours: 4 },
      { date: '2026-12-27', from: '09:00', to: '12:00', hours: 4 },
    ],
    ...given,
  })
  const open = (given: Partial<OpenClassInput> = {}) =>
    as(admin, (tx) =>
      openClass(tx, { academyId: admin.academyId!, form: input(given), isPublished: true, by: admin, now }),
    )
  const late = { sessions: [{ date: '2027-01-02', from: '09:00', to: '15:00', hours: 8 }] }
  expect(await open(late)).toMatchObject({ reason: 'instructor_unfit', unfit: { date: '2027-01-02', lack: 'dates' } })
  const opened = await open()
  expect(opened.ok && (await sessionsOf({ id: opened.classId })).map((one) => one.instructorIds)).toEqual([[id], [id]])
  expect(await open()).toMatchObject({ reason: 'instructor_taken', clash: { className: '电工班', date: '2026-12-26' } })
  const month = await as(admin, (tx) =>
    listMonth(tx, { academyId: admin.academyId!, month: '2026-12', siteId: null, instructorId: id }),
  )
  expect(month.map(({ date }) => date)).toEqual(['2026-12-26', '2026-12-27'])
  const [{ name }] = await db.owner<[{ name: string }]>`select name from instructor where id = ${id}`
  expect(month.map(({ instructors }) => instructors)).toEqual([[name], [name]])
})

const academyOf = (of: Viewer) => ({ id: of.academyId!, code: of.academyCode!, name: of.academyName! })

test('a draft is not published while whoever teaches it may not on one of its days', async () => {
  const one = await instructor({ name: '周草稿' })
  const of = await classOf({ status: 'draft', plannedHours: 4, assessmentLater: true })
  await add(of, { instructorIds: [one.id] })
  const input = { academyId: admin.academyId!, classId: of.id, by: admin, now }
  const publish = () => as(admin, (tx) => publishClass(tx, input))
  const until = (day: string) =>
    db.owner`update instructor_qualification set valid_to = ${day} where instructor_id = ${one.id}`
  await until('2026-11-20')
  expect(said((await publish()) as SessionAnswer)).toMatch(/周草稿.*11月21日不在有效期内/)
  await until('2026-11-21')
  expect(await publish()).toEqual({ ok: true, isNew: true })
})
