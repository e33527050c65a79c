import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { type ObjectAnswer, objectToSheet } from './object.server.ts'
import { type RefuseAnswer, refuseObjection } from './objection-answer.server.ts'

type Sent = { form: FormData; now: Date; requestId?: string }

/** Objects to the session that the form names, for the signed-in worker. Null: no closed sheet of the worker's. */
export async function actOnOwnSheet(viewer: Viewer, { form, ...to }: Sent): Promise<ObjectAnswer | null> {
  const sessionId = formText(form, 'session')
  if (!isId(sessionId)) return null
  return as(viewer, (tx) => objectToSheet(tx, { ...to, viewer, sessionId, text: form.get('text') }))
}

/** Refuses the objection that the form names, after the guard. Null: none of the viewer's. */
export async function refuseAtDesk(viewer: Viewer, { form, ...to }: Sent): Promise<RefuseAnswer | null> {
  const objectionId = formText(form, 'id')
  if (!isId(objectionId)) return null
  return as(viewer, (tx) => refuseObjection(tx, { ...to, viewer, objectionId, reason: formText(form, 'reason') }))
}
