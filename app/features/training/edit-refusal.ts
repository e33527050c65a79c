import type { EditAnswer } from './edit-class.server.ts'
import type { EditResult } from './edit-parts.tsx'
import type { Mended } from './mend.server.ts'
import { fieldOfRefusal } from './open-class-form.ts'
import { isObstacle, type Obstacle } from './session-say.ts'

type Refusal = Exclude<EditAnswer | Mended, { ok: true }>

/** Why a class was not saved, as its form says it: `field`, the one that is at fault; else what no single field says. */
export function shownRefusal(answer: Refusal): EditResult & { field?: string; obstacle?: Obstacle } {
  const field = answer.reason in fieldOfRefusal && fieldOfRefusal[answer.reason as keyof typeof fieldOfRefusal]
  const obstacle = isObstacle(answer) && { obstacle: answer }
  if (field || obstacle) return { ...(field && { field }), ...obstacle }
  if (answer.reason === 'faults') return { faults: answer.faults }
  if (answer.reason === 'reason_needed' || answer.reason === 'reason_long') return { why: answer.reason }
  return { refused: answer.reason as EditResult['refused'] }
}
