import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import type { Sight } from '../persons/masking.ts'
import { policyFor } from '../policy/policy.server.ts'
import { listPersons } from './behind.server.ts'
import type { ListBehind, RowBehind } from './behind.ts'
import { dayColumn, isNarrowed, type Narrowing, narrow } from './behind-narrow.ts'
import { countedBy } from './counted-by.ts'
import type { Figure } from './figures.ts'
import { memberOf, members } from './members.server.ts'
import { isFresh } from './select-tallies.server.ts'

const PAGE = 25
/** Read at a time of a list that is wanted whole. */
const AT_ONCE = 2000

type Of = {
  academyId: string
  year: number
  today: string
  figure: Exclude<Figure, 'brands'>
  sight: Sight
  narrowing: Narrowing
}

/** A page of what a narrowing leaves of a figure's list; `count` is what it leaves in all. Runs as system('figures'). */
export async function listNarrowed(tx: Tx, of: Of & { after: string | null }): Promise<ListBehind> {
  const { after, narrowing, ...about } = of
  if (!isNarrowed(narrowing)) return listPersons(tx, { ...about, after })
  const rows = await listAll(tx, of)
  const rest = after === null ? rows : rows.filter(({ key }) => key > after)
  return {
    count: rows.length,
    rows: rest.slice(0, PAGE),
    next: rest.length > PAGE ? (rest[PAGE - 1]?.key ?? null) : null,
  }
}

/** All that a narrowing leaves, in the order of the list. Runs as system('figures'). */
export async function listAll(tx: Tx, of: Of): Promise<RowBehind[]> {
  const rows: RowBehind[] = []
  for await (const row of eachBehind(tx, of)) rows.push(row)
  return rows
}

/** The same row by row, some of them read at a time: what is exported. */
export async function* eachBehind(tx: Tx, { narrowing, ...of }: Of): AsyncGenerator<RowBehind> {
  const firstOn = narrowing.month === null ? new Map<string, string>() : await firstDays(tx, of)
  let after: string | null = null
  do {
    const { rows, next }: ListBehind = await listPersons(tx, { ...of, after, limit: AT_ONCE })
    yield* narrow(rows, narrowing, firstOn)
    after = next
  } while (after !== null)
}

/** By person the day on which they came to count: from the tally where it is fresh, else from the facts. */
async function firstDays(
  tx: Tx,
  { academyId, year, today, figure }: Omit<Of, 'narrowing' | 'sight'>,
): Promise<Map<string, string>> {
  const column = dayColumn(figure)
  if (column === null || figure === 'trained_times' || figure === 'practical_times') return new Map()
  const policy = await policyFor(tx, year)
  const day = sql`m.${sql.identifier(column)}::text as day`
  const tallied = await tx.execute<{ person_id: string; day: string }>(sql`
    select m.person_id, ${day} from tally t
    join tally_member m on m.academy_id = t.academy_id and m.year = t.year
    where t.academy_id = ${academyId}::uuid and t.year = ${year}::int
      and ${isFresh(today, sql`${countedBy(policy)}::text`)} and ${memberOf[figure]}`)
  // None: the tally is stale, or there is nobody to count.
  if (tallied.length > 0) return new Map(tallied.map((row) => [row.person_id, row.day]))
  const rows = await tx.execute<{ person_id: string; day: string }>(sql`
    with ${members({ year, today, academyIds: [academyId], policy, previous: null })}
    select m.person_id, ${day} from member m where ${memberOf[figure]}`)
  return new Map(rows.map(({ person_id, day }) => [person_id, day]))
}
