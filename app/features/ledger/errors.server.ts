import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import type { Mode } from '#db/values.ts'
import type { Field } from './columns.ts'
import { placeOf } from './position.ts'
import type { PlacedProblem, ProblemCode } from './problem.ts'
import { LIMITS } from './record.ts'
import { MOST_REJECTED, type Rejected, reject } from './rejected.ts'
import type { Sheet } from './source.ts'
import { MODE_WORDS, NO_OCCUPATION } from './vocabulary.ts'

type Found = { row: number; field: Field; code: ProblemCode; parameters: string[] }

/** The first conflicts by row, and how many rows have any; all of them go into `rejected`, where it is given. */
export async function listConflicts(
  tx: Tx,
  sheets: readonly Sheet[],
  rejected?: Rejected,
): Promise<{ errors: PlacedProblem[]; rows: number }> {
  const [counted] = (await tx.execute(sql`
    select count(distinct e."row")::int as rows from staged_error e`)) as unknown as { rows: number }[]
  const found = (await tx.execute(sql`
    select e."row", e.field, e.code, e.parameters from staged_error e
    group by e."row", e.field, e.code, e.parameters order by e."row", e.field, e.code limit ${rejected ? MOST_REJECTED * 4 : LIMITS.reported}`)) as unknown as Found[]
  const errors = found.map(({ row: position, parameters, ...about }) => {
    const { sheet, row } = placeOf(position, sheets.length)
    const conflict = { ...about, parameters: shown(about, parameters, sheet, sheets) }
    if (rejected) reject(rejected, position, [conflict])
    return { sheet: sheets.length > 1 ? sheets[sheet]?.name : null, row, ...conflict }
  })
  return { rows: counted!.rows, errors: errors.slice(0, LIMITS.reported) }
}

/** Codes whose parameter lists the rows that a row disagrees with. */
const NAMES_ROWS: ReadonlySet<ProblemCode> = new Set([
  'rowsDisagree',
  'classDisagrees',
  'certificateTwice',
  'onePerson',
])

/** `5,9` as it is; a row of another sheet with the sheet's name: `二班!9`. */
function otherRows(positions: string, own: number, sheets: readonly Sheet[]): string {
  const rows = positions.split(',').map((position) => placeOf(Number(position), sheets.length))
  return rows
    .map(({ sheet, row }) => (sheet === own ? row : `${sheets[sheet]?.name?.replaceAll(',', '，')}!${row}`))
    .join(',')
}

/** Recorded values in the words of the ledger: a mode, an occupation, hours without a needless decimal. */
function shown(
  { field, code }: Pick<Found, 'field' | 'code'>,
  parameters: string[],
  sheet: number,
  sheets: readonly Sheet[],
): (string | number)[] {
  if (NAMES_ROWS.has(code)) return parameters.map((rows) => otherRows(rows, sheet, sheets))
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
