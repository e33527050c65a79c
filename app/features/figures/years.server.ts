import { sql } from 'drizzle-orm'
import { shanghaiYear } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { listPolicyYears } from '../policy/policy.server.ts'

/**
 * The years that have tallies, latest first: those of the plan, the one before them (which growth is measured against), this
 * one, and every year in which something happened.
 * @param input.onlyKnown by the tallies and marks, without reading all the facts.
 */
export async function yearsToCount(tx: Tx, { now, onlyKnown }: { now: Date; onlyKnown: boolean }): Promise<number[]> {
  const facts = onlyKnown
    ? sql``
    : sql`union select extract(year from credited_on)::int from enrolment where credited_on is not null
      union select extract(year from assessed_on)::int from assessment`
  const found = await tx.execute<{ year: number }>(sql`
    select year from tally union select year from tally_mark ${facts}`)
  const planned = await listPolicyYears(tx)
  const first = planned[0] ?? shanghaiYear(now)
  const years = new Set([...found.map(({ year }) => year), ...planned, first - 1, shanghaiYear(now)])
  return [...years].sort((one, other) => other - one)
}
