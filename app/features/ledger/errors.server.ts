import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import type { Mode } from '#db/values.ts'
import type { Field } from './columns.ts'
import type { PlacedProblem, ProblemCode } from './problem.ts'
import { LIMITS } from './record.ts'
import { MODE_WORDS, NO_OCCUPATION } from './vocabulary.ts'

type Found = { row: number; field: Field; code: ProblemCode; parameters: string[] }

/** The first conflicts by row, and how many rows have any. */
export async function listConflicts(tx: Tx): Promise<{ errors: PlacedProblem[]; rows: number }> {
  const [counted] = (await tx.execute(sql`
    select count(distinct e."row")::int as rows from staged_error e`)) as unknown as { rows: number }[]
  const found = (await tx.execute(sql`
    select e."row", e.field, e.code, e.parameters from staged_error e
    group by e."row", e.field, e.code, e.parameters order by e."row", e.field, e.code limit ${LIMITS.reported}`)) as unknown as Found[]
  return {
    rows: counted!.rows,
    errors: found.map(({ parameters, ...place }) => ({ ...place, parameters: shown(place, parameters) })),
  }
}

/** Recorded values in the words of the ledger: a mode, an occupation, hours without a needless decimal. */
function shown({ field, code }: Pick<Found, 'field' | 'code'>, parameters: string[]): (string | number)[] {
  if (code === 'classFull') return parameters.map(Number)
  if (code !== 'classDiffers') return parameters
  return parameters.map((recorded) => {
    if (field === 'mode') return MODE_WORDS[recorded as Mode]?.[0] ?? recorded
    if (field === 'occupationCode') return recorded === '' ? NO_OCCUPATION : recorded
    return recorded.replace(/\.0$/, '')
  })
}

export async function dropRejectedRows(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from staged_row r where r."row" in (select e."row" from staged_error e)`)
}
