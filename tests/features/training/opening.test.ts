import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { changePlan, saveSitting } from '#app/features/training/assessment-acts.server.ts'
import { submitOpening, withdrawOpening } from '#app/features/training/opening.server.ts'
import { findOpening, listOpeningYears } from '#app/features/training/opening-find.server.ts'
import { answerOpening, findOpenings } from '#app/features/training/opening-review.server.ts'
import { openingWay } from '#app/features/training/opening-way.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { newId } from '#app/lib/ids.ts'
import { account, auditEvent, classOpening, classSession, policy, tradeUnion, trainingClass } from '#db/schema/index.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

/** Classes of 2027 are approved by the sponsor, those of 2026 by nobody. */
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let [admin, reviewer, other]: Viewer[] = []
beforeAll(async () => {
  world = trainingWorld(await freshDatabase())
  await as(system('setup'), loadPolicy)
  const set = { year: 2027, subject: 'opening', openingApproval: 'sponsor', setAt: new Date('2026-11-01T00:00:00Z') }
  await world.db.insert(policy).values({ id: newId(), ...set, source: '粤工总〔2026〕9号第三条' })
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  reviewer = await reviewerOf(academy.sponsorId)
  other = await reviewerOf((await world.academy()).sponsorId)
})

async function reviewerOf(unionId: string): Promise<Viewer> {
  const id = newId()
  const login = { login: `r${id}`, passwordHash: 'none', displayName: '苏合成', createdAt: new Date() }
  await world.db.insert(account).values({ id, role: 'sponsor_reviewer', unionId, ...login })
  const none = { academyId: null, academyCode: null, academyName: null, unionName: null, personId: null }
  return { kind: 'user', accountId: id, role: 'sponsor_reviewer', name: '', unionId, ...none }
}

const now = new Date('2026-11-27T10:00:00+08:00')
const on2027 = {
  startsOn: '2027-03-06',
  endsOn: '2027-03-07',
  enrolOpensAt: null,
  enrolClosesAt: null,
  plannedHours: 3,
}

async function draft(given = {}) {
  const made = await world.classOf(academy, { status: 'draft', ...on2027, ...given })
  const times = { startsAt: new Date('2027-03-06T01:00:00Z'), endsAt: new Date('2027-03-06T04:00:00Z'), hours: 3 }
  await world.db
    .insert(classSession)
    .values({ academyId: academy.id, classId: made.id, id: newId(), kind: 'practical', ...times })
  return made
}

const submit = (classId: string, viewer = admin!) => as(viewer, (tx) => submitOpening(tx, { viewer, classId, now }))
const publish = (classId: string) =>
  as(admin!, (tx) => publishClass(tx, { academyId: academy.id, classId, by: admin!, now }))
const stateOf = (of: { id: string; startsOn: string }) =>
  as(admin!, (tx) =>
    findOpening(tx, {
      academyId: academy.id,
      classId: of.id,
      startsOn: of.startsOn,
      status: 'draft',
      origin: 'system',
    }),
  )
const waiting = async (code: string, viewer = reviewer!) =>
  (await as(viewer, (tx) => findOpenings(tx, viewer))).waiting.find((one) => one.code === code)
async function answer(code: string, given: { answer: 'approved' | 'returned'; reason?: string; mark?: string }) {
  const one = await waiting(code)
  const asked = { viewer: reviewer!, openingId: one!.id, mark: one!.mark, reason: '', now, ...given }
  return as(reviewer!, (tx) => answerOpening(tx, asked))
}
const told = async (viewer: Viewer, classId: string) => {
  const { notices } = await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))
  return notices.filter(({ detail }) => 'classId' in detail && detail.classId === classId).map(({ kind }) => kind)
}

test('the form of a new class says by its first day whether it is published or handed in for approval', async () => {
  const years = await as(admin!, (tx) => listOpeningYears(tx, '2026-11-27'))
  expect(openingWay(years, '2026-12-31')).toBe('publish')
  expect(openingWay(years, '2027-01-01')).toBe('submit')
  // Without a first day, or one so far off that nothing is said of it, both are possible.
  for (const unknown of [undefined, '', '2027-02-30', '2040-01-01']) expect(openingWay(years, unknown)).toBe('either')
  expect(openingWay(years.slice(0, 2), undefined)).toBe('publish')
})

test('where policy asks for no approval an academy publishes its draft itself', async () => {
  const made = await draft({ startsOn: '2026-12-05', endsOn: '2026-12-06' })
  expect(await stateOf(made)).toBeNull()
  expect(await submit(made.id)).toBeNull()
  expect(await publish(made.id)).toEqual({ ok: true, isNew: true })
})

test('where policy asks for it a draft is published only once the sponsor has approved it, and both are told', async () => {
  const made = await draft()
  expect(await publish(made.id)).toEqual({ ok: false, reason: 'not_approved' })
  expect(await submit(made.id)).toEqual({ ok: true, isNew: true })
  expect(await submit(made.id)).toEqual({ ok: true, isNew: false })
  expect(await stateOf(made)).toMatchObject({ state: 'waiting' })
  expect(await told(reviewer!, made.id)).toEqual(['opening.asked'])
  expect(await told(other!, made.id)).toEqual([])
  expect(await publish(made.id)).toEqual({ ok: false, reason: 'not_approved' })
  expect(await answer(made.code, { answer: 'approved' })).toEqual({ ok: true, isNew: true })
  expect(await told(admin!, made.id)).toEqual(['opening.approved'])
  expect(await stateOf(made)).toMatchObject({ state: 'approved', isChanged: false })
  expect(await publish(made.id)).toEqual({ ok: true, isNew: true })
  const trail = await world.db
    .select({ kind: auditEvent.kind })
    .from(auditEvent)
    .where(eq(auditEvent.subjectId, made.id))
  expect(trail.map(({ kind }) => kind).sort()).toEqual(['class.published', 'opening.approved', 'opening.asked'])
})

test('an academy reads who really approves: its union, or the province’s where that has no reviewer', async () => {
  await world.db.insert(tradeUnion).values({ id: newId(), name: '示例省总工会', kind: 'provincial_union' })
  const made = await draft()
  const [own] = await world.db.select().from(tradeUnion).where(eq(tradeUnion.id, academy.sponsorId))
  expect(await stateOf(made)).toMatchObject({ reviewer: own!.name })
  const disable = (at: Date | null) =>
    world.db.update(account).set({ disabledAt: at }).where(eq(account.id, reviewer!.accountId))
  await disable(now)
  expect(await stateOf(made)).toMatchObject({ reviewer: '示例省总工会' })
  await disable(null)
})

test('once a draft is answered or taken back nobody of those who were asked finds it unread any more', async () => {
  const colleague = await reviewerOf(academy.sponsorId)
  const unread = async (viewer: Viewer, classId: string) => {
    const { notices } = await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))
    return notices.filter(({ detail, isRead }) => !isRead && 'classId' in detail && detail.classId === classId).length
  }
  const of = async (classId: string) => [await unread(reviewer!, classId), await unread(colleague, classId)]
  const [answered, back, waits] = [await draft(), await draft(), await draft()]
  for (const { id } of [answered, back, waits]) await submit(id)
  expect(await of(answered.id)).toEqual([1, 1])
  await answer(answered.code, { answer: 'returned', reason: '请补课表' })
  expect(await of(answered.id)).toEqual([0, 0])
  await as(admin!, (tx) => withdrawOpening(tx, { viewer: admin!, classId: back.id, now }))
  expect(await of(back.id)).toEqual([0, 0])
  expect(await of(waits.id)).toEqual([1, 1])
  // Handed in again they are asked again.
  await submit(answered.id)
  expect(await of(answered.id)).toEqual([1, 1])
  await world.db.update(account).set({ disabledAt: now }).where(eq(account.id, colleague.accountId))
})

test('a reviewer sends a draft back with a reason, which the academy reads; it may be handed in again', async () => {
  const made = await draft()
  await submit(made.id)
  expect(await answer(made.code, { answer: 'returned' })).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await answer(made.code, { answer: 'returned', reason: '学时与名额不符' })).toEqual({ ok: true, isNew: true })
  expect(await stateOf(made)).toMatchObject({ state: 'returned', reason: '学时与名额不符' })
  expect(await told(admin!, made.id)).toEqual(['opening.returned'])
  expect(await publish(made.id)).toEqual({ ok: false, reason: 'not_approved' })
  expect(await submit(made.id)).toEqual({ ok: true, isNew: true })
})

test('what was changed after it was approved has to be approved again', async () => {
  const made = await draft()
  await submit(made.id)
  await answer(made.code, { answer: 'approved' })
  await world.db.update(trainingClass).set({ capacity: 12 }).where(eq(trainingClass.id, made.id))
  expect(await stateOf(made)).toMatchObject({ state: 'needed', isChanged: true })
  expect(await publish(made.id)).toEqual({ ok: false, reason: 'not_approved' })
})

test('an answer to something else than what stands there now is refused', async () => {
  const made = await draft()
  await submit(made.id)
  const seen = (await waiting(made.code))!.mark
  await world.db.update(trainingClass).set({ plannedHours: 8 }).where(eq(trainingClass.id, made.id))
  expect(await answer(made.code, { answer: 'approved', mark: seen })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
  })
})

test('an academy takes a draft back while it waits; then there is nothing to answer', async () => {
  const made = await draft()
  await submit(made.id)
  const { id, mark } = (await waiting(made.code))!
  const back = () => as(admin!, (tx) => withdrawOpening(tx, { viewer: admin!, classId: made.id, now }))
  expect(await back()).toEqual({ ok: true, isNew: true })
  expect(await back()).toEqual({ ok: true, isNew: false })
  const late = { viewer: reviewer!, openingId: id, answer: 'approved', mark, reason: '', now } as const
  expect(await as(reviewer!, (tx) => answerOpening(tx, late))).toEqual({ ok: false, reason: 'answered' })
})

test('the reviewer of another union sees and answers nothing, and an academy approves nothing itself', async () => {
  const made = await draft()
  await submit(made.id)
  const { id, mark } = (await waiting(made.code))!
  expect(await waiting(made.code, other!)).toBeUndefined()
  const asked = { openingId: id, answer: 'approved', mark, reason: '', now } as const
  expect(await as(other!, (tx) => answerOpening(tx, { viewer: other!, ...asked }))).toBeNull()
  const own = as(admin!, (tx) =>
    tx
      .update(classOpening)
      .set({ state: 'approved', answeredBy: admin!.accountId, answeredAt: now })
      .where(eq(classOpening.id, id)),
  )
  await expect(own).rejects.toMatchObject({ status: 404 })
})

const planning = (classId: string) => ({ viewer: admin!, academyId: academy.id, classId, now })
async function sit(classId: string, from: string) {
  const entry = {
    ...{ part: 'both', attempt: '1', date: '2027-03-10', from, to: '17:00', siteId: '', place: '市鉴定中心' },
    ...{ instructorIds: [], outside: [] },
  }
  const request = { ...planning(classId), sittingId: null, entry, was: '', reason: '' }
  expect(await as(admin!, (tx) => saveSitting(tx, request))).toMatchObject({ ok: true })
}

test('the assessment plan is approved along: it is shown, and one more sitting, re-sit or date to come has to be approved again', async () => {
  const one = await draft()
  await sit(one.id, '09:00')
  await submit(one.id)
  expect(await waiting(one.code)).toMatchObject({
    ...{ resits: 1, assessmentLater: false },
    sittings: [{ part: 'both', attempt: 1, date: '2027-03-10', from: '09:00', place: '市鉴定中心' }],
  })
  await answer(one.code, { answer: 'approved' })
  expect(await stateOf(one)).toMatchObject({ state: 'approved', isChanged: false })
  await sit(one.id, '13:00')
  expect(await stateOf(one)).toMatchObject({ state: 'needed', isChanged: true })
  expect(await publish(one.id)).toMatchObject({ ok: false })
  for (const settings of [
    { resits: '2', isLater: false },
    { resits: '2', isLater: true },
  ]) {
    await submit(one.id)
    await answer(one.code, { answer: 'approved' })
    expect(await stateOf(one)).toMatchObject({ state: 'approved' })
    await as(admin!, (tx) => changePlan(tx, { ...planning(one.id), ...settings, reason: '' }))
    expect(await stateOf(one)).toMatchObject({ state: 'needed', isChanged: true })
  }
})

test('who can enrol is approved along: it is shown, and another rule has to be approved again', async () => {
  const made = await draft({ eligibleEmployers: ['某制造企业（合成）'] })
  await submit(made.id)
  expect((await waiting(made.code))?.eligibility).toMatchObject({ eligibleEmployers: ['某制造企业（合成）'] })
  await answer(made.code, { answer: 'approved' })
  expect(await stateOf(made)).toMatchObject({ state: 'approved', isChanged: false })
  await world.db.update(trainingClass).set({ isForMembers: true }).where(eq(trainingClass.id, made.id))
  expect(await stateOf(made)).toMatchObject({ state: 'needed', isChanged: true })
})

test('a draft that changes its plan while it waits is not approved by what the reviewer saw', async () => {
  const one = await draft()
  await submit(one.id)
  const seen = (await waiting(one.code))!.mark
  await sit(one.id, '09:00')
  expect(await answer(one.code, { answer: 'approved', mark: seen })).toMatchObject({ reason: 'changed_meanwhile' })
})
