import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { policyFor } from '../policy/policy.server.ts'
import type { YearPolicy } from '../policy/policy.ts'
import { countedBy } from './counted-by.ts'
import { members } from './members.server.ts'
import { MONTHLY, type Months } from './months.ts'
import { refreshSoon } from './refresh-soon.server.ts'
import { isFresh } from './tallies.server.ts'

type Asked = { academyId: string; year: number; today: string }

/**
 * The pace of an academy's year: how many persons each month newly brought to a figure. The twelve months of a figure add
 * up to it. Read from the tally; counted live where that is stale. Runs as system('figures') after the guard, as
 * `figuresOf` does.
 */
export async function monthsOf(tx: Tx, asked: Asked): Promise<Months> {
  const { academyId, year, today } = asked
  const policy = await policyFor(tx, year)
  const [tallied] = await tx.execute<Months>(sql`
    select t.trained_months as trained, t.practical_months as practical, t.certified_months as certified,
      t.improved_months as improved
    from tally t
    where t.academy_id = ${academyId}::uuid and t.year = ${year}::int and ${isFresh(today, sql`${countedBy(policy)}::text`)}`)
  if (tallied) return tallied
  refreshSoon()
  return countMonths(tx, { ...asked, policy })
}

/** The same from the facts. */
export async function countMonths(tx: Tx, asked: Asked & { policy: YearPolicy }): Promise<Months> {
  const { academyId, year, today, policy } = asked
  const [counted] = await tx.execute<Months>(sql`
    with ${members({ year, today, academyIds: [academyId], policy, previous: null })}
    select ${months} from member m`)
  return counted!
}

/** Columns `trained`, `practical` … over rows `m` of `member`: arrays of twelve numbers. */
export const months = sql.join(
  MONTHLY.map((figure) => {
    const month = sql`extract(month from m.${sql.identifier(`${figure}_on`)})`
    const twelve = Array.from({ length: 12 }, (_, i) => sql`count(*) filter (where ${month} = ${i + 1}::int)::int`)
    return sql`array[${sql.join(twelve, sql`, `)}] as ${sql.identifier(figure)}`
  }),
  sql`, `,
)
