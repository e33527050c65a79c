import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { closeIfDue, listDue } from './close-attempt.server.ts'

/** Whoever still has the page open hands in by itself; only who does not is waited for. */
const PATIENCE_MS = 10_000

/**
 * Marks attempts whose time is over and whose worker never came back, with what was saved: a test that was passed credits
 * its course whether or not somebody looks. An enrolment that another account made for the same person is left to its claim.
 */
export const dueAttempts: Queue = {
  name: 'final tests whose time is over',
  waiting: (resting = []) => {
    const before = new Date(Date.now() - PATIENCE_MS)
    return as(system('credit'), (tx) => listDue(tx, { before, without: resting }))
  },
  run: (attemptId) => as(system('credit'), (tx) => closeIfDue(tx, { attemptId, personId: null, now: new Date() })),
}
