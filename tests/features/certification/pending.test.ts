import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { fillCertificates } from '#app/features/certification/pasted-certificates.ts'
import { countPending, countToConfirm, eachPending, listPending } from '#app/features/certification/pending.server.ts'
import { readPendingPlace } from '#app/features/certification/pending.ts'
import { daysBetween } from '#app/lib/calendar.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let mending: ReturnType<typeof mendingWorld>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  mending = mendingWorld(db)
})

const today = '2026-12-01'
const everywhere = { classId: null, after: null }
async function academyWithClass() {
  const academy = await world.academy()
  return { academy, admin: await world.staff('academy_admin', academy), of: await world.classOf(academy) }
}
const list = (viewer: Viewer, place: Parameters<typeof listPending>[1]['place'] = everywhere, size?: number) =>
  as(viewer, (tx) => listPending(tx, { academyId: viewer.academyId ?? '', place, today }, size))

test('whoever passed waits for a certificate; not who failed, nor who has one, even a revoked one', async () => {
  const { admin, of } = await academyWithClass()
  const passed = async (assessedOn: string) => mending.assessment(await world.enrolment(of), { assessedOn })
  const waits = await passed('2026-11-28')
  await mending.certificate(await passed('2026-11-28'), { issuedOn: '2026-11-30' })
  await mending.certificate(await passed('2026-11-28'), { issuedOn: '2026-11-30', status: 'revoked' })
  await mending.assessment(await world.enrolment(of), { assessedOn: '2026-11-28', result: 'failed' })
  const { rows } = await list(admin)
  expect(rows).toMatchObject([{ assessmentId: waits.id, classId: of.id, daysWaiting: 3 }])
  expect(rows[0]?.document).toMatch(/^\d{6}\*{8}[\dX]{4}$/)
})

test('who passed again after failing waits once; who passed twice waits since the last time, until one of the two is certified', async () => {
  const { admin, of } = await academyWithClass()
  const [again, twice] = [await world.enrolment(of), await world.enrolment(of)]
  await mending.assessment(again, { assessedOn: '2026-11-25', result: 'failed' })
  const resit = await mending.assessment(again, { assessedOn: '2026-11-30' })
  const first = await mending.assessment(twice, { assessedOn: '2026-11-26' })
  const last = await mending.assessment(twice, { assessedOn: '2026-11-29' })
  expect((await list(admin)).rows.map((row) => row.assessmentId)).toEqual([last.id, resit.id])
  await mending.certificate(first, { issuedOn: '2026-11-30' })
  expect((await list(admin)).rows.map((row) => row.assessmentId)).toEqual([resit.id])
})

test('the list is paged by the day and the row, counted by class, and taken out whole', async () => {
  const { academy, admin, of } = await academyWithClass()
  const other = await world.classOf(academy)
  for (const at of [of, of, of, other])
    await mending.assessment(await world.enrolment(at), { assessedOn: '2026-11-28' })
  const { rows, hasMore } = await list(admin, everywhere, 3)
  expect([rows.length, hasMore]).toEqual([3, true])
  const last = rows[2]!
  const after = { assessedOn: last.assessedOn, id: last.assessmentId }
  expect(await list(admin, { classId: null, after }, 3)).toMatchObject({ rows: [{}], hasMore: false })
  expect((await list(admin, { classId: other.id, after: null })).rows).toHaveLength(1)
  const counts = await as(admin, (tx) => countPending(tx, academy.id))
  expect(new Map(counts.map(({ classId, of: count }) => [classId, count]))).toEqual(
    new Map([
      [of.id, 3],
      [other.id, 1],
    ]),
  )
  const all = await as(admin, async (tx) => {
    const found = []
    for await (const row of eachPending(tx, { academyId: academy.id, place: everywhere, today })) found.push(row)
    return found
  })
  expect(all).toHaveLength(4)
})

test('another academy’s administrator sees none of it', async () => {
  const { academy, of } = await academyWithClass()
  await mending.assessment(await world.enrolment(of), { assessedOn: '2026-11-28' })
  const stranger = await world.staff('academy_admin', await world.academy())
  const found = await as(stranger, async (tx) => [
    await countPending(tx, academy.id),
    await countToConfirm(tx, academy.id),
    (await listPending(tx, { academyId: academy.id, place: everywhere, today })).rows,
  ])
  expect(found).toEqual([[], [], []])
})

test('days are counted by the calendar: none on the day itself, one the day after', () => {
  expect(daysBetween('2026-11-28', '2026-11-28')).toBe(0)
  expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1)
})

test('an address that says no place is the beginning', () => {
  expect(readPendingPlace(new URLSearchParams('class=x&after=2026-02-30_y'))).toEqual(everywhere)
})

const passed = [
  { assessmentId: 'a', name: '张合成', document: '440308********1234', isCertified: false },
  { assessmentId: 'b', name: '李合成', document: '440308********5678', isCertified: true },
  { assessmentId: 'c', name: '李合成', document: '440308********5678', isCertified: false },
]
const fill = (...lines: string[]) => fillCertificates(lines.join('\n'), passed)

test('numbers, dates, types and levels are read as people write them', () => {
  expect(
    fill('姓名\t证书编号\t发证日期\t证书类型\t技能等级', '张合成\tY1\t2026/12/5\t职业技能等级证书\t中级工').fields,
  ).toEqual({ 'number.a': 'Y1', 'issuedOn.a': '2026-12-05', 'type.a': 'skill_level', 'level.a': 'l4' })
  expect(fill('姓名\t证书编号\t类型\t日期', '张合成\tY1\t电工证\t下月').fields).toMatchObject({
    ...{ 'type.a': '电工证', 'issuedOn.a': '下月' },
  })
})

test('of two attempts of one worker the one without a certificate is meant', () => {
  expect(fill('姓名\t证书编号', '李合成\tPX-1')).toMatchObject({ fields: { 'number.c': 'PX-1' }, faults: [] })
})

test('without heads the order is name, document, number, date', () => {
  expect(fill('张合成\t1234\tPX-1\t2026-12-05').fields).toEqual({ 'number.a': 'PX-1', 'issuedOn.a': '2026-12-05' })
  expect(fill('张合成\tPX-1\t2026-12-05').fields).toEqual({ 'number.a': 'PX-1', 'issuedOn.a': '2026-12-05' })
  expect(fill('张合成\tPX-1').fields).toEqual({ 'number.a': 'PX-1' })
  expect(fill('赵合成\tPX-1').faults).toMatchObject([{ line: 1, fault: 'unknown_name' }])
})
