import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { problemLine } from './problem.ts'
import { publishCourses } from './publish.server.ts'

/**
 * `content:publish [--dir DIR] [--lang zh-CN|en]`: publishes the courses of a folder, `content/courses` by default. One
 * line per problem on stderr, `file:line:column reason`; the report as JSON on stdout.
 * @returns the exit code: 0, or 1 when something was refused.
 */
export async function contentPublish(argv: string[]): Promise<number> {
  let options: { dir?: string; lang?: string }
  try {
    options = parseArgs({ args: argv, options: { dir: { type: 'string' }, lang: { type: 'string' } } }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
  const dir = resolve(options.dir ?? 'content/courses')
  const locale = options.lang === 'en' ? 'en' : 'zh-CN'
  const report = await as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date() }))
  for (const problem of report.problems) process.stderr.write(`${problemLine(problem, locale)}\n`)
  process.stdout.write(`${JSON.stringify({ dir, courses: report.courses, problems: report.problems.length })}\n`)
  return report.problems.length > 0 ? 1 : 0
}
