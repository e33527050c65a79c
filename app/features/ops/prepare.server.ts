import { loadReference } from '#app/features/academies/reference.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { problemLine } from '#app/features/courses/problem.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'

/** Cities, unions, occupations and the plan's policy: what every installation holds. Safe to run at every start. */
export async function prepareReference(): Promise<void> {
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
  })
}

/**
 * Publishes the courses of a folder. Unchanged ones cost their file reads; a course with a mistake stays as it was
 * published last, and does not keep the site from starting.
 * @returns one line per mistake: `file:line:column reason`.
 */
export async function prepareContent(dir: string): Promise<string[]> {
  const { problems } = await as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date() }))
  return problems.map((problem) => problemLine(problem, 'zh-CN'))
}
