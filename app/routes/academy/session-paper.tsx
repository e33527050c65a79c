import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { findPaperPage, type PaperRefusal, tickOff } from '#app/features/attendance/paper.server.ts'
import { PaperBody } from '#app/features/attendance/paper-body.tsx'
import { paperFormWords } from '#app/features/attendance/paper-words.ts'
import { readSheetPlace } from '#app/features/attendance/sheet-view.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound, redirectTo } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, paperFormWords, (w) => w.title)

/** A session's photographed sheet beside its roster; without a photograph the way leads to where one is added. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const { after } = readSheetPlace(search)
  const asked = { academyCode, sessionId, after, now: new Date() }
  const paper = isId(sessionId) ? await findPaperPage(viewer, asked) : null
  if (!paper) throw notFound('session')
  if (paper.photos.length === 0) throw redirectTo(`/academies/${academyCode}/manage/sessions/${sessionId}/photos`)
  const added = search.get('added') ?? ''
  return {
    paper,
    after,
    added: /^\d{1,2}$/.test(added) ? Number(added) : null,
    formKey: ownValue(args.context, newId()),
  }
}

/** Writes what was ticked off, once. Statuses: 400 what was typed, 409 what stands in the way. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  if (!isId(sessionId)) throw notFound('session')
  const form = await args.request.formData()
  const asked = { academyCode, sessionId, form, now: new Date(), requestId: args.context.requestId }
  const answer = await tickOff(viewer, asked)
  if (!answer) throw notFound('session')
  if (!answer.ok)
    return data({ refusal: answer, typed: typedTexts(form) }, { status: answer.reason === 'faults' ? 400 : 409 })
  throw redirect(`/academies/${academyCode}/manage/sessions/${sessionId}?saved=${answer.changed}`, 303)
}

/** After a refusal too: what somebody else changed meanwhile is shown, so that saving again can succeed. */
export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export default function SessionPaper() {
  const loaded = useLoaderData<typeof loader>()
  const result = useActionData<{ refusal: PaperRefusal; typed: Record<string, string> }>()
  const refusal = (useNavigation().state !== 'loading' && result?.refusal) || null
  return <PaperBody {...loaded} refusal={refusal} typed={refusal ? (result?.typed ?? {}) : {}} />
}
