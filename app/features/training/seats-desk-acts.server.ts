import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { readSentForm } from '#app/features/once/once.server.ts'
import { normaliseName } from '#app/features/persons/names.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formLongText, formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { type ClassChangeRefusal, cancelClass, changeCapacity, closeEnrolment } from './class-changes.server.ts'
import { changeHead } from './class-head.server.ts'
import type { HeadRefusal } from './class-head.ts'
import { type Approved, answerRequests, confirmByPhone, type Left, withdrawByPhone } from './desk-seats.server.ts'
import { type EnterAnswer, type EnterRefusal, enterWorker, enterWorkers } from './enter.server.ts'
import type { RollLeft } from './group-acts.server.ts'
import { readRoll } from './roll.ts'

type Request = { classId: string; form: FormData; now: Date; requestId?: string }

export type SeatsDeskIntent =
  | 'enter'
  | 'enter_list'
  | 'approve'
  | 'reject'
  | 'confirm'
  | 'withdraw'
  | 'capacity'
  | 'close'
  | 'cancel'
  | 'head'

/** What a class head does who is no administrator: on the phone, for a worker. */
const BY_PHONE = ['confirm', 'withdraw']

/** What came of it: how many were changed; or why nothing was, and who was left as before. */
export type SeatsDeskAnswer =
  | { ok: true; changed: number; approved?: Approved }
  | { ok: true; entered: EnteredWorker[]; roll: RollLeft | null }
  | {
      ok: false
      intent: SeatsDeskIntent
      changed: number
      approved?: Approved
      reason: SeatsDeskReason | null
      left: Left[]
    }
export type SeatsDeskReason = ClassChangeRefusal | EnterRefusal | HeadRefusal | 'nobody_pasted'

/** Whom the academy entered, by name, and what became of it: never in an address. */
export type EnteredWorker = { name: string; answer: EnterAnswer }

/** Does what a form of the class's seats asks for, after the guard `seats.phone`; `intent` is the button that was pressed. Null too: not the viewer's to do. */
export async function actOnSeats(viewer: Viewer, { form, ...to }: Request): Promise<SeatsDeskAnswer | null> {
  const ask = { ...to, sent: readSentForm(form, to.classId) }
  const intent = formText(form, 'intent')
  const number = (name: string) => (/^\d{1,6}$/.test(formText(form, name).trim()) ? Number(formText(form, name)) : -1)
  const reason = formText(form, 'reason')
  const id = formText(form, 'id')
  if (!may(viewer, 'training.manage') && !BY_PHONE.includes(intent)) return null
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
      const answer = await enterWorker(viewer, { ...ask, entered })
      return answer?.ok
        ? { ok: true, entered: [{ name: normaliseName(name), answer }], roll: null }
        : told(intent, answer)
    }
    case 'enter_list': {
      const { entries, faults, rest } = readRoll(formLongText(form, 'pasted'), shanghaiDate(to.now))
      if (entries.length + faults.length === 0)
        return { ok: false, intent, changed: 0, reason: 'nobody_pasted', left: [] }
      const answer = await enterWorkers(viewer, { ...ask, entries })
      if (!answer?.ok) return told(intent, answer)
      const entered = answer.lines.map((line) => ({ name: entries[line.at]?.name ?? '', answer: line.answer }))
      return { ok: true, entered, roll: faults.length > 0 ? { faults, rest } : null }
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
    case 'head': {
      const [headId, classHead] = [formText(form, 'headId'), formText(form, 'classHead')]
      const typed = { headId, classHead, classHeadPhone: formText(form, 'classHeadPhone') }
      return told(intent, await as(viewer, (tx) => changeHead(tx, { ...to, viewer, typed })))
    }
    default:
      return null
  }
}

type Answer =
  | { ok: true; changed: number; approved?: Approved; left: Left[] }
  | { ok: true; isNew: boolean }
  | { ok: false; reason: SeatsDeskReason }

function told(intent: SeatsDeskIntent, answer: Answer | null): SeatsDeskAnswer | null {
  if (!answer) return null
  if (!answer.ok) return { ok: false, intent, changed: 0, reason: answer.reason, left: [] }
  if ('isNew' in answer) return { ok: true, changed: Number(answer.isNew) }
  const { changed, approved, left } = answer
  const done = { changed, ...(approved && { approved }) }
  return left.length === 0 ? { ok: true, ...done } : { ok: false, intent, ...done, reason: null, left }
}
