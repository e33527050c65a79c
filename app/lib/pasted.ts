import { csvReader } from './csv.ts'

/** A line of a table that was pasted: its number in what was pasted, from 1, and the cells of the known columns as typed. */
export type PastedLine<C extends string> = { line: number; text: string; cells: Partial<Record<C, string>> }

/** What is longer is no head: the pattern of its brackets looks at a long row of them once for each. */
const LONGEST_HEAD = 100

/** A head without spaces, marks and a remark in brackets behind it: `理论成绩（100分）` is 理论成绩. */
const normaliseHead = (cell: string): string =>
  cell.length > LONGEST_HEAD
    ? ''
    : cell
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s\u200B-\u200F\uFEFF*:]+/g, '')
        .replace(/(?<=.)[([【][^)\]】]*[)\]】]$/, '')

/**
 * Reads what was copied out of a spreadsheet: lines of cells with tabs between them. Columns stand in any order where a line
 * of heads says which they are (`heads`: what each column is called; title lines above it and unknown columns are passed over); without
 * heads they stand in the order that `ownOrder` gives for the first line. Blank lines stay, so that rows can be told by their place.
 */
export function readPasted<C extends string>(
  text: string,
  {
    heads,
    ownOrder,
  }: { heads: Record<C, readonly string[]>; ownOrder: (first: readonly string[]) => readonly (C | null)[] },
): { lines: PastedLine<C>[]; hasHeads: boolean } {
  const reader = csvReader('\t')
  const records = [...reader.read(text), ...reader.end()]
  const known = new Map<string, C>()
  for (const column of Object.keys(heads) as C[])
    for (const head of heads[column]) known.set(normaliseHead(head), column)
  const columnsOf = (cells: readonly string[]) => cells.map((cell) => known.get(normaliseHead(cell)) ?? null)
  const isHead = (cells: readonly string[]) =>
    columnsOf(cells).filter((column) => column !== null).length >= Math.min(2, cells.length)
  const at = records.slice(0, 10).findIndex(({ cells }) => isHead(cells))
  const first = records.find(({ cells }) => !isBlank(cells))
  const columns = at >= 0 ? columnsOf(records[at]!.cells) : ownOrder(first?.cells ?? [])
  const body = records.slice(at + 1)
  while (body.length > 0 && isBlank(body.at(-1)!.cells)) body.pop()
  return {
    lines: body.map(({ row, cells }) => ({ line: row, text: cells.join(' ').trim(), cells: cellsOf(cells, columns) })),
    hasHeads: at >= 0,
  }
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')

/** The first of two columns that are called the same counts. */
function cellsOf<C extends string>(
  cells: readonly string[],
  columns: readonly (C | null)[],
): Partial<Record<C, string>> {
  const read: Partial<Record<C, string>> = {}
  columns.forEach((column, at) => {
    if (column !== null && !(column in read)) read[column] = cells[at]?.trim() ?? ''
  })
  return read
}
