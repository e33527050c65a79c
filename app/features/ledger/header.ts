import { COLUMNS, type ColumnMap, FIELDS, type Field, RESIDENT_ID_HEADERS } from './columns.ts'
import type { LedgerOptions } from './source.ts'

/** What a header's cell is read as: a field (`exact`: by its own name, not a synonym), to be ignored, or unknown. */
export type HeaderMeaning = { field: Field; exact: boolean } | 'ignored' | null

/** Reads header cells; what somebody mapped by hand goes before what the ledger knows. */
export type HeaderReader = (cell: string) => HeaderMeaning

/** Stands before the headers that are read with it. */
const LONGEST_HEADER = 200

const known = new Map<string, { field: Field; exact: boolean }>()
for (const field of FIELDS) {
  for (const synonym of COLUMNS[field].synonyms) known.set(normaliseHeader(synonym), { field, exact: false })
}
for (const field of FIELDS) known.set(COLUMNS[field].header, { field, exact: true })

/** A header without spaces, required-marks and a remark in brackets behind it: `* 证件号码（必填）` is 证件号码. */
export function normaliseHeader(cell: string): string {
  const text = cell.normalize('NFKC').replace(/[\s\u200B-\u200F\uFEFF*:]+/g, '')
  // In a long row of brackets the pattern looks at the rest once for each; no header is as long.
  return text.length > LONGEST_HEADER ? text : text.replace(/(?<=.)[([【][^)\]】]*[)\]】]$/, '')
}

export function headerReader(mapping: LedgerOptions['mapping'] = {}): HeaderReader {
  const mapped = new Map<string, HeaderMeaning>()
  for (const [header, field] of Object.entries(mapping))
    mapped.set(normaliseHeader(header), field === 'ignored' ? field : { field, exact: true })
  return (cell) => {
    const name = normaliseHeader(cell)
    return name === '' ? null : (mapped.get(name) ?? known.get(name) ?? null)
  }
}

/** How many of the ledger's columns a row names. */
export function knownHeaders(cells: readonly string[], read: HeaderReader): number {
  const fields = new Set<Field>()
  for (const cell of cells) {
    const meaning = read(cell)
    if (meaning && meaning !== 'ignored') fields.add(meaning.field)
  }
  return fields.size
}

export type PlacedHeaders = {
  columns: ColumnMap
  /** Columns that claim one field, from 0, where none of them is to be preferred. */
  doubled: { field: Field; one: number; other: number }[]
  residentIdOnly: boolean
}

/**
 * Where the columns of a header stand: in any order, unknown ones left out; where a header and a synonym of it both stand
 * there, the header itself is taken.
 */
export function placeHeaders(cells: readonly string[], read: HeaderReader): PlacedHeaders {
  const columns = Object.fromEntries(FIELDS.map((field) => [field, -1])) as Record<Field, number>
  const doubled: PlacedHeaders['doubled'] = []
  const places = cells.flatMap((cell, at) => {
    const meaning = read(cell)
    return meaning && meaning !== 'ignored' ? [{ at, ...meaning }] : []
  })
  for (const field of FIELDS) {
    const named = places.filter((place) => place.field === field)
    const exact = named.filter((place) => place.exact)
    const [one, other] = exact.length > 0 ? exact : named
    if (one) columns[field] = one.at
    if (one && other) doubled.push({ field, one: one.at, other: other.at })
  }
  const document = cells[columns.documentNumber]
  const residentIdOnly =
    columns.documentType === -1 && document !== undefined && RESIDENT_ID_HEADERS.has(normaliseHeader(document))
  return { columns, doubled, residentIdOnly }
}
