import type { Viewer } from '#app/features/accounts/actor.ts'
import { readSentForm } from '#app/features/once/once.server.ts'
import { readDeclared } from '#app/features/training/declared.ts'
import type { OfferRefusal, SeatRefusal } from '#app/features/training/seat-request.ts'
import type { EnrolRefusal, WithdrawRefusal } from '#app/features/training/seat-rules.ts'
import { answerSeat, leaveSeat } from '#app/features/training/seats.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { badRequest } from '#app/lib/http.ts'
import { enrolLearner } from './enrol.server.ts'

/** Why nothing was done with a seat; with `clash` and `rules` as in training/seats.server.ts. */
export type ActRefusal = SeatRefusal<EnrolRefusal | WithdrawRefusal | OfferRefusal | 'prerequisites'>

type Request = { academyCode: string; classId: string; form: FormData; now: Date; requestId?: string }

/**
 * What the signed-in worker does with the own seat, after the guard: `intent` is `enrol`, `withdraw`, `accept` or `decline`;
 * `choose`: later online courses are to count for this academy too; what a class asks for is declared. Who it is comes from the session
 * alone. Null: there is no such class for the public.
 * @throws a 400 Response for any other intent.
 */
export async function actOnSeat(viewer: Viewer, { form, ...to }: Request): Promise<{ ok: true } | ActRefusal | null> {
  const ask = { ...to, sent: readSentForm(form, to.classId) }
  switch (formText(form, 'intent')) {
    case 'enrol':
      return enrolLearner(viewer, { ...ask, isChosen: form.get('choose') === 'on', declared: readDeclared(form) })
    case 'accept':
      return enrolLearner(viewer, { ...ask, isChosen: false, isOffered: true })
    case 'withdraw':
      return leaveSeat(viewer, ask)
    case 'decline':
      return answerSeat(viewer, { ...ask, isAccepted: false })
    default:
      throw badRequest('intent')
  }
}
