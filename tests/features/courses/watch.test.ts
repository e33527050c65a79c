import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { courseFileFor, findCourseDesk, listDeskCourses } from '#app/features/courses/course-desk.server.ts'
import { type CoursePlace, readCoursePlace } from '#app/features/courses/course-desk.ts'
import { minutesEarned } from '#app/features/courses/standing.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { courseRating, lessonProgress, lessonTime, quiz, quizAttempt } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { plainCourse } from './support.ts'

const NOW = new Date('2026-11-20T02:00:00Z')
const day = (on: string) => new Date(`${on}T02:00:00Z`)
let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let teacher: Viewer
let held: { academyId: string; id: string }
let other: { academyId: string; id: string }

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  await as(system('setup'), loadPolicy)
  await course('trial')
  academy = await world.academy()
  ;[admin, teacher] = [await world.staff('academy_admin', academy), await world.staff('instructor', academy)]
  ;[held, other] = [await online('trial'), await online('trial')]
  await database.owner`insert into class_staff values (${academy.id}, ${held.id}, ${teacher.accountId})`
})

/** Two lessons of five minutes, each with a quiz of one question in two versions, the second a correction. */
async function course(slug: string) {
  await plainCourse(database, slug)
  const { owner } = database
  const question = {
    id: 'q1',
    kind: 'single',
    prompt: '先做什么？',
    options: [
      { id: 'a', text: '验电' },
      { id: 'b', text: '接地' },
      { id: 'c', text: '挂牌' },
    ],
  }
  for (const lesson of ['first', 'second']) {
    for (const [version, revision] of [
      [1, 1],
      [2, 1],
      [3, 2],
    ]) {
      await owner`insert into lesson_version (course_slug, lesson_slug, version, revision, digest, blocks, published_at)
        values (${slug}, ${lesson}, ${version!}, ${revision!}, ${Buffer.alloc(32)}, '[]', now())`
      await world.db
        .insert(quiz)
        .values({ courseSlug: slug, lessonSlug: lesson, version: version!, passPercent: 100, questions: [question] })
    }
  }
  await owner`update lesson set version = 2 where course_slug = ${slug}`
}

const online = (courseSlug: string, of: { id: string } = academy) =>
  world.classOf(of, { mode: 'online', capacity: null, courseSlug, startsOn: '2026-10-01', endsOn: '2026-12-31' })

const sit = async (of: { academyId: string; id: string }, given: { on?: string; creditedOn?: string } = {}) => {
  const worker = await world.worker()
  const { on = '2026-10-10', creditedOn } = given
  const seat = await world.enrolment(of, {
    accountId: worker.accountId,
    createdAt: day(on),
    creditedOn,
    name: '李小明',
  })
  return { ...worker, enrolmentId: seat.id }
}
const at = (who: Viewer, lessonSlug = 'first', courseSlug = 'trial') => ({
  accountId: who.accountId,
  courseSlug,
  lessonSlug,
})
const done = (who: Viewer, lessonSlug: string, on: string) =>
  world.db
    .insert(lessonProgress)
    .values({ ...at(who, lessonSlug), readAt: day(on), readVersion: 1, passedAt: day(on), doneAt: day(on) })
const studied = (who: Viewer, minutes: number, on: string) =>
  world.db
    .insert(lessonTime)
    .values({ ...at(who), activeMs: minutes * 60_000, byFormMs: 0, beganAt: day(on), countedAt: day(on) })
const tried = (who: Viewer, given: string, on: string, more: { version?: number; courseSlug?: string } = {}) => {
  const { version = 1, courseSlug = 'trial' } = more
  const isPassed = given === 'a'
  const marked = [{ id: 'q1', given: [given], right: ['a'], isRight: isPassed, why: '' }]
  return world.db.insert(quizAttempt).values({
    ...{ ...at(who, 'first', courseSlug), id: newId(), version, submittedAt: day(on) },
    ...{ rightCount: Number(isPassed), questionCount: 1, isPassed, marked },
  })
}

const place = (query = ''): CoursePlace => readCoursePlace(new URLSearchParams(query))
const desk = (viewer: Viewer, query = '', courseSlug = 'trial') =>
  findCourseDesk(viewer, { courseSlug, place: place(query), now: NOW })
async function learners(viewer: Viewer, query = '', courseSlug = 'trial') {
  const found = await desk(viewer, query, courseSlug)
  if (found?.view !== 'learners') throw new Error('not the list of learners')
  return found
}

test('each learner stands where the lessons, quizzes and days say, and has the minutes that count', async () => {
  const [failing, passed, idle, learning, done2, credited] = [
    await sit(held),
    await sit(held),
    await sit(held),
    await sit(held),
    await sit(held),
    await sit(held, { creditedOn: '2026-11-01' }),
  ]
  const [never, fresh] = [await sit(other), await sit(other, { on: '2026-11-10' })]
  for (const on of ['2026-11-17', '2026-11-18', '2026-11-19']) {
    await tried(failing, 'b', on)
    await tried(passed, 'b', on)
  }
  await tried(passed, 'a', '2026-11-19')
  await studied(idle, 2, '2026-11-06')
  await studied(learning, 60, '2026-11-07')
  for (const lesson of ['first', 'second']) await done(done2, lesson, '2026-10-12')
  const found = await learners(admin)
  const by = new Map(found.learners.map((row) => [row.enrolmentId, row]))
  const standings = [failing, passed, idle, learning, done2, credited, never, fresh].map(
    (one) => by.get(one.enrolmentId)?.standing,
  )
  expect(standings).toEqual(['failing', 'learning', 'idle', 'learning', 'done', 'done', 'not_begun', 'fresh'])
  expect(found.counts).toMatchObject({ stuck: 3, done: 2, learning: 2 })
  const active = by.get(learning.enrolmentId)!
  expect(minutesEarned(active.lessons)).toEqual({ earned: 2, needed: 5 })
  expect([active.name, active.lastOn]).toEqual(['李*明', '2026-11-07'])
  expect(active.document).toMatch(/^\d{6}\*{8}\d{3}[\dX]$/)
  expect(by.get(failing.enrolmentId)?.lessons[0]?.fails).toBe(3)
  const stuck = await learners(admin, `state=stuck&class=${held.id}`)
  expect(stuck.learners.map((row) => row.standing)).toEqual(['failing', 'idle'])
  expect(stuck.classes).toHaveLength(2)
})

test('an instructor sees the own class, another academy and an instructor without classes nothing', async () => {
  const elsewhere = await world.academy()
  const [foreign, idle] = [await world.staff('academy_admin', elsewhere), await world.staff('instructor', academy)]
  await online('trial', elsewhere)
  const watched = await sit(held)
  await done(watched, 'first', '2026-11-01')
  expect((await learners(teacher)).learners.every((row) => row.className.length > 0)).toBe(true)
  expect((await learners(teacher)).total).toBeLessThan((await learners(admin)).total)
  expect((await learners(foreign)).total).toBe(0)
  expect(await desk(idle)).toBeNull()
  expect(await desk(admin, '', 'no-such-course')).toBeNull()
  const rows = async (viewer: Viewer) =>
    (await as(viewer, (tx) => tx.select().from(lessonProgress))).filter((row) => row.accountId === watched.accountId)
      .length
  expect(await Promise.all([admin, teacher, watched, foreign, idle].map(rows))).toEqual([1, 1, 1, 0, 0])
  const { owner } = database
  const [before] = await as(admin, (tx) => listDeskCourses(tx, { viewer: admin, now: NOW }))
  await owner`update enrolment set seat = 'withdrawn' where id = ${watched.enrolmentId}`
  const [after] = await as(admin, (tx) => listDeskCourses(tx, { viewer: admin, now: NOW }))
  expect(before!.learners - after!.learners).toBe(1)
  expect(await rows(admin)).toBe(0)
})

test('what a worker learns in a course that the academy does not deliver is not its business', async () => {
  await course('private')
  const worker = await sit(held)
  await tried(worker, 'b', '2026-11-01', { courseSlug: 'private' })
  const seen = await as(admin, (tx) => tx.select().from(quizAttempt))
  expect(seen.filter((row) => row.courseSlug === 'private')).toEqual([])
})

test('pages of thirty list everybody once', async () => {
  await course('many')
  const of = await online('many')
  for (let n = 0; n < 31; n++) await sit(of)
  const first = await learners(admin, '', 'many')
  const second = await learners(admin, `after=${first.next}`, 'many')
  expect([first.learners.length, second.learners.length, second.next, second.total]).toEqual([30, 1, null, 31])
  expect(new Set([...first.learners, ...second.learners].map((row) => row.enrolmentId)).size).toBe(31)
  const file = await courseFileFor(admin, { courseSlug: 'many', place: place(), now: NOW }, async (of) => {
    const rows: unknown[] = []
    for await (const row of of.rows) rows.push(row)
    return rows
  })
  expect(file).toHaveLength(31)
})

test('of each learner the first answer counts; a correction of the lesson keeps the count, a change in substance begins a new one', async () => {
  await course('asked')
  const of = await online('asked')
  const [one, two, three] = [await sit(of), await sit(of), await sit(of)]
  const answer = (who: Viewer, given: string, on: string, version: number) =>
    tried(who, given, on, { version, courseSlug: 'asked' })
  await answer(one!, 'b', '2026-11-01', 1)
  await answer(one!, 'a', '2026-11-02', 2)
  await answer(two!, 'b', '2026-11-01', 2)
  await answer(three!, 'a', '2026-11-01', 2)
  const firstOf = async () => {
    const found = await desk(admin, 'view=results', 'asked')
    return found?.view === 'results' ? found.results[0] : null
  }
  expect(await firstOf()).toMatchObject({
    ...{ answered: 3, right: { numerator: 1, denominator: 3 } },
    mostWrong: { text: '接地', times: 2 },
  })
  await database.owner`update lesson set version = 3, revision = 2, changes = '新' where course_slug = 'asked'`
  expect(await firstOf()).toMatchObject({ answered: 0, mostWrong: null })
})

test('before five of the academy’s learners rated the course nothing of it is told, then scores and comments without who', async () => {
  await course('rated')
  const of = await online('rated')
  const rate = async (score: number, comment: string | null) => {
    const { accountId } = await sit(of)
    await world.db
      .insert(courseRating)
      .values({ accountId, courseSlug: 'rated', score, comment, ratedAt: NOW, changedAt: NOW })
  }
  for (const score of [5, 4, 4]) await rate(score, null)
  await rate(2, '视频太快')
  const ratings = async () => {
    const found = await desk(admin, 'view=ratings', 'rated')
    return found?.view === 'ratings' ? found.ratings : null
  }
  expect(await ratings()).toEqual({ ratings: 4, average: null, scores: [], comments: [] })
  await rate(5, null)
  expect(await ratings()).toMatchObject({
    average: { tenths: 40, ratings: 5 },
    comments: [{ score: 2, comment: '视频太快', month: '2026-11' }],
  })
})
