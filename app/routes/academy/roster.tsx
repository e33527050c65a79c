import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { findRosterPage } from '#app/features/certification/roster.server.ts'
import { actOnRoster } from '#app/features/certification/roster-acts.server.ts'
import { type Refusal, RosterPart, useSavedText } from '#app/features/certification/roster-parts.tsx'
import { countMissingParts } from '#app/features/classfile/checklist.server.ts'
import { RosterHead } from '#app/features/training/roster-head.tsx'
import { readRosterPlace, rosterAddress } from '#app/features/training/roster-view.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { pageLocale, titled } from '../shell/title.ts'

export const meta: MetaFunction<typeof loader> = (args) =>
  args.data ? [{ title: titled(args.data.page.held.name, pageLocale(args)) }] : []

/** A class at the desk; `view` in the address says which part. Instructors see their own classes and change nothing. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.read')
  const classId = args.params.class ?? ''
  const canChange = may(viewer, 'training.manage')
  const asked = readRosterPlace(new URL(args.request.url).searchParams)
  const place = canChange ? asked : { ...asked, view: 'overview' as const }
  const page = isId(classId) ? await findRosterPage(viewer, { classId, place, now: new Date() }) : null
  if (!page) throw notFound('class')
  const academyCode = viewer.academyCode ?? ''
  const isWhole = canChange && place.view === 'overview'
  const missing = isWhole ? await countMissingParts(viewer, { academyCode, classId, now: new Date() }) : null
  return { page, place, academyCode, canChange, missing }
}

/** Publishes the class, or records hours, results or certificates of many workers at once; refusals come back as typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId } = viewer
  const classId = args.params.class ?? ''
  if (!academyId || !isId(classId)) throw notFound('class')
  const form = await args.request.formData()
  const { requestId } = args.context
  const answer = await actOnRoster(viewer, { academyId, classId, form, now: new Date(), requestId })
  if (!answer) throw notFound('class')
  if (!answer.ok) {
    const pasted = 'pasted' in answer && answer.pasted
    const typed = pasted ? { ...typedTexts(form), ...pasted.fields } : typedTexts(form)
    return data({ refusal: answer, typed }, { status: pasted ? 200 : 400 })
  }
  const { after } = readRosterPlace(new URL(args.request.url).searchParams)
  const { view, saved, on = null } = answer
  throw redirect(
    `/academies/${viewer.academyCode}/manage/classes/${classId}${rosterAddress({ view, after, on, saved })}`,
    303,
  )
}

/** After a refusal (400) too: what somebody else changed meanwhile is shown, so that saving again can succeed. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 400 || defaultShouldRevalidate

export default function Roster() {
  const { page, place, academyCode, canChange, missing } = useLoaderData<typeof loader>()
  const result = useActionData<{ refusal: Refusal; typed: Record<string, string> }>()
  const savedText = useSavedText(page.view, place.saved)
  const isLeaving = useNavigation().state === 'loading'
  const refusal = (!isLeaving && result?.refusal) || null
  return (
    <RosterHead
      held={page.held}
      view={page.view}
      academyCode={academyCode}
      canChange={canChange}
      saved={refusal ? null : place.saved}
      savedText={savedText}
      toConfirm={page.toConfirm}
      today={page.today}
      missing={missing}
      notPublished={refusal && 'publish' in refusal ? refusal.publish : null}
      typed={result?.typed}
    >
      <RosterPart {...{ page, place, academyCode, canChange, refusal }} typed={result?.typed ?? {}} />
    </RosterHead>
  )
}
