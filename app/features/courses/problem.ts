import type { Locale } from '#app/lib/i18n.ts'
import { type ProblemCode, problemWords } from './problem-words.ts'

/** Something in a course's files that keeps it from being published: where, and why. Lines and columns begin at 1. */
export type Problem = {
  /** Path below the content folder, like `electrical-safety/02-earthing.mdx`. */
  file: string
  line: number
  column: number
  code: ProblemCode
  /** What exactly: a name, a limit, the parser's own words. Empty where the reason says it all. */
  detail: string
}

/** A problem whose file the caller knows. */
export type Finding = Omit<Problem, 'file'>

export const finding = (line: number, column: number, code: ProblemCode, detail = ''): Finding => ({
  line,
  column,
  code,
  detail: detail.length > 200 ? `${detail.slice(0, 200)}…` : detail,
})

/** The reason as one sentence. */
export function problemReason(problem: Finding, locale: Locale): string {
  return problemWords[locale][problem.code](problem.detail).replace(/\s+/g, ' ')
}

/** One line for the shell: `file:line:column reason`. Control characters of a hostile file never reach the terminal. */
export function problemLine(problem: Problem, locale: Locale): string {
  const line = `${problem.file}:${problem.line}:${problem.column} ${problemReason(problem, locale)}`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?')
}
