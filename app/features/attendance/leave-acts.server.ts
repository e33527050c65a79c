import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { answerLeaves, type LeaveAnswer } from './leave-answer.server.ts'
import { type AskAnswer, askLeave } from './leave-ask.server.ts'
import { revokeLeaves } from './leave-revoke.server.ts'
import { type WithdrawAnswer, withdrawLeave } from './leave-withdraw.server.ts'

type Sent = { form: FormData; now: Date; requestId?: string }

/** What a form sends of many: ids alone. */
const idsOf = (form: FormData, name: string): string[] =>
  form
    .getAll(name)
    .filter((id): id is string => typeof id === 'string' && isId(id))
    .slice(0, 100)

/** Asks for leave, or takes it back (`intent`), for the signed-in worker. Null: nothing of the worker's. */
export async function actOnLeave(viewer: Viewer, { form, ...to }: Sent): Promise<AskAnswer | WithdrawAnswer | null> {
  if (formText(form, 'intent') === 'withdraw') {
    const leaveId = formText(form, 'id')
    return isId(leaveId) ? as(viewer, (tx) => withdrawLeave(tx, { ...to, viewer, leaveId })) : null
  }
  const [reason, remark] = [formText(form, 'reason'), formText(form, 'remark')]
  const sessionIds = idsOf(form, 'session')
  return as(viewer, (tx) => askLeave(tx, { ...to, viewer, sessionIds, reason, remark }))
}

/** Grants, refuses or revokes those chosen, after the guard `attendance.take`. Null: nothing of the viewer's. */
export function answerAtDesk(viewer: Viewer, { form, ...to }: Sent): Promise<LeaveAnswer | null> {
  const of = { ...to, viewer, academyCode: viewer.academyCode ?? '', leaveIds: idsOf(form, 'chosen') }
  const [intent, reason] = [formText(form, 'intent'), formText(form, 'reason')]
  if (intent === 'revoke') return as(viewer, (tx) => revokeLeaves(tx, { ...of, reason }))
  return as(viewer, (tx) => answerLeaves(tx, { ...of, isGranted: intent === 'grant', reason }))
}
