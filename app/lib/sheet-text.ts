/**
 * Text that no spreadsheet takes for a formula (OWASP, CSV injection): what begins with `= + - @`, also full-width, or a tab gets an
 * apostrophe, which reading a ledger takes away again (features/ledger/cells.ts, cleanText).
 */
export const defused = (text: string): string => (/^[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text)

/** A value in a csv file. */
export function csvCell(value: string): string {
  const text = defused(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
