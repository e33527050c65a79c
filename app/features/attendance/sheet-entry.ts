import { shanghaiDate, shanghaiInstant, shanghaiTime } from '#app/lib/calendar.ts'
import { ATTENDANCE_MARKS } from '#db/values.ts'
import { MARGIN_MS, type SessionTimes, type Standing } from './rules.ts'

/** A row of the sheet as typed: a mark (empty: unmarked), and wall-clock times `HH:MM` of the session's day, or empty. */
export type SheetEntry = { enrolmentId: string; mark: string; in: string; out: string; was: string }

export type SheetFault =
  | 'mark' // none of the marks
  | 'time' // no wall-clock time, or not within the session and an hour around it
  | 'order' // went before coming
  | 'in_needed' // late, but when?
  | 'out_needed' // left early, but when?
  | 'changed_meanwhile'
  | 'on_leave' // leave was granted: who did not come is excused
  | 'gone' // has no seat any more

export type PlacedSheetFault = { enrolmentId: string; cell: 'mark' | 'in' | 'out'; fault: SheetFault }

/** What a row says in the form's own texts. */
export const typedOf = ({ mark, checkedInAt, checkedOutAt }: Omit<Standing, 'way'>) => ({
  mark: mark ?? '',
  in: checkedInAt ? shanghaiTime(checkedInAt) : '',
  out: checkedOutAt ? shanghaiTime(checkedOutAt) : '',
})

/** What the page showed of a row, as a hidden field: nobody overwrites unseen. */
export const sheetMark = (standing: Omit<Standing, 'way'>): string => {
  const { mark, in: came, out } = typedOf(standing)
  return `${mark}/${came}/${out}`
}

type Said = Pick<Standing, 'mark' | 'checkedInAt' | 'checkedOutAt'>

/**
 * Reads one row. @returns what it says, null where that stands there already, or its faults. Times that were not touched
 * keep their seconds.
 */
export function readSheetRow(
  entry: SheetEntry,
  session: SessionTimes,
  now: Standing,
): { said: Said | null } | { faults: PlacedSheetFault[] } {
  const { enrolmentId } = entry
  const fault = (cell: PlacedSheetFault['cell'], fault: SheetFault) => ({ faults: [{ enrolmentId, cell, fault }] })
  const shown = typedOf(now)
  if (entry.mark === shown.mark && entry.in.trim() === shown.in && entry.out.trim() === shown.out) return { said: null }
  if (entry.was !== sheetMark(now)) return fault('mark', 'changed_meanwhile')
  const mark = entry.mark === '' ? null : ATTENDANCE_MARKS.find((one) => one === entry.mark)
  if (mark === undefined) return fault('mark', 'mark')
  // Who did not come has no times: those that stood there go with the mark.
  if (mark === null || mark === 'absent' || mark === 'excused')
    return { said: { mark, checkedInAt: null, checkedOutAt: null } }
  const came = entry.in.trim() === shown.in ? now.checkedInAt : readTime(entry.in, session)
  if (came === undefined) return fault('in', 'time')
  const went = entry.out.trim() === shown.out ? now.checkedOutAt : readTime(entry.out, session)
  if (went === undefined) return fault('out', 'time')
  const said = { mark, checkedInAt: came, checkedOutAt: went }
  const wrong = timesFault(said, session)
  return wrong ? fault(...wrong) : { said }
}

/** What is wrong with the times of a mark; null: nothing. */
export function timesFault(
  { mark, checkedInAt, checkedOutAt }: Said,
  session: SessionTimes,
): [cell: 'in' | 'out', fault: SheetFault] | null {
  if (checkedInAt && !isNear(checkedInAt, session)) return ['in', 'time']
  if (checkedOutAt && !isNear(checkedOutAt, session)) return ['out', 'time']
  if (checkedInAt && checkedOutAt && checkedOutAt <= checkedInAt) return ['out', 'order']
  if (mark === 'late' && (!checkedInAt || checkedInAt <= session.startsAt)) return ['in', 'in_needed']
  if (mark === 'left_early' && (!checkedOutAt || checkedOutAt >= session.endsAt)) return ['out', 'out_needed']
  return null
}

/** Within the session, or an hour around it. */
const isNear = (at: Date, { startsAt, endsAt }: SessionTimes): boolean =>
  at.getTime() >= startsAt.getTime() - MARGIN_MS && at.getTime() <= endsAt.getTime() + MARGIN_MS

/** Null: empty. Undefined: no time of this session. */
function readTime(written: string, session: SessionTimes): Date | null | undefined {
  const text = written.normalize('NFKC').trim()
  if (text === '') return null
  const match = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(text)
  if (!match) return undefined
  const at = shanghaiInstant(shanghaiDate(session.startsAt), `${match[1]!.padStart(2, '0')}:${match[2]}`)
  return isNear(at, session) ? at : undefined
}
