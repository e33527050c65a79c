import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { codeWords } from '#app/features/attendance/code-words.ts'
import { PaperForm } from '#app/features/attendance/paper-form.tsx'
import { CloseForm, SheetHistory, SheetNotes } from '#app/features/attendance/sheet.tsx'
import { actOnSheet, type SheetRefusal } from '#app/features/attendance/sheet-acts.server.ts'
import { SheetForm } from '#app/features/attendance/sheet-form.tsx'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { readSheetPlace } from '#app/features/attendance/sheet-view.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs, Pager } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, attendanceWords, (w) => w.sheet.title)

/** The sheet of a session; `?paper`: those unmarked, to be ticked off from a sheet on paper. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy: academyCode = '', session: sessionId = '' } = args.params
  const place = readSheetPlace(new URL(args.request.url).searchParams)
  const asked = { academyCode, sessionId, ...place, now: new Date() }
  const page = isId(sessionId) ? await findSheetPage(viewer, asked) : null
  if (!page) throw notFound('session')
  return { page, place }
}

/** Marks workers by hand or from paper, or closes the sheet. Statuses: 400 what was typed, 409 what stands in the way. */
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
  const { sheet: w, today } = useWords(attendanceWords)
  const { screen: codes } = useWords(codeWords)
  const d = useWords(dateWords)
  const { page, place } = useLoaderData<typeof loader>()
  const result = useActionData<{ refusal: SheetRefusal; typed: Record<string, string> }>()
  const isLeaving = useNavigation().state === 'loading'
  const refusal = (!isLeaving && result?.refusal) || null
  const { held } = page
  const { startsAt, endsAt, topic, site } = held.session
  const day = shanghaiDate(startsAt)
  const when = `${d.day(day, yearOf(page.today))} ${d.weekday(day)} ${d.time(shanghaiTime(startsAt))}—${d.time(shanghaiTime(endsAt))}`
  const last = page.rows.at(-1)?.enrolmentId
  const isPaged = page.hasMore || place.after !== null
  const of = place.isPaper ? 'paper&' : ''
  const next = page.hasMore && last ? `?${of}after=${last}` : null
  const footer = isPaged && (
    <Pager summary={w.paging(page.rows.length)} previous={place.after ? `?${of}` : null} next={next} />
  )
  return (
    <>
      <Crumbs
        items={[
          { to: `/academies/${held.academyCode}/manage/today?on=${day}`, label: today.title },
          { to: `/academies/${held.academyCode}/manage/classes/${held.classId}/attendance`, label: held.className },
          { label: w.title },
        ]}
      />
      <PageHead title={held.className} meta={[when, topic, site].filter(Boolean).join(' · ')}>
        {held.state === 'open' && (
          <ButtonLink
            icon="scan"
            kind="main"
            to={`/academies/${held.academyCode}/manage/sessions/${held.sessionId}/code`}
          >
            {codes.show}
          </ButtonLink>
        )}
        {held.state === 'open' && (
          <ButtonLink icon={place.isPaper ? 'left' : 'list'} to={place.isPaper ? '?' : '?paper'}>
            {place.isPaper ? w.toForm : w.paper}
          </ButtonLink>
        )}
      </PageHead>
      <div className="stack">
        <SheetNotes page={page} saved={refusal ? null : place.saved} refusal={refusal} />
        {place.isPaper ? (
          <PaperForm page={page} refusal={refusal} footer={footer} />
        ) : (
          <SheetForm page={page} refusal={refusal} typed={refusal ? (result?.typed ?? {}) : {}} footer={footer} />
        )}
        <CloseForm page={page} />
        <SheetHistory page={page} />
      </div>
    </>
  )
}
