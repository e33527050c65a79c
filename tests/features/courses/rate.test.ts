import { beforeAll, expect, test } from 'vitest'
import { anonymous, system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findCourse } from '#app/features/courses/course-detail.server.ts'
import { findCoursePage } from '#app/features/courses/course-page.server.ts'
import { rateCourse } from '#app/features/courses/rate.server.ts'
import { LONGEST_COMMENT, publicAverage, readScore, shownTenths } from '#app/features/courses/ratings.ts'
import { newId } from '#app/lib/ids.ts'
import { courseRating, lessonProgress } from '#db/schema/index.ts'
import { PURPOSES } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { plainCourse } from './support.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
let database: TestDatabase
let world: ReturnType<typeof trainingWorld>

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
})

/** A worker who has finished the course. */
async function finisher(courseSlug: string, lessons = ['first', 'second']): Promise<Viewer> {
  const worker = await world.worker()
  const progress = { accountId: worker.accountId, courseSlug, readAt: NOW, readVersion: 1, passedAt: NOW, doneAt: NOW }
  await world.db.insert(lessonProgress).values(lessons.map((lessonSlug) => ({ ...progress, lessonSlug })))
  return worker
}

const rate = (viewer: Viewer, courseSlug: string, score: unknown, comment: unknown = '') =>
  as(system('credit'), (tx) => {
    const { accountId, personId } = viewer
    return rateCourse(tx, { accountId, personId, courseSlug, score, comment, now: NOW })
  })
const shown = async (courseSlug: string, viewer: Viewer | null = null) =>
  (await as(viewer ?? anonymous, (tx) => findCourse(tx, { courseSlug, accountId: viewer?.accountId ?? null })))!

test('the average is shown with its number from five ratings up, and not before', async () => {
  await plainCourse(database, 'five')
  for (const score of ['5', '5', '4', '5']) await rate(await finisher('five'), 'five', score)
  expect((await shown('five')).satisfaction).toBeNull()
  await rate(await finisher('five'), 'five', '4')
  expect((await shown('five')).satisfaction).toEqual({ tenths: 46, ratings: 5 })
})

test('a worker has one rating of a course, and changes it', async () => {
  await plainCourse(database, 'one')
  const worker = await finisher('one')
  expect(await rate(worker, 'one', '2', '太快了')).toEqual({ ok: true })
  expect(await rate(worker, 'one', '5', ' \n ')).toEqual({ ok: true })
  expect(await rate(worker, 'one', '5')).toEqual({ ok: true }) // the same again: no second event below
  expect((await shown('one', worker)).ownScore).toBe(5)
  expect(await database.owner`select score, comment from course_rating where course_slug = 'one'`).toEqual([
    { score: 5, comment: null },
  ])
  expect(await database.owner`select ratings, scores from course_rating_total where course_slug = 'one'`).toEqual([
    { ratings: 1, scores: 5 },
  ])
  const events =
    await database.owner`select detail from audit_event where kind = 'course.rated' and detail ->> 'course' = 'one' order by at, id`
  expect(events.map(({ detail }) => detail.changed)).toEqual([false, true])
  expect(JSON.stringify(events)).not.toMatch(/score|太快/)
})

test('only who finished the course rates it; who has rated it may go on changing it after a lesson was added', async () => {
  await plainCourse(database, 'half')
  const half = await finisher('half', ['first'])
  expect(await rate(half, 'half', '5')).toEqual({ ok: false, reason: 'unfinished' })
  const worker = await finisher('half')
  await rate(worker, 'half', '3')
  await database.owner`insert into lesson (course_slug, slug, position, title, title_en, summary, minutes, version, has_quiz)
    values ('half', 'third', 3, '', '', '', 5, 1, false)`
  expect(await rate(worker, 'half', '4')).toEqual({ ok: true })
})

test('who was credited for a class of the course rates it, also when lessons came since', async () => {
  await plainCourse(database, 'since')
  const online = await world.classOf(await world.academy(), { mode: 'online', capacity: null, courseSlug: 'since' })
  const worker = await finisher('since', ['first'])
  const seat = await world.enrolment(online, { accountId: worker.accountId })
  expect(await rate(worker, 'since', '5')).toEqual({ ok: false, reason: 'unfinished' })
  await database.owner`update enrolment set credited_on = '2026-10-30' where id = ${seat.id}`
  expect(await rate(worker, 'since', '5')).toEqual({ ok: true })
})

test('hours credited to the confirmed person alone open the rating, as the course’s page says; to anyone else’s they do not', async () => {
  await plainCourse(database, 'person')
  const online = await world.classOf(await world.academy(), { mode: 'online', capacity: null, courseSlug: 'person' })
  const person = await world.person()
  await world.enrolment(online, { personId: person.id, creditedOn: '2026-10-30' })
  const mayRate = async (viewer: Viewer) =>
    (await as(viewer, (tx) => findCoursePage(tx, { courseSlug: 'person', learner: viewer, now: NOW })))?.mayRate
  const claimed = await world.worker({ personId: person.id })
  expect(await mayRate(claimed)).toBe(false)
  expect(await rate(claimed, 'person', '5')).toEqual({ ok: false, reason: 'unfinished' })
  expect(await mayRate(await world.worker({ isConfirmed: true }))).toBe(false)
  const worker = await world.worker({ personId: person.id, isConfirmed: true })
  expect(await mayRate(worker)).toBe(true)
  expect(await rate(worker, 'person', '5')).toEqual({ ok: true })
})

test('a score that is none, a comment that is too long and a course that does not exist are refused', async () => {
  await plainCourse(database, 'bad')
  const worker = await finisher('bad')
  for (const score of ['0', '6', '4.5', '', null, '５'])
    expect(await rate(worker, 'bad', score)).toEqual({ ok: false, reason: 'score' })
  expect(await rate(worker, 'bad', '5', '长'.repeat(LONGEST_COMMENT + 1))).toEqual({ ok: false, reason: 'long' })
  expect(await rate(worker, 'bad', '5', '长'.repeat(LONGEST_COMMENT))).toEqual({ ok: true })
  expect(await rate(worker, 'nowhere', '5')).toEqual({ ok: false, reason: 'absent' })
})

test('ratings at the same moment are all in the total', async () => {
  await plainCourse(database, 'rush')
  const workers = await Promise.all(Array.from({ length: 8 }, () => finisher('rush')))
  await Promise.all(workers.map((worker) => rate(worker, 'rush', '5')))
  expect((await shown('rush')).satisfaction).toEqual({ tenths: 50, ratings: 8 })
})

test('a rating is read by its worker and by academies whose online class of the course the worker sits in: no one else', async () => {
  await plainCourse(database, 'seen')
  await plainCourse(database, 'unseen')
  const [academy, elsewhere] = [await world.academy(), await world.academy()]
  const online = (of: { id: string }, courseSlug: string) =>
    world.classOf(of, { mode: 'online', capacity: null, courseSlug })
  const [held, other, foreign] = [
    await online(academy, 'seen'),
    await online(academy, 'unseen'),
    await online(elsewhere, 'unseen'),
  ]
  const [teacher, idle] = [await world.staff('instructor', academy), await world.staff('instructor', academy)]
  await database.owner`insert into class_staff values (${academy.id}, ${held.id}, ${teacher.accountId}), (${academy.id}, ${other.id}, ${idle.accountId})`
  const worker = await finisher('seen')
  await world.enrolment(held, { accountId: worker.accountId })
  await world.enrolment(foreign, { accountId: worker.accountId })
  await rate(worker, 'seen', '4', '讲得明白')
  const read = async (actor: Parameters<typeof as>[0]) =>
    (await as(actor, (tx) => tx.select().from(courseRating))).filter((row) => row.courseSlug === 'seen').length
  for (const actor of [worker, teacher, await world.staff('academy_admin', academy)]) expect(await read(actor)).toBe(1)
  const strangers = [
    idle,
    await world.worker(),
    await world.staff('academy_admin', elsewhere),
    { ...worker, accountId: newId(), role: 'provincial_handler' as const },
    anonymous,
    ...PURPOSES.filter((purpose) => purpose !== 'credit').map(system),
  ]
  for (const actor of strangers) expect(await read(actor)).toBe(0)
  await database.owner`update enrolment set seat = 'withdrawn' where class_id = ${held.id}`
  expect(await read(teacher)).toBe(0)
})

test.each([
  [{ ratings: 5, scores: 23 }, '4.6'],
  [{ ratings: 6, scores: 29 }, '4.8'],
  [{ ratings: 7, scores: 34 }, '4.8'],
  [{ ratings: 5, scores: 25 }, '5.0'],
])('of %j the average is cut to %s, never rounded', (total, said) => {
  expect(shownTenths(publicAverage(total)!.tenths)).toBe(said)
})

test('without ratings there is no average, not 0', () => {
  expect(publicAverage({ ratings: 0, scores: 0 })).toBeNull()
  expect(publicAverage(null)).toBeNull()
  expect(readScore('3')).toBe(3)
})
