import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { policyFor } from '../policy/policy.server.ts'
import { members } from './members.server.ts'
import { MONTHLY, type Months } from './months.ts'

/**
 * The pace of an academy's year: how many persons each month newly brought to a figure. The twelve months of a figure add
 * up to it. Runs as system('figures') after the guard, as `figuresOf` does.
 */
export async function monthsOf(
  tx: Tx,
  { academyId, year, today }: { academyId: string; year: number; today: string },
): Promise<Months> {
  const policy = await policyFor(tx, year)
  const newly = MONTHLY.map(
    (figure) => sql`count(*) filter (where ${reachedIn(figure)} = n.month)::int as ${sql.identifier(figure)}`,
  )
  const rows = await tx.execute<Record<(typeof MONTHLY)[number], number>>(sql`
    with ${members({ year, today, academyIds: [academyId], policy, previous: null })}
    select ${sql.join(newly, sql`, `)}
    from generate_series(1, 12) n (month) left join member m on true
    group by n.month order by n.month`)
  return toMonths(rows)
}

const reachedIn = (figure: (typeof MONTHLY)[number]) => sql`extract(month from m.${sql.identifier(`${figure}_on`)})`

const toMonths = (rows: readonly Record<(typeof MONTHLY)[number], number>[]): Months => ({
  trained: rows.map((row) => row.trained),
  practical: rows.map((row) => row.practical),
  certified: rows.map((row) => row.certified),
  improved: rows.map((row) => row.improved),
})
