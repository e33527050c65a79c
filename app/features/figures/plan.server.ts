import { z } from 'zod'
import planned from '#db/reference/plan.json'

/** The plan's 1 + 1 + about 60: how many academies of each sort it wants. N, the others, has no number. */
export type Plan = { comprehensive: number; online: number; provincial: number }

/** As db/reference/plan.json says. */
export const plan: Plan = z
  .strictObject({ comprehensive: z.int(), online: z.int(), provincial: z.int() })
  .parse(planned)
