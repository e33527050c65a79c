import { isAbsolute, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import type { Locale } from '#app/lib/i18n.ts'
import { shellLocale } from '#app/lib/server/shell.server.ts'
import { printable, problemAdvice, problemReason } from './problem.ts'
import { type CheckReport, checkCourses, checkHelp } from './publish/check.server.ts'
import { checkWords } from './publish/check-words.ts'
import { weaknessAdvice, weaknessReason } from './publish/weakness.ts'

/** One line of the report, whatever it is about. */
type Line = {
  file: string
  line: number
  column: number
  level: 'error' | 'warning'
  code: string
  reason: string
  suggestion: string
}

/**
 * `content:check [COURSE…] [--dir DIR] [--json] [--lang zh-CN|en]`: for authors. Needs no database and publishes nothing.
 * With no course named the manual beside the courses is checked too. A course is named by its folder's name, or by the path of its folder or of a file in it. Two lines a finding:
 * `file:line:column` with the reason, and what to do; errors first, file by file.
 * @returns 0 where everything may be published, 1 where something is refused, 2 where the command is not as it should be.
 */
export async function contentCheck(argv: string[]): Promise<number> {
  const asked = readArguments(argv)
  if ('usage' in asked) {
    process.stderr.write(`${asked.usage}\n`)
    return 2
  }
  const { dir, only, isJson, locale } = asked
  const started = performance.now()
  const helpDir = resolve(dir, '../help')
  const [report, help] = await Promise.all([
    checkCourses(dir, only, new Date()),
    only.length === 0 ? checkHelp(helpDir) : { pages: 0, problems: [] },
  ])
  const lines = [
    ...linesOf({ ...report, problems: help.problems, weaknesses: [] }, helpDir, locale),
    ...linesOf(report, dir, locale),
  ]
  const errors = report.problems.length + help.problems.length
  const summary = {
    courses: report.courses,
    lessons: report.lessons,
    pages: help.pages,
    errors,
    warnings: report.weaknesses.length,
    ms: Math.round(performance.now() - started),
  }
  if (isJson) process.stdout.write(`${JSON.stringify({ dir, ...summary, findings: lines })}\n`)
  else process.stdout.write(printed(lines, locale) + checkWords[locale].summary(summary))
  return errors > 0 ? 1 : 0
}

type Asked = { dir: string; only: string[]; isJson: boolean; locale: Locale }

function readArguments(argv: string[]): Asked | { usage: string } {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { dir: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } },
    })
    const dir = resolve(values.dir ?? 'content/courses')
    const locale = values.lang === 'en' || values.lang === 'zh-CN' ? values.lang : shellLocale()
    return { dir, only: positionals.map((name) => courseNamed(name, dir)), isJson: values.json === true, locale }
  } catch (error) {
    return { usage: error instanceof Error ? error.message : String(error) }
  }
}

/** `electrical-safety`, `content/courses/electrical-safety/` and `…/01-first.mdx` all name one course. */
function courseNamed(name: string, dir: string): string {
  const inside = relative(dir, resolve(process.env.INIT_CWD ?? '.', name))
  const isInside = inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
  return isInside ? inside.split(sep)[0]! : name
}

function linesOf({ problems, weaknesses }: CheckReport, dir: string, locale: Locale): Line[] {
  const path = (file: string) => (isAbsolute(file) ? file : relative(process.cwd(), resolve(dir, file)))
  const byPlace = (one: Line, other: Line) =>
    one.file.localeCompare(other.file, 'en') || one.line - other.line || one.column - other.column
  const errors = problems.map((problem): Line => {
    const { line, column, code } = problem
    const said = { reason: problemReason(problem, locale), suggestion: problemAdvice(problem, locale) }
    return { file: path(problem.file), line, column, level: 'error', code, ...said }
  })
  const warnings = weaknesses.map((weakness): Line => {
    const { line, column, code } = weakness
    const said = { reason: weaknessReason(weakness, locale), suggestion: weaknessAdvice(weakness, locale) }
    return { file: path(weakness.file), line, column, level: 'warning', code, ...said }
  })
  return [...errors.sort(byPlace), ...warnings.sort(byPlace)]
}

function printed(lines: Line[], locale: Locale): string {
  const w = checkWords[locale]
  const blocks = lines.map(({ file, line, column, level, reason, suggestion }) => [
    printable(`${file}:${line}:${column} ${w[level]}${reason}`),
    printable(`    ${w.suggestion}${suggestion}`),
  ])
  return blocks.map((block) => `${block.join('\n')}\n`).join('')
}
