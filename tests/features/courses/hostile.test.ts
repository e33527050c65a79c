import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { refusedMarkup } from '#app/features/courses/blocks.ts'
import { readFolder } from '#app/features/courses/content/files.server.ts'
import { understandCourse } from '#app/features/courses/content/folder.server.ts'
import { jobOf } from '#app/features/courses/content/prepare.server.ts'
import { type Problem, problemAdvice, problemLine, problemReason } from '#app/features/courses/problem.ts'
import { compileLessons } from '#app/features/courses/publish/compile.server.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { HEAD, hostile } from './hostile.ts'
import type { HostileFile } from './hostile-file.ts'
import { hostileMedia } from './hostile-media.ts'
import { harmlessNames, hostileNames } from './hostile-names.ts'
import { harmlessSvg, hostileSvg } from './hostile-svg.ts'
import { harmlessTexts, hostileTexts } from './hostile-text.ts'
import { hostileYaml } from './hostile-yaml.ts'
import { COURSE_YAML, contentFolder, type Files, SVG } from './support.ts'

const refused = [...hostile, ...hostileTexts, ...hostileYaml, ...hostileSvg, ...hostileNames, ...hostileMedia]
const harmless = [...harmlessTexts, ...harmlessSvg, ...harmlessNames]
const all = [...refused, ...harmless]

/** What came of each: its problems, and what of it would be published, as text. */
const found = new Map<string, { problems: Problem[]; published: string }>()
const folder = temporaryFolder('hostile')
const canary = join(folder, 'canary')
const secret = join(folder, 'secret')
const LESSON = '01-lesson.mdx'

/** The text of a hostile file, and the place that its refusal must name; '' where its first character is meant. */
function fileOf(one: HostileFile): { file: string | Uint8Array; place: string } {
  const isLesson = (one.at ?? LESSON).endsWith('.mdx')
  const whole = one.file ?? (isLesson ? HEAD : '') + (one.body ?? '')
  if (typeof whole !== 'string') return { file: whole, place: '' }
  const text = whole.replaceAll('CANARY', canary)
  const lines = text.slice(0, Math.max(text.indexOf('§'), 0)).split('\n')
  const place = text.includes('§') ? `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}` : ''
  return { file: text.replace('§', ''), place }
}

function courseOf(one: HostileFile): Files {
  const at = one.at ?? LESSON
  const hasQuiz = one.quiz !== undefined || at === '01-lesson.quiz.yaml'
  return {
    'course.yaml': COURSE_YAML,
    'f.svg': SVG,
    [LESSON]: `${HEAD}正文\n${hasQuiz ? '\n<Quiz />\n' : ''}`,
    ...(one.quiz ? { '01-lesson.quiz.yaml': one.quiz } : {}),
    ...one.more,
    ...(one.odd ? {} : { [at]: fileOf(one).file }),
  }
}

/** What is no file of its own. */
async function makeOdd({ odd, at = LESSON }: HostileFile, course: string): Promise<void> {
  const path = join(course, at)
  await mkdir(dirname(path), { recursive: true })
  if (odd === 'link') await symlink(secret, path)
  if (odd === 'broken link') await symlink(join(folder, 'nowhere'), path)
  if (odd === 'link to a folder') await symlink(folder, path)
  if (odd === 'folder') await mkdir(path)
  if (odd === 'pipe') execFileSync('mkfifo', [path])
}

// All of them go through one compile worker, one after the other: one that ran would show in the next, or not come back.
beforeAll(async () => {
  await writeFile(secret, 'SECRET')
  const dir = await contentFolder(Object.fromEntries(all.map((one, index) => [`h${index}`, courseOf(one)])))
  for (const [index, one] of all.entries()) await makeOdd(one, join(dir, `h${index}`))
  const waiting = []
  for (const index of all.keys()) {
    const slug = `h${index}`
    const read = await readFolder(dir, slug)
    const course = understandCourse(read)
    const problems = [...read.problems, ...course.problems]
    found.set(slug, { problems, published: course.assets.map(({ bytes }) => bytes.toString()).join('') })
    if (problems.length === 0) waiting.push(...course.lessons.map((lesson) => ({ slug, job: jobOf(lesson, course) })))
  }
  const results = await compileLessons(waiting.map(({ job }) => job))
  for (const [index, { slug }] of waiting.entries()) {
    const [one, result] = [found.get(slug)!, results[index]!]
    if ('findings' in result)
      one.problems.push(...result.findings.map((finding) => ({ file: `${slug}/${LESSON}`, ...finding })))
    else one.published += result.blocks.map((block) => (block.kind === 'html' ? block.html : '')).join('')
  }
}, 120_000)

test('there are more than 300 hostile files, each of its own kind', () => {
  expect(all.length).toBeGreaterThan(300)
  const texts = all.map((one) => JSON.stringify([one.at, one.odd, one.body, one.file?.toString(), one.quiz, one.more]))
  expect(new Set(texts).size).toBe(all.length)
})

test('none of them ran: no file was written, no secret was read, no worker was lost, none hung', () => {
  expect(existsSync(canary)).toBe(false)
  const codes = [...found.values()].flatMap(({ problems }) => problems).map((problem) => problem.code)
  for (const code of ['compile_time', 'compile_memory', 'compile_failed', 'output_refused'])
    expect(codes).not.toContain(code)
  expect(JSON.stringify([...found])).not.toContain('SECRET')
})

const named = (list: HostileFile[], from: number) => list.map((one, index) => ({ ...one, slug: `h${from + index}` }))

test.each(named(refused, 0))('refused, with place, reason and advice: $name', (one) => {
  const { problems } = found.get(one.slug)!
  const place = one.place ?? (fileOf(one).place || '1:1')
  const file = `${one.slug}/${one.at ?? LESSON}`
  const told = problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)
  expect(told).toContain(`${file}:${place} ${one.code}`)
  for (const problem of problems) {
    expect(problemReason(problem, 'zh-CN')).toMatch(/\p{Script=Han}/u)
    expect(problemReason(problem, 'en')).not.toMatch(/^\p{Script=Han}/u)
    expect(problemAdvice(problem, 'zh-CN')).toMatch(/\p{Script=Han}/u)
    expect(problemAdvice(problem, 'en')).toMatch(/[a-z]/)
    expect(problemLine(problem, 'zh-CN')).toMatch(/^h\d+(?:\/[^\p{C}]+)?:\d+:\d+ \S[^\p{C}]*$/u)
  }
})

test.each(named(harmless, refused.length))('published, and does nothing: $name', (one) => {
  const { problems, published } = found.get(one.slug)!
  expect(problems).toEqual([])
  // A comment is nothing to whoever draws it.
  expect(published.replace(/<!--[\s\S]*?-->/g, '')).not.toMatch(one.never!)
  for (const html of [published.slice(published.lastIndexOf('</svg>\n') + 7)]) expect(refusedMarkup(html)).toBeNull()
})
