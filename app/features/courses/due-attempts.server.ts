import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { closeIfDue, listDue } from './close-attempt.server.ts'

/** Whoever still has the page open hands in by itself; only who does not is waited for. */
const PATIENCE_MS = 10_000

/** Attempts that could not be marked: a bug of ours, told once and left for the next start. */
const failed = new Set<string>()

/**
 * Marks attempts whose time is over and whose worker never came back, with what was saved: a test that was passed credits
 * its course whether or not somebody looks. An enrolment that another account made for the same person is left to its claim.
 */
export const dueAttempts: Queue = {
  name: 'final tests whose time is over',
  waiting: async () => {
    const before = new Date(Date.now() - PATIENCE_MS)
    const due = await as(system('credit'), (tx) => listDue(tx, { before }))
    return due.filter((id) => !failed.has(id))
  },
  run: async (attemptId) => {
    try {
      return await as(system('credit'), (tx) => closeIfDue(tx, { attemptId, personId: null, now: new Date() }))
    } catch (error) {
      failed.add(attemptId)
      runtime().logger.error({ err: error, attemptId }, 'an attempt could not be marked')
      return false
    }
  },
}
