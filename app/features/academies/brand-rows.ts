import { isOccupationCode, normaliseCode } from '#app/features/occupations/code.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { Entry, Finding, TableRow } from '#app/lib/table.ts'
import { cellReader, quoted } from '#app/lib/table-cells.ts'
import { words as tableWords } from '#app/lib/table-words.ts'
import type { BrandStatus } from '#db/values.ts'
import { BRAND_COLUMNS, BRAND_STATUS_WORDS, type BrandField, choices, statuses } from './vocabulary.ts'
import { words } from './words.ts'

/** What a row of the table says about a brand. An academy and a name are one brand. */
export type BrandFacts = {
  academyCode: string
  name: string
  /** Codes, sorted, at least one. */
  occupations: string[]
  /** Inclusive; null: open. */
  validFrom: string | null
  /** Inclusive; null: open. */
  validUntil: string | null
  status: BrandStatus
}

export const brandKey = (academyCode: string, name: string) => `${academyCode}\n${name}`

/** Reads one row; its errors are added to `errors`, and it then gives no entry. */
export function readBrandRow(
  row: TableRow<BrandField>,
  known: { academies: ReadonlySet<string>; occupations: ReadonlySet<string> },
  errors: Finding[],
  locale: Locale,
): Entry<BrandFacts>[] {
  const w = words[locale]
  const read = cellReader(row, BRAND_COLUMNS, locale)
  const academyCode = read.text('academyCode', { most: 40 })
  if (academyCode !== null && !known.academies.has(academyCode))
    read.refuse('academyCode', w.academyUnknown(quoted(academyCode)))
  const name = read.text('name', { most: 100 })
  const written = read.text('occupations', { most: 400 })
  const occupations = [
    ...new Set(
      (written ?? '')
        .split(/[;；,，、]/)
        .map(normaliseCode)
        .filter(Boolean),
    ),
  ].sort()
  for (const code of occupations) {
    if (!isOccupationCode(code)) read.refuse('occupations', w.occupationForm(quoted(code)))
    else if (!known.occupations.has(code)) read.refuse('occupations', w.occupationUnknown(code))
  }
  if (written !== null && occupations.length === 0) read.refuse('occupations', tableWords[locale].required)
  const validFrom = read.date('validFrom', { isOptional: true })
  const validUntil = read.date('validUntil', { isOptional: true })
  if (validFrom !== null && validUntil !== null && validUntil < validFrom)
    read.refuse('validUntil', tableWords[locale].before(validUntil, BRAND_COLUMNS.validFrom.header, validFrom))
  const status = read.oneOf('status', statuses, choices(BRAND_STATUS_WORDS))

  errors.push(...read.errors)
  if (read.errors.length > 0 || academyCode === null || name === null || status === null) return []
  const value = { academyCode, name, occupations, validFrom, validUntil, status }
  return [{ row: row.row, key: brandKey(academyCode, name), value }]
}

export const isSameBrand = (said: BrandFacts, recorded: BrandFacts): boolean =>
  said.validFrom === recorded.validFrom &&
  said.validUntil === recorded.validUntil &&
  said.status === recorded.status &&
  said.occupations.join() === recorded.occupations.join()
