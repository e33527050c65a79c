/** More rows than a sheet of Excel has (1,048,576). A csv file is one sheet and may have more. */
const ROWS = 2 ** 21

/** A place in a file as one number, by which rows of several sheets stand in order. Both from 0 and 1: a csv row is itself. */
export const positionOf = (sheet: number, row: number): number => sheet * ROWS + row

/** The place behind a position; `sheets`: how many the file has. */
export function placeOf(position: number, sheets: number): { sheet: number; row: number } {
  if (sheets < 2) return { sheet: 0, row: position }
  const row = position % ROWS
  return { sheet: (position - row) / ROWS, row }
}
