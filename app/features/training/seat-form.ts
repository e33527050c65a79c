import { z } from 'zod'
import { CATEGORIES, LEVELS } from '#db/values.ts'

/** What the part of a class's form about its seats says can be wrong: codes, as in open-class-form.ts. */
export type SeatFormError = 'years' | 'employers' | 'level_of_occupation'

const error = (code: SeatFormError) => code

/** Employers one a line, as somebody pastes them. */
const MOST_EMPLOYERS = 50
const employers = z.string().transform((text, issues) => {
  const names = [...new Set(text.split(/[\n;；]+/).map((name) => name.trim()))].filter((name) => name !== '')
  if (names.length > MOST_EMPLOYERS || names.some((name) => name.length > 100))
    issues.addIssue({ code: 'custom', message: error('employers') })
  return names
})

/** How seats are given, and to whom (eligibility.ts); left out: at once, and to everybody. */
export const seatFields = {
  needsApproval: z.boolean().optional(),
  hasWaitlist: z.boolean().optional(),
  eligibleCategories: z.array(z.enum(CATEGORIES)).optional(),
  eligibleLevel: z.enum(LEVELS).optional(),
  eligibleYears: z.int(error('years')).min(1, error('years')).max(60, error('years')).optional(),
  eligibleEmployers: employers.optional(),
  isForMembers: z.boolean().optional(),
}

type SeatForm = { [K in keyof typeof seatFields]?: z.infer<(typeof seatFields)[K]> }

/** Faults of several fields together. */
export function faultsOfSeats(typed: SeatForm & { occupationCode?: string }) {
  const isOfNone = typed.eligibleLevel !== undefined && typed.occupationCode === undefined
  return isOfNone ? [{ path: ['eligibleLevel'], error: error('level_of_occupation') }] : []
}

/** As a class's row keeps it. Without a number of seats nobody has to wait for one. */
export const seatColumns = (form: SeatForm & { capacity?: number }) => ({
  needsApproval: form.needsApproval ?? false,
  hasWaitlist: form.hasWaitlist === true && form.capacity !== undefined,
  eligibleCategories: orNull(form.eligibleCategories),
  eligibleLevel: form.eligibleLevel ?? null,
  eligibleYears: form.eligibleYears ?? null,
  eligibleEmployers: orNull(form.eligibleEmployers),
  isForMembers: form.isForMembers ?? false,
})

const orNull = <T>(list: T[] | undefined): T[] | null => (list && list.length > 0 ? list : null)
