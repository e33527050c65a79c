import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Block } from '../blocks.ts'
import { courseFolders, readFolder } from '../content/files.server.ts'
import { type Understood, understandCourse } from '../content/folder.server.ts'
import { helpJob, readHelp } from '../content/help-folder.server.ts'
import { jobOf } from '../content/prepare.server.ts'
import { prerequisiteProblems, readPrerequisites } from '../content/prerequisites.server.ts'
import type { Compiled, CompileJob } from '../mdx/compile.server.ts'
import { finding, type Problem } from '../problem.ts'
import { type Found, weakCourse } from '../weak/course.ts'
import { compileLessons } from './compile.server.ts'

export type CheckReport = {
  courses: number
  lessons: number
  /** Pages of the manual, in both languages. */
  pages: number
  /** What keeps a course from being published. */
  problems: Problem[]
  /** What could be better; nothing is refused for it. */
  weaknesses: Found[]
}

/**
 * Checks courses as publishing would, and further: without a database, without publishing, every problem of every file at
 * once, and what is poor besides. `only`: the slugs of some courses; empty: all of the folder.
 */
export async function checkCourses(dir: string, only: readonly string[], now: Date): Promise<CheckReport> {
  const report: CheckReport = { courses: 0, lessons: 0, pages: 0, problems: [], weaknesses: [] }
  const slugs = await courseFolders(dir)
  if (!slugs) return { ...report, problems: [{ file: dir, ...finding(1, 1, 'folder_missing', dir) }] }
  const missing = only.filter((slug) => !slugs.includes(slug))
  report.problems.push(...missing.map((slug) => ({ file: slug, ...finding(1, 1, 'folder_missing', slug) })))
  const courses: Understood[] = []
  for (const slug of slugs.filter((slug) => only.length === 0 || only.includes(slug))) {
    const { problems, ...files } = await readFolder(dir, slug)
    report.problems.push(...problems)
    if (files.files.size > 0) courses.push(understandCourse(files))
  }
  const lessons = courses.flatMap((course) => course.lessons.map((lesson) => ({ course, lesson })))
  const compiled = await compileSideBySide(lessons.map(({ course, lesson }) => jobOf(lesson, course)))
  const blocks = new Map<Understood, Map<string, Block[]>>(courses.map((course) => [course, new Map()]))
  for (const [index, { course, lesson }] of lessons.entries()) {
    const result = compiled[index]!
    if ('blocks' in result) blocks.get(course)?.set(lesson.slug, result.blocks)
    else course.problems.push(...result.findings.map((found) => ({ file: lesson.file, ...found })))
  }
  const folder = await readPrerequisites(dir, slugs)
  for (const { slug, head, text, problems } of courses)
    if (head) problems.push(...prerequisiteProblems({ slug, head, text }, folder))
  report.courses = courses.length
  report.lessons = lessons.length
  report.problems.push(...courses.flatMap(({ problems }) => problems))
  report.weaknesses.push(...courses.flatMap((course) => weakCourse(course, blocks.get(course) ?? new Map(), now)))
  return report
}

/** Checks the manual as publishing it would; a folder that is not there is none. */
export async function checkHelp(dir: string): Promise<Pick<CheckReport, 'pages' | 'problems'>> {
  if (!existsSync(dir)) return { pages: 0, problems: [] }
  const { folders, problems } = await readHelp(dir)
  const pages = folders.flatMap((folder) => folder.pages.map((page) => ({ folder, page })))
  const compiled = await compileSideBySide(pages.map(({ folder, page }) => helpJob(folder, page)))
  for (const [index, { page }] of pages.entries()) {
    const result = compiled[index]!
    if ('findings' in result) problems.push(...result.findings.map((found) => ({ file: page.file, ...found })))
  }
  return { pages: pages.length, problems }
}

/** A worker is there after a third of a second and takes some 20 lessons in another: more of them gain nothing. */
const LESSONS_A_WORKER = 8
const MOST_WORKERS = 4

/** Compiles lessons in several workers, and answers in the order of the jobs. */
async function compileSideBySide(jobs: CompileJob[]): Promise<Compiled[]> {
  const workers = Math.min(availableParallelism(), MOST_WORKERS, Math.ceil(jobs.length / LESSONS_A_WORKER))
  const share = Math.ceil(jobs.length / Math.max(workers, 1))
  const shares = Array.from({ length: workers }, (_, index) => jobs.slice(index * share, (index + 1) * share))
  return (await Promise.all(shares.map((some) => compileLessons(some)))).flat()
}
