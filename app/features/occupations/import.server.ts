import { inArray, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { type ImportReport, importFiles, refused } from '#app/lib/import-report.server.ts'
import { type Entry, type Finding, reconcile, type TableRow } from '#app/lib/table.ts'
import { cellReader, disagreements, quoted } from '#app/lib/table-cells.ts'
import { readTable, type Table } from '#app/lib/table-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { occupation } from '#db/schema/index.ts'
import { isOccupationCode, normaliseCode, readEdition } from './code.ts'
import type { Occupation } from './find.server.ts'
import { OCCUPATION_COLUMNS, type OccupationField } from './vocabulary.ts'
import { words } from './words.ts'

/** `npm run occupations:import -- FILE…`: adds occupations, or mends their names; prints one line of JSON per file. */
export const occupationsImport = (argv: readonly string[]): Promise<number> =>
  importFiles(argv, 'occupations:import', async (path, locale) => {
    const table = await readTable(path, OCCUPATION_COLUMNS, locale)
    if (Array.isArray(table)) return refused(path, 0, table)
    return as(system('setup'), (tx) => importOccupations(tx, { path, table, locale, now: new Date() }))
  })

/** Imports one table of occupations as a whole, or not at all where a row has an error. */
async function importOccupations(
  tx: Tx,
  { path, table, locale, now }: { path: string; table: Table<OccupationField>; locale: Locale; now: Date },
): Promise<ImportReport> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('occupations.import'))`)
  const errors: Finding[] = [...table.errors]
  const entries = table.rows.flatMap((row) => readRow(row, errors, locale))
  const recorded = await recordedOccupations(tx, entries)
  const isSame = (one: Occupation, other: Occupation) => one.name === other.name
  const found = reconcile(entries, recorded, isSame)
  errors.push(...disagreements(found.disagreeing, locale))
  const rows = table.rows.length + table.errors.length
  if (errors.length > 0) return refused(path, rows, errors)

  await put(
    tx,
    [...found.created, ...found.corrected].map((entry) => entry.value),
  )
  const counts = { created: found.created.length, unchanged: found.unchanged, corrected: found.corrected.length }
  const detail = { ...counts, digest: table.file.digest.toString('hex') }
  await record(tx, { by: system('setup'), now, kind: 'occupations.imported', detail })
  return { file: path, rows, ...counts, rejected: 0, errors: [], warnings: [] }
}

function readRow(row: TableRow<OccupationField>, errors: Finding[], locale: Locale): Entry<Occupation>[] {
  const w = words[locale]
  const read = cellReader(row, OCCUPATION_COLUMNS, locale)
  const written = read.text('code', { most: 40 })
  const name = read.text('name', { most: 100 })
  const year = read.text('edition', { most: 40 })
  const code = written === null ? null : normaliseCode(written)
  if (code !== null && !isOccupationCode(code)) read.refuse('code', w.codeForm(quoted(code)))
  const edition = year === null ? null : readEdition(year)
  if (year !== null && edition === null) read.refuse('edition', w.editionForm(quoted(year)))
  errors.push(...read.errors)
  if (read.errors.length > 0 || code === null || name === null || edition === null) return []
  return [{ row: row.row, key: keyOf(code, edition), value: { code, edition, name } }]
}

const keyOf = (code: string, edition: number) => `${code}/${edition}`

async function recordedOccupations(tx: Tx, entries: readonly Entry<Occupation>[]): Promise<Map<string, Occupation>> {
  const codes = [...new Set(entries.map((entry) => entry.value.code))]
  if (codes.length === 0) return new Map()
  const rows = await tx
    .select({ code: occupation.code, edition: occupation.edition, name: occupation.name })
    .from(occupation)
    .where(inArray(occupation.code, codes))
  return new Map(rows.map((row) => [keyOf(row.code, row.edition), row]))
}

/** PostgreSQL takes 65,535 parameters a statement. */
const ROWS_A_STATEMENT = 10_000

async function put(tx: Tx, occupations: readonly Occupation[]): Promise<void> {
  for (let from = 0; from < occupations.length; from += ROWS_A_STATEMENT)
    await tx
      .insert(occupation)
      .values(occupations.slice(from, from + ROWS_A_STATEMENT))
      .onConflictDoUpdate({
        target: [occupation.code, occupation.edition],
        set: { name: sql`excluded.name` },
      })
}
