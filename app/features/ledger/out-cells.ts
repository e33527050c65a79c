import { defused } from '#app/lib/sheet-text.ts'
import type { OutCell, OutColumn } from '#app/lib/workbook/write.server.ts'
import { type Field, headerOf } from './columns.ts'

/** Columns that are dates and numbers in a file that we write; all others are text, whatever stands in them. */
export const DATES: ReadonlySet<Field> = new Set(['startsOn', 'endsOn', 'completedOn', 'assessedOn', 'issuedOn'])
const HOURS: ReadonlySet<Field> = new Set([
  'plannedHours',
  'plannedPracticalHours',
  'hoursAttended',
  'practicalHoursAttended',
])

const WIDE: Partial<Record<Field, number>> = {
  className: 34,
  documentNumber: 22,
  documentType: 20,
  phone: 14,
  employer: 30,
  certificateType: 20,
  certificateNumber: 26,
  level: 16,
  declaredLevel: 16,
  issuer: 26,
  workItem: 20,
}

/** How a column of the ledger stands in a workbook. */
export function outColumn(field: Field): OutColumn {
  const style = DATES.has(field) ? 'date' : HOURS.has(field) ? 'number' : 'text'
  return { width: WIDE[field] ?? Math.max(12, headerOf(field).length * 2 + 2), style }
}

export const textCell = (text: string): OutCell => (text === '' ? null : { text: defused(text) })

/** A value of the ledger as a cell of its column's type: dates `YYYY-MM-DD`, hours as they are written. */
export function outCell(field: Field, value: string): OutCell {
  if (value === '') return null
  if (DATES.has(field)) return { date: value }
  return HOURS.has(field) ? { number: Number(value) } : textCell(value)
}
