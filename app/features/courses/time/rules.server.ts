import { learningPolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiYear } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { TimeRules } from './settle.ts'

/** The policy in force, in the units in which time is counted. */
export type Rules = TimeRules & { activePercent: number; playedPercent: number; idleMs: number; source: string | null }

/** @throws an Error where no policy was ever loaded. */
export async function timeRules(tx: Tx, now: Date): Promise<Rules> {
  const policy = await learningPolicy(tx, shanghaiYear(now))
  const { activePercent, playedPercent, fullSpeedTenths, idleSeconds, lateMinutes, source } = policy
  return {
    ...{ activePercent, playedPercent, source },
    fullSpeed: fullSpeedTenths / 10,
    idleMs: idleSeconds * 1000,
    lateMs: lateMinutes * 60_000,
  }
}
