import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText, readFormRows } from '#app/lib/form-rows.ts'
import { type CloseAnswer, closeSheet } from './close.server.ts'
import { type MarkAnswer, markByHand } from './mark.server.ts'
import type { SheetEntry } from './sheet-entry.ts'

export type SheetIntent = 'save' | 'rest' | 'close'
export type SheetRefusal = Extract<MarkAnswer | CloseAnswer, { ok: false }>

type Request = {
  viewer: Viewer
  academyCode: string
  sessionId: string
  form: FormData
  now: Date
  requestId?: string
}

/** Does what a form of the sheet asks for, after the guard. Null: nothing of the viewer's. */
export async function actOnSheet({
  form,
  ...to
}: Request): Promise<{ ok: true; saved: number | 'closed' } | SheetRefusal | null> {
  const intent = formText(form, 'intent')
  const reason = formText(form, 'reason')
  const wasClosed = formText(form, 'state') === 'closed'
  switch (intent) {
    case 'close': {
      // Of the form that asks first, who answers how many stay unmarked; of the other one nobody may.
      const typed = formText(form, 'unmarked')
      const mayLeave = /^\d{1,4}$/.test(typed) ? Number(typed) : 0
      const answer = await as(to.viewer, (tx) => closeSheet(tx, { ...to, mayLeave }))
      return answer?.ok ? { ok: true, saved: 'closed' } : answer
    }
    case 'save':
    case 'rest': {
      // Who is not expected (`free`) is none of the rest.
      const entries = readFormRows(form, ['mark', 'in', 'out', 'was', 'free']).map(({ free, ...row }) =>
        toEntry(intent === 'rest' && row.mark === '' && free === '' ? { ...row, mark: 'present' } : row),
      )
      return saved(await as(to.viewer, (tx) => markByHand(tx, { ...to, entries, reason, wasClosed, way: 'hand' })))
    }
    default:
      return null
  }
}

const toEntry = ({ id, ...row }: { id: string } & Omit<SheetEntry, 'enrolmentId'>): SheetEntry => ({
  enrolmentId: id,
  ...row,
})

const saved = (answer: MarkAnswer | null) => (answer?.ok ? { ok: true as const, saved: answer.changed } : answer)
