import { z } from 'zod'
import { referenceText } from '#db/reference.server.ts'

/** The plan's 1 + 1 + about 60: how many academies of each sort it wants. N, the others, has no number. */
export type Plan = { comprehensive: number; online: number; provincial: number }

const shape = z.strictObject({ comprehensive: z.int(), online: z.int(), provincial: z.int() })

let read: Plan | undefined

/** As db/reference/plan.json says. */
export function plan(): Plan {
  read ??= shape.parse(JSON.parse(referenceText('plan.json')))
  return read
}
