import { system, type Viewer } from './actor.ts'
import { as } from './as.server.ts'
import { takeAttempt } from './slowing.server.ts'
import { LIMITS } from './slowing.ts'

/**
 * Takes one of the viewer's attempts at something that is slowed by account, whether it then succeeds or not.
 * @returns seconds to wait; 0: go ahead.
 */
export async function slow(viewer: Viewer, what: 'search' | 'reveal' | 'question', now: Date): Promise<number> {
  const slowed = { what: `${what}:${viewer.accountId}`, limit: LIMITS[what] }
  const { wait } = await as(system('sign_in'), (tx) => takeAttempt(tx, [slowed], now))
  return wait
}
