import { RESULTS, type Result, type ResultDoubt } from '#db/values.ts'

/** Theory and practice are scored apart, of 100 each; this many pass (domain.md, "Assessment"). */
const PASS_MARK = 60

export type Attempt = { result: Result; theoryScore: number | null; practicalScore: number | null }

export type ResultFault =
  | 'theory' // not a number from 0 to 100, to a tenth
  | 'practical'
  | 'result' // not one of the three
  | 'score_low' // passed, with a score below the mark
  | 'score_high' // failed, with both scores at the mark or above
  | 'absent_scores'
  | 'has_certificate' // a valid certificate hangs on it: revoke that first
  | 'changed_meanwhile'
  | 'reason_needed'
  | 'gone'

/** One row of the form as typed; `was` is what the page showed of this day: what waits for confirmation, else what is confirmed. */
export type ResultEntry = { enrolmentId: string; theory: string; practical: string; result: string; was: string }

export const attemptMark = (attempt: Attempt | null): string =>
  attempt ? `${attempt.theoryScore ?? ''}/${attempt.practicalScore ?? ''}/${attempt.result}` : ''

export const isSameAttempt = (one: Attempt, other: Attempt | null): boolean => attemptMark(one) === attemptMark(other)

/**
 * Reads one row of the results form. Without a result the scores decide; without either nothing changes.
 * @returns the attempt to be recorded, null where nothing changes, or the faults.
 */
export function readResult(
  entry: ResultEntry,
  now: Attempt | null,
): { attempt: Attempt | null } | { faults: ResultFault[] } {
  const theoryScore = readScore(entry.theory)
  const practicalScore = readScore(entry.practical)
  const said = entry.result === '' ? null : RESULTS.find((result) => result === entry.result)
  const faults: ResultFault[] = []
  if (theoryScore === undefined) faults.push('theory')
  if (practicalScore === undefined) faults.push('practical')
  if (said === undefined) faults.push('result')
  if (theoryScore === undefined || practicalScore === undefined || said === undefined) return { faults }

  const scores = [theoryScore, practicalScore].filter((score) => score !== null)
  if (said === null && scores.length === 0) return { attempt: null }
  const isPassing = scores.every((score) => score >= PASS_MARK)
  if (said === 'passed' && !isPassing) return { faults: ['score_low'] }
  if (said === 'failed' && scores.length === 2 && isPassing) return { faults: ['score_high'] }
  if (said === 'absent' && scores.length > 0) return { faults: ['absent_scores'] }
  const attempt = { result: said ?? (isPassing ? 'passed' : 'failed'), theoryScore, practicalScore } as const
  if (attemptMark(attempt) === attemptMark(now)) return { attempt: null }
  return entry.was === attemptMark(now) ? { attempt } : { faults: ['changed_meanwhile'] }
}

/** Undefined: not a score; null: none given. Never rounded: 59.96 is no score, not 60. */
function readScore(written: string): number | null | undefined {
  const text = written.normalize('NFKC').trim()
  if (text === '') return null
  return /^\d{1,3}(\.\d)?$/.test(text) && Number(text) <= 100 ? Number(text) : undefined
}

export type AssessedOnFault = 'date' | 'before_start' | 'ahead'

/** The day of an assessment: not before the class begins, not after today (the ledger's column 20). */
export function faultOfDay(assessedOn: string, startsOn: string, today: string): AssessedOnFault | null {
  if (assessedOn < startsOn) return 'before_start'
  return assessedOn > today ? 'ahead' : null
}

/**
 * What speaks against a result of that day: the class has sessions after it, or the worker's hours were not enough by now. Who did not
 * come has nothing that could be doubted. `lastSessionOn` null: a class without sessions here.
 */
export function doubtsOf(
  { result }: Pick<Attempt, 'result'>,
  of: { assessedOn: string; lastSessionOn: string | null; isCredited: boolean },
): ResultDoubt[] {
  if (result === 'absent') return []
  const isEarly = of.lastSessionOn !== null && of.assessedOn < of.lastSessionOn
  return [...(isEarly ? (['before_last_session'] as const) : []), ...(of.isCredited ? [] : (['no_credit'] as const))]
}
