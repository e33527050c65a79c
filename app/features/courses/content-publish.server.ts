import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { problemLine } from './problem.ts'
import { publishCourses } from './publish.server.ts'
import { publishHelp } from './publish-help.server.ts'

/**
 * `content:publish [--dir DIR] [--lang zh-CN|en]`: publishes the courses of a folder, `content/courses` by default, and the manual beside it. One
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
  const now = new Date()
  const { courses, problems } = await as(system('content'), (tx) => publishCourses(tx, { dir, now }))
  const helpDir = resolve(dir, '../help')
  const help = existsSync(helpDir) ? await as(system('content'), (tx) => publishHelp(tx, { dir: helpDir, now })) : null
  problems.push(...(help?.problems ?? []))
  for (const problem of problems) process.stderr.write(`${problemLine(problem, locale)}\n`)
  const { outcome, pages, compiled } = help ?? {}
  const said = { dir, courses, ...(help && { help: { outcome, pages, compiled } }), problems: problems.length }
  process.stdout.write(`${JSON.stringify(said)}\n`)
  return problems.length > 0 ? 1 : 0
}
