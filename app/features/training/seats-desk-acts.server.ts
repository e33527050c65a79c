import type { Viewer } from '#app/features/accounts/actor.ts'
import { readSentForm } from '#app/features/once/once.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { type ClassChangeRefusal, cancelClass, changeCapacity, closeEnrolment } from './class-changes.server.ts'
import { answerRequests, confirmByPhone, type LeftBecause, withdrawByPhone } from './desk-seats.server.ts'
import { type EnterRefusal, enterWorker } from './enter.server.ts'

type Request = { classId: string; form: FormData; now: Date; requestId?: string }

export type SeatsDeskIntent = 'enter' | 'approve' | 'reject' | 'confirm' | 'withdraw' | 'capacity' | 'close' | 'cancel'

/** What came of it: how many were changed; or why nothing was, and who was left as before. */
export type SeatsDeskAnswer =
  | { ok: true; changed: number }
  | { ok: false; intent: SeatsDeskIntent; changed: number; reason: SeatsDeskReason | null; left: Left[] }
export type SeatsDeskReason = ClassChangeRefusal | EnterRefusal
type Left = { id: string; because: LeftBecause }

/** Does what a form of the class's seats asks for, after the guard `training.manage`; `intent` is the button that was pressed. */
export async function actOnSeats(viewer: Viewer, { form, ...to }: Request): Promise<SeatsDeskAnswer | null> {
  const ask = { ...to, sent: readSentForm(form, to.classId) }
  const intent = formText(form, 'intent')
  const number = (name: string) => (/^\d{1,6}$/.test(formText(form, name).trim()) ? Number(formText(form, name)) : -1)
  const reason = formText(form, 'reason')
  const id = formText(form, 'id')
  switch (intent) {
    case 'approve':
    case 'reject': {
      const ids = form.getAll('chosen').filter((one): one is string => typeof one === 'string' && isId(one))
      return told(intent, await answerRequests(viewer, { ...ask, ids, isApproved: intent === 'approve', reason }))
    }
    case 'enter': {
      const [name, phone] = [formText(form, 'name'), formText(form, 'phone')]
      const [documentType, documentNumber] = [formText(form, 'documentType'), formText(form, 'documentNumber')]
      const entered = { name, phone, documentType, documentNumber }
      return told(intent, await enterWorker(viewer, { ...ask, entered }))
    }
    case 'confirm':
      return isId(id) ? told(intent, await confirmByPhone(viewer, { ...ask, id })) : null
    case 'withdraw':
      return isId(id) ? told(intent, await withdrawByPhone(viewer, { ...ask, id })) : null
    case 'capacity':
      return told(intent, await changeCapacity(viewer, { ...ask, capacity: number('capacity'), was: number('was') }))
    case 'close':
      return told(intent, await closeEnrolment(viewer, ask))
    case 'cancel':
      return told(intent, await cancelClass(viewer, { ...ask, reason }))
    default:
      return null
  }
}

type Answer =
  | { ok: true; changed: number; left: Left[] }
  | { ok: true; isNew: boolean }
  | { ok: false; reason: SeatsDeskReason }

function told(intent: SeatsDeskIntent, answer: Answer | null): SeatsDeskAnswer | null {
  if (!answer) return null
  if (!answer.ok) return { ok: false, intent, changed: 0, reason: answer.reason, left: [] }
  if ('isNew' in answer) return { ok: true, changed: Number(answer.isNew) }
  const { changed, left } = answer
  return left.length === 0 ? { ok: true, changed } : { ok: false, intent, changed, reason: null, left }
}
