import { sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { type ImportReport, importFiles, refused } from '#app/lib/import-report.server.ts'
import { type Entry, type Finding, reconcile } from '#app/lib/table.ts'
import { disagreements } from '#app/lib/table-cells.ts'
import { readTable, type Table } from '#app/lib/table-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import {
  type AcademyFacts,
  isSameAcademy,
  type KnownUnion,
  readAcademyRow,
  replacedDesignations,
} from './academy-rows.ts'
import { unionNamed } from './unions.ts'
import { ACADEMY_COLUMNS, type AcademyField } from './vocabulary.ts'
import { words } from './words.ts'
import {
  listCities,
  listUnions,
  makeUnions,
  type RecordedAcademy,
  recordedAcademies,
  writeAcademies,
} from './write.server.ts'

/** `npm run academies:import -- FILE…`: adds academies or corrects them; prints one line of JSON per file. */
export const academiesImport = (argv: readonly string[]): Promise<number> =>
  importFiles(argv, 'academies:import', async (path, locale) => {
    const table = await readTable(path, ACADEMY_COLUMNS, locale)
    if (Array.isArray(table)) return refused(path, 0, table)
    return as(system('setup'), (tx) => importAcademies(tx, { path, table, locale, now: new Date() }))
  })

/**
 * Imports one table of academies as a whole, or not at all where a row has an error. A sponsor that nobody knows is made,
 * as an industrial union, with a warning. A row says all about its academy: empty years mean that it is not provincial.
 */
export async function importAcademies(
  tx: Tx,
  { path, table, locale, now }: { path: string; table: Table<AcademyField>; locale: Locale; now: Date },
): Promise<ImportReport> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('academies.import'))`)
  const cities = await listCities(tx)
  const unions = await listUnions(tx)
  const recorded = await recordedAcademies(tx)
  const hasYears = table.has.has('fromYear')

  const errors: Finding[] = [...table.errors]
  const entries = table.rows.flatMap((row) => readAcademyRow(row, { cities, unions, hasYears }, errors, locale))
  const found = reconcile(entries, recorded, isSameAcademy)
  errors.push(...disagreements(found.disagreeing, locale))
  const rows = table.rows.length + table.errors.length
  const changed = [...found.created, ...found.corrected]
  const warnings = oddities(changed, unions, recorded, locale)
  if (errors.length > 0) return refused(path, rows, errors, warnings)

  const known = await makeUnions(
    tx,
    unions,
    changed.map((entry) => entry.value.sponsor),
  )
  await writeAcademies(tx, { academies: changed.map((entry) => entry.value), recorded, unions: known, now })
  const counts = { created: found.created.length, unchanged: found.unchanged, corrected: found.corrected.length }
  const detail = { ...counts, digest: table.file.digest.toString('hex') }
  await record(tx, { by: system('setup'), now, kind: 'academies.imported', detail })
  return { file: path, rows, ...counts, rejected: 0, errors: [], warnings }
}

/** What is done as asked, and said: a union made, a designation taken back, a name that two codes have. */
function oddities(
  changed: readonly Entry<AcademyFacts>[],
  unions: readonly KnownUnion[],
  recorded: ReadonlyMap<string, RecordedAcademy>,
  locale: Locale,
): Finding[] {
  const w = words[locale]
  const made = new Set<string>()
  const codeOf = new Map([...recorded.values()].map(({ name, code }) => [name, code]))
  return changed.flatMap(({ row, value }) => {
    const findings: Finding[] = []
    const warn = (field: AcademyField, message: string) =>
      findings.push({ row, column: ACADEMY_COLUMNS[field].header, message })
    if (!unionNamed(value.sponsor, unions) && !made.has(value.sponsor)) {
      made.add(value.sponsor)
      warn('sponsor', w.unionMade(value.sponsor))
    }
    const others = codeOf.get(value.name)
    if (others !== undefined && others !== value.code) warn('name', w.nameTwice(others))
    codeOf.set(value.name, value.code)
    if (value.designations?.length === 0)
      for (const { from, until } of replacedDesignations([], recorded.get(value.code)?.designations ?? []))
        warn('fromYear', w.notProvincial(w.years(from, until)))
    return findings
  })
}
