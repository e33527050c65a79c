import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { compileLessons } from '#app/features/courses/publish/compile.server.ts'
import { type PublishReport, publishCourses } from '#app/features/courses/publish.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { HEAD, QUIZ } from './hostile.ts'
import { COURSE_YAML, contentFolder, courseOf, SVG, TWO_LESSONS } from './support.ts'

let database: TestDatabase
let dir: string
let jobs = 0

const publish = (now = new Date('2026-11-01T02:00:00Z')): Promise<PublishReport> =>
  as(system('content'), (tx) =>
    publishCourses(tx, {
      dir,
      now,
      compile: (batch) => {
        jobs += batch.length
        return compileLessons(batch)
      },
    }),
  )

beforeAll(async () => {
  database = await freshDatabase()
})

beforeEach(async () => {
  const { owner } = database
  await owner`truncate course, lesson, lesson_version, quiz, quiz_key, course_asset, lesson_progress, quiz_attempt, audit_event cascade`
  const made = await contentFolder({ trial: TWO_LESSONS })
  dir = made
  jobs = 0
  // `made`, never `dir`: a test may point `dir` at the repository's own content.
  return () => rm(made, { recursive: true, force: true })
})

const versions = async () =>
  (
    await database.owner`select slug, version, position, withdrawn_at is not null as gone from lesson order by slug`
  ).map((row) => `${row.slug} v${row.version} #${row.position}${row.gone ? ' gone' : ''}`)

test('a folder becomes a course with lessons, blocks, questions, answers apart, and figures', async () => {
  const report = await publish()
  expect(report).toEqual({
    courses: [{ slug: 'trial', outcome: 'published', lessons: 2, compiled: 2 }],
    problems: [],
  })
  const { owner } = database
  expect(await versions()).toEqual(['first v1 #1', 'second v1 #2'])
  const [quiz] = await owner`select questions, pass_percent from quiz where lesson_slug = 'first'`
  expect(JSON.stringify(quiz)).not.toMatch(/answer|why|没有验电/)
  const [key] = await owner`select key from quiz_key where lesson_slug = 'first'`
  expect(key?.key).toEqual({ q1: { answer: ['a'], why: '没有验电，一律按有电处理。' } })
  const [asset] = await owner`select encode(digest, 'hex') as digest, bytes from course_asset`
  expect(asset?.bytes.toString()).toBe(SVG)
  const [version] = await owner`select blocks from lesson_version where lesson_slug = 'first'`
  expect(JSON.stringify(version?.blocks)).toContain(`/assets/courses/${asset?.digest}`)
  const [event] = await owner`select kind, purpose, detail from audit_event`
  expect(event).toMatchObject({ kind: 'course.published', purpose: 'content', detail: { slug: 'trial', lessons: 2 } })
})

test('publishing twice changes nothing, starts no worker, and takes less than 300 ms', async () => {
  await publish()
  const before = await database.owner`select * from lesson_version order by lesson_slug`
  jobs = 0
  const started = performance.now()
  const report = await publish(new Date('2026-11-02T02:00:00Z'))
  expect(performance.now() - started).toBeLessThan(300)
  expect(report.courses).toEqual([{ slug: 'trial', outcome: 'unchanged', lessons: 2, compiled: 0 }])
  expect(jobs).toBe(0)
  expect(await database.owner`select * from lesson_version order by lesson_slug`).toEqual(before)
  expect(await database.owner`select count(*)::int as n from audit_event`).toEqual([{ n: 1 }])
})

test('a changed lesson is a new version, the others stay', async () => {
  await publish()
  await writeFile(join(dir, 'trial/02-second.mdx'), `${HEAD}## 改过\n\n正文。\n\n<Quiz />\n`)
  const report = await publish()
  expect(report.courses).toEqual([{ slug: 'trial', outcome: 'published', lessons: 2, compiled: 1 }])
  expect(await versions()).toEqual(['first v1 #1', 'second v2 #2'])
})

test('a changed figure makes a new version of the lessons that show it, and of no other', async () => {
  await publish()
  await writeFile(join(dir, 'trial/f.svg'), SVG.replace('h9', 'h8'))
  await publish()
  expect(await versions()).toEqual(['first v2 #1', 'second v1 #2'])
})

test('a changed quiz is a new version; a changed course.yaml is not', async () => {
  await publish()
  await writeFile(join(dir, 'trial/01-first.quiz.yaml'), QUIZ.replace('60', '70'))
  await publish()
  await writeFile(join(dir, 'trial/course.yaml'), COURSE_YAML.replace('planned_hours: 2', 'planned_hours: 3'))
  await publish()
  expect(await versions()).toEqual(['first v2 #1', 'second v1 #2'])
  expect(await database.owner`select planned_hours::float as hours from course`).toEqual([{ hours: 3 }])
})

test('a lesson whose file is gone is withdrawn, and comes back under its own name', async () => {
  await publish()
  await rm(join(dir, 'trial/01-first.mdx'))
  await rm(join(dir, 'trial/01-first.quiz.yaml'))
  await publish()
  expect(await versions()).toEqual(['first v1 #1 gone', 'second v1 #1'])
  await writeFile(join(dir, 'trial/03-first.mdx'), TWO_LESSONS['01-first.mdx']!)
  await writeFile(join(dir, 'trial/03-first.quiz.yaml'), QUIZ)
  await publish()
  expect(await versions()).toEqual(['first v2 #2', 'second v1 #1'])
})

test('one bad lesson keeps its whole course as it was, and stops no other course', async () => {
  await publish()
  await writeFile(join(dir, 'trial/01-first.mdx'), `${HEAD}## 好\n\n正文\n\n<Quiz />\n`)
  await writeFile(join(dir, 'trial/02-second.mdx'), `${HEAD}{process.exit(1)}\n\n<Quiz />\n`)
  const other = await contentFolder({ zebra: courseOf('## 好\n\n正文\n') })
  await writeFile(join(dir, 'README.md'), '说明')
  await rm(join(dir, 'zebra'), { recursive: true, force: true })
  const { cp } = await import('node:fs/promises')
  await cp(join(other, 'zebra'), join(dir, 'zebra'), { recursive: true })
  const report = await publish()
  expect(report.courses.map(({ slug, outcome }) => `${slug} ${outcome}`)).toEqual(['trial refused', 'zebra published'])
  expect(report.problems).toEqual([{ file: 'trial/02-second.mdx', line: 7, column: 1, code: 'expression', detail: '' }])
  expect(await versions()).toEqual(['first v1 #1', 'lesson v1 #1', 'second v1 #2'])
})

test('what a course.yaml, a quiz or a folder has wrong is named with its file and line', async () => {
  await writeFile(join(dir, 'trial/course.yaml'), COURSE_YAML.replace('planned_hours: 2', 'planned_hours: viele'))
  await writeFile(join(dir, 'trial/02-second.quiz.yaml'), QUIZ.replace('answer: [a]', 'answer: [c]'))
  await writeFile(join(dir, 'trial/notes.docx'), 'x')
  const first = await publish()
  expect(first.problems.map(({ file, code }) => `${file} ${code}`)).toEqual(['trial/notes.docx unknown_file'])
  await rm(join(dir, 'trial/notes.docx'))
  const { problems } = await publish()
  expect(problems.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
    'trial/course.yaml:6 yaml_type',
    'trial/02-second.quiz.yaml:7 yaml_value',
  ])
})

test('a content folder that does not exist is a problem, not an error', async () => {
  dir = '/nowhere/at-all'
  expect((await publish()).problems).toMatchObject([{ code: 'folder_missing' }])
})

test('nobody but the system, for content, may write a course', async () => {
  for (const actor of [{ kind: 'anonymous' } as const, system('ledger'), system('credit')]) {
    await expect(as(actor, (tx) => publishCourses(tx, { dir, now: new Date() }))).resolves.toMatchObject({
      courses: [{ outcome: 'refused' }],
    })
  }
  expect(await database.owner`select count(*)::int as n from course`).toEqual([{ n: 0 }])
})
