import type { Locale } from '#app/lib/i18n.ts'
import { adviceWords } from './publish/advice-words.ts'
import { type ProblemCode, problemWords } from './publish/problem-words.ts'

/** Something in a course's files that keeps it from being published: where, and why. Lines and columns begin at 1. */
export type Problem = {
  /** Path below the content folder, like `electrical-safety/02-earthing.mdx`. */
  file: string
  line: number
  column: number
  code: ProblemCode
  /** What exactly: a name, a limit, the parser's own words. Empty where the reason says it all. */
  detail: string
  /** What was probably meant: a name that exists and is near to the one that does not. */
  hint?: string
}

/** A problem whose file the caller knows. */
export type Finding = Omit<Problem, 'file'>

export function finding(line: number, column: number, code: ProblemCode, detail = '', hint?: string): Finding {
  const told = detail.length > 200 ? `${detail.slice(0, 200)}…` : detail
  return { line, column, code, detail: told, ...(hint === undefined ? {} : { hint }) }
}

/** The reason as one sentence. */
export function problemReason(problem: Finding, locale: Locale): string {
  return problemWords[locale][problem.code](problem.detail).replace(/\s+/g, ' ')
}

/** What to do about it, as one sentence: there is one for every kind. */
export const problemAdvice = ({ code, detail, hint }: Finding, locale: Locale): string =>
  (adviceWords[locale][code] as (detail: string, hint?: string) => string)(detail, hint).replace(/\s+/g, ' ')

/** One line for the shell: `file:line:column reason`. */
export function problemLine(problem: Problem, locale: Locale): string {
  return printable(`${problem.file}:${problem.line}:${problem.column} ${problemReason(problem, locale)}`)
}

/** What a terminal acts on, or does not show, of a hostile file never reaches it. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}]/gu, '?')
}
