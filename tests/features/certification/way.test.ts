import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listWays } from '#app/features/certification/way.server.ts'
import { stepsLeft, type Way } from '#app/features/certification/way.ts'
import { leftOf } from '#app/features/courses/course-left.ts'
import { indexOf } from '#app/features/persons/vault.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { assessment, certificate, lessonProgress, lessonTime } from '#db/schema/index.ts'
import { plainCourse } from '#tests/features/courses/support.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

const NOW = new Date('2026-11-25T02:00:00Z')
const TODAY = '2026-11-25'
let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: { id: string; code: string; name: string }

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  await as(system('setup'), loadPolicy)
  await plainCourse(database)
  academy = await world.academy()
})

const waysOf = (viewer: Viewer) => as(viewer, (tx) => listWays(tx, { viewer, now: NOW }))
const onlyWay = async (viewer: Viewer): Promise<Way> => {
  const ways = await waysOf(viewer)
  expect(ways).toHaveLength(1)
  return ways[0]!
}
const online = (given = {}) =>
  world.classOf(academy, {
    ...{ mode: 'online', capacity: null, courseSlug: 'trial', startsOn: '2026-11-01', endsOn: '2026-12-31' },
    ...given,
  })

async function assess(enrolmentId: string, result: 'passed' | 'failed' | 'absent', assessedOn: string) {
  const id = newId()
  await world.db
    .insert(assessment)
    .values({ academyId: academy.id, id, enrolmentId, assessedOn, result, createdAt: NOW })
  return id
}

test('of an online course one is told the lessons and minutes left, the quiz not passed and where to go on', async () => {
  const worker = await world.worker()
  await world.enrolment(await online(), { accountId: worker.accountId })
  const of = { accountId: worker.accountId, courseSlug: 'trial', lessonSlug: 'first' }
  expect((await onlyWay(worker)).course).toMatchObject({ lessons: 2, of: 2, minutes: 5, next: { slug: 'first' } })
  await world.db.insert(lessonProgress).values({ ...of, readAt: NOW, readVersion: 1 })
  await world.db.insert(lessonTime).values({ ...of, activeMs: 600_000, byFormMs: 0, beganAt: NOW, countedAt: NOW })
  const { course } = await onlyWay(worker)
  expect(course).toMatchObject({ lessons: 2, minutes: 3, toPass: [{ slug: 'first', position: 1 }], toPlay: [] })
  await database.owner`update lesson_progress set passed_at = now(), done_at = now() where account_id = ${worker.accountId}`
  expect((await onlyWay(worker)).course).toMatchObject({
    lessons: 1,
    toPass: [],
    next: { slug: 'second', position: 2 },
  })
})

test('a class that one goes to counts the hours still to attend, by the policy’s share', async () => {
  const worker = await world.worker()
  const held = await world.classOf(academy, { plannedHours: 16, startsOn: '2026-11-21', endsOn: '2026-11-28' })
  await world.enrolment(held, { accountId: worker.accountId, hoursAttended: 8, creditedOn: '2026-11-28' })
  const way = await onlyWay(worker)
  expect([way.hoursNeeded, way.hoursAttended]).toEqual([13, 8])
  expect(stepsLeft(way, '2026-11-27')).toEqual(['hours', 'assessment', 'certificate'])
  expect(stepsLeft(way, '2026-11-28')).toEqual(['assessment', 'certificate'])
})

test('an attempt that was passed stands, whatever came after; passed and not issued is one step; issued, nothing is left', async () => {
  const worker = await world.worker()
  const seat = await world.enrolment(await online(), { accountId: worker.accountId, creditedOn: '2026-11-10' })
  await assess(seat.id, 'failed', '2026-11-12')
  expect((await onlyWay(worker)).assessment).toEqual({ result: 'failed', assessedOn: '2026-11-12' })
  const passed = await assess(seat.id, 'passed', '2026-11-14')
  await assess(seat.id, 'absent', '2026-11-16')
  const way = await onlyWay(worker)
  expect([way.assessment?.result, ...stepsLeft(way, TODAY)]).toEqual(['passed', 'certificate'])
  await world.db.insert(certificate).values({
    ...{ academyId: academy.id, id: newId(), assessmentId: passed, type: 'training', number: 'WAY-1' },
    ...{ numberIndex: indexOf('certificate', 'WAY-1'), issuedOn: '2026-11-20', status: 'revoked', createdAt: NOW },
  })
  expect((await onlyWay(worker)).isRevoked).toBe(true)
  await database.owner`update certificate set status = 'valid' where assessment_id = ${passed}`
  expect(await waysOf(worker)).toEqual([])
})

test('classes long over, cancelled or left lead nowhere, and nobody sees the way of another', async () => {
  const [worker, stranger] = [await world.worker(), await world.worker()]
  const sit = async (given: object, seat = {}) =>
    world.enrolment(await online(given), { accountId: worker.accountId, ...seat })
  await sit({ startsOn: '2026-03-01', endsOn: '2026-05-28' })
  await sit({ status: 'cancelled' })
  await sit({}, { seat: 'withdrawn' })
  expect(await waysOf(worker)).toEqual([])
  await sit({ startsOn: '2026-03-01', endsOn: '2026-05-29' })
  expect(await waysOf(worker)).toHaveLength(1)
  expect(await waysOf(stranger)).toEqual([])
})

test('a lesson whose recording alone is missing says so; what is done asks for nothing', () => {
  const lesson = {
    ...{ slug: 'a', position: 1, hasQuiz: false, isRead: true, isPassed: false, isDone: false },
    ...{ activeMs: 150_000, minutes: 5, activeMinutes: null, media: [{ name: 'v', title: '', seconds: 60 }] },
  }
  const policy = { activePercent: 50 }
  expect(leftOf([lesson], policy)).toMatchObject({ minutes: 0, toPlay: [{ slug: 'a' }], toPass: [] })
  expect(leftOf([{ ...lesson, activeMs: 149_000 }], policy)).toMatchObject({ minutes: 1, toPlay: [] })
  expect(leftOf([{ ...lesson, isDone: true, activeMs: 0 }], policy)).toMatchObject({
    lessons: 0,
    minutes: 0,
    next: null,
  })
})
