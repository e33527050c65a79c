import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { type Actor, anonymous, system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findGroupPage } from '#app/features/certification/group-page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { answerRequests, removeWorker } from '#app/features/training/desk-seats.server.ts'
import { enrolGroup } from '#app/features/training/group.server.ts'
import { actOnGroup } from '#app/features/training/group-acts.server.ts'
import { listGroupClasses } from '#app/features/training/group-classes.server.ts'
import { acceptGroup, withdrawGroup } from '#app/features/training/group-places.server.ts'
import { groupWords } from '#app/features/training/group-words.ts'
import { addToRoll, listRoll, takeOffRoll } from '#app/features/training/roll.server.ts'
import { readRoll } from '#app/features/training/roll.ts'
import { newId } from '#app/lib/ids.ts'
import { assessment, certificate, enrolment, enterpriseWorker } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let union: Awaited<ReturnType<typeof world.union>>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
  })
  academy = await world.academy()
  union = await world.union()
})

const now = new Date('2026-11-10T10:00:00+08:00')
let serial = 700_000
const entry = (name = '张合成') => ({
  name,
  document: { type: 'resident_id' as const, number: syntheticDocument(++serial), birthDate: null },
  phone: null,
})
type Class = { id: string }
type Group = { ids?: string[]; entries?: ReturnType<typeof entry>[]; declared?: object; at?: Date; key?: string }
function enrol(of: Class, { ids = [], entries = [], declared = {}, at = now, key }: Group, by: Viewer = union) {
  const sent = key ? { key, digest: Buffer.from(JSON.stringify([ids, entries])) } : null
  return enrolGroup(by, { academyCode: academy.code, classId: of.id, sent, now: at, ids, entries, declared })
}
const seats = (of: Class) => db.owner`
  select id, name, seat, employer, category, enterprise_id from enrolment where class_id = ${of.id} order by id`
const placesOf = async (of: Class) =>
  (await seats(of)).map(({ id, name }) => ({ id: id as string, name: name as string }))
const page = (of: Class, by: Viewer = union) => findGroupPage(by, { academyCode: academy.code, classId: of.id, now })

test('a pasted group is enrolled and comes onto the roll; from there it is enrolled in the next class', async () => {
  const [first, next] = [
    await world.classOf(academy),
    await world.classOf(academy, { startsOn: '2026-12-05', endsOn: '2026-12-06' }),
  ]
  const two = [entry('甲合成'), entry('乙合成')]
  expect(await enrol(first, { entries: two })).toMatchObject({ ok: true, changed: 2, added: 2, left: [] })
  const [{ name }] = (await db.owner`select name from enterprise where id = ${union.enterpriseId}`) as unknown as [
    { name: string },
  ]
  expect(await seats(first)).toMatchObject([
    { name: '甲合成', seat: 'enrolled', employer: name, category: 'employed', enterprise_id: union.enterpriseId },
    { name: '乙合成', seat: 'enrolled' },
  ])
  const roll = await as(union, (tx) => listRoll(tx, union.enterpriseId))
  const ids = roll.filter((row) => ['甲合成', '乙合成'].includes(row.name)).map((row) => row.id)
  expect(await enrol(next, { ids })).toMatchObject({ ok: true, changed: 2, added: 0, left: [] })
  const [event] =
    await db.owner`select detail from audit_event where kind = 'seat.enrolled' and detail ->> 'classId' = ${next.id}`
  expect(event?.detail).toMatchObject({ voice: 'union', onBehalfOf: union.accountId })
})

test('the union reads why the academy did not accept its worker: the worker may have no account to read it with', async () => {
  const of = await world.classOf(academy, { needsApproval: true })
  await enrol(of, { entries: [entry('丙合成')] })
  const admin = await world.staff('academy_admin', academy)
  const ids = (await placesOf(of)).map(({ id }) => id)
  const reject = { classId: of.id, sent: null, now, ids, isApproved: false, reason: '本期只收在岗人员' }
  expect(await answerRequests(admin, reject)).toMatchObject({ ok: true, changed: 1 })
  expect((await page(of))?.rows).toMatchObject([{ seat: 'rejected', rejectedBecause: '本期只收在岗人员' }])
})

test('the union reads how its worker lost the place: not as if it had given it back', async () => {
  const of = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  await enrol(of, { entries: [entry('甲合成'), entry('乙合成')] })
  const [first] = await placesOf(of)
  const admin = await world.staff('academy_admin', academy)
  const removed = { classId: of.id, sent: null, now, id: first!.id, reason: '单位来电：本人外派' }
  expect(await removeWorker(admin, removed)).toMatchObject({ ok: true, changed: 1 })
  const later = { academyCode: academy.code, classId: of.id, now: new Date(now.getTime() + 3 * 86_400_000) }
  expect((await findGroupPage(union, later))?.rows).toMatchObject([
    { name: '乙合成', seat: 'withdrawn', ending: 'offer_expired', rejectedBecause: null },
    { name: '甲合成', seat: 'withdrawn', ending: 'removed', rejectedBecause: '单位来电：本人外派' },
  ])
})

test('the same form sent twice enrols once and is answered the same; who sits already is no refusal', async () => {
  const of = await world.classOf(academy)
  const group = { entries: [entry()], key: newId() }
  const first = await enrol(of, group)
  expect(await enrol(of, group)).toEqual(first)
  expect(first).toMatchObject({ changed: 1, added: 1 })
  expect(await enrol(of, { entries: group.entries })).toMatchObject({ ok: true, changed: 0, added: 0, left: [] })
  expect(await seats(of)).toHaveLength(1)
})

test('the last seat goes to the first of the group; the next waits where there is a line, and is told where there is none', async () => {
  const [full, waits, asks] = [
    await world.classOf(academy, { capacity: 1 }),
    await world.classOf(academy, { capacity: 1, hasWaitlist: true }),
    await world.classOf(academy, { needsApproval: true }),
  ]
  const two = () => ({ entries: [entry('甲合成'), entry('乙合成')] })
  expect(await enrol(full, two())).toMatchObject({ changed: 1, left: [{ name: '乙合成', because: 'full' }] })
  expect(await enrol(waits, two())).toMatchObject({ changed: 2, left: [] })
  expect((await seats(waits)).map((row) => row.seat)).toEqual(['enrolled', 'waitlisted'])
  await enrol(asks, two())
  expect((await seats(asks)).map((row) => row.seat)).toEqual(['requested', 'requested'])
})

test('the union is told how many sit, how many wait and of how many the academy is asked', async () => {
  const three = () => ({ entries: [entry('甲合成'), entry('乙合成'), entry('丙合成')] })
  const waits = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  expect(await enrol(waits, three())).toMatchObject({ changed: 3, came: { enrolled: 1, waitlisted: 2, requested: 0 } })
  const asks = await world.classOf(academy, { needsApproval: true })
  expect(await enrol(asks, three())).toMatchObject({ changed: 3, came: { enrolled: 0, waitlisted: 0, requested: 3 } })
  const said = groupWords['zh-CN'].class
  expect([said.position(3), groupWords.en.class.position(3)]).toEqual(['候补第3位', 'On the waiting list, no. 3'])
  expect(said.came({ enrolled: 2, waitlisted: 3, requested: 0 })).toBe('已为5人报名：报上2人，候补3人')
  expect(said.came({ enrolled: 0, waitlisted: 0, requested: 3 })).toBe('已为3人报名：等学院审核3人')
})

test('the union reads its workers’ places in line, counted among all who wait', async () => {
  const of = await world.classOf(academy, { capacity: 1, hasWaitlist: true })
  const other = await world.union()
  await enrol(of, { entries: [entry('甲合成'), entry('乙合成')] })
  await enrol(of, { entries: [entry('丙合成'), entry('丁合成')] }, other)
  await enrol(of, { entries: [entry('戊合成')] })
  const inLine = async (by: Viewer) => (await page(of, by))?.rows.map(({ name, position }) => [name, position])
  expect(await inLine(union)).toEqual(
    expect.arrayContaining([
      ['甲合成', null],
      ['乙合成', 1],
      ['戊合成', 4],
    ]),
  )
  expect(await inLine(other)).toEqual(
    expect.arrayContaining([
      ['丙合成', 2],
      ['丁合成', 3],
    ]),
  )
})

test('the conditions of a class are asked of a group too; the employer is the enterprise', async () => {
  const [{ name }] = (await db.owner`select name from enterprise where id = ${union.enterpriseId}`) as unknown as [
    { name: string },
  ]
  const years = await world.classOf(academy, { eligibleYears: 3, eligibleEmployers: [name] })
  const group = { entries: [entry()] }
  expect(await enrol(years, group)).toMatchObject({ left: [{ because: 'declare' }] })
  expect(await enrol(years, { ...group, declared: { yearsOfWork: 2 } })).toMatchObject({
    left: [{ because: 'not_eligible' }],
  })
  expect(await enrol(years, { ...group, declared: { yearsOfWork: 3 } })).toMatchObject({ changed: 1 })
  const others = await world.classOf(academy, { eligibleEmployers: ['别的企业'] })
  expect(await enrol(others, { ...group, declared: { employer: '别的企业' } })).toMatchObject({
    left: [{ because: 'not_eligible' }],
  })
})

test('what a union typed of its group comes back with the field marked, and enrols nobody', async () => {
  const of = await world.classOf(academy, { eligibleYears: 3 })
  const form = new FormData()
  for (const [name, value] of Object.entries({ intent: 'enrol', yearsOfWork: '3.5', pasted: '' })) form.set(name, value)
  await addToRoll(union, { entries: [entry('戊合成')], now })
  const [worker] = (await as(union, (tx) => listRoll(tx, union.enterpriseId))).filter(({ name }) => name === '戊合成')
  form.append('chosen', worker!.id)
  const answer = await actOnGroup(union, { form, academyCode: academy.code, classId: of.id, now })
  expect(answer).toMatchObject({
    ok: false,
    left: [{ because: 'declare' }],
    chosen: [worker!.id],
    declared: { yearsOfWork: '3.5' },
    missing: ['years'],
  })
  expect(await seats(of)).toEqual([])
})

test('two classes at one time are refused, whoever gave the other seat, and it is not told which', async () => {
  const [one, other] = [await world.classOf(academy), await world.classOf(await world.academy())]
  const mending = mendingWorld(db)
  await mending.session(one, '2026-11-21')
  await mending.session(other, '2026-11-21')
  const worker = entry()
  await enrol(one, { entries: [worker] })
  const [{ person_id }] = (await db.owner`select person_id from enrolment where class_id = ${one.id}`) as unknown as [
    { person_id: string },
  ]
  await db.owner`delete from enrolment where class_id = ${one.id}`
  await world.enrolment(other, { personId: person_id })
  expect(await enrol(one, { entries: [worker] })).toMatchObject({
    ...{ ok: true, changed: 0, added: 0 },
    left: [{ name: '张合成', because: 'clash' }],
  })
})

test('of a worker at the limit the union reads how many classes one may have in the year, and of none', async () => {
  const [other, of] = [await world.academy(), await world.classOf(academy)]
  const worker = entry()
  await enrol(of, { entries: [worker] })
  const [{ person_id: personId }] = (await db.owner`
    select person_id from enrolment where class_id = ${of.id}`) as unknown as [{ person_id: string }]
  for (let n = 0; n < 10; n++) await world.enrolment(await world.classOf(other), { personId })
  expect(await enrol(await world.classOf(academy), { entries: [worker] })).toMatchObject({
    ...{ changed: 0, left: [{ name: worker.name, because: 'limit', most: 10 }] },
  })
})

test('enrolment is closed to a group at the instant at which it is closed to everybody', async () => {
  const of = await world.classOf(academy)
  const closes = Date.parse('2026-11-18T18:00:00+08:00')
  expect(await enrol(of, { entries: [entry()], at: new Date(closes - 1) })).toMatchObject({ changed: 1 })
  expect(await enrol(of, { entries: [entry()], at: new Date(closes) })).toMatchObject({ left: [{ because: 'closed' }] })
})

test('a union gives back its own places alone, until the deadline; a seat that is free by it is offered on', async () => {
  const of = await world.classOf(academy, { capacity: 2, hasWaitlist: true })
  await enrol(of, { entries: [entry('甲合成'), entry('乙合成'), entry('丙合成')] })
  const [first, , third] = await placesOf(of)
  const stranger = await world.union()
  const back = (by: Viewer, places: { id: string; name: string }[], at = now) =>
    withdrawGroup(by, { academyCode: academy.code, classId: of.id, sent: null, now: at, places })
  expect(await back(stranger, [first!])).toMatchObject({ changed: 0, left: [] })
  expect(await back(union, [first!], new Date('2026-11-21T00:00:00+08:00'))).toMatchObject({
    left: [{ because: 'too_late' }],
  })
  expect(await back(union, [first!])).toMatchObject({ changed: 1 })
  expect((await seats(of)).map((row) => row.seat)).toEqual(['withdrawn', 'enrolled', 'offered'])
  const taken = { academyCode: academy.code, classId: of.id, sent: null, now, places: [third!] }
  expect(await acceptGroup(stranger, taken)).toMatchObject({ changed: 0 })
  expect(await acceptGroup(union, taken)).toMatchObject({ changed: 1 })
  expect((await seats(of)).map((row) => row.seat)).toEqual(['withdrawn', 'enrolled', 'enrolled'])
})

test('the union reads why a class was cancelled, and has nothing to give back in it, as after the deadline', async () => {
  const because = '设备检修'
  const of = await world.classOf(academy, { status: 'cancelled', cancelledBecause: because })
  expect(await page(of)).toMatchObject({ isCancelled: true, cancelledBecause: because, mayWithdraw: false })
  const until = (at: string) => world.classOf(academy, { withdrawUntil: new Date(at) })
  expect(await page(await until('2026-11-10T10:00:01+08:00'))).toMatchObject({ isCancelled: false, mayWithdraw: true })
  expect(await page(await until('2026-11-10T10:00:00+08:00'))).toMatchObject({ mayWithdraw: false })
})

test('a place that the worker took alone stays the worker’s: the union neither manages nor sees it', async () => {
  const of = await world.classOf(academy)
  const person = await world.person()
  await world.enrolment(of, { personId: person.id, name: '李合成' })
  const same = { ...entry(), document: { type: 'resident_id' as const, number: person.document, birthDate: null } }
  expect(await enrol(of, { entries: [same] })).toMatchObject({ changed: 0, left: [{ because: 'has_place' }] })
  expect((await page(of))?.rows).toEqual([])
})

test('a union sees hours, confirmed results and certificates of its own places, and nothing of anybody else', async () => {
  const of = await world.classOf(academy)
  await enrol(of, { entries: [entry('甲合成')] })
  const [own] = await placesOf(of)
  const other = await world.enrolment(of, { name: '李合成', hoursAttended: 8 })
  const mending = mendingWorld(db)
  for (const { id } of [own!, other]) {
    const made = await mending.assessment({ academyId: academy.id, id }, { assessedOn: '2026-11-28' })
    await mending.certificate(made, { issuedOn: '2026-12-01' })
  }
  await db.owner`update enrolment set hours_attended = 16, credited_on = '2026-11-22' where id = ${own!.id}`
  expect((await page(of))?.rows).toMatchObject([
    { name: '甲合成', hoursAttended: 16, creditedOn: '2026-11-22', result: 'passed', isCertified: true },
  ])
  const stranger = await world.union()
  expect((await page(of, stranger))?.rows).toEqual([])
  const seen = (by: Actor) =>
    as(by, async (tx) => [
      (await tx.select({ id: enrolment.id }).from(enrolment)).length,
      (await tx.select({ id: assessment.id }).from(assessment)).length,
      (await tx.select({ id: certificate.id }).from(certificate)).length,
      (await tx.select({ id: enterpriseWorker.id }).from(enterpriseWorker)).length,
    ])
  expect(await seen(stranger)).toEqual([0, 0, 0, 0])
  expect(await seen(anonymous)).toEqual([0, 0, 0, 0])
  const [enrolments, assessments, certificates] = await seen(union)
  const [counted] =
    await db.owner`select count(*)::int as of from enrolment where enterprise_id = ${union.enterpriseId}`
  expect([enrolments, assessments, certificates]).toEqual([counted?.of, 1, 1])
  const { classes } = await as(union, (tx) => listGroupClasses(tx, union.enterpriseId))
  expect(classes).toContainEqual(expect.objectContaining({ classId: of.id, seated: 1, waiting: 0 }))
})

test('who is off the roll cannot be enrolled any more, keeps the places, and comes back when entered again', async () => {
  const own = await world.union()
  const [of, next] = [
    await world.classOf(academy),
    await world.classOf(academy, { startsOn: '2026-12-05', endsOn: '2026-12-06' }),
  ]
  const worker = entry()
  await enrol(of, { entries: [worker] }, own)
  const roll = () => as(own, (tx) => listRoll(tx, own.enterpriseId))
  const [{ id }] = (await roll()) as unknown as [{ id: string }]
  expect(await takeOffRoll(await world.union(), { ids: [id], now })).toEqual({ removed: 0 })
  expect(await takeOffRoll(own, { ids: [id], now })).toEqual({ removed: 1 })
  expect(await roll()).toEqual([])
  expect(await enrol(next, { ids: [id] }, own)).toMatchObject({ changed: 0, left: [] })
  expect((await page(of, own))?.rows).toHaveLength(1)
  expect(await addToRoll(own, { entries: [worker], now })).toMatchObject({ ids: [id], added: 0 })
  expect(await roll()).toMatchObject([{ id }])
})

test('nobody but a union has a roll; a draft is not there for it', async () => {
  const admin = await world.staff('academy_admin', academy)
  const of = await world.classOf(academy)
  expect(await enrol(of, { entries: [entry()] }, admin)).toBeNull()
  expect(await addToRoll(admin, { entries: [entry()], now })).toBeNull()
  expect(await enrol(await world.classOf(academy, { status: 'draft' }), { entries: [] })).toBeNull()
})

test('a pasted list is read line by line; what cannot be read comes back as it was, with its heads', () => {
  const [good, other] = [syntheticDocument(1), syntheticDocument(2)]
  const wrong = `${good.slice(0, 17)}${good.endsWith('0') ? '1' : '0'}`
  const text = [
    '序号\t姓名\t身份证号\t手机',
    `1\t张 合成\t'${good}\t138 0000 0000`,
    `2\t李合成\t${wrong}\t`,
    `3\t王合成\t${good}\t`,
    `4\t赵合成\t${other}\t123`,
  ].join('\n')
  const read = readRoll(text, '2026-11-10')
  expect(read.entries).toMatchObject([{ name: '张合成', document: { number: good }, phone: '13800000000' }])
  expect(read.faults.map(({ line, fault }) => [line, fault])).toEqual([
    [3, 'document'],
    [4, 'twice'],
    [5, 'phone'],
  ])
  expect(JSON.stringify(read.faults)).not.toContain(other)
  expect(read.rest.split('\n')).toEqual(text.split('\n').filter((_, at) => at !== 1))
  expect(readRoll(read.rest, '2026-11-10').faults).toHaveLength(2)
})

test('a line without a document says that it lacks one, not that the phone beside it is a wrong one', () => {
  const { faults } = readRoll('姓名\t证件号码\t手机号\n钟金超\t\t13800000000\n罗明', '2026-11-10')
  expect(faults.map(({ fault }) => fault)).toEqual(['no_document', 'no_document'])
})

const occupied = { occupationCode: '6-31-01-03', occupationEdition: 2022 }

test('a class that asks for a level held before is filled by what the union declares of its group, from that level on', async () => {
  const of = await world.classOf(academy, { ...occupied, eligibleLevel: 'l4' })
  const group = { entries: [entry()] }
  expect(await enrol(of, group)).toMatchObject({ changed: 0, left: [{ because: 'declare' }] })
  expect(await enrol(of, { ...group, declared: { declaredLevel: 'l5' } })).toMatchObject({
    left: [{ because: 'not_eligible' }],
  })
  expect(await enrol(of, { ...group, declared: { declaredLevel: 'l3' } })).toMatchObject({ changed: 1, left: [] })
})
