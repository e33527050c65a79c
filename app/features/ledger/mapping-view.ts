import { COLUMNS, type Field } from './columns.ts'
import { normaliseHeader } from './header.ts'
import { OFFERED, readChoice } from './mapping.ts'
import { askedOnce, type ChoiceFault, headersOf, onlyInFile } from './mapping-form.ts'
import { columnName, constantName, headerName, type Mapping, type SheetView } from './upload.ts'
import { DOCUMENT_TYPE_WORDS } from './vocabulary.ts'

/** What the mapping page shows: everything worked out, so that the browser needs no rules. */
export type MappingView = {
  /** More than one sheet holds a ledger: some of them are chosen. Others are named so that nobody misses them. */
  sheets: { name: string; rows: number | null; isLedger: boolean; isHidden: boolean; isChosen: boolean }[]
  /** Sheets whose header is only guessed: its first and last row, and the rows that may be it. */
  guessed: { name: string; sheet: string | null; top: number; row: number; rows: { row: number; text: string }[] }[]
  unknown: ColumnView[]
  known: ColumnView[]
  asked: OnceView[]
  optional: OnceView[]
  /** Headers of required columns that only the file can bring. */
  onlyInFile: string[]
  faults: ChoiceFault[]
}

export type ColumnView = {
  name: string
  text: string
  samples: string[]
  value: Field | 'ignored' | ''
  isGuess: boolean
}

export type OnceView = {
  field: Field
  name: string
  header: string
  value: string
  /** Null: free text. */
  offered: readonly string[] | null
  kind: 'text' | 'date' | 'hours' | 'occupation'
}

type Told = {
  sheets: readonly SheetView[]
  chosen: readonly string[]
  mapping: Mapping
  constants: Partial<Record<Field, string>>
}

/** The page as it is offered; with `typed`, as it comes back. */
export function mappingView(
  upload: Told,
  { typed, faults = [] }: { typed?: FormData; faults?: ChoiceFault[] } = {},
): MappingView {
  const ledgers = upload.sheets.filter(({ isLedger }) => isLedger)
  const names = new Set(typed ? typed.getAll('sheet').map(String) : upload.chosen)
  const chosen = ledgers.filter(({ name }) => name === null || ledgers.length === 1 || names.has(name))

  const tentative: Mapping = {}
  const unknown: ColumnView[] = []
  const known: ColumnView[] = []
  for (const [at, header] of headersOf(ledgers).entries()) {
    const name = columnName(at)
    const earlier = upload.mapping[normaliseHeader(header.text)]
    const said = typed ? String(typed.get(name) ?? '') : (earlier ?? header.known ?? header.guess ?? '')
    const value = (said in COLUMNS || said === 'ignored' ? said : '') as ColumnView['value']
    if (value !== '') tentative[normaliseHeader(header.text)] = value
    const isGuess = !typed && !earlier && header.known === null && header.guess !== null
    const view = { name, text: header.text, samples: header.samples, value, isGuess }
    if (header.known === null) unknown.push(view)
    else known.push(view)
  }
  const { missing } = readChoice(chosen, tentative)
  const asked = askedOnce(missing)
  const present = new Set([...Object.values(tentative), ...chosen.flatMap(({ said }) => Object.keys(said))])
  const optional = (['category', 'employer'] as const).filter((field) => !present.has(field))
  const once = (field: Field): OnceView => {
    const name = constantName(field)
    return {
      field,
      name,
      header: COLUMNS[field].header,
      value: typed ? String(typed.get(name) ?? '') : (upload.constants[field] ?? PRESET[field] ?? ''),
      offered: OFFERED[field] ?? null,
      kind: kindOf(field),
    }
  }
  return {
    sheets: upload.sheets.flatMap(({ name, rows, isLedger, isHidden }) =>
      name === null || upload.sheets.length === 1
        ? []
        : [{ name, rows, isLedger, isHidden, isChosen: isLedger && (ledgers.length === 1 || names.has(name)) }],
    ),
    guessed: upload.sheets.flatMap(({ name, header, headerRows }, at) =>
      header && headerRows.length > 0
        ? [
            {
              name: headerName(at),
              sheet: name,
              top: header.row - (header.lines ?? 1) + 1,
              row: header.row,
              rows: headerRows,
            },
          ]
        : [],
    ),
    unknown,
    known,
    asked: asked.map(once),
    optional: optional.map(once),
    onlyInFile: onlyInFile(missing),
    faults: faults.filter(({ at }) => at !== 'missing'),
  }
}

/** Nearly every worker has one. */
const PRESET: Partial<Record<Field, string>> = { documentType: DOCUMENT_TYPE_WORDS.resident_id[0] }

function kindOf(field: Field): OnceView['kind'] {
  if (/On$/.test(field)) return 'date'
  if (/Hours|^hours/.test(field)) return 'hours'
  return field === 'occupationCode' ? 'occupation' : 'text'
}
