import { type ActionFunctionArgs, data, redirect } from '@remix-run/node'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { refuseAtDesk } from '#app/features/attendance/objection-acts.server.ts'
import { findObjectionDesk } from '#app/features/attendance/objection-desk.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'

/** The objections that the viewer answers, after the guard: an academy's administrators, its sponsor's reviewers. */
export async function readObjections(viewer: Viewer) {
  const now = new Date()
  const desk = await as(viewer, (tx) => findObjectionDesk(tx, { viewer, now }))
  return { desk, academyCode: viewer.academyCode, today: shanghaiDate(now) }
}

/**
 * Refuses one, after the guard (400: what was typed, 409: what stands in the way); it is accepted on its sheet. `path`: of the
 * page.
 */
export async function refuseOne(viewer: Viewer, { request, context }: ActionFunctionArgs, path: string) {
  const form = await request.formData()
  const answer = await refuseAtDesk(viewer, { form, now: new Date(), requestId: context.requestId })
  if (!answer) throw notFound('objection')
  if (!answer.ok) {
    const typed = { id: formText(form, 'id'), reason: formText(form, 'reason') }
    return data({ ...typed, fault: answer.reason }, { status: answer.reason.startsWith('reason_') ? 400 : 409 })
  }
  throw redirect(`${path}?refused`, 303)
}
