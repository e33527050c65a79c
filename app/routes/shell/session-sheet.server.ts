import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { actOnSheet } from '#app/features/attendance/sheet-acts.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { readSheetPlace } from '#app/features/attendance/sheet-view.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'

/** The sheet of a session, after the guard: of the academy's own, and of one that its sponsor corrects. */
export async function readSheet(viewer: Viewer, { request, params }: LoaderFunctionArgs) {
  const { academy: academyCode = '', session: sessionId = '' } = params
  const place = readSheetPlace(new URL(request.url).searchParams)
  const asked = { academyCode, sessionId, ...place, now: new Date() }
  const page = isId(sessionId) ? await findSheetPage(viewer, asked) : null
  if (!page) throw notFound('session')
  return { page, place }
}

/** Marks, closes or corrects it, after the guard; `path`: of the page. Statuses: 400 what was typed, 409 what stands in the way. */
export async function changeSheet(viewer: Viewer, { request, params, context }: ActionFunctionArgs, path: string) {
  const { academy: academyCode = '', session: sessionId = '' } = params
  if (!isId(sessionId)) throw notFound('session')
  const form = await request.formData()
  const { requestId } = context
  const answer = await actOnSheet({ viewer, academyCode, sessionId, form, now: new Date(), requestId })
  if (!answer) throw notFound('session')
  if (!answer.ok)
    return data({ refusal: answer, typed: typedTexts(form) }, { status: answer.reason === 'faults' ? 400 : 409 })
  throw redirect(`${path}?saved=${answer.saved}`, 303)
}
