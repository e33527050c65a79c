import { beforeAll, expect, test } from 'vitest'
import { anonymous, system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { courseFileFor, findCourseDesk } from '#app/features/courses/course-desk.server.ts'
import { resultColumns } from '#app/features/courses/course-sheet.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { saveAnswers, startAttempt, submitAttempt } from '#app/features/courses/sit.server.ts'
import { testReportWords } from '#app/features/courses/test-report-words.ts'
import { watchWords } from '#app/features/courses/watch-words.ts'
import { findTestTotals, listTestResults } from '#app/features/courses/watching/test-results.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { attemptOf, finishLessons, firstOf, formOf } from '#tests/support/final-test.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { FINAL_TEST } from './questions.ts'
import { contentFolder, TWO_LESSONS } from './support.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
const COURSE = 'trial'
const online = {
  mode: 'online',
  courseSlug: COURSE,
  capacity: null,
  startsOn: '2026-10-01',
  endsOn: '2026-12-31',
} as const

let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let own: Awaited<ReturnType<typeof world.academy>>
let other: typeof own
let held: Awaited<ReturnType<typeof world.classOf>>

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  const dir = await contentFolder({ [COURSE]: { ...TWO_LESSONS, ...FINAL_TEST } })
  const compile = async (jobs: unknown[]) => jobs.map(() => ({ blocks: [] }))
  await as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date('2026-10-01'), compile }))
  own = await world.academy()
  other = await world.academy()
  held = await world.classOf(own, online)
})

async function learnerIn(of: typeof held): Promise<Viewer> {
  const learner = await world.worker()
  const [account] = await database.owner`select person_id from account where id = ${learner.accountId}`
  await world.enrolment(of, { personId: account?.person_id, accountId: learner.accountId })
  await finishLessons(database, learner.accountId, COURSE, NOW)
  return learner
}

/** An attempt with the first so many questions right and the others open. @returns their ids in order. */
async function sit({ accountId }: Viewer, right: number, isHandedIn = true): Promise<string[]> {
  const at = { accountId, personId: null, courseSlug: COURSE, now: NOW }
  await as(system('credit'), (tx) => startAttempt(tx, at))
  const { id, right: answers } = await attemptOf(database, accountId, COURSE)
  const given = { ...at, attemptId: id, form: formOf(firstOf(answers, right)) }
  if (isHandedIn) await as(system('credit'), (tx) => submitAttempt(tx, { ...given, isConfirmed: true }))
  else await as(system('credit'), (tx) => saveAnswers(tx, given))
  return Object.keys(answers)
}

const resultsOf = (viewer: Viewer) => as(viewer, (tx) => listTestResults(tx, { courseSlug: COURSE }))
const totalsOf = (viewer: Viewer) => as(viewer, (tx) => findTestTotals(tx, { courseSlug: COURSE }))

test('of each question is counted how often it was asked, right and left open, in attempts that are over', async () => {
  const [one, two] = [await learnerIn(held), await learnerIn(held)]
  const asked = [await sit(one, 20), await sit(two, 5)]
  await sit(await learnerIn(held), 20, false)
  const results = await resultsOf(await world.staff('academy_admin', own))
  const shown = (id: string) => asked.filter((ids) => ids.includes(id)).length
  const right = (id: string) => [asked[0]!, asked[1]!.slice(0, 5)].filter((ids) => ids.includes(id)).length
  expect(results.map(({ id }) => id).sort()).toEqual([...new Set(asked.flat())].sort())
  const prompts = new Map<string, string>()
  for (const { accountId } of [one, two]) {
    const { paper } = await attemptOf(database, accountId, COURSE)
    for (const { question } of paper) prompts.set(question.id, question.prompt)
  }
  for (const { id, prompt, blank, ...result } of results) {
    expect([result.shown, result.right, blank]).toEqual([
      shown(id),
      { numerator: right(id), denominator: shown(id) },
      shown(id) - right(id),
    ])
    expect(prompt).toBe(prompts.get(id))
  }
  const shares = results.map(({ right: { numerator, denominator } }) => numerator / denominator)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(await totalsOf(await world.staff('academy_admin', own))).toEqual({ learners: 2, passed: 1, attempts: 2 })
})

test('an academy sees the results of those who sit in its own online classes of that course, and an instructor of the own class', async () => {
  const elsewhere = await learnerIn(await world.classOf(other, online))
  await sit(elsewhere, 20)
  const before = await totalsOf(await world.staff('academy_admin', own))
  expect(await totalsOf(await world.staff('academy_admin', other))).toEqual({ learners: 1, passed: 1, attempts: 1 })
  expect(before.learners).toBe(2)
  const stranger = await world.staff('instructor', own)
  const teacher = await world.staff('instructor', own)
  await database.owner`
    insert into class_staff (academy_id, class_id, account_id) values (${own.id}, ${held.id}, ${teacher.accountId})`
  expect((await totalsOf(teacher)).learners).toBe(2)
  expect(await resultsOf(stranger)).toEqual([])
  for (const actor of [anonymous, system('ledger')]) {
    expect(await as(actor, (tx) => listTestResults(tx, { courseSlug: COURSE }))).toEqual([])
  }
  expect(await totalsOf(elsewhere)).toMatchObject({ learners: 1 })
})

test('withdrawn from the class, a learner’s results are the academy’s to see no more', async () => {
  const leaver = await learnerIn(held)
  await sit(leaver, 5)
  const admin = await world.staff('academy_admin', own)
  expect((await totalsOf(admin)).learners).toBe(3)
  await database.owner`update enrolment set seat = 'withdrawn' where account_id = ${leaver.accountId}`
  expect((await totalsOf(admin)).learners).toBe(2)
})

test('a class alone shows its own learners, and the academy reads them on the course’s page', async () => {
  const second = await world.classOf(own, online)
  const learner = await learnerIn(second)
  await sit(learner, 20)
  const admin = await world.staff('academy_admin', own)
  const place = { view: 'results', classId: second.id, state: null, isHardestFirst: false, after: null } as const
  const desk = await findCourseDesk(admin, { courseSlug: COURSE, place, now: NOW })
  expect(desk).toMatchObject({ view: 'results', test: { totals: { learners: 1, passed: 1, attempts: 1 } } })
  // The file has what the page has: the lessons' questions, then the test's.
  const columns = resultColumns(watchWords['zh-CN'], testReportWords['zh-CN'])
  const lines = await courseFileFor(admin, { courseSlug: COURSE, place, now: NOW }, async (of) =>
    of.view === 'results' ? of.rows.map((row) => columns.map(({ value }) => value(row))) : [],
  )
  expect(new Set(lines?.map(([where]) => where))).toEqual(new Set(['第1课', '第2课', '结业考试']))
  const ofTest = lines?.filter(([where]) => where === '结业考试') ?? []
  expect(ofTest).toHaveLength(20)
  for (const line of ofTest) expect(line.slice(3, 7)).toEqual([1, 1, 0, 1])
})
