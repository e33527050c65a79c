import { readDate, readHours } from './cells.ts'
import { COLUMNS, FIELDS, type Field } from './columns.ts'
import { normaliseHeader } from './header.ts'
import { OFFERED, ONCE, readChoice } from './mapping.ts'
import { columnName, constantName, type HeaderView, type Mapping, type SheetView } from './upload.ts'

/** What somebody chose on the mapping page. */
export type Choice = {
  /** Names; none for a csv file. */
  sheets: string[]
  /** Normalised header → field, of every header. */
  mapping: Mapping
  /** Those of them that are worth remembering: the ledger, or the academy's memory, did not know or said otherwise. */
  taught: Mapping
  constants: Partial<Record<Field, string>>
  rowsTotal: number | null
}

export type ChoiceFault = {
  at: string
  code: 'no_sheet' | 'not_chosen' | 'doubled' | 'needed' | 'date' | 'hours' | 'offered'
}

export type ReadChoice = { ok: true; choice: Choice } | { ok: false; faults: ChoiceFault[] }

/** Headers of all sheets, each once (sheets of one file mostly have the same), in order; samples of the first that has any. */
export function headersOf(sheets: readonly SheetView[]): HeaderView[] {
  const found = new Map<string, HeaderView>()
  for (const header of sheets.flatMap(({ headers }) => headers)) {
    const name = normaliseHeader(header.text)
    const earlier = found.get(name)
    if (!earlier || earlier.samples.length === 0) found.set(name, header)
  }
  return [...found.values()]
}

/** Columns that the form asks for once for the whole file, by what the sheets lack under a mapping. */
export const askedOnce = (missing: readonly Field[]): Field[] =>
  missing.filter((field) => field !== 'academyCode' && ONCE.includes(field))

/**
 * Reads the mapping page's form. A header without an answer, two headers for one column, a required column that neither
 * stands in the file nor is given: faults, all at once, at the field they are about.
 */
export function readMappingForm(form: FormData, views: readonly SheetView[], own: { academyCode: string }): ReadChoice {
  const ledgers = views.filter(({ isLedger }) => isLedger)
  const names = new Set(form.getAll('sheet').map(String))
  const chosen = ledgers.filter(({ name }) => name === null || ledgers.length === 1 || names.has(name))
  const faults: ChoiceFault[] = []
  if (chosen.length === 0) faults.push({ at: 'sheet', code: 'no_sheet' })

  const mapping: Mapping = {}
  const taught: Mapping = {}
  const all = headersOf(ledgers)
  const relevant = new Set(headersOf(chosen).map(({ text }) => normaliseHeader(text)))
  for (const [at, { text, known, isRival }] of all.entries()) {
    const name = normaliseHeader(text)
    const answer = String(form.get(columnName(at)) ?? known ?? '')
    const field = answer === 'ignored' ? answer : FIELDS.find((one) => one === answer)
    if (field) mapping[name] = field
    else if (relevant.has(name)) faults.push({ at: columnName(at), code: 'not_chosen' })
    if (field && field !== known && !isRival) taught[name] = field
  }
  const { missing, doubled } = readChoice(chosen, mapping)
  for (const [at, { text, known }] of all.entries()) {
    const meaning = mapping[normaliseHeader(text)] ?? known
    if (meaning && meaning !== 'ignored' && doubled.includes(meaning))
      faults.push({ at: columnName(at), code: 'doubled' })
  }

  const constants: Partial<Record<Field, string>> = { academyCode: own.academyCode }
  for (const field of ONCE) {
    if (field === 'academyCode') continue
    const value = String(form.get(constantName(field)) ?? '')
      .trim()
      .slice(0, 100)
    if (value !== '') constants[field] = value
    const fault = value === '' ? null : faultOf(field, value)
    if (fault) faults.push({ at: constantName(field), code: fault })
  }
  for (const field of missing)
    if (constants[field] === undefined)
      faults.push({ at: ONCE.includes(field) ? constantName(field) : 'missing', code: 'needed' })
  if (faults.length > 0) return { ok: false, faults }
  const rows = chosen.map((sheet) => sheet.rows)
  const rowsTotal = rows.includes(null) ? null : rows.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return {
    ok: true,
    choice: {
      sheets: chosen.flatMap(({ name }) => (name === null ? [] : [name])),
      mapping,
      taught,
      constants,
      rowsTotal,
    },
  }
}

function faultOf(field: Field, value: string): ChoiceFault['code'] | null {
  if (/On$/.test(field)) return readDate(value).ok ? null : 'date'
  if (/Hours|^hours/.test(field)) return readHours(value).ok ? null : 'hours'
  return OFFERED[field] && !OFFERED[field].includes(value) ? 'offered' : null
}

/** Required columns that can only come from the file: each row has its own. */
export const onlyInFile = (missing: readonly Field[]): string[] =>
  missing.filter((field) => !ONCE.includes(field)).map((field) => COLUMNS[field].header)
