import { join } from 'node:path'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { problemLine } from '#app/features/courses/problem.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { publishHelp } from '#app/features/courses/publish-help.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { loadWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { followCalendar } from '#app/features/training/days-changed.server.ts'

/** Cities, unions, occupations, the plan's policy and the work calendar: what every installation holds. Safe to run at every start. */
export async function prepareReference(): Promise<void> {
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
    await loadWorkCalendar(tx, { follow: followCalendar, now: new Date() })
  })
}

/**
 * Publishes the courses and the manual of the content folder. What did not change costs its file reads; what has a mistake
 * stays as it was published last, and does not keep the site from starting.
 * @returns one line per mistake: `file:line:column reason`.
 */
export async function prepareContent(dir: string): Promise<string[]> {
  const now = new Date()
  const courses = await as(system('content'), (tx) => publishCourses(tx, { dir: join(dir, 'courses'), now }))
  const help = await as(system('content'), (tx) => publishHelp(tx, { dir: join(dir, 'help'), now }))
  return [...courses.problems, ...help.problems].map((problem) => problemLine(problem, 'zh-CN'))
}
