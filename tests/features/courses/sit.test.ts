import { beforeAll, beforeEach, expect, test } from 'vitest'
import { anonymous, system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeIfDue, listDue } from '#app/features/courses/close-attempt.server.ts'
import { creditIfComplete } from '#app/features/courses/course-credit.server.ts'
import { findCoursesLeft } from '#app/features/courses/course-left.server.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import type { Answers } from '#app/features/courses/question.ts'
import { saveAnswers, startAttempt, submitAttempt } from '#app/features/courses/sit.server.ts'
import { findTestPage } from '#app/features/courses/test-page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { finalTestAttempt } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { attemptOf, finishLessons, firstOf, formOf } from '#tests/support/final-test.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { FINAL_TEST, TEST_YAML } from './questions.ts'
import { contentFolder, TWO_LESSONS } from './support.ts'

const PUBLISHED = new Date('2026-10-01T02:00:00Z')
const NOW = new Date('2026-11-01T02:00:00Z')
const minutes = (count: number, ms = 0) => new Date(NOW.getTime() + count * 60_000 + ms)

let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let worker: Viewer

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  await as(system('setup'), loadPolicy)
  const course = (show: string) => ({
    ...TWO_LESSONS,
    ...FINAL_TEST,
    'final.test.yaml': TEST_YAML.replace('mistakes', show),
  })
  const dir = await contentFolder({ trial: course('mistakes'), open: course('answers'), closed: course('score') })
  const compile = async (jobs: unknown[]) => jobs.map(() => ({ blocks: [] }))
  const report = await as(system('content'), (tx) => publishCourses(tx, { dir, now: PUBLISHED, compile }))
  expect(report.problems).toEqual([])
})
beforeEach(async () => {
  worker = await world.worker()
  for (const course of ['trial', 'open', 'closed']) await finishLessons(database, worker.accountId, course, NOW)
})

const learner = (courseSlug: string, now: Date) => ({
  ...{ accountId: worker.accountId, personId: worker.personId, courseSlug, now },
})
const start = (now = NOW, courseSlug = 'trial') =>
  as(system('credit'), (tx) => startAttempt(tx, learner(courseSlug, now)))
const own = (courseSlug = 'trial') => attemptOf(database, worker.accountId, courseSlug)
const page = (now = NOW, courseSlug = 'trial', viewer: Viewer = worker) =>
  as(viewer, (tx) => findTestPage(tx, { courseSlug, accountId: viewer.accountId, now }))

async function save(answers: Answers, now = minutes(5), isScript = true) {
  const { id } = await own()
  return as(system('credit'), (tx) =>
    saveAnswers(tx, { ...learner('trial', now), attemptId: id, form: formOf(answers, { isScript }) }),
  )
}

async function handIn(answers: Answers, given: { now?: Date; isConfirmed?: boolean; courseSlug?: string } = {}) {
  const { now = minutes(10), isConfirmed = true, courseSlug = 'trial' } = given
  const { id } = await own(courseSlug)
  return as(system('credit'), (tx) =>
    submitAttempt(tx, { ...learner(courseSlug, now), attemptId: id, form: formOf(answers), isConfirmed }),
  )
}
const result = async (now = minutes(60)) => {
  const { latest } = (await page(now))!
  return latest && { right: latest.rightCount, isPassed: latest.isPassed, at: latest.submittedAt }
}

test('whoever has done every lesson may begin; before that the way leads to the next lesson', async () => {
  const newcomer = await world.worker()
  const shown = await page(NOW, 'trial', newcomer)
  expect(shown).toMatchObject({ entry: { ok: false, reason: 'lessons' }, next: { slug: 'first' }, latest: null })
  const begun = await as(system('credit'), (tx) =>
    startAttempt(tx, { ...learner('trial', NOW), accountId: newcomer.accountId }),
  )
  expect(begun).toEqual({ ok: false, reason: 'lessons' })
  expect(await start()).toEqual({ ok: true })
})

test('a reload shows the same questions in the same order, with the answers that were saved and the same deadline', async () => {
  await start()
  const first = (await page())!.latest!
  expect(first.questions).toHaveLength(20)
  expect(first.deadlineAt).toEqual(minutes(30))
  const { right } = await own()
  await save(firstOf(right, 3))
  const later = (await page(minutes(6)))!.latest!
  expect(later.questions).toEqual(first.questions)
  expect(later.deadlineAt).toEqual(first.deadlineAt)
  expect(later.answers).toEqual(firstOf(right, 3))
  expect(await start(minutes(7))).toEqual({ ok: true })
  expect((await page(minutes(7)))!.latest).toMatchObject({ id: first.id, number: 1 })
})

test('while it runs, an attempt carries no answer and no reason; it is its worker’s own', async () => {
  await start()
  expect(JSON.stringify(await page())).not.toMatch(/CANARY|7193\.25|"why"|accepted|tolerance|isRight/)
  const other = await world.worker()
  for (const actor of [anonymous, other, system('ledger')]) {
    expect(await as(actor, (tx) => tx.select().from(finalTestAttempt))).toEqual([])
  }
})

test('answers of two tabs stand beside each other; the last one given to a question counts', async () => {
  await start()
  const { right } = await own()
  const [one, two, three] = Object.keys(right) as [string, string, string]
  await save({ [one]: right[one]!, [two]: right[two]! })
  await save({ [three]: right[three]! })
  await save({ [two]: [] })
  expect((await page())!.latest!.answers).toEqual({ [one]: right[one], [two]: [], [three]: right[three] })
  await save({}, minutes(6), false)
  expect((await page())!.latest!.answers[one]).toEqual(right[one])
})

test('handed in with open questions it is saved and sent back; said twice it is marked, and what is open is wrong', async () => {
  await start()
  const { right } = await own()
  const back = await handIn(firstOf(right, 15), { isConfirmed: false })
  expect(back).toMatchObject({ ok: false, reason: 'unanswered', unanswered: Object.keys(right).slice(15) })
  expect((await page())!.latest).toMatchObject({ submittedAt: null, answers: firstOf(right, 15) })
  expect(await handIn({}, { isConfirmed: true })).toEqual({ ok: true })
  expect(await result()).toEqual({ right: 15, isPassed: false, at: minutes(10) })
})

test('16 of 20 right pass at 80 %, 15 do not', async () => {
  await start()
  await handIn(firstOf((await own()).right, 15))
  expect(await result()).toMatchObject({ right: 15, isPassed: false })
  await start(minutes(11))
  await handIn(firstOf((await own()).right, 16), { now: minutes(12) })
  expect(await result()).toMatchObject({ right: 16, isPassed: true })
})

test('at the very deadline an answer and a hand-in count; a millisecond later only what was saved does', async () => {
  await start()
  const { right } = await own()
  expect(await save(firstOf(right, 16), minutes(30))).toEqual({ ok: true })
  expect(await save(right, minutes(30, 1))).toEqual({ ok: false, reason: 'over' })
  expect(await handIn(right, { now: minutes(30, 1) })).toEqual({ ok: true })
  expect(await result()).toEqual({ right: 16, isPassed: true, at: minutes(30) })

  worker = await world.worker()
  await finishLessons(database, worker.accountId, 'trial', NOW)
  await start()
  await handIn((await own()).right, { now: minutes(30) })
  expect(await result()).toMatchObject({ right: 20, isPassed: true })
})

test('handed in twice it is marked once: the second time nothing changes', async () => {
  await start()
  const { right } = await own()
  await handIn(firstOf(right, 2))
  expect(await handIn(right, { now: minutes(11) })).toEqual({ ok: true })
  expect(await save(right, minutes(12))).toEqual({ ok: false, reason: 'over' })
  expect(await result()).toEqual({ right: 2, isPassed: false, at: minutes(10) })
})

test('two attempts that fail are followed by a pause; after it there are two more, with new questions', async () => {
  for (const at of [0, 20]) {
    expect(await start(minutes(at))).toEqual({ ok: true })
    await handIn({}, { now: minutes(at + 10) })
  }
  const until = minutes(30 + 24 * 60)
  expect(await start(minutes(31))).toEqual({ ok: false, reason: 'pause', until })
  expect((await page(minutes(31)))!.entry).toEqual({ ok: false, reason: 'pause', until })
  const before = (await own()).paper
  expect(await start(until)).toEqual({ ok: true })
  expect((await own()).paper).not.toEqual(before)
})

test('an attempt that nobody handed in is marked with what was saved once its time is over, by whoever looks first', async () => {
  await start()
  await save(firstOf((await own()).right, 17))
  const { id } = await own()
  const close = (now: Date) => as(system('credit'), (tx) => closeIfDue(tx, { attemptId: id, personId: null, now }))
  const due = (before: Date) => as(system('credit'), (tx) => listDue(tx, { before, without: [] }))
  expect(await due(minutes(30))).not.toContain(id)
  expect(await close(minutes(30))).toBe(false)
  expect(await due(minutes(30, 1))).toContain(id)
  expect(await close(minutes(45))).toBe(true)
  expect(await close(minutes(46))).toBe(false)
  expect(await result()).toEqual({ right: 17, isPassed: true, at: minutes(30) })
})

test('who comes back after the time is over and begins again has the old attempt counted first', async () => {
  await start()
  expect(await start(minutes(40))).toEqual({ ok: true })
  expect((await page(minutes(40)))!.latest).toMatchObject({ number: 2, submittedAt: null })
})

test('mistakes show which were wrong and why, and no right answer', async () => {
  await start()
  const { right, whys } = await own()
  await handIn(firstOf(right, 10))
  const { latest } = (await page())!
  const text = JSON.stringify(latest)
  expect(latest!.marks!.filter((mark) => mark.why !== null)).toHaveLength(10)
  expect(latest!.marks!.every((mark) => mark.right === null)).toBe(true)
  expect(whys.slice(10).every((why) => text.includes(why))).toBe(true)
})

test('a test that shows everything shows what is right; one that shows its score shows nothing else', async () => {
  await start(NOW, 'open')
  const { right } = await own('open')
  await handIn({}, { courseSlug: 'open' })
  for (const mark of (await page(NOW, 'open'))!.latest!.marks!) {
    expect(mark.right).toEqual(expect.arrayContaining(right[mark.id]!))
    expect(mark.why).toContain('CANARY')
  }
  await start(NOW, 'closed')
  await handIn({}, { courseSlug: 'closed' })
  const shown = (await page(NOW, 'closed'))!
  expect(shown.latest).toMatchObject({ rightCount: 0, marks: null })
  expect(JSON.stringify(shown)).not.toMatch(/CANARY|7193\.25|"why"|isRight/)
})

const onlineClass = async () =>
  world.classOf(await world.academy(), {
    ...{ mode: 'online', courseSlug: 'trial', capacity: null, startsOn: '2026-10-01', endsOn: '2026-12-31' },
  })
async function enrolled() {
  const [account] = await database.owner`select person_id from account where id = ${worker.accountId}`
  return world.enrolment(await onlineClass(), { personId: account?.person_id, accountId: worker.accountId })
}
const creditOf = async ({ id }: { id: string }) => {
  const [row] = await database.owner`select credited_on::text as on from enrolment where id = ${id}`
  return row?.on
}
const claim = () => as(system('credit'), (tx) => creditIfComplete(tx, learner('trial', NOW)))
const card = async () =>
  (await as(worker, (tx) => listCourses(tx, { accountId: worker.accountId }))).find(({ slug }) => slug === 'trial')!

test('the lessons alone credit nothing where the course has a test; passing it does, on that day in Shanghai', async () => {
  const place = await enrolled()
  expect(await claim()).toBe(false)
  expect(await creditOf(place)).toBeNull()
  const left = () =>
    as(worker, (tx) => findCoursesLeft(tx, { accountId: worker.accountId, slugs: ['trial'], now: NOW }))
  expect((await card()).isTestOpen).toBe(true)
  expect((await left()).get('trial')).toMatchObject({ lessons: 0, test: { ok: true, left: 1 } })
  const evening = new Date('2026-11-01T16:30:00Z')
  await start(evening)
  await handIn((await own()).right, { now: new Date('2026-11-01T16:40:00Z') })
  expect(await creditOf(place)).toBe('2026-11-02')
  expect((await card()).isTestOpen).toBe(false)
  expect((await left()).get('trial')).toMatchObject({ lessons: 0, test: null })
  expect(await start(evening)).toEqual({ ok: false, reason: 'passed' })
})

test('a test that was failed credits nothing', async () => {
  const place = await enrolled()
  await start()
  await handIn(firstOf((await own()).right, 15))
  expect(await creditOf(place)).toBeNull()
})

test('a passed test that nobody handed in credits on the day of its deadline, also when it is marked later', async () => {
  const place = await enrolled()
  await start()
  await save((await own()).right)
  const { id } = await own()
  const later = new Date('2026-11-05T02:00:00Z')
  await as(system('credit'), (tx) => closeIfDue(tx, { attemptId: id, personId: null, now: later }))
  expect(await creditOf(place)).toBe('2026-11-01')
})

test('who had done every lesson when the course got its test is not asked for it; one lesson later is', async () => {
  const early = await world.worker()
  const late = await world.worker()
  await finishLessons(database, early.accountId, 'trial', PUBLISHED)
  await finishLessons(database, late.accountId, 'trial', PUBLISHED)
  await database.owner`update lesson_progress set done_at = ${new Date(PUBLISHED.getTime() + 1).toISOString()}
    where account_id = ${late.accountId} and lesson_slug = 'second'`
  for (const [who, isExempt] of [
    [early, true],
    [late, false],
  ] as const) {
    worker = who
    const place = await enrolled()
    expect((await page())!.isExempt).toBe(isExempt)
    expect((await card()).isTestOpen).toBe(!isExempt)
    expect(await claim()).toBe(isExempt)
    expect(await creditOf(place)).toBe(isExempt ? '2026-11-01' : null)
  }
  expect((await page())!.entry).toMatchObject({ ok: true })
})

test('beginning and handing in are told in the audit trail, with counts and without answers', async () => {
  await start()
  await handIn(firstOf((await own()).right, 16))
  const events = await database.owner`
    select kind, detail from audit_event where detail->>'onBehalfOf' = ${worker.accountId} order by id desc`
  const counts = { course: 'trial', attempt: 1, questions: 20, onBehalfOf: worker.accountId }
  expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['test.submitted', { ...counts, right: 16, passed: true, isLate: false }],
    ['test.started', counts],
  ])
})

test('an attempt of somebody else, or of another course, is absent', async () => {
  await start()
  const { id, right } = await own()
  const other = await world.worker()
  const asOther = { ...learner('trial', minutes(1)), accountId: other.accountId, attemptId: id, form: formOf(right) }
  expect(await as(system('credit'), (tx) => saveAnswers(tx, asOther))).toEqual({ ok: false, reason: 'absent' })
  expect(await as(system('credit'), (tx) => submitAttempt(tx, { ...asOther, isConfirmed: true }))).toEqual({
    ...{ ok: false, reason: 'absent' },
  })
  const elsewhere = { ...learner('open', minutes(1)), attemptId: id, form: formOf(right) }
  expect(await as(system('credit'), (tx) => saveAnswers(tx, elsewhere))).toEqual({ ok: false, reason: 'absent' })
})
