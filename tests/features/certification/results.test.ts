import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { recordResults } from '#app/features/certification/results.server.ts'
import { attemptMark, readResult } from '#app/features/certification/results.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-12-01T12:00:00+08:00')
type Typed = { theory?: string; practical?: string; result?: string; was?: string }
function record(classId: string, typed: Record<string, Typed>, given: { assessedOn?: string; reason?: string } = {}) {
  const blank = { theory: '', practical: '', result: '', was: '' }
  const entries = Object.entries(typed).map(([enrolmentId, entry]) => ({ enrolmentId, ...blank, ...entry }))
  const input = { viewer: admin, academyId: academy.id, classId, entries, assessedOn: '2026-11-28', reason: '', now }
  return as(admin, (tx) => recordResults(tx, { ...input, ...given }))
}
const stored = (enrolmentId: string) => db.owner`
  select assessed_on::text, result, theory_score, practical_score from assessment
  where enrolment_id = ${enrolmentId} order by assessed_on`

const none = { enrolmentId: 'x', theory: '', practical: '', result: '', was: '' }
const read = (typed: Typed) => readResult({ ...none, ...typed }, null)

test('60 passes and 59 does not, in theory and in practice', () => {
  expect(read({ theory: '60', practical: '60' })).toMatchObject({ attempt: { result: 'passed' } })
  expect(read({ theory: '59', practical: '100' })).toMatchObject({ attempt: { result: 'failed' } })
  expect(read({ theory: '100', practical: '59' })).toMatchObject({ attempt: { result: 'failed' } })
  expect(read({ practical: '60' })).toMatchObject({ attempt: { result: 'passed', theoryScore: null } })
})

test('a result that the scores contradict is refused', () => {
  expect(read({ theory: '59', result: 'passed' })).toEqual({ faults: ['score_low'] })
  expect(read({ theory: '60', practical: '60', result: 'failed' })).toEqual({ faults: ['score_high'] })
  expect(read({ theory: '0', result: 'absent' })).toEqual({ faults: ['absent_scores'] })
  expect(read({ result: 'absent' })).toMatchObject({ attempt: { result: 'absent' } })
  expect(read({ result: 'passed' })).toMatchObject({ attempt: { result: 'passed', theoryScore: null } })
})

test('scores are whole numbers from 0 to 100, and every bad one is named', () => {
  expect(read({ theory: '101', practical: '-1', result: 'maybe' })).toEqual({
    faults: ['theory', 'practical', 'result'],
  })
  expect(read({ theory: '60.5' })).toEqual({ faults: ['theory'] })
  expect(read({})).toEqual({ attempt: null })
})

test('results of many workers are recorded at once, or not at all', async () => {
  const of = await world.classOf(academy)
  const [one, other] = [await world.enrolment(of), await world.enrolment(of)]
  const bad = { [one.id]: { theory: '80' }, [other.id]: { theory: '180' } }
  expect(await record(of.id, bad)).toMatchObject({ ok: false, faults: [{ enrolmentId: other.id, fault: 'theory' }] })
  expect(await stored(one.id)).toHaveLength(0)
  const good = { [one.id]: { theory: '80', practical: '70' }, [other.id]: { result: 'absent' } }
  expect(await record(of.id, good)).toEqual({ ok: true, changed: 2 })
  expect(await stored(one.id)).toEqual([
    { assessed_on: '2026-11-28', result: 'passed', theory_score: 80, practical_score: 70 },
  ])
  expect(await stored(other.id)).toMatchObject([{ result: 'absent' }])
})

test('a re-sit on another day is another attempt; the same day again is a correction with a reason', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await record(of.id, { [id]: { theory: '40' } })
  await record(of.id, { [id]: { theory: '75' } }, { assessedOn: '2026-12-01' })
  expect(await stored(id)).toMatchObject([{ result: 'failed' }, { result: 'passed', assessed_on: '2026-12-01' }])
  const was = attemptMark({ result: 'failed', theoryScore: 40, practicalScore: null })
  expect(await record(of.id, { [id]: { theory: '60', was } })).toMatchObject({ faults: [{ fault: 'reason_needed' }] })
  expect(await record(of.id, { [id]: { theory: '60', was } }, { reason: '漏加一题' })).toEqual({ ok: true, changed: 1 })
  const [kept] =
    await db.owner`select before, reason from revision where fact = 'assessment' and academy_id = ${academy.id} order by id desc`
  expect(kept).toMatchObject({ before: { result: 'failed', theory_score: 40 }, reason: '漏加一题' })
})

test('the day of an assessment lies between the first day of the class and today', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  const on = (assessedOn: string) => record(of.id, { [id]: { result: 'passed' } }, { assessedOn })
  expect(await on('2026-11-20')).toMatchObject({ ok: false, day: 'before_start' })
  expect(await on('2026-12-02')).toMatchObject({ ok: false, day: 'ahead' })
  expect(await on('2026-11-31')).toMatchObject({ ok: false, day: 'date' })
  expect(await on('2026-11-21')).toMatchObject({ ok: true })
})

test('who holds a valid certificate from an attempt cannot be made to have failed it', async () => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  await record(of.id, { [id]: { result: 'passed' } })
  await db.owner`insert into certificate (academy_id, id, assessment_id, type, number, number_index, issued_on, status, created_at)
    select academy_id, ${newId()}, id, 'training', 'T-1', '\\x01', '2026-11-30', 'valid', now() from assessment where enrolment_id = ${id}`
  const typed = { [id]: { result: 'failed', was: '//passed' } }
  expect(await record(of.id, typed, { reason: 'x' })).toMatchObject({
    ok: false,
    faults: [{ fault: 'has_certificate' }],
  })
})

test('workers of another class or academy are not on the list', async () => {
  const [of, other] = [await world.classOf(academy), await world.classOf(academy)]
  const { id } = await world.enrolment(other)
  expect(await record(of.id, { [id]: { result: 'passed' } })).toMatchObject({ faults: [{ fault: 'gone' }] })
  expect(await record((await world.classOf(await world.academy())).id, {})).toBeNull()
})
