import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { actOnSheet, type SheetRefusal } from '#app/features/attendance/sheet-acts.server.ts'
import { SheetBody } from '#app/features/attendance/sheet-body.tsx'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { readSheetPlace } from '#app/features/attendance/sheet-view.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, attendanceWords, (w) => w.sheet.title)

/** The sheet of a session. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const place = readSheetPlace(new URL(args.request.url).searchParams)
  const asked = { academyCode, sessionId, ...place, now: new Date() }
  const page = isId(sessionId) ? await findSheetPage(viewer, asked) : null
  if (!page) throw notFound('session')
  return { page, place }
}

/** Marks workers by hand, or closes the sheet. Statuses: 400 what was typed, 409 what stands in the way. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  if (!isId(sessionId)) throw notFound('session')
  const form = await args.request.formData()
  const { requestId } = args.context
  const answer = await actOnSheet({ viewer, academyCode, sessionId, form, now: new Date(), requestId })
  if (!answer) throw notFound('session')
  if (!answer.ok)
    return data({ refusal: answer, typed: typedTexts(form) }, { status: answer.reason === 'faults' ? 400 : 409 })
  throw redirect(`/academies/${academyCode}/manage/sessions/${sessionId}?saved=${answer.saved}`, 303)
}

/** After a refusal too: what somebody else changed meanwhile is shown, so that saving again can succeed. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  (actionStatus ?? 200) >= 400 || defaultShouldRevalidate

export default function SessionSheet() {
  const { page, place } = useLoaderData<typeof loader>()
  const result = useActionData<{ refusal: SheetRefusal; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const refusal = (!isLeaving && result?.refusal) || null
  return <SheetBody page={page} place={place} refusal={refusal} typed={result?.typed ?? {}} isAtDesk />
}
