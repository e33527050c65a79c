import { isDateString } from '#app/lib/calendar.ts'
import { MODES, type Mode } from '#db/values.ts'

/** What of a class can be mended: what a ledger must not change (domain.md, "The ledger"). Hours of 45 minutes. */
export type ClassFacts = {
  name: string
  mode: Mode
  /** Null: of no occupation. */
  occupationCode: string | null
  startsOn: string
  /** Inclusive. */
  endsOn: string
  plannedHours: number
  /** Null but for mixed classes. */
  plannedPracticalHours: number | null
}

export type ClassField = keyof ClassFacts
export const CLASS_FIELDS = [
  'name',
  'mode',
  'occupationCode',
  'startsOn',
  'endsOn',
  'plannedHours',
  'plannedPracticalHours',
] as const satisfies readonly ClassField[]

/** The form as typed. `was`: what the page showed when it was opened, so that nobody overwrites unseen. */
export type MendEntry = Record<ClassField | 'was', string>

export type MendFault =
  | 'required'
  | 'too_long'
  | 'mode'
  | 'date'
  | 'ends_before'
  | 'hours'
  | 'practical_hours'
  | 'occupation_unknown'
  | 'starts_ahead' // hours or results are recorded already
  | 'assessed_before' // `count` assessments lie before the new first day; `limit`: the earliest
  | 'completed_before' // online: so many workers completed it before the new first day
  | 'attended_above' // `count` workers attended more than the new plan; `limit`: the most
  | 'practical_above'
  | 'sheets_locked' // the last day is what they lock by
  | 'sessions_outside' // of the new dates
  | 'online_fixed' // a class run here has its course, or its place and sessions
  | 'course_hours' // credited by its course with the hours planned

/** `count` and `limit` say how many stand in the way, and what would just do. */
export type PlacedFault = { field: ClassField; fault: MendFault; count?: number; limit?: string }

/** What the page showed of a class, as a hidden field. */
export const classMark = (facts: ClassFacts): string => JSON.stringify(CLASS_FIELDS.map((field) => facts[field]))

/** The fields in which two versions differ. */
export const changedFields = (one: ClassFacts, other: ClassFacts): ClassField[] =>
  CLASS_FIELDS.filter((field) => one[field] !== other[field])

/** Whether credit, or what of it is practical, has to be decided again. */
export const isCreditTouched = (one: ClassFacts, other: ClassFacts): boolean =>
  changedFields(one, other).some((field) => field === 'mode' || field === 'endsOn' || field === 'plannedHours')

/** Reads the form by the rules of the ledger's columns 3 to 9. Practical hours belong to mixed classes alone. */
export function readMend(entry: MendEntry): { facts: ClassFacts } | { faults: PlacedFault[] } {
  const faults: PlacedFault[] = []
  const name = entry.name.trim()
  if (name === '') faults.push({ field: 'name', fault: 'required' })
  if ([...name].length > 100) faults.push({ field: 'name', fault: 'too_long' })
  const mode = MODES.find((known) => known === entry.mode)
  if (!mode) faults.push({ field: 'mode', fault: 'mode' })
  const [startsOn, endsOn] = [entry.startsOn.trim(), entry.endsOn.trim()]
  if (!isDateString(startsOn)) faults.push({ field: 'startsOn', fault: 'date' })
  if (!isDateString(endsOn)) faults.push({ field: 'endsOn', fault: 'date' })
  else if (isDateString(startsOn) && endsOn < startsOn) faults.push({ field: 'endsOn', fault: 'ends_before' })
  const plannedHours = hoursOf(entry.plannedHours)
  if (plannedHours === null) faults.push({ field: 'plannedHours', fault: 'hours' })
  const plannedPracticalHours = mode === 'mixed' ? hoursOf(entry.plannedPracticalHours) : null
  if (mode === 'mixed' && (plannedPracticalHours === null || plannedPracticalHours > (plannedHours ?? Infinity)))
    faults.push({ field: 'plannedPracticalHours', fault: 'practical_hours' })
  if (!mode || plannedHours === null || faults.length > 0) return { faults }
  const occupationCode = entry.occupationCode.trim() || null
  return { facts: { name, mode, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours } }
}

/** Above 0, in halves; null: not hours. */
function hoursOf(written: string): number | null {
  const text = written.normalize('NFKC').trim()
  const hours = /^\d{1,4}(\.\d)?$/.test(text) ? Number(text) : 0
  return hours > 0 && Number.isInteger(hours * 2) ? hours : null
}

/** What stands on a class, seen from the values that it shall have. */
export type ClassGround = {
  origin: 'system' | 'ledger'
  /** A class run here that delivers an online course: its hours come from there. */
  hasCourse: boolean
  credited: number
  /** Workers with hours or assessments. */
  recorded: number
  assessedBefore: { count: number; first: string | null }
  completedBefore: number
  attendedAbove: { count: number; most: number | null }
  practicalAbove: { count: number; most: number | null }
  sessionsOutside: number
  /** Its attendance sheets are locked for whoever mends it: the academy's own people (rule `isLocked` of attendance). */
  isLocked: boolean
}

/**
 * What keeps a class from being mended to `next`: nothing that is recorded may contradict it. `today` is Shanghai's date.
 * The closed year of a concluded return will be asked here too, once there are returns.
 */
export function faultsOnGround(now: ClassFacts, next: ClassFacts, ground: ClassGround, today: string): PlacedFault[] {
  const faults: PlacedFault[] = []
  const { assessedBefore, completedBefore, attendedAbove, practicalAbove, sessionsOutside } = ground
  const becomesOnline = (now.mode === 'online') !== (next.mode === 'online')
  if (becomesOnline && ground.origin === 'system') faults.push({ field: 'mode', fault: 'online_fixed' })
  if (ground.hasCourse && ground.credited > 0 && next.plannedHours !== now.plannedHours)
    faults.push({ field: 'plannedHours', fault: 'course_hours', count: ground.credited })
  if (next.startsOn > today && next.startsOn !== now.startsOn && ground.recorded > 0)
    faults.push({ field: 'startsOn', fault: 'starts_ahead', count: ground.recorded })
  if (assessedBefore.count > 0)
    faults.push({
      field: 'startsOn',
      fault: 'assessed_before',
      count: assessedBefore.count,
      limit: assessedBefore.first ?? '',
    })
  if (completedBefore > 0 && next.mode === 'online')
    faults.push({ field: 'startsOn', fault: 'completed_before', count: completedBefore })
  if (attendedAbove.count > 0)
    faults.push({
      field: 'plannedHours',
      fault: 'attended_above',
      count: attendedAbove.count,
      limit: String(attendedAbove.most),
    })
  if (practicalAbove.count > 0)
    faults.push({
      field: 'plannedPracticalHours',
      fault: 'practical_above',
      count: practicalAbove.count,
      limit: String(practicalAbove.most),
    })
  // A sheet locks by the last day: another one would open it again to those whom the lock is there for.
  if (ground.isLocked && next.endsOn !== now.endsOn) faults.push({ field: 'endsOn', fault: 'sheets_locked' })
  if (sessionsOutside > 0 && (next.startsOn !== now.startsOn || next.endsOn !== now.endsOn))
    faults.push({ field: 'endsOn', fault: 'sessions_outside', count: sessionsOutside })
  return faults
}

/** What mending a class does to its workers. */
export type MendEffect = {
  /** Credited before and after; those who gain it, lose it, or have it on another date. */
  before: number
  after: number
  gained: number
  lost: number
  moved: number
  /** Credited practical training before and after. */
  practicalBefore: number
  practicalAfter: number
  /** Whose practical hours, or own completion dates, go because the mode has none. */
  practicalCleared: number
  completionCleared: number
  /** Who attended a class that becomes mixed, without practical hours yet. */
  practicalMissing: number
}
