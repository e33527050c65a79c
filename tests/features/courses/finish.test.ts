import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { anonymous, system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { creditIfComplete } from '#app/features/courses/course-credit.server.ts'
import { findCourse } from '#app/features/courses/course-detail.server.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { finishLesson, submitQuiz } from '#app/features/courses/finish.server.ts'
import { findLesson } from '#app/features/courses/lessons.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { giveTime } from '#tests/support/study.ts'
import { HEAD, QUIZ } from './hostile.ts'
import { contentFolder, TWO_LESSONS } from './support.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
const WHY = '没有验电'
let database: TestDatabase
let dir: string
let academyId: string

const publish = () => as(system('content'), (tx) => publishCourses(tx, { dir, now: NOW }))

beforeAll(async () => {
  database = await freshDatabase()
  dir = await contentFolder({
    trial: { ...TWO_LESSONS, '03-third.mdx': `${HEAD}## 第三节\n\n没有测验的一课。\n` },
  })
  await publish()
  await as(system('setup'), loadPolicy)
  const facts = build()
  academyId = facts.academy().id
  await insertFacts(database.owner, facts.facts)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

let worker: Viewer
const person = { id: '' }

beforeEach(async () => {
  worker = await newWorker()
})

async function newWorker(): Promise<Viewer> {
  const facts = build()
  person.id = facts.person().id
  await insertFacts(database.owner, facts.facts)
  const accountId = newId()
  await database.owner`insert into account (id, role, login, password_hash, display_name, person_id, created_at)
    values (${accountId}, 'worker', ${accountId}, 'x', '李合成', ${person.id}, ${NOW})`
  await giveTime(database, accountId, 'trial')
  const none = { academyId: null, academyCode: null, academyName: null, unionId: null, unionName: null, personId: null }
  return { kind: 'user', accountId, role: 'worker', name: '李合成', ...none }
}

async function onlineClass(given: Record<string, unknown> = {}): Promise<string> {
  const id = newId()
  const row = {
    academy_id: academyId,
    id,
    code: id,
    name: '线上班',
    mode: 'online',
    starts_on: '2026-10-01',
    ends_on: '2026-12-31',
    planned_hours: 2,
    origin: 'system',
    status: 'published',
    course_slug: 'trial',
    created_at: NOW,
    ...given,
  }
  await database.owner`insert into class ${database.owner(row)}`
  return id
}

async function enrolled(classId: string, given: Record<string, unknown> = {}): Promise<string> {
  const id = newId()
  const row = {
    ...{ academy_id: academyId, id, class_id: classId, person_id: person.id, account_id: worker.accountId },
    ...{ seat: 'enrolled', name: '李合成', created_at: NOW, ...given },
  }
  await database.owner`insert into enrolment ${database.owner(row)}`
  return id
}

const creditOf = async (id: string) => {
  const [row] = await database.owner`
    select credited_on::text as on, completed_on::text as completed, hours_attended::float as hours from enrolment where id = ${id}`
  return row
}

const form = (answer: Record<string, string[]>) => ({ getAll: (name: string) => answer[name] ?? [] })
const RIGHT = form({ 'q-q1': ['a'] })
const WRONG = form({ 'q-q1': ['b'] })

const learner = () => ({ accountId: worker.accountId, personId: worker.personId, courseSlug: 'trial', now: NOW })
const submit = (lessonSlug: string, answers = RIGHT, version = 1, now = NOW) =>
  as(system('credit'), (tx) => submitQuiz(tx, { ...learner(), lessonSlug, version, form: answers, now }))
const finish = (lessonSlug: string) => as(system('credit'), (tx) => finishLesson(tx, { ...learner(), lessonSlug }))
const page = (lessonSlug: string, actor: Viewer | typeof anonymous = worker) =>
  as(actor, (tx) =>
    findLesson(tx, { courseSlug: 'trial', lessonSlug, accountId: actor.kind === 'user' ? actor.accountId : null }),
  )

test('before anything is answered, a lesson carries no answer and no reason: not for visitors, not for workers', async () => {
  for (const actor of [anonymous, worker]) {
    const shown = await page('first', actor)
    expect(shown?.quiz?.questions).toHaveLength(1)
    const text = JSON.stringify(shown)
    expect(text).not.toContain(WHY)
    expect(text).not.toContain('"answer"')
    expect(text).not.toContain('"right"')
  }
})

test('the key of a quiz is closed to everyone but the system that marks', async () => {
  const { quizKey } = await import('#db/schema/index.ts')
  for (const actor of [anonymous, worker, system('ledger'), system('seats')]) {
    expect(await as(actor, (tx) => tx.select().from(quizKey))).toEqual([])
  }
})

test('a passed quiz finishes its lesson; the page then shows what was answered, what is right and why', async () => {
  expect(await submit('first')).toMatchObject({ ok: true, isPassed: true, isCourseComplete: false })
  const shown = await page('first')
  expect(shown?.lesson).toMatchObject({ isRead: true, isPassed: true })
  expect(shown?.attempt).toMatchObject({
    isPassed: true,
    rightCount: 1,
    isCurrent: true,
    marked: [{ id: 'q1', given: ['a'], right: ['a'], isRight: true, why: '没有验电，一律按有电处理。' }],
  })
})

test('a failed quiz leaves the lesson read and not passed, and can be tried again; every attempt is kept', async () => {
  expect(await submit('first', WRONG)).toMatchObject({ ok: true, isPassed: false, rightCount: 0 })
  expect((await page('first'))?.lesson).toMatchObject({ isRead: true, isPassed: false })
  await submit('first', RIGHT, 1, new Date('2026-11-01T03:00:00Z'))
  await submit('first', WRONG, 1, new Date('2026-11-01T04:00:00Z'))
  expect((await page('first'))?.lesson).toMatchObject({ isPassed: true })
  expect((await page('first'))?.attempt).toMatchObject({ isPassed: false })
  const kept =
    await database.owner`select is_passed from quiz_attempt where account_id = ${worker.accountId} order by submitted_at`
  expect(kept.map((row) => row.is_passed)).toEqual([false, true, false])
})

test('an unanswered question marks nothing, keeps nothing, and gives back what was ticked', async () => {
  expect(await submit('first', form({}))).toEqual({
    ok: false,
    reason: 'unanswered',
    unanswered: ['q1'],
    answers: { q1: [] },
    questions: [expect.objectContaining({ id: 'q1' })],
    passPercent: 60,
  })
  expect((await page('first'))?.attempt).toBeNull()
  expect((await page('first'))?.lesson.isRead).toBe(false)
})

test('a quiz or lesson that does not exist is absent; a lesson with a quiz is not finished by saying so', async () => {
  expect(await submit('nowhere')).toEqual({ ok: false, reason: 'absent' })
  expect(await submit('third')).toEqual({ ok: false, reason: 'absent' })
  expect(await finish('first')).toBe(false)
  expect(await page('nowhere')).toBeNull()
})

test('when every lesson is done, the online enrolment is credited in full, on that day in Shanghai', async () => {
  const id = await enrolled(await onlineClass())
  await submit('first')
  await submit('second', WRONG)
  expect(await finish('third')).toBe(true)
  expect(await creditOf(id)).toEqual({ on: null, completed: null, hours: null })
  const late = new Date('2026-11-01T16:30:00Z')
  expect(await submit('second', RIGHT, 1, late)).toMatchObject({ isCourseComplete: true })
  expect(await creditOf(id)).toEqual({ on: '2026-11-02', completed: '2026-11-02', hours: 2 })
  const events = await database.owner`select kind from audit_event where subject_id = ${id}`
  expect(events.map((event) => event.kind)).toEqual(['enrolment.credited'])
})

test('a second attempt after the course is complete changes no credit', async () => {
  const id = await enrolled(await onlineClass())
  await Promise.all([submit('first'), submit('second'), finish('third')])
  const before = await creditOf(id)
  await submit('first', RIGHT, 1, new Date('2026-11-20T02:00:00Z'))
  expect(await creditOf(id)).toEqual(before)
  expect(before?.on).toBe('2026-11-01')
})

test('two last lessons passed at the same moment still complete the course', async () => {
  for (let round = 0; round < 5; round++) {
    worker = await newWorker()
    const id = await enrolled(await onlineClass())
    await finish('third')
    await Promise.all([submit('first'), submit('second')])
    expect((await creditOf(id))?.on).toBe('2026-11-01')
  }
})

test('who enrols after finishing is credited when saying so, on that day', async () => {
  await Promise.all([submit('first'), submit('second'), finish('third')])
  const id = await enrolled(await onlineClass())
  const claim = () => as(system('credit'), (tx) => creditIfComplete(tx, learner()))
  expect(await claim()).toBe(true)
  expect((await creditOf(id))?.on).toBe('2026-11-01')
})

test('only own, enrolled, online, begun, published classes of this course are credited', async () => {
  const other = await newWorker()
  const otherPerson = person.id
  worker = await newWorker()
  const never = await Promise.all([
    enrolled(await onlineClass(), { account_id: other.accountId, person_id: otherPerson }),
    enrolled(await onlineClass(), { seat: 'withdrawn' }),
    enrolled(await onlineClass({ mode: 'classroom' })),
    enrolled(await onlineClass({ starts_on: '2026-11-02' })),
    enrolled(await onlineClass({ course_slug: 'another' })),
    enrolled(await onlineClass({ status: 'cancelled' })),
  ])
  const own = await enrolled(await onlineClass())
  await Promise.all([submit('first'), submit('second'), finish('third')])
  for (const id of never) expect((await creditOf(id))?.on).toBeNull()
  expect((await creditOf(own))?.on).toBe('2026-11-01')
})

test('an enrolment that another account made for the same person counts once the person is confirmed', async () => {
  const id = await enrolled(await onlineClass(), { account_id: null })
  await Promise.all([submit('first'), submit('second'), finish('third')])
  expect((await creditOf(id))?.on).toBeNull()
  worker = { ...worker, personId: person.id }
  await as(system('credit'), (tx) => creditIfComplete(tx, learner()))
  expect((await creditOf(id))?.on).toBe('2026-11-01')
})

test('progress is one worker’s own: another sees nothing of it', async () => {
  await submit('first', WRONG)
  const stranger = await newWorker()
  expect((await page('first', stranger))?.attempt).toBeNull()
  const seen = await as(stranger, (tx) => findCourse(tx, { courseSlug: 'trial', accountId: worker.accountId }))
  expect(seen?.lessons.some((lesson) => lesson.isRead)).toBe(false)
})

test('the catalogue counts lessons and what is done', async () => {
  await submit('first')
  await submit('second', WRONG)
  const [card] = await as(worker, (tx) => listCourses(tx, { accountId: worker.accountId }))
  expect(card).toMatchObject({ slug: 'trial', lessonCount: 3, doneCount: 1, lastAt: '2026-11-01T02:00:00Z' })
  const [open] = await as(anonymous, (tx) => listCourses(tx, { accountId: null }))
  expect(open).toMatchObject({ lessonCount: 3, doneCount: 0, lastAt: null })
})

// Last: it publishes anew.
test('a changed lesson keeps the progress; its old questions are not marked any more, and nothing typed is lost', async () => {
  await submit('first')
  await submit('second', WRONG)
  await writeFile(join(dir, 'trial/02-second.quiz.yaml'), QUIZ.replace('id: q1', 'id: q9'))
  await writeFile(join(dir, 'trial/01-first.mdx'), `${HEAD}## 改过\n\n正文\n\n<Quiz />\n`)
  await publish()
  expect((await page('first'))?.lesson).toMatchObject({ isPassed: true, version: 2 })
  expect((await page('second'))?.attempt).toMatchObject({ isCurrent: false })
  const renewed = form({ 'q-q9': ['a'] })
  expect(await submit('second', renewed, 1)).toMatchObject({
    ...{ ok: false, reason: 'changed', answers: { q9: ['a'] } },
    questions: [{ id: 'q9' }],
  })
  expect(await submit('second', renewed, 2)).toMatchObject({ ok: true, isPassed: true })
})
