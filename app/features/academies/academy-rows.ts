import type { Locale } from '#app/lib/i18n.ts'
import type { Entry, Finding, TableRow } from '#app/lib/table.ts'
import { cellReader, quoted } from '#app/lib/table-cells.ts'
import { words as tableWords } from '#app/lib/table-words.ts'
import type { AcademyKind, UnionKind } from '#db/values.ts'
import { unionNamed } from './unions.ts'
import { ACADEMY_COLUMNS, type AcademyField, CITY_ENDING, choices, KIND_WORDS, kinds } from './vocabulary.ts'
import { words } from './words.ts'

/** Years of being a provincial academy, both inclusive; `until` null: no end is set. */
export type Designation = { from: number; until: number | null }

/** What a row of the table says about an academy. */
export type AcademyFacts = {
  code: string
  name: string
  kind: AcademyKind
  cityCode: string | null
  /** The sponsor's name as recorded, or as written where there is no such union yet. */
  sponsor: string
  /** Empty: not a provincial academy. Null: the table has no columns for it, so nothing is said. */
  designations: Designation[] | null
}

export type KnownCity = { code: string; name: string }
export type KnownUnion = { id: string; name: string; kind: UnionKind | string }

const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/
/** The province's own code, like 440000: the academy belongs to no single city. */
const PROVINCE_CODE = /^\d{2}0000$/

/** Reads one row; its errors are added to `errors`, and it then gives no entry. */
export function readAcademyRow(
  row: TableRow<AcademyField>,
  known: { cities: readonly KnownCity[]; unions: readonly KnownUnion[]; hasYears: boolean },
  errors: Finding[],
  locale: Locale,
): Entry<AcademyFacts>[] {
  const w = words[locale]
  const read = cellReader(row, ACADEMY_COLUMNS, locale)
  const code = read.text('code', { most: 40 })
  if (code !== null && !CODE.test(code)) read.refuse('code', w.codeForm(quoted(code)))
  const name = read.text('name', { most: 100 })
  const kind = read.oneOf('kind', kinds, choices(KIND_WORDS))
  const cityText = read.text('cityCode', { most: 40, isOptional: true })
  const cityCode = cityText === null || PROVINCE_CODE.test(cityText) ? null : cityNamed(cityText, known.cities)
  if (cityCode === undefined) read.refuse('cityCode', w.cityUnknown(quoted(cityText ?? '')))
  const written = read.text('sponsor', { most: 100 })
  const sponsor = written === null ? null : (unionNamed(written, known.unions)?.name ?? written)

  const from = read.year('fromYear')
  const until = read.year('untilYear')
  const t = tableWords[locale]
  if (row.cells.fromYear === '' && until !== null) read.refuse('untilYear', t.onlyWith(ACADEMY_COLUMNS.fromYear.header))
  if (from !== null && until !== null && until < from)
    read.refuse('untilYear', t.before(String(until), ACADEMY_COLUMNS.fromYear.header, String(from)))

  errors.push(...read.errors)
  if (read.errors.length > 0 || code === null || name === null || kind === null || sponsor === null) return []
  const designations = known.hasYears ? (from === null ? [] : [{ from, until }]) : null
  return [{ row: row.row, key: code, value: { code, name, kind, cityCode: cityCode ?? null, sponsor, designations } }]
}

function cityNamed(written: string, cities: readonly KnownCity[]): string | undefined {
  return cities.find(({ code, name }) => [code, name, name.replace(CITY_ENDING, '')].includes(written))?.code
}

/** Whether a row says what is recorded. Earlier designations that the row does not touch may stand beside its own. */
export function isSameAcademy(said: AcademyFacts, recorded: AcademyFacts): boolean {
  return (
    said.name === recorded.name &&
    said.kind === recorded.kind &&
    said.cityCode === recorded.cityCode &&
    said.sponsor === recorded.sponsor &&
    isSameDesignation(said.designations, recorded.designations ?? [])
  )
}

function isSameDesignation(said: Designation[] | null, recorded: readonly Designation[]): boolean {
  if (said === null) return true
  if (said.length === 0) return recorded.length === 0
  return said.every((one) => recorded.some((other) => one.from === other.from && one.until === other.until))
}

/**
 * Which recorded designations a row takes back: all where it says that the academy is not provincial; those that overlap
 * its own years, which it replaces. Earlier and later ones stay.
 */
export function replacedDesignations(said: Designation[] | null, recorded: readonly Designation[]): Designation[] {
  if (said === null) return []
  if (said.length === 0) return [...recorded]
  const end = (designation: Designation) => designation.until ?? Number.POSITIVE_INFINITY
  return recorded.filter((old) => said.some((one) => one.from <= end(old) && old.from <= end(one)))
}
