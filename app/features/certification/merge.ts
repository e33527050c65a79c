import type { Result } from '#db/values.ts'

export type MergeAttempt = {
  id: string
  enrolmentId: string
  assessedOn: string
  result: Result
  certificates: readonly { id: string; type: string; workItem: string; status: string }[]
}

/** What keeps two records from being merged, in one class: an academy corrects or revokes one of the two first. */
export type MergeClash = { on: string | null; reason: 'hours_differ' | 'results_differ' | 'certificates_differ' }

/** Where the attempts and certificates of a place that is left behind go. */
export type AttemptMoves = {
  /** Attempts that the kept place does not have on their day: they hang on it from now on. */
  attempts: { id: string; enrolmentId: string }[]
  /** Certificates of an attempt that both have: they hang on the kept one. */
  certificates: { id: string; assessmentId: string }[]
  clashes: MergeClash[]
}

/**
 * One worker sits twice in a class, and was assessed on both places. Attempts of other days move to the place that stays;
 * of the same day they are one attempt and must say the same, and the certificates that only the other has move. A revoked
 * certificate that both have stays where it is; two that differ are for the academy to sort out.
 */
export function moveAttempts(
  keptEnrolmentId: string,
  kept: readonly MergeAttempt[],
  merged: readonly MergeAttempt[],
): AttemptMoves {
  const moves: AttemptMoves = { attempts: [], certificates: [], clashes: [] }
  for (const attempt of merged) {
    const own = kept.find((one) => one.assessedOn === attempt.assessedOn)
    if (!own) {
      moves.attempts.push({ id: attempt.id, enrolmentId: keptEnrolmentId })
      continue
    }
    if (own.result !== attempt.result) moves.clashes.push({ on: attempt.assessedOn, reason: 'results_differ' })
    for (const one of attempt.certificates) {
      const isHeld = own.certificates.some((held) => held.type === one.type && held.workItem === one.workItem)
      if (!isHeld) moves.certificates.push({ id: one.id, assessmentId: own.id })
      else if (one.status === 'valid') moves.clashes.push({ on: attempt.assessedOn, reason: 'certificates_differ' })
    }
  }
  return moves
}
