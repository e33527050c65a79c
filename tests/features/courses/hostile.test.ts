import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { compileLessons } from '#app/features/courses/compile.server.ts'
import { readCourseFiles } from '#app/features/courses/content/files.server.ts'
import { parseCourse } from '#app/features/courses/content/folder.server.ts'
import { prepareCourse } from '#app/features/courses/content/prepare.server.ts'
import type { CompileJob } from '#app/features/courses/mdx/compile.server.ts'
import { type Problem, problemLine, problemReason } from '#app/features/courses/problem.ts'
import { HEAD, type Hostile, hostile } from './hostile.ts'
import { COURSE_YAML, contentFolder, type Files, SVG } from './support.ts'

const found = new Map<string, Problem[]>()
let wasWritten = true

/** The file of one hostile lesson, and the place that its refusal must name; '' where only the reason matters. */
function fileOf(one: Hostile, canary: string): { file: string | Uint8Array; place: string } {
  const whole = one.file ?? HEAD + (one.body ?? '')
  if (typeof whole !== 'string') return { file: whole, place: '' }
  const text = whole.replaceAll('CANARY', canary)
  const lines = text.slice(0, Math.max(text.indexOf('§'), 0)).split('\n')
  const place = text.includes('§') ? `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}` : ''
  return { file: text.replace('§', ''), place }
}

// All of them go through one compile worker, one after the other: one that ran would show in the next, or not come back.
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-canary-'))
  const canary = join(folder, 'canary')
  const slugs = hostile.map((_, index) => `h${index}`)
  const courses = hostile.map((one, index): [string, Files] => [
    `h${index}`,
    {
      'course.yaml': COURSE_YAML,
      'f.svg': SVG,
      '01-lesson.mdx': fileOf(one, canary).file,
      ...(one.quiz ? { '01-lesson.quiz.yaml': one.quiz } : {}),
    },
  ])
  const dir = await contentFolder(Object.fromEntries(courses))
  const jobs: { slug: string; job: CompileJob; resolve: (result: never) => void }[] = []
  const prepared: Promise<unknown>[] = []
  for (const slug of slugs) {
    const files = await readCourseFiles(dir, slug)
    const source = 'problems' in files ? files : parseCourse(files)
    if ('problems' in source) found.set(slug, source.problems)
    else {
      const later = (batch: CompileJob[]) =>
        new Promise<never>((resolve) => {
          jobs.push({ slug, job: batch[0]!, resolve })
        })
      prepared.push(
        prepareCourse(source, new Map(), later).then((result) =>
          found.set(slug, 'problems' in result ? result.problems : []),
        ),
      )
    }
  }
  const results = await compileLessons(jobs.map(({ job }) => job))
  for (const [index, { resolve }] of jobs.entries()) resolve([results[index]] as never)
  await Promise.all(prepared)
  wasWritten = existsSync(canary)
  await rm(dir, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

test('there are far more than 45 hostile files, each of its own kind', () => {
  expect(hostile.length).toBeGreaterThan(90)
  expect(new Set(hostile.map((one) => one.name)).size).toBe(hostile.length)
})

test('none of them ran: no file was written, no worker was lost, none hung', () => {
  expect(wasWritten).toBe(false)
  const codes = [...found.values()].flat().map((problem) => problem.code)
  expect(codes).not.toContain('compile_time')
  expect(codes).not.toContain('compile_memory')
  expect(codes).not.toContain('compile_failed')
})

test.each(hostile.map((one, index) => ({ ...one, slug: `h${index}` })))(
  'refused, with place and reason: $name',
  (one) => {
    const problems = found.get(one.slug) ?? []
    expect(problems.map((problem) => problem.code)).toContain(one.code)
    const { place } = fileOf(one, '')
    if (place !== '') {
      expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toContain(`${place} ${one.code}`)
    }
    for (const problem of problems) {
      expect(problem.line).toBeGreaterThan(0)
      expect(problem.column).toBeGreaterThan(0)
      expect(problemReason(problem, 'zh-CN')).toMatch(/\p{Script=Han}/u)
      expect(problemReason(problem, 'en')).not.toMatch(/^\p{Script=Han}/u)
      expect(problemLine(problem, 'zh-CN')).toMatch(/^h\d+\/01-lesson\.[a-z.]+:\d+:\d+ \S[^\n]*$/)
    }
  },
)
