import { and, asc, eq, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { listOccupations, type Occupation } from '#app/features/occupations/find.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { newId } from '#app/lib/ids.ts'
import { type ImportReport, importFiles, refused } from '#app/lib/import-report.server.ts'
import { type Finding, reconcile } from '#app/lib/table.ts'
import { disagreements } from '#app/lib/table-cells.ts'
import { readTable, type Table } from '#app/lib/table-file.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, brand, brandOccupation } from '#db/schema/index.ts'
import type { BrandStatus } from '#db/values.ts'
import { type BrandFacts, brandKey, isSameBrand, readBrandRow } from './brand-rows.ts'
import { BRAND_COLUMNS, type BrandField } from './vocabulary.ts'

/** `npm run brands:import -- FILE…`: adds featured-trade brands or corrects them; prints one line of JSON per file. */
export const brandsImport = (argv: readonly string[]): Promise<number> =>
  importFiles(argv, 'brands:import', async (path, locale) => {
    const table = await readTable(path, BRAND_COLUMNS, locale)
    if (Array.isArray(table)) return refused(path, 0, table)
    return as(system('setup'), (tx) => importBrands(tx, { path, table, locale, now: new Date() }))
  })

/**
 * Imports one table of brands as a whole, or not at all where a row has an error. A row says all about its brand: an empty
 * end means open. Occupations are taken in their latest edition; another edition of the same code is no change.
 */
export async function importBrands(
  tx: Tx,
  { path, table, locale, now }: { path: string; table: Table<BrandField>; locale: Locale; now: Date },
): Promise<ImportReport> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('academies.import'))`)
  const academies = await tx.select({ id: academy.id, code: academy.code }).from(academy)
  const occupations = await listOccupations(tx)
  const recorded = await recordedBrands(tx)
  const known = {
    academies: new Set(academies.map(({ code }) => code)),
    occupations: new Set(occupations.map(({ code }) => code)),
  }

  const errors: Finding[] = [...table.errors]
  const entries = table.rows.flatMap((row) => readBrandRow(row, known, errors, locale))
  const found = reconcile(entries, recorded, isSameBrand)
  errors.push(...disagreements(found.disagreeing, locale))
  const rows = table.rows.length + table.errors.length
  if (errors.length > 0) return refused(path, rows, errors)

  const changed = [...found.created, ...found.corrected].map((entry) => entry.value)
  await writeBrands(tx, changed, { academies, occupations, recorded })
  const counts = { created: found.created.length, unchanged: found.unchanged, corrected: found.corrected.length }
  const detail = { ...counts, digest: table.file.digest.toString('hex') }
  await record(tx, { by: system('setup'), now, kind: 'brands.imported', detail })
  return { file: path, rows, ...counts, rejected: 0, errors: [], warnings: [] }
}

type RecordedBrand = BrandFacts & { id: string }

async function recordedBrands(tx: Tx): Promise<Map<string, RecordedBrand>> {
  const rows = await tx
    .select({
      academyCode: academy.code,
      id: brand.id,
      name: brand.name,
      validFrom: brand.validFrom,
      validUntil: brand.validUntil,
      status: brand.status,
      occupations: sql<
        string[]
      >`array_agg(distinct ${brandOccupation.occupationCode} order by ${brandOccupation.occupationCode})`,
    })
    .from(brand)
    .innerJoin(academy, eq(academy.id, brand.academyId))
    .innerJoin(
      brandOccupation,
      and(eq(brandOccupation.academyId, brand.academyId), eq(brandOccupation.brandId, brand.id)),
    )
    .groupBy(academy.code, brand.academyId, brand.id)
    .orderBy(asc(academy.code))
  return new Map(
    rows.map((row) => [brandKey(row.academyCode, row.name), { ...row, status: row.status as BrandStatus }]),
  )
}

async function writeBrands(
  tx: Tx,
  brands: readonly BrandFacts[],
  known: {
    academies: readonly { id: string; code: string }[]
    occupations: readonly Occupation[]
    recorded: ReadonlyMap<string, RecordedBrand>
  },
): Promise<void> {
  if (brands.length === 0) return
  const academyIds = new Map(known.academies.map(({ id, code }) => [code, id]))
  const editions = new Map(known.occupations.map(({ code, edition }) => [code, edition]))
  const rows = brands.map(({ academyCode, name, validFrom, validUntil, status, occupations }) => {
    const before = known.recorded.get(brandKey(academyCode, name))
    const keys = { academyId: academyIds.get(academyCode)!, id: before?.id ?? newId() }
    return { brand: { ...keys, name, validFrom, validUntil, status }, before, occupations }
  })
  await tx
    .insert(brand)
    .values(rows.map((row) => row.brand))
    .onConflictDoUpdate({
      target: [brand.academyId, brand.id],
      set: {
        validFrom: sql`excluded.valid_from`,
        validUntil: sql`excluded.valid_until`,
        status: sql`excluded.status`,
      },
    })

  const dropped = rows.flatMap(({ brand: { academyId, id }, before, occupations }) =>
    (before?.occupations ?? [])
      .filter((code) => !occupations.includes(code))
      .map((code) =>
        and(
          eq(brandOccupation.academyId, academyId),
          eq(brandOccupation.brandId, id),
          eq(brandOccupation.occupationCode, code),
        ),
      ),
  )
  if (dropped.length > 0) await tx.delete(brandOccupation).where(or(...dropped))
  const added = rows.flatMap(({ brand: { academyId, id }, before, occupations }) =>
    occupations
      .filter((code) => !before?.occupations.includes(code))
      .map((code) => ({
        academyId,
        brandId: id,
        occupationCode: code,
        occupationEdition: editions.get(code)!,
      })),
  )
  if (added.length > 0) await tx.insert(brandOccupation).values(added)
}
