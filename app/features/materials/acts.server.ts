import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { changeRequirements } from '#app/features/training/requirements.server.ts'
import { type RequirementFault, readRequirements } from '#app/features/training/requirements.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { answerMaterials, type MaterialAnswer } from './answer.server.ts'

export type DeskRefusal = Extract<MaterialAnswer, { ok: false }>['reason'] | RequirementFault
export type DeskAnswer =
  | { ok: true; said: 'accepted' | 'refused'; n: number; left: number }
  | { ok: true; said: 'asked'; n: number; left: 0 }
  | { ok: false; reason: DeskRefusal }

/**
 * What is done at the desk of a class's materials, after the guard `materials.check`: an administrator says what is needed (`intent` ask), the class
 * head as well accepts or refuses those chosen. Null: no such class of the viewer's.
 */
export async function actOnMaterials(
  viewer: Viewer,
  { classId, form, ...to }: { classId: string; form: FormData; now: Date; requestId?: string },
): Promise<DeskAnswer | null> {
  const intent = formText(form, 'intent')
  if (intent === 'ask') {
    if (!may(viewer, 'training.manage')) return null
    const read = readRequirements(form)
    if ('fault' in read) return { ok: false, reason: read.fault }
    const answer = await as(viewer, (tx) => changeRequirements(tx, { ...to, ...read, viewer, classId }))
    return answer && { ok: true, said: 'asked', n: answer.changed, left: 0 }
  }
  const materialIds = form
    .getAll('chosen')
    .filter((id): id is string => typeof id === 'string' && isId(id))
    .slice(0, 500)
  const isAccepted = intent === 'accept'
  const reason = formText(form, 'reason')
  const answer = await as(viewer, (tx) =>
    answerMaterials(tx, { ...to, viewer, classId, materialIds, isAccepted, reason }),
  )
  if (!answer?.ok) return answer
  return { ok: true, said: isAccepted ? 'accepted' : 'refused', n: answer.answered, left: answer.left }
}
