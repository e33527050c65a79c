import type { Entry } from '#app/features/courses/attempts.ts'
import type { CourseLeft } from '#app/features/courses/course-left.ts'
import type { Mode, Result } from '#db/values.ts'

/** A class in which a worker sits, with all that stands between it and a certificate. */
export type Way = {
  enrolmentId: string
  classId: string
  academyCode: string
  className: string
  academyName: string
  mode: Mode
  startsOn: string
  /** Inclusive. */
  endsOn: string
  plannedHours: number
  hoursAttended: number | null
  /** Hours that credit it, by policy; online: all. */
  hoursNeeded: number
  plannedPracticalHours: number | null
  practicalHoursAttended: number | null
  creditedOn: string | null
  /** The next meeting; null: none is planned. */
  nextAt: Date | null
  /** Online with a course: what is left of it; `test`: its final test, as far as it is still asked for. */
  course: ({ slug: string; test: Entry | null } & CourseLeft) | null
  /** The best attempt: passed, whenever that was, else the latest. */
  assessment: { result: Result; assessedOn: string } | null
  /** A certificate was issued and revoked. One that is valid ends the way. */
  isRevoked: boolean
}

/** The three steps of {@link Way} after enrolling: hours, assessment, certificate. */
export type WayStep = 'hours' | 'assessment' | 'certificate'
export const WAY_STEPS: readonly WayStep[] = ['hours', 'assessment', 'certificate']

/** Is a step taken on this day (Shanghai's)? Credit may lie ahead; what was passed is passed, whatever the hours say. */
export function isTaken(way: Way, step: WayStep, today: string): boolean {
  if (step === 'hours') return way.creditedOn !== null && way.creditedOn <= today
  return step === 'assessment' && way.assessment?.result === 'passed'
}

export const stepsLeft = (way: Way, today: string): WayStep[] => WAY_STEPS.filter((step) => !isTaken(way, step, today))

/** Hours still to attend, in halves; of an online class none are attended. */
export const hoursLeft = ({ hoursAttended, hoursNeeded }: Pick<Way, 'hoursAttended' | 'hoursNeeded'>): number =>
  Math.max(0, hoursNeeded - (hoursAttended ?? 0))
