import type { LearnFigure, LearnWorld } from './learn.ts'
import { COURSE, enrolLearners } from './learners.ts'
import { cpuPerRequest } from './page-load.ts'

const COURSE_PATH = `/courses/${COURSE.courseSlug}`

const PAGES = [
  ['lesson_cpu_ms', `${COURSE_PATH}/${COURSE.lessonSlug}`],
  ['course_cpu_ms', COURSE_PATH],
  ['catalogue_search_cpu_ms', `/courses?q=${encodeURIComponent('触电急救')}`],
] as const

/** CPU of the server's process per page, signed in as a worker; the reference says hello, measured beside each. */
export async function measurePages({ site, hello, dataDir }: LearnWorld): Promise<LearnFigure[]> {
  const [reader] = await enrolLearners(dataDir, 1)
  const figures: LearnFigure[] = []
  for (const [figure, path] of PAGES) {
    const measured = await cpuPerRequest(hello, '/', '')
    const value = await cpuPerRequest(site, path, reader!.cookie)
    figures.push({ figure, value, unit: 'ms of CPU per request', reference: 'node:http hello', measured })
  }
  return figures
}
