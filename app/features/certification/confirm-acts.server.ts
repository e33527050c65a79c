import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import { confirmResults, returnResults } from './confirm.server.ts'
import type { ConfirmRefused } from './confirm.ts'

type Answer = { ok: true; view: 'confirm'; saved: number } | { ok: false; confirm: ConfirmRefused }

/** Confirms or returns the results that were chosen in the form, after the guard `training.manage`. Null: no such class of the viewer's. */
export async function actOnConfirm(
  viewer: Viewer,
  { form, ...to }: { academyId: string; classId: string; form: FormData; now: Date; requestId?: string },
): Promise<Answer | null> {
  const ids = form.getAll('chosen').filter((one): one is string => typeof one === 'string' && isId(one))
  const asked = { ...to, viewer, ids }
  if (formText(form, 'intent') === 'return') {
    const returned = await as(viewer, (tx) => returnResults(tx, { ...asked, reason: formText(form, 'reason') }))
    if (!returned) return null
    if (ids.length === 0) return { ok: false, confirm: { is: 'none_chosen' } }
    if (!returned.ok) return { ok: false, confirm: { is: returned.reason } }
    return { ok: true, view: 'confirm', saved: returned.changed }
  }
  const confirmed = await as(viewer, (tx) => confirmResults(tx, asked))
  if (!confirmed) return null
  if (ids.length === 0) return { ok: false, confirm: { is: 'none_chosen' } }
  const { changed, left } = confirmed
  if (left.length > 0) return { ok: false, confirm: { is: 'left', changed, left } }
  return { ok: true, view: 'confirm', saved: changed }
}
