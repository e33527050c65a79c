import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { splitFrontMatter } from '#app/features/courses/content/front-matter.ts'
import { findCourse } from '#app/features/courses/course-detail.server.ts'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { finishLesson, submitQuiz } from '#app/features/courses/finish.server.ts'
import { findLesson } from '#app/features/courses/lessons.server.ts'
import type { compileLessons } from '#app/features/courses/publish/compile.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { seeUpdate } from '#app/features/courses/updates.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { giveTime } from '#tests/support/study.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { HEAD, QUIZ } from './hostile.ts'
import { EVERY_KIND } from './questions.ts'
import { contentFolder, TWO_LESSONS } from './support.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
const CHANGES = '复审改为六年一次。'
let database: TestDatabase
let dir: string
let worker: Viewer
let newcomer: Viewer

beforeAll(async () => {
  database = await freshDatabase()
  await as(system('setup'), loadPolicy)
})

/** Every test begins with revision 1 of two lessons with a quiz and one without, finished by `worker`. */
beforeEach(async () => {
  await database.owner`truncate course, lesson, lesson_version, quiz, quiz_key, course_asset, lesson_progress, quiz_attempt cascade`
  dir = await contentFolder({ trial: { ...TWO_LESSONS, '03-third.mdx': `${HEAD}## 第三节\n\n没有测验的一课。\n` } })
  await publish()
  const world = trainingWorld(database)
  ;[worker, newcomer] = [await world.worker(), await world.worker()]
  for (const { accountId } of [worker, newcomer]) await giveTime(database, accountId, 'trial')
  await answer('first', 1)
  await answer('second', 1)
  await as(system('credit'), (tx) => finishLesson(tx, { ...at(worker), lessonSlug: 'third' }))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** What the text compiles to is no matter here, and a compiler takes a second. */
const compile: typeof compileLessons = async (jobs) =>
  jobs.map(({ hasQuiz }) => ({
    blocks: [
      { kind: 'html', html: '<p>正文</p>' },
      ...(hasQuiz ? [{ kind: 'island', name: 'Quiz', props: {} } as const] : []),
    ],
  }))
const publish = () => as(system('content'), (tx) => publishCourses(tx, { dir, now: NOW, compile }))
const at = ({ accountId, personId }: Viewer) => ({ accountId, personId, courseSlug: 'trial', now: NOW })
const answer = (lessonSlug: string, version: number, tick = 'a') =>
  as(system('credit'), (tx) => submitQuiz(tx, { ...at(worker), lessonSlug, version, form: { getAll: () => [tick] } }))

/** Writes a lesson anew and publishes: `head` is what its front matter says besides the usual. */
async function rewrite(name: string, head: string, body = '## 改过\n\n正文。\n\n<Quiz />\n') {
  const front = HEAD.replace(/---\n$/, `${head}---\n`)
  await writeFile(join(dir, `trial/${name}.mdx`), front + body)
  return publish()
}
const revise = (name: string, body?: string) => rewrite(name, `revision: 2\nchanges: ${CHANGES}\n`, body)

const outlineOf = async (viewer: Viewer) => {
  const course = await as(viewer, (tx) => findCourse(tx, { courseSlug: 'trial', accountId: viewer.accountId }))
  return course!.lessons
}
const updatesOf = async (viewer: Viewer) => (await outlineOf(viewer)).map((lesson) => lesson.update)
const page = (lessonSlug: string) =>
  as(worker, (tx) => findLesson(tx, { courseSlug: 'trial', lessonSlug, accountId: worker.accountId }))

test('a correction is a new version that nobody is told of: progress stays, and so does the result of the quiz', async () => {
  await rewrite('01-first', '')
  expect(await updatesOf(worker)).toEqual([null, null, null])
  const shown = await page('first')
  expect(shown?.lesson).toMatchObject({ version: 2, isPassed: true })
  expect(shown?.attempt).toMatchObject({ isCurrent: true, isPassed: true })
})

test('a correction that takes away or adds a question no longer shows the old result', async () => {
  const two = `${QUIZ}  - { id: q2, kind: true_false, prompt: 可以了？, options: [{ id: "true", text: 对 }, { id: "false", text: 错 }], answer: ["false"], why: 不行 }\n`
  await writeFile(join(dir, 'trial/01-first.quiz.yaml'), two)
  await publish()
  expect((await page('first'))?.attempt).toMatchObject({ isCurrent: false })
})

test('a result is shown against the questions as they were asked, in the order in which they stood then', async () => {
  await writeFile(join(dir, 'trial/01-first.quiz.yaml'), EVERY_KIND)
  await publish()
  const form = {
    getAll: (name: string) =>
      /order/.test(name) ? ['1', '2', '3', '4'] : /number/.test(name) ? ['7'] : ['A', 'A', 'A', 'a', 'true'],
  }
  const answered = await as(system('credit'), (tx) =>
    submitQuiz(tx, { ...at(worker), lessonSlug: 'first', version: 2, form }),
  )
  expect(answered.ok).toBe(true)
  expect((await page('first'))?.attempt).toMatchObject({ isCurrent: true, questions: null })
  const before = (await page('first'))?.quiz?.questions
  await rewrite('01-first', '')
  expect((await page('first'))?.attempt).toMatchObject({ isCurrent: true, questions: before })
})

test('a change in substance marks the lesson for those who finished it before, and takes no progress from them', async () => {
  await revise('01-first')
  const lessons = await outlineOf(worker)
  expect(lessons.map(({ isRead, isPassed, update }) => [isRead, isPassed, update])).toEqual([
    [true, true, CHANGES],
    [true, true, null],
    [true, false, null],
  ])
  expect((await page('first'))?.attempt).toMatchObject({ isCurrent: false })
  const [card] = await as(worker, (tx) => listCourses(tx, { accountId: worker.accountId }))
  expect(card).toMatchObject({ doneCount: 3, updatedCount: 1 })
})

test('who has not finished the lesson reads the new revision as if it had always been so', async () => {
  await revise('01-first')
  expect(await updatesOf(newcomer)).toEqual([null, null, null])
})

test('the mark goes when the quiz is answered again, right or wrong, or the worker says to have seen it', async () => {
  await revise('01-first')
  await revise('02-second')
  await revise('03-third', '## 改过\n\n正文。\n')
  expect(await updatesOf(worker)).toEqual([CHANGES, CHANGES, CHANGES])
  expect(await answer('first', 2, 'b')).toMatchObject({ ok: true, isPassed: false })
  await as(system('credit'), (tx) => seeUpdate(tx, { ...at(worker), lessonSlug: 'third' }))
  expect(await updatesOf(worker)).toEqual([null, CHANGES, null])
  expect((await outlineOf(worker)).every(({ isRead, hasQuiz, isPassed }) => isRead && isPassed === hasQuiz)).toBe(true)
})

test('saying to have seen a lesson that was never finished finishes nothing', async () => {
  await as(system('credit'), (tx) => seeUpdate(tx, { ...at(newcomer), lessonSlug: 'third' }))
  expect((await outlineOf(newcomer)).some((lesson) => lesson.isRead)).toBe(false)
})

test('a revision that goes down is refused at its line, and the lesson stays as it was published', async () => {
  await revise('01-first')
  const { courses, problems } = await rewrite('01-first', '')
  expect(courses).toMatchObject([{ outcome: 'refused' }])
  expect(problems).toMatchObject([{ file: 'trial/01-first.mdx', line: 1, code: 'revision_back', detail: '2' }])
  const again = await rewrite('01-first', 'revision: 1\n')
  expect(again.problems).toMatchObject([{ line: 6, code: 'revision_back' }])
  expect(await updatesOf(worker)).toEqual([CHANGES, null, null])
})

test.each([
  ['revision: 2', 'without what changed'],
  ['changes: 改了', 'without a revision'],
  ['revision: 1\nchanges: 改了', 'of the first revision'],
  ['revision: 0', 'below 1'],
  ['revision: 1.5\nchanges: 改了', 'that is no whole number'],
  [`revision: 2\nchanges: ${'改'.repeat(121)}`, 'told at length'],
  ['revision: 2\nchanges: |\n  一\n  二', 'told in two lines'],
])('front matter says no revision as %j: %s', (head) => {
  expect(splitFrontMatter(HEAD.replace(/---\n$/, `${head}\n---\n`))).toMatchObject({
    findings: [{ code: expect.stringMatching(/^yaml_(?:value|type|size)$/) }],
  })
})
