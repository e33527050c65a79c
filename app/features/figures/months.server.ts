import { sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { policyFor } from '../policy/policy.server.ts'
import type { YearPolicy } from '../policy/policy.ts'
import { countedBy } from './counted-by.ts'
import { members } from './members.server.ts'
import { MONTHLY, type Months } from './months.ts'
import { refreshSoon } from './refresh-soon.server.ts'
import { isFresh } from './select-tallies.server.ts'

type Asked = { academyId: string; year: number; today: string }

/**
 * The pace of an academy's year: how many persons each month newly brought to a figure. The twelve months of a figure add
 * up to it. Read from the tally; counted live where that is stale. Runs as system('figures') after the guard, as
 * `figuresOf` does.
 */
export async function monthsOf(tx: Tx, asked: Asked): Promise<Months> {
  const { academyId, year, today } = asked
  const policy = await policyFor(tx, year)
  const [tallied] = await findMonths(tx, { academyId, year, today, countedBy: countedBy(policy) })
  if (tallied) return tallied
  refreshSoon()
  return countMonths(tx, { ...asked, policy })
}

const findMonths = statement<Asked & { countedBy: string }, Months[]>((db) => {
  const { placeholder } = sql
  const months = (figure: string) => sql<number[]>`t.${sql.identifier(`${figure}_months`)}`
  return db
    .select({
      trained: months('trained'),
      practical: months('practical'),
      certified: months('certified'),
      improved: months('improved'),
    })
    .from(sql`tally t`)
    .where(sql`t.academy_id = ${placeholder('academyId')}::uuid and t.year = ${placeholder('year')}::int
      and ${isFresh(placeholder('today'), sql`${placeholder('countedBy')}::text`)}`)
})

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
