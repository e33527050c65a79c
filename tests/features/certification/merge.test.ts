import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { mergePersons } from '#app/features/certification/merge-persons.server.ts'
import { planMerge } from '#app/features/certification/merge-plan.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { listPersonHistory } from '#app/features/persons/history.server.ts'
import { findPersonByDocument } from '#app/features/persons/persons.server.ts'
import { open, seal } from '#app/features/persons/vault.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession, enrolment, instructor, sessionInstructor } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let mending: ReturnType<typeof mendingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let handler: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  mending = mendingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  handler = await mending.official('provincial_handler')
})

const now = new Date('2026-12-01T12:00:00+08:00')
type Person = { id: string; document: string }
type Given = { viewer?: Viewer; isConfirmed?: boolean; reason?: string; was?: string }

const plan = (kept: Person, merged: Person) =>
  as(handler, (tx) => planMerge(tx, { keptId: kept.id, mergedId: merged.id, now }))
async function merge(kept: Person, merged: Person, given: Given = {}) {
  const { viewer = handler, isConfirmed = true, reason = '同一人两个证件号', was } = given
  const seen = was ?? (await plan(kept, merged)).mark
  const pair = { keptId: kept.id, mergedId: merged.id }
  return as(viewer, (tx) => mergePersons(tx, { ...pair, viewer, isConfirmed, was: seen, reason, now }))
}
const classOf = (given = {}) =>
  world.classOf(academy, { origin: 'ledger', capacity: null, startsOn: '2026-03-02', endsOn: '2026-03-06', ...given })
const credited = { hoursAttended: 16, creditedOn: '2026-03-06' }
const pointsTo = async ({ id }: Person) =>
  (await db.owner`select merged_into from person where id = ${id}`)[0]?.merged_into
const personOf = async (enrolmentId: string) =>
  (await db.owner`select person_id from enrolment where id = ${enrolmentId}`)[0]?.person_id
const found = (number: string) =>
  as(system('register'), (tx) => findPersonByDocument(tx, { type: 'resident_id', number }))
const trained = async () =>
  (await as(system('figures'), (tx) => figuresOf(tx, { year: 2026, today: '2026-12-01', academyIds: [academy.id] })))
    .academies[0]!.counts

test('enrolments move with what hangs on them, and one worker counts once', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const [one, two] = [await classOf(), await classOf()]
  await world.enrolment(one, { personId: kept.id, ...credited })
  const moving = await world.enrolment(two, { personId: merged.id, ...credited })
  const attempt = await mending.assessment(moving)
  const licence = await mending.certificate(attempt, { type: 'special_operation' })
  const before = await trained()
  expect(await merge(kept, merged)).toEqual({ ok: true, isNew: true })
  const after = await trained()
  expect(await personOf(moving.id)).toBe(kept.id)
  expect(after).toMatchObject({
    trained: before.trained - 1,
    trained_times: before.trained_times,
    certified: before.certified,
  })
  expect(open('certificate.number', licence.id, licence.numberSealed!)).toMatch(/^MEND-/)
  const [kept2] =
    await db.owner`select before ->> 'person_id' as person, reason from revision where fact_id = ${moving.id}`
  expect(kept2).toEqual({ person: merged.id, reason: '同一人两个证件号' })
})

test('the document of the merged record finds the person kept, also after another merge', async () => {
  const [one, two, three] = [await world.person(), await world.person(), await world.person()]
  await merge(two, one)
  expect(await found(one.document)).toEqual({ id: two.id })
  await merge(three, two)
  expect(await found(one.document)).toEqual({ id: three.id })
  expect(await found(two.document)).toEqual({ id: three.id })
  expect(await found(three.document)).toEqual({ id: three.id })
  expect(await pointsTo(one)).toBe(three.id)
})

test('both histories tell the merge, with the reason; the trail counts and tells no number', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  await merge(kept, merged)
  const history = (of: Person) => as(handler, (tx) => listPersonHistory(tx, of.id))
  expect(await history(kept)).toMatchObject([{ change: 'kept', otherId: merged.id, reason: '同一人两个证件号' }])
  expect(await history(merged)).toMatchObject([{ change: 'merged', otherId: kept.id, accountId: handler.accountId }])
  const [event] =
    await db.owner`select detail from audit_event where kind = 'persons.merged' and subject_id = ${kept.id}`
  expect(event?.detail).toEqual({ mergedId: merged.id, enrolments: 0, combined: 0, accounts: 0 })
})

test('accounts move; where both are confirmed, the other one is a claim again', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  await world.worker({ personId: kept.id, isConfirmed: true })
  await world.worker({ personId: merged.id, isConfirmed: true })
  await world.worker({ personId: merged.id })
  expect((await plan(kept, merged)).accounts).toEqual({ moved: 2, unconfirmed: 1 })
  await merge(kept, merged)
  const accounts = await db.owner`select person_id, person_confirmed_at is not null as is_confirmed from account
    where person_id in (${kept.id}, ${merged.id})`
  expect(accounts.map((row) => row.person_id)).toEqual([kept.id, kept.id, kept.id])
  expect(accounts.filter((row) => row.is_confirmed)).toHaveLength(1)
})

test('a confirmed account of the merged record stays confirmed where the kept one has none', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const { accountId } = await world.worker({ personId: merged.id, isConfirmed: true })
  await merge(kept, merged)
  const [row] =
    await db.owner`select person_id, person_confirmed_at is not null as ok from account where id = ${accountId}`
  expect(row).toEqual({ person_id: kept.id, ok: true })
})

test('twice in one class with the same hours: one place stays, filled from the other, which counts no more', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const of = await classOf({ origin: 'system', capacity: 2, taken: 2 })
  const stays = await world.enrolment(of, { personId: kept.id, ...credited, employer: null })
  const left = newId()
  const phoneSealed = seal('enrolment.phone', left, '13800001111')
  await world.enrolment(of, {
    id: left,
    personId: merged.id,
    ...credited,
    employer: '某厂',
    phoneSealed,
    phoneIndex: Buffer.alloc(32, left),
  })
  const before = await trained()
  expect((await plan(kept, merged)).combined).toMatchObject([{ code: of.code }])
  expect(await merge(kept, merged)).toEqual({ ok: true, isNew: true })
  const [place] =
    await db.owner`select employer, phone_sealed, seat, credited_on::text from enrolment where id = ${stays.id}`
  expect(place).toMatchObject({ employer: '某厂', seat: 'enrolled', credited_on: '2026-03-06' })
  expect(open('enrolment.phone', stays.id, place!.phone_sealed)).toBe('13800001111')
  const [other] = await db.owner`select person_id, seat, credited_on from enrolment where id = ${left}`
  expect(other).toEqual({ person_id: merged.id, seat: 'withdrawn', credited_on: null })
  expect((await db.owner`select taken from class where id = ${of.id}`)[0]).toEqual({ taken: 1 })
  const after = await trained()
  expect(after).toMatchObject({ trained: before.trained - 1, trained_times: before.trained_times - 1 })
})

test('a seat and hours that only the merged record has come to the place that stays, which knows since when it is held', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const of = await classOf()
  const stays = await world.enrolment(of, { personId: kept.id, seat: 'withdrawn' })
  const seatedAt = new Date('2026-03-01T02:00:00Z')
  const left = await world.enrolment(of, { personId: merged.id, ...credited, seatedAt })
  expect(await merge(kept, merged)).toEqual({ ok: true, isNew: true })
  const [place] =
    await db.owner`select seat, hours_attended::float as hours, credited_on::text from enrolment where id = ${stays.id}`
  expect(place).toEqual({ seat: 'enrolled', hours: 16, credited_on: '2026-03-06' })
  const since = await world.db.select({ id: enrolment.id, at: enrolment.seatedAt }).from(enrolment)
  const sinceOf = (id: string) => since.find((one) => one.id === id)?.at
  expect([sinceOf(stays.id), sinceOf(left.id)]).toEqual([seatedAt, null])
})

test('twice in one class with other hours is refused, names the class, and changes nothing', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const of = await classOf()
  await world.enrolment(of, { personId: kept.id, hoursAttended: 16, creditedOn: '2026-03-06' })
  const moving = await world.enrolment(of, { personId: merged.id, hoursAttended: 15.5, creditedOn: '2026-03-06' })
  expect(await merge(kept, merged)).toMatchObject({
    ok: false,
    reason: 'clashes',
    clashes: [{ reason: 'hours_differ', code: of.code, on: null }],
  })
  expect(await personOf(moving.id)).toBe(merged.id)
  expect(await pointsTo(merged)).toBeNull()
})

test('attempts of other days move to the place that stays; of the same day they are one', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const of = await classOf()
  const stays = await world.enrolment(of, { personId: kept.id, ...credited })
  const left = await world.enrolment(of, { personId: merged.id, ...credited })
  const own = await mending.assessment(stays, { assessedOn: '2026-03-10' })
  const same = await mending.assessment(left, { assessedOn: '2026-03-10' })
  const other = await mending.assessment(left, { assessedOn: '2026-03-20' })
  const [held, extra, twice] = [
    await mending.certificate(own),
    await mending.certificate(same, { type: 'special_ability' }),
    await mending.certificate(same, { status: 'revoked' }),
  ]
  expect(await merge(kept, merged)).toEqual({ ok: true, isNew: true })
  const at = async (id: string) =>
    (await db.owner`select enrolment_id from assessment where id = ${id}`)[0]?.enrolment_id
  const on = async (id: string) =>
    (await db.owner`select assessment_id from certificate where id = ${id}`)[0]?.assessment_id
  expect([await at(own.id), await at(other.id), await at(same.id)]).toEqual([stays.id, stays.id, left.id])
  expect([await on(held.id), await on(extra.id), await on(twice.id)]).toEqual([own.id, own.id, same.id])
})

test('one day with two results, or with two valid certificates of a type, is refused', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const of = await classOf()
  const [stays, left] = [
    await world.enrolment(of, { personId: kept.id, ...credited }),
    await world.enrolment(of, { personId: merged.id, ...credited }),
  ]
  await mending.assessment(stays, { assessedOn: '2026-03-20', result: 'failed' })
  await mending.assessment(left, { assessedOn: '2026-03-20' })
  await mending.certificate(await mending.assessment(stays))
  await mending.certificate(await mending.assessment(left))
  const { clashes } = await plan(kept, merged)
  expect(clashes.map(({ reason, on }) => [reason, on]).sort()).toEqual([
    ['certificates_differ', '2026-03-10'],
    ['results_differ', '2026-03-20'],
  ])
  expect(await merge(kept, merged)).toMatchObject({ ok: false, reason: 'clashes' })
})

test('without the typed confirmation or a reason nothing is merged', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  expect(await merge(kept, merged, { isConfirmed: false })).toEqual({
    ok: false,
    reason: 'faults',
    isConfirmed: false,
    why: null,
  })
  expect(await merge(kept, merged, { reason: '' })).toMatchObject({ isConfirmed: true, why: 'reason_needed' })
  expect(await merge(kept, kept)).toEqual({ ok: false, reason: 'same_person' })
  expect(await pointsTo(merged)).toBeNull()
})

test('a second click merges nothing more; what changed meanwhile is not merged unseen', async () => {
  const [kept, merged, third] = [await world.person(), await world.person(), await world.person()]
  const { mark } = await plan(kept, merged)
  const of = await classOf()
  await world.enrolment(of, { personId: merged.id, ...credited })
  expect(await merge(kept, merged, { was: mark })).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await merge(kept, merged)).toEqual({ ok: true, isNew: true })
  expect(await merge(kept, merged, { was: mark })).toEqual({ ok: true, isNew: false })
  expect(await merge(merged, kept)).toEqual({ ok: false, reason: 'kept_is_merged' })
  expect(await merge(third, merged)).toEqual({ ok: false, reason: 'merged_elsewhere' })
})

test('nobody but the province’s handler merges', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  await world.enrolment(await classOf(), { personId: merged.id, ...credited })
  const admin = await world.staff('academy_admin', academy)
  const reviewer = await mending.official('provincial_reviewer')
  for (const viewer of [admin, reviewer]) expect(await merge(kept, merged, { viewer })).toBeNull()
  expect(await pointsTo(merged)).toBeNull()
})

test('two records that share no name say so before they are merged; those that share one, or have none, do not', async () => {
  const [kept, merged, nobody] = [await world.person(), await world.person(), await world.person()]
  await world.enrolment(await classOf(), { personId: kept.id, name: '何合成' })
  await world.enrolment(await classOf(), { personId: merged.id, name: '何成合' })
  expect((await plan(kept, merged)).isOtherName).toBe(true)
  expect((await plan(kept, nobody)).isOtherName).toBe(false)
  await world.enrolment(await classOf(), { personId: kept.id, name: '何成合' })
  expect((await plan(kept, merged)).isOtherName).toBe(false)
})

test('two records that teach at one time in a session to come are not merged until one is substituted; what was taught in two places was', async () => {
  const [kept, merged] = [await world.person(), await world.person()]
  const elsewhere = await world.academy()
  const teach = async (of: typeof academy, who: Person, startsAt: string) => {
    const held = await world.classOf(of, { startsOn: '2026-11-01', endsOn: '2026-12-31' })
    const place = { academyId: of.id, id: newId() }
    await world.db
      .insert(instructor)
      .values({ ...place, personId: who.id, name: '周合成', createdAt: now })
      .onConflictDoNothing()
    const [one] = await db.owner`select id from instructor where academy_id = ${of.id} and person_id = ${who.id}`
    const session = { ...place, id: newId(), classId: held.id, hours: 4, kind: 'practical' }
    const times = { startsAt: new Date(startsAt), endsAt: new Date(new Date(startsAt).getTime() + 3 * 3_600_000) }
    await world.db.insert(classSession).values({ ...session, ...times })
    await world.db.insert(sessionInstructor).values({ academyId: of.id, sessionId: session.id, instructorId: one!.id })
    return { ...held, sessionId: session.id }
  }
  for (const [of, who] of [
    [academy, kept],
    [elsewhere, merged],
  ] as const)
    await teach(of, who, '2026-11-21T09:00:00+08:00')
  const [here, there] = [
    await teach(academy, kept, '2026-12-05T09:00:00+08:00'),
    await teach(elsewhere, merged, '2026-12-05T11:00:00+08:00'),
  ]
  const answer = await merge(kept, merged)
  expect(answer).toMatchObject({
    ok: false,
    reason: 'clashes',
    clashes: [{ reason: 'taught_twice', code: there.code }],
  })
  const [clash] = (await plan(kept, merged)).clashes
  expect([clash?.on, clash?.other]).toEqual(['2026-12-05 11:00—14:00', `${academy.name} ${here.code}`])
  expect(await pointsTo(merged)).toBeNull()
  await db.owner`delete from session_instructor where session_id = ${there.sessionId}`
  expect(await merge(kept, merged)).toEqual({ ok: true, isNew: true })
  const [follows] = await db.owner`select person_id from instructor where academy_id = ${elsewhere.id}`
  expect(follows?.person_id).toBe(kept.id)
})
