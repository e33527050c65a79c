/** A column of a table that people keep in Excel: its header, and other words for it. */
export type TableColumn = { header: string; required: boolean; synonyms: readonly string[] }
export type TableColumns<F extends string> = Readonly<Record<F, TableColumn>>

/** What is wrong (or odd) at a place of a file; `row` is its physical line from 1, null: the whole file. */
export type Finding = { row: number | null; column: string | null; message: string }

export type TableRow<F extends string> = { row: number; cells: Readonly<Record<F, string>> }

/** Where the columns stand in a file, and what is wrong with its header. */
export type Header<F extends string> = {
  positions: Partial<Record<F, number>>
  missing: F[]
  /** Fields that two columns claim. */
  doubled: F[]
}

/** Title rows (a heading, who reports, the date) may stand above the header, but not more of them than this. */
export const HEADER_WITHIN = 30

/** A header's cell as it is compared: no spaces, marks for required fields or remarks in brackets, half-width. */
export function normaliseHeader(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/[\s\uFEFF*]+/g, '')
    .replace(/\((?:必填|选填|可选)\)$/, '')
}

/**
 * Reads a record as the header of a table: known columns in any order, others ignored.
 * @returns null where fewer than half of the required columns are named: a title row, or data.
 */
export function readHeader<F extends string>(cells: readonly string[], columns: TableColumns<F>): Header<F> | null {
  const fields = Object.keys(columns) as F[]
  const fieldOf = new Map<string, F>()
  for (const field of fields)
    for (const name of [columns[field].header, ...columns[field].synonyms]) fieldOf.set(normaliseHeader(name), field)

  const positions: Partial<Record<F, number>> = {}
  const doubled: F[] = []
  for (const [position, cell] of cells.entries()) {
    const field = fieldOf.get(normaliseHeader(cell))
    if (field === undefined) continue
    if (positions[field] !== undefined) doubled.push(field)
    else positions[field] = position
  }
  const required = fields.filter((field) => columns[field].required)
  const missing = required.filter((field) => positions[field] === undefined)
  return missing.length * 2 > required.length ? null : { positions, missing, doubled }
}

/** A cell's text as it is read: full-width letters and digits half-width, no invisible characters, spaces single. */
export function cellText(cell: string | undefined): string {
  return (cell ?? '')
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .replace(/[\uFF01-\uFF5E]/g, (wide) =>
      KEPT_WIDE.has(wide) ? wide : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
}

/** Chinese punctuation that belongs to names: 学院（演示）. */
const KEPT_WIDE = new Set(['（', '）', '，', '；', '：', '！', '？'])

/** One record of facts from a table: `key` says which record it is, `row` where it stands. */
export type Entry<T> = { row: number; key: string; value: T }

export type Reconciled<T> = {
  created: Entry<T>[]
  corrected: Entry<T>[]
  /** Rows, those included that repeat another row of the file. */
  unchanged: number
  /** Entries of one key that do not say the same. */
  disagreeing: Entry<T>[][]
}

/**
 * Compares the rows of a file with one another and with what is recorded. Of identical rows the second counts as unchanged;
 * rows of one key that disagree are errors, all of them.
 */
export function reconcile<T>(
  entries: readonly Entry<T>[],
  recorded: ReadonlyMap<string, T>,
  isSame: (entry: T, recorded: T) => boolean,
): Reconciled<T> {
  const byKey = new Map<string, Entry<T>[]>()
  for (const entry of entries) byKey.set(entry.key, [...(byKey.get(entry.key) ?? []), entry])

  const result: Reconciled<T> = { created: [], corrected: [], unchanged: 0, disagreeing: [] }
  for (const [key, group] of byKey) {
    const [first, ...others] = group as [Entry<T>, ...Entry<T>[]]
    const text = JSON.stringify(first.value)
    if (others.some((other) => JSON.stringify(other.value) !== text)) {
      result.disagreeing.push(group)
      continue
    }
    const known = recorded.get(key)
    result.unchanged += others.length
    if (known === undefined) result.created.push(first)
    else if (isSame(first.value, known)) result.unchanged += 1
    else result.corrected.push(first)
  }
  return result
}
