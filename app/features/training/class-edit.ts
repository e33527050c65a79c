import { addDays } from '#app/lib/calendar.ts'
import {
  CLASS_CHANGE_FIELDS,
  type ClassChangeField,
  type ClassChangeValue,
  type ClassStatus,
  type PlanChangeField,
} from '#db/values.ts'

/** Where a class stands for whoever edits it. `over`: its last day has passed, or it was cancelled or closed. */
export type ClassStage = 'draft' | 'coming' | 'running' | 'over'
const STAGES = ['draft', 'coming', 'running', 'over'] as const satisfies ClassStage[]

/** @param today ISO, Shanghai's. */
export function stageOf(of: { status: ClassStatus; startsOn: string; endsOn: string }, today: string): ClassStage {
  if (of.status === 'draft') return 'draft'
  if (of.status !== 'published' || addDays(of.endsOn, 1) <= today) return 'over'
  return of.startsOn <= today ? 'running' : 'coming'
}

/** What the form of a class says beside the fields that are kept as changes. */
type OtherField = 'courseSlug' | 'sessions' | 'instructors' | 'requirements'
export type EditField = ClassChangeField | OtherField

/** Until which stage each can be changed in the form; sessions, instructors and materials have pages of their own after that. */
const LAST: Record<EditField, ClassStage> = {
  code: 'over',
  name: 'over',
  mode: 'over',
  occupationCode: 'over',
  level: 'over',
  startsOn: 'over',
  endsOn: 'over',
  plannedHours: 'over',
  plannedPracticalHours: 'over',
  feeFen: 'over',
  certificatesExpectedOn: 'over',
  classHead: 'over',
  classHeadPhone: 'over',
  capacity: 'running',
  siteId: 'running',
  enrolClosesAt: 'running',
  withdrawUntil: 'running',
  needsApproval: 'running',
  hasWaitlist: 'running',
  eligibleCategories: 'running',
  eligibleLevel: 'running',
  eligibleYears: 'running',
  eligibleEmployers: 'running',
  isForMembers: 'running',
  bring: 'running',
  lunch: 'running',
  documentsNeeded: 'running',
  enrolOpensAt: 'coming',
  // Learners have begun to learn, and their hours come from it.
  courseSlug: 'draft',
  sessions: 'draft',
  instructors: 'draft',
  requirements: 'draft',
}

/** Whether the form of a class may change a field at a stage; what it may not stays as it is, whatever is sent. */
export const mayEdit = (field: EditField, stage: ClassStage): boolean =>
  STAGES.indexOf(stage) <= STAGES.indexOf(LAST[field])

/** A change of one field: from, to. */
export type FieldChange = {
  field: ClassChangeField | PlanChangeField
  before: ClassChangeValue
  after: ClassChangeValue
}

/** What a class's row says in the fields that are kept as changes. */
export type EditedRow = Record<ClassChangeField, string | number | boolean | readonly string[] | Date | null>

/** What of a class differs from what it shall say, in the order of the form. Old phone numbers are not kept. */
export function changesOf(before: Partial<EditedRow>, after: Partial<EditedRow>): FieldChange[] {
  const changes = CLASS_CHANGE_FIELDS.filter((field) => field in after).map((field) => ({
    field,
    before: jsonOf(before[field]),
    after: jsonOf(after[field]),
  }))
  const changed = changes.filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
  return changed.map((one) => (one.field === 'classHeadPhone' ? { ...one, before: null, after: null } : one))
}

const jsonOf = (value: EditedRow[ClassChangeField] | undefined): ClassChangeValue =>
  value instanceof Date ? value.toISOString() : (value ?? null)

/** What concerns those alone who have no seat yet: how seats are given, and to whom. */
const OF_SEATS: readonly FieldChange['field'][] = [
  ...(['capacity', 'enrolOpensAt', 'enrolClosesAt', 'needsApproval', 'hasWaitlist'] as const),
  ...(['eligibleCategories', 'eligibleLevel', 'eligibleYears', 'eligibleEmployers', 'isForMembers'] as const),
]

/** Whom changes concern: everybody with a place in the class, or those who asked and wait for one. */
export const concerns = (changes: readonly Pick<FieldChange, 'field'>[]): 'all' | 'line' =>
  changes.every(({ field }) => OF_SEATS.includes(field)) ? 'line' : 'all'

/** What changes whether, when or where somebody comes, pays or hands in. What else is told rings in nobody's pocket. */
const RINGS: readonly FieldChange['field'][] = [
  ...(['mode', 'startsOn', 'endsOn', 'siteId', 'feeFen', 'enrolClosesAt', 'withdrawUntil', 'documentsNeeded'] as const),
  ...([
    'occupationCode',
    'level',
    'eligibleCategories',
    'eligibleLevel',
    'eligibleYears',
    'eligibleEmployers',
  ] as const),
  ...(['isForMembers', 'sitting'] as const),
]

/** Whether changes leave the house (SMS, mail); else the app alone tells them. Who assesses a sitting changes nothing for its workers. */
export const rings = (changes: readonly FieldChange[]): boolean =>
  changes.some(
    ({ field, before, after }) =>
      RINGS.includes(field) && (field !== 'sitting' || whereabouts(before) !== whereabouts(after)),
  )

/** When, where and what a sitting is. */
const whereabouts = (of: ClassChangeValue): string =>
  JSON.stringify(of !== null && typeof of === 'object' && 'assessors' in of ? { ...of, assessors: [] } : of)

/** What is checked of a class again as when it was published. */
const CHECKED: readonly FieldChange['field'][] = [
  ...(['mode', 'occupationCode', 'level', 'startsOn', 'endsOn', 'plannedHours', 'plannedPracticalHours'] as const),
  ...(['siteId', 'capacity', 'certificatesExpectedOn'] as const),
]

/** Whether changes ask for the checks of publishing. */
export const needsCheck = (changes: readonly Pick<FieldChange, 'field'>[]): boolean =>
  changes.some(({ field }) => CHECKED.includes(field))
