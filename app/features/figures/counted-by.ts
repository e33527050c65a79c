import type { YearPolicy } from '../policy/policy.ts'

/** Raise it when members.server.ts counts otherwise than before: every tally is then counted again. */
const COUNTING = 1

/** What of a year's policy the counting depends on, as one comparable text: a tally counted by another is stale. */
export function countedBy({ counting, trained, practical }: YearPolicy): string {
  return JSON.stringify({
    counting: COUNTING,
    excluded: [...counting.excludedCategories].sort(),
    types: [...counting.certificateTypes].sort(),
    trained: trained.leastHours,
    practical: practical.leastHours,
  })
}
