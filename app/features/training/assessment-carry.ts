import { addDays } from '#app/lib/calendar.ts'
import { ASSESSED_PARTS, type AssessedPart } from '#db/values.ts'
import { MOST_RESITS, MOST_SITTINGS, type TypedSitting } from './assessment-plan.ts'

/** The assessment plan of a class as one more like it takes it along, or a template keeps it. */
export type CarriedPlan = {
  /** The class's own place: a sitting there is at the own place of the new class. */
  homeSiteId: string | null
  resits: number
  isLater: boolean
  sittings: readonly TypedSitting[]
}

/** A sitting that the new class has not, or (`assessor`) not with all who assessed at it. */
export type LeftSitting = { part: AssessedPart; attempt: number; why: 'unfit' | 'site' | 'assessor' }

/** The plan so many days later. */
export const movedPlan = (plan: CarriedPlan, days: number): CarriedPlan => ({
  ...plan,
  sittings: plan.sittings.map((one) => ({ ...one, date: addDays(one.date, days) })),
})

const WHYS = ['unfit', 'site', 'assessor'] as const

/** What was left out, for an address: `theory-1-site`. */
export const saidLeft = (left: readonly LeftSitting[]): string =>
  left.map(({ part, attempt, why }) => `${part}-${attempt}-${why}`).join('.')

/** Reads it; what is none is left out. */
export const readLeft = (text: string | null): LeftSitting[] =>
  (text ?? '').split('.', MOST_SITTINGS).flatMap((one) => {
    const [said, number, reason] = one.split('-')
    const part = ASSESSED_PARTS.find((part) => part === said)
    const attempt = Number(number)
    const why = WHYS.find((why) => why === reason)
    return part && why && Number.isInteger(attempt) && attempt >= 1 && attempt <= MOST_RESITS + 1
      ? [{ part, attempt, why }]
      : []
  })
