import type { Mode } from '#db/values.ts'

/** Hours of one worker as they stand, or as they are entered; null: none recorded, or the cell left empty. */
export type Hours = { attended: number | null; practical: number | null }

export type HoursFault =
  | 'hours' // not 0 to planned, in halves
  | 'practical' // not 0 to planned practical hours, in halves
  | 'practical_above'
  | 'practical_needed'
  | 'hours_needed'
  | 'changed_meanwhile'
  | 'reason_needed'
  | 'gone'

/** One row of the form as typed. `was`: what the page showed when it was opened, so that nobody overwrites unseen. */
export type HoursEntry = {
  enrolmentId: string
  attended: string
  practical: string
  was: string
}

/** What the page showed of a row's hours, as a hidden field. */
export const hoursMark = ({ attended, practical }: Hours): string => `${attended ?? ''}/${practical ?? ''}`

export type PlannedHours = { mode: Mode; plannedHours: number; plannedPracticalHours: number | null }

/**
 * Reads one row of the hours form by the rules of the ledger's columns 17 and 18. An empty cell changes nothing.
 * @returns the hours to be recorded, null where nothing changes, or the faults by cell.
 */
export function readHours(
  entry: HoursEntry,
  planned: PlannedHours,
  now: Hours,
): { hours: Hours | null } | { faults: { cell: 'attended' | 'practical'; fault: HoursFault }[] } {
  const isMixed = planned.mode === 'mixed'
  const attended = readNumber(entry.attended, planned.plannedHours, now.attended)
  const practical = isMixed ? readNumber(entry.practical, planned.plannedPracticalHours ?? 0, now.practical) : null
  const faults: { cell: 'attended' | 'practical'; fault: HoursFault }[] = []
  if (attended === undefined) faults.push({ cell: 'attended', fault: 'hours' })
  if (practical === undefined) faults.push({ cell: 'practical', fault: 'practical' })
  if (attended !== undefined && practical !== undefined && isMixed) {
    if (attended !== null && practical === null) faults.push({ cell: 'practical', fault: 'practical_needed' })
    if (attended === null && practical !== null) faults.push({ cell: 'attended', fault: 'hours_needed' })
    if (attended !== null && practical !== null && practical > attended)
      faults.push({ cell: 'practical', fault: 'practical_above' })
  }
  if (faults.length > 0 || attended === undefined || practical === undefined) return { faults }
  const isSame = attended === now.attended && practical === now.practical
  if (isSame) return { hours: null }
  return entry.was === hoursMark(now)
    ? { hours: { attended, practical } }
    : { faults: [{ cell: 'attended', fault: 'changed_meanwhile' }] }
}

/** Undefined: not a number of hours from 0 to `most` in halves. Empty keeps what stands. */
function readNumber(written: string, most: number, now: number | null): number | null | undefined {
  const text = written.normalize('NFKC').trim()
  if (text === '') return now
  if (!/^\d{1,5}(\.\d)?$/.test(text)) return undefined
  const hours = Number(text)
  return hours <= most && Number.isInteger(hours * 2) ? hours : undefined
}

/** A correction changes what was recorded; a first entry does not, and needs no reason. */
export const isCorrection = (now: Hours): boolean => now.attended !== null || now.practical !== null
