import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { attemptsMark, redateAssessments } from '#app/features/certification/mend.server.ts'
import { findRedatePage } from '#app/features/certification/mend-page.server.ts'
import { attemptMark } from '#app/features/certification/results.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { recordedResults } from '#tests/support/results.ts'
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
type Of = { academyId: string; id: string }
const classOf = () =>
  world.classOf(academy, { origin: 'ledger', capacity: null, startsOn: '2026-03-02', endsOn: '2026-03-06' })
async function assessed(of: Of, assessedOn: string) {
  const enrolled = await world.enrolment(of, { hoursAttended: 16, creditedOn: '2026-03-06' })
  return { enrolled, attempt: await mending.assessment(enrolled, { assessedOn }) }
}
type Asked = { from: string; to: string; ids: string[]; only?: string; viewer?: Viewer; reason?: string; at?: Date }
const redate = (of: Of, { from, to, ids, only, viewer = handler, reason = '日期填错', at = now }: Asked) =>
  as(viewer, (tx) =>
    redateAssessments(tx, {
      ...{ academyId: of.academyId, classId: of.id, from, to, assessmentId: only ?? null, was: attemptsMark(ids) },
      ...{ viewer, reason, now: at },
    }),
  )
const dates = async (of: Of) =>
  (
    await db.owner`select a.assessed_on::text as on from assessment a join enrolment e on e.id = a.enrolment_id
      where e.class_id = ${of.id} order by 1`
  ).map((row) => row.on)

test('a whole day of a class gets its right date; other days stay, and the old date is kept with the reason', async () => {
  const of = await classOf()
  const [one, other] = [await assessed(of, '2026-03-07'), await assessed(of, '2026-03-07')]
  await assessed(of, '2026-03-20')
  const ids = [one.attempt.id, other.attempt.id]
  expect(await redate(of, { from: '2026-03-07', to: '2026-03-08', ids })).toEqual({ ok: true, moved: 2 })
  expect(await dates(of)).toEqual(['2026-03-08', '2026-03-08', '2026-03-20'])
  const kept =
    await db.owner`select before ->> 'assessed_on' as on, reason from revision where fact_id = ${one.attempt.id}`
  expect(kept).toEqual([{ on: '2026-03-07', reason: '日期填错' }])
  const [event] =
    await db.owner`select detail from audit_event where kind = 'assessment.redated' and subject_id = ${of.id}`
  expect(event?.detail).toMatchObject({ from: '2026-03-07', to: '2026-03-08', attempts: 2 })
})

test('one worker’s date alone', async () => {
  const of = await classOf()
  const [one] = [await assessed(of, '2026-03-07'), await assessed(of, '2026-03-07')]
  const asked = { from: '2026-03-07', to: '2026-03-09', ids: [one.attempt.id], only: one.attempt.id }
  expect(await redate(of, asked)).toEqual({ ok: true, moved: 1 })
  expect(await dates(of)).toEqual(['2026-03-07', '2026-03-09'])
})

test('the first day of the class and today are dates, the day before and tomorrow are not', async () => {
  const of = await classOf()
  const { attempt } = await assessed(of, '2026-03-07')
  const ids = [attempt.id]
  const to = (day: string, from = '2026-03-07') => redate(of, { from, to: day, ids })
  expect(await to('2026-03-01')).toMatchObject({ faults: [{ fault: 'before_start', limit: '2026-03-02' }] })
  expect(await to('2026-12-02')).toMatchObject({ faults: [{ fault: 'ahead' }] })
  expect(await to('2026-02-30')).toMatchObject({ faults: [{ fault: 'date' }] })
  expect(await to('2026-03-07')).toMatchObject({ faults: [{ fault: 'same' }] })
  expect(await to('2026-03-02')).toMatchObject({ ok: true })
  expect(await to('2026-12-01', '2026-03-02')).toMatchObject({ ok: true })
})

test('nobody is assessed twice on a day', async () => {
  const of = await classOf()
  const { enrolled, attempt } = await assessed(of, '2026-03-07')
  await mending.assessment(enrolled, { assessedOn: '2026-03-20', result: 'failed' })
  expect(await redate(of, { from: '2026-03-07', to: '2026-03-20', ids: [attempt.id] })).toMatchObject({
    faults: [{ fault: 'collides', count: 1 }],
  })
})

test('no certificate is issued before its assessment; on the same day it may be', async () => {
  const of = await classOf()
  const { attempt } = await assessed(of, '2026-03-07')
  await mending.certificate(attempt, { issuedOn: '2026-03-15' })
  const ids = [attempt.id]
  expect(await redate(of, { from: '2026-03-07', to: '2026-03-16', ids })).toMatchObject({
    faults: [{ fault: 'issued_before', count: 1, limit: '2026-03-15' }],
  })
  expect(await redate(of, { from: '2026-03-07', to: '2026-03-15', ids })).toEqual({ ok: true, moved: 1 })
})

test('a reason is needed', async () => {
  const of = await classOf()
  const { attempt } = await assessed(of, '2026-03-07')
  const asked = { from: '2026-03-07', to: '2026-03-08', ids: [attempt.id], reason: '' }
  expect(await redate(of, asked)).toMatchObject({ ok: false, faults: [], why: 'reason_needed' })
})

test('a second click moves nothing more; a day to which somebody was added meanwhile is not moved unseen', async () => {
  const of = await classOf()
  const { attempt } = await assessed(of, '2026-03-07')
  const asked = { from: '2026-03-07', to: '2026-03-08', ids: [attempt.id] }
  expect(await redate(of, asked)).toEqual({ ok: true, moved: 1 })
  expect(await redate(of, asked)).toEqual({ ok: true, moved: 0 })
  const later = await classOf()
  const { attempt: shown } = await assessed(later, '2026-03-07')
  await assessed(later, '2026-03-07')
  expect(await redate(later, { ...asked, ids: [shown.id] })).toEqual({ ok: false, reason: 'changed_meanwhile' })
})

test('the province’s handler alone moves a date', async () => {
  const of = await classOf()
  const { attempt } = await assessed(of, '2026-03-07')
  const asked = { from: '2026-03-07', to: '2026-03-08', ids: [attempt.id] }
  const reviewer = await mending.official('provincial_reviewer')
  expect(await redate(of, { ...asked, viewer: reviewer })).toBeNull()
  const stranger = await world.staff('academy_admin', await world.academy())
  expect(await redate(of, { ...asked, viewer: stranger })).toBeNull()
  expect(await dates(of)).toEqual(['2026-03-07'])
})

test('a class of another academy, or an attempt of another class, is not found', async () => {
  const [of, other] = [await classOf(), await classOf()]
  const { attempt } = await assessed(other, '2026-03-07')
  const asked = { from: '2026-03-07', to: '2026-03-08', ids: [attempt.id], only: attempt.id }
  expect(await redate(of, asked)).toBeNull()
  expect(await redate({ ...other, academyId: (await world.academy()).id }, asked)).toBeNull()
})

test('the history tells dates alone, from and to: a result that was corrected by hand is no date', async () => {
  const of = await classOf()
  const { enrolled, attempt } = await assessed(of, '2026-03-07')
  const two = [await world.staff('academy_admin', academy), await world.staff('academy_admin', academy)] as const
  const corrected = async (result: string, at: Date) => {
    const before = await db.owner`select result, theory_score, practical_score from assessment where id = ${attempt.id}`
    const { result: was, theory_score, practical_score } = before[0]!
    const mark = attemptMark({ result: was, theoryScore: theory_score, practicalScore: practical_score })
    const [held] = await db.owner`select assessed_on::text as on from assessment where id = ${attempt.id}`
    const entry = { enrolmentId: enrolled.id, theory: '', practical: '', result, was: mark }
    const input = { classId: of.id, entries: [entry], reason: '登分错误', assessedOn: held!.on, now: at }
    return recordedResults(two, input)
  }
  expect(await corrected('failed', new Date('2026-12-01T09:00:00+08:00'))).toMatchObject({ ok: true })
  await redate(of, { from: '2026-03-07', to: '2026-03-09', ids: [attempt.id] })
  expect(await corrected('absent', new Date('2026-12-01T12:30:00+08:00'))).toMatchObject({ ok: true })
  const later = new Date('2026-12-01T13:00:00+08:00')
  await redate(of, { from: '2026-03-09', to: '2026-03-08', ids: [attempt.id], reason: '再次核对', at: later })
  const address = { academyCode: academy.code, classId: of.id, on: null, assessmentId: null }
  const page = await findRedatePage(handler, address)
  expect(page?.history.map(({ from, to, attempts, reason }) => [from, to, attempts, reason])).toEqual([
    ['2026-03-09', '2026-03-08', 1, '再次核对'],
    ['2026-03-07', '2026-03-09', 1, '日期填错'],
  ])
})

test('the figures follow into the year of the right date', async () => {
  const of = await classOf()
  const { attempt } = await assessed(of, '2026-03-07')
  const moved = await world.classOf(academy, {
    startsOn: '2025-12-20',
    endsOn: '2025-12-28',
    origin: 'ledger',
    capacity: null,
  })
  const enrolled = await world.enrolment(moved, { hoursAttended: 16, creditedOn: '2025-12-28' })
  const late = await mending.assessment(enrolled, { assessedOn: '2026-01-05' })
  await mending.certificate(late, { issuedOn: '2026-02-01' })
  const certified = async (year: number) =>
    (await as(system('figures'), (tx) => figuresOf(tx, { year, today: '2026-12-01', academyIds: [academy.id] })))
      .academies[0]!.counts.certified
  const before = [await certified(2025), await certified(2026)]
  await redate(moved, { from: '2026-01-05', to: '2025-12-30', ids: [late.id] })
  expect([await certified(2025), await certified(2026)]).toEqual([before[0]! + 1, before[1]! - 1])
  expect(attempt.id).toBeTruthy()
})
