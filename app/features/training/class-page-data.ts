import type { trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, Level, Mode, SittingFacts } from '#db/values.ts'
import type { ClassState } from './class-state.ts'
import type { ShownClassChange } from './class-told.server.ts'
import type { ClassCard } from './classes.server.ts'
import type { Eligibility } from './eligibility.ts'
import type { LinePlace, OwnPlace } from './own-place.server.ts'
import type { Requirement } from './requirements.ts'
import type { ShownSession } from './timetable.ts'
import type { ToCredit } from './to-credit.ts'

/** Everything that the public page of a class says; `own` is the viewer's own place in it. */
export type ClassPage = {
  id: string
  academyCode: string
  academyName: string
  name: string
  mode: Mode
  status: ClassStatus
  occupationName: string | null
  /** The level that it prepares for; null: none, or not said. */
  level: Level | null
  startsOn: string
  endsOn: string
  plannedHours: number
  plannedPracticalHours: number | null
  capacity: number | null
  taken: number
  enrolClosesAt: Date | null
  needsApproval: boolean
  /** Null unless it is cancelled with a reason. */
  cancelledBecause: string | null
  eligibility: Eligibility
  state: ClassState
  /** Time has run out for somebody: seats have to be settled (due-seats.server.ts) before this is shown. */
  isDue: boolean
  site: { name: string; address: string } | null
  courseSlug: string | null
  feeFen: number | null
  bring: string | null
  lunch: string | null
  documentsNeeded: string | null
  classHead: string | null
  classHeadPhone: string | null
  certificatesExpectedOn: string | null
  /** Its assessment plan (考核安排); `isLater`: dates are announced later. */
  assessment: { sittings: ShownSitting[]; resits: number; isLater: boolean }
  /** What is to be handed in here, once one has a place. */
  requirements: Requirement[]
  sessions: ShownSession[]
  /** Null for online classes. */
  toCredit: ToCredit | null
  own: OwnPlace | null
  /** The worker's place in line; null: does not wait. */
  line: LinePlace | null
  /** How many wait in a full class; null where nobody needs to. */
  waiting: number | null
  /** What of it changed since it was published, the latest first. */
  changes: ShownClassChange[]
  /** Where this one takes nobody: open ones of the same academy in the same occupation; none for who is attending this one. */
  others: ClassCard[]
}

/** A sitting as its workers read it. */
export type ShownSitting = SittingFacts & { id: string; address: string | null; cancelReason: string | null }

export type ClassRow = typeof trainingClass.$inferSelect

/** What the browser gets of a class's row: nothing internal. */
export function pagePart(row: ClassRow) {
  const { id, name, startsOn, endsOn, plannedHours, plannedPracticalHours, capacity, taken, enrolClosesAt } = row
  const {
    needsApproval,
    cancelledBecause,
    courseSlug,
    feeFen,
    bring,
    lunch,
    documentsNeeded,
    classHead,
    classHeadPhone,
    certificatesExpectedOn,
  } = row
  const said = { needsApproval, cancelledBecause }
  const asked = { courseSlug, feeFen, bring, lunch, documentsNeeded, classHead, classHeadPhone, certificatesExpectedOn }
  return {
    id,
    name,
    startsOn,
    endsOn,
    plannedHours,
    plannedPracticalHours,
    capacity,
    taken,
    enrolClosesAt,
    ...said,
    ...asked,
  }
}
