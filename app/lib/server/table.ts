/** Columns under their headings, for a terminal: a Chinese character takes two places. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i]! - widthOf(cell)))
      .join('   ')
      .trimEnd()
  return rows.map((row) => `  ${line(row)}`).join('\n')
}

const widthOf = (text: string) => [...text].reduce((sum, char) => sum + (/[\u1100-\uffe6]/.test(char) ? 2 : 1), 0)
