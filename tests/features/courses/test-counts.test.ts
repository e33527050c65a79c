import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { courseFileFor, findCourseDesk } from '#app/features/courses/course-desk.server.ts'
import { readCoursePlace } from '#app/features/courses/course-desk.ts'
import { findCoursesLeft } from '#app/features/courses/course-left.server.ts'
import { learnerColumns } from '#app/features/courses/course-sheet.ts'
import { listPrerequisites } from '#app/features/courses/prerequisites.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { findRatePage, rateCourse } from '#app/features/courses/rate.server.ts'
import { startAttempt, submitAttempt } from '#app/features/courses/sit.server.ts'
import { watchWords } from '#app/features/courses/watch-words.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { attemptOf, finishLessons, firstOf, formOf } from '#tests/support/final-test.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { FINAL_TEST } from './questions.ts'
import { contentFolder, plainCourse, TWO_LESSONS } from './support.ts'

/** After two failed attempts in a row a pause of a day; asked for since this instant. */
const PUBLISHED = new Date('2026-10-01T02:00:00Z')
const NOW = new Date('2026-11-01T02:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const DAY = 24 * 60

let database: TestDatabase
let world: ReturnType<typeof trainingWorld>

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  await as(system('setup'), loadPolicy)
  const dir = await contentFolder({ trial: { ...TWO_LESSONS, ...FINAL_TEST } })
  const compile = async (jobs: unknown[]) => jobs.map(() => ({ blocks: [] }))
  await as(system('content'), (tx) => publishCourses(tx, { dir, now: PUBLISHED, compile }))
  await plainCourse(database, 'later')
  await database.owner`update course set prerequisites = '{trial}' where slug = 'later'`
})

/** A worker who did every lesson; exempt where that was before the course asked for a test. */
async function reader(at = NOW): Promise<Viewer> {
  const worker = await world.worker()
  await finishLessons(database, worker.accountId, 'trial', at)
  return worker
}

const at = ({ accountId, personId }: Viewer, now: Date) => ({ accountId, personId, courseSlug: 'trial', now })
const begin = (worker: Viewer, now = NOW) => as(system('credit'), (tx) => startAttempt(tx, at(worker, now)))
async function sit(worker: Viewer, { right = 20, now = NOW } = {}) {
  await begin(worker, now)
  const { id, right: answers } = await attemptOf(database, worker.accountId, 'trial')
  const given = { attemptId: id, form: formOf(firstOf(answers, right)), isConfirmed: true }
  await as(system('credit'), (tx) => submitAttempt(tx, { ...at(worker, now), ...given }))
}

async function testLeft(worker: Viewer, now = NOW) {
  const of = { accountId: worker.accountId, slugs: ['trial'], now }
  return (await as(worker, (tx) => findCoursesLeft(tx, of))).get('trial')!.test
}

test('of the final test one is told that lessons come first, how often it may be tried, that it runs, and when again', async () => {
  expect(await testLeft(await world.worker())).toEqual({ ok: false, reason: 'lessons' })
  const worker = await reader()
  expect(await testLeft(worker)).toEqual({ ok: true, left: 1 })
  await begin(worker)
  expect(await testLeft(worker)).toEqual({ ok: false, reason: 'running' })
  await sit(worker, { right: 0 })
  expect(await testLeft(worker)).toEqual({ ok: true, left: 0 })
  await sit(worker, { right: 0 })
  expect(await testLeft(worker, later(DAY - 1))).toEqual({ ok: false, reason: 'pause', until: later(DAY) })
  expect(await testLeft(worker, later(DAY))).toEqual({ ok: true, left: 1 })
  await sit(worker, { now: later(DAY) })
  expect(await testLeft(worker, later(DAY))).toBeNull()
})

test('of who had finished before the course had a test, none is left', async () => {
  expect(await testLeft(await reader(PUBLISHED))).toBeNull()
  expect(await testLeft(await reader(new Date(PUBLISHED.getTime() + 1)))).not.toBeNull()
})

test('a course is finished, for rating it and for the courses that build on it, once its test is passed or not asked for', async () => {
  const isFinished = async (worker: Viewer) => {
    const { accountId, personId } = worker
    const [page, [wanted], rated] = await Promise.all([
      as(worker, (tx) => findRatePage(tx, { accountId, personId, courseSlug: 'trial' })),
      as(worker, (tx) => listPrerequisites(tx, { courseSlug: 'later', learner: { accountId, personId } })),
      as(system('credit'), (tx) => rateCourse(tx, { ...at(worker, NOW), score: '9', comment: '' })),
    ])
    expect(rated).toEqual({ ok: false, reason: 'score' })
    return [page?.mayRate, wanted?.isDone]
  }
  const worker = await reader()
  expect(await isFinished(worker)).toEqual([false, false])
  const rate = () => as(system('credit'), (tx) => rateCourse(tx, { ...at(worker, NOW), score: '4', comment: '' }))
  expect(await rate()).toEqual({ ok: false, reason: 'unfinished' })
  await sit(worker)
  expect(await isFinished(worker)).toEqual([true, true])
  expect(await rate()).toEqual({ ok: true })
  expect(await isFinished(await reader(PUBLISHED))).toEqual([true, true])
})

test('who was credited rates the course and has finished it, whatever test it asks for since', async () => {
  const worker = await reader()
  const held = await world.classOf(await world.academy(), { mode: 'online', capacity: null, courseSlug: 'trial' })
  await world.enrolment(held, { accountId: worker.accountId, creditedOn: '2026-10-20' })
  const learner = { accountId: worker.accountId, personId: worker.personId }
  const page = await as(worker, (tx) => findRatePage(tx, { ...learner, courseSlug: 'trial' }))
  const [wanted] = await as(worker, (tx) => listPrerequisites(tx, { courseSlug: 'later', learner }))
  expect([page?.mayRate, wanted?.isDone]).toEqual([true, true])
})

test('an academy sees who did every lesson and not the test as learning, who failed it twice as stuck, and in the file too', async () => {
  const academy = await world.academy()
  const admin = await world.staff('academy_admin', academy)
  const given = { mode: 'online', capacity: null, courseSlug: 'trial', startsOn: '2026-10-01', endsOn: '2026-12-31' }
  const held = await world.classOf(academy, given)
  const seats = new Map<string, string>()
  const joined = async (name: string, finishedAt = NOW) => {
    const worker = await reader(finishedAt)
    seats.set((await world.enrolment(held, { accountId: worker.accountId })).id, name)
    return worker
  }
  await joined('lessons alone')
  await joined('exempt', PUBLISHED)
  await sit(await joined('passed'))
  await sit(await joined('failed once'), { right: 0 })
  const stuck = await joined('failed twice')
  for (let n = 0; n < 2; n++) await sit(stuck, { right: 0 })
  const asked = { courseSlug: 'trial', place: readCoursePlace(new URLSearchParams()), now: NOW }
  const desk = await findCourseDesk(admin, asked)
  if (desk?.view !== 'learners') throw new Error('not the list of learners')
  expect(Object.fromEntries(desk.learners.map((row) => [seats.get(row.enrolmentId), row.standing]))).toEqual({
    ...{ 'lessons alone': 'learning', exempt: 'done', passed: 'done' },
    ...{ 'failed once': 'learning', 'failed twice': 'test_failing' },
  })
  expect([desk.hasTest, desk.counts.stuck, desk.counts.done]).toEqual([true, 1, 2])
  const w = watchWords['zh-CN']
  const told = await courseFileFor(admin, asked, async (file) => {
    const column = learnerColumns(w, file, 'zh-CN').find(({ head }) => head === w.test)!
    const cells: unknown[] = []
    if (file.view === 'learners') for await (const row of file.rows) cells.push(column.value(row))
    return cells.sort()
  })
  expect(told).toEqual(['1次没通过', '2次没通过', '不要求', '已通过', '未考'])
  const head = (hasTest: boolean) => learnerColumns(w, { lessons: desk.lessons, hasTest }, 'zh-CN')
  expect(head(false)).toHaveLength(head(true).length - 1)
})

test('taking the final test is learning: who sat it lately did not stop', async () => {
  const academy = await world.academy()
  const held = await world.classOf(academy, { mode: 'online', capacity: null, courseSlug: 'trial' })
  const worker = await reader(new Date('2026-10-05T02:00:00Z'))
  await world.enrolment(held, { accountId: worker.accountId, createdAt: PUBLISHED })
  const admin = await world.staff('academy_admin', academy)
  const standing = async () => {
    const place = readCoursePlace(new URLSearchParams())
    const desk = await findCourseDesk(admin, { courseSlug: 'trial', place, now: NOW })
    return desk?.view === 'learners' ? desk.learners[0]?.standing : null
  }
  expect(await standing()).toBe('idle')
  await sit(worker, { right: 0 })
  expect(await standing()).toBe('learning')
})
