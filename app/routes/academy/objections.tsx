import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { refuseAtDesk } from '#app/features/attendance/objection-acts.server.ts'
import { findObjectionDesk } from '#app/features/attendance/objection-desk.server.ts'
import { Objections, type ReturnedRefusal } from '#app/features/attendance/objection-desk.tsx'
import { objectionWords } from '#app/features/attendance/objection-words.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, objectionWords, (w) => w.desk.title)

/** Objections to the academy's sheets, for its administrators: a second person answers each. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const now = new Date()
  const desk = await as(viewer, (tx) => findObjectionDesk(tx, { viewer, now }))
  return { desk, academyCode: viewer.academyCode ?? '', today: shanghaiDate(now) }
}

/** Refuses one (400: what was typed, 409: what stands in the way); it is accepted on its sheet. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const form = await args.request.formData()
  const answer = await refuseAtDesk(viewer, { form, now: new Date(), requestId: args.context.requestId })
  if (!answer) throw notFound('objection')
  if (!answer.ok) {
    const typed = { id: formText(form, 'id'), reason: formText(form, 'reason') }
    return data({ ...typed, fault: answer.reason }, { status: answer.reason.startsWith('reason_') ? 400 : 409 })
  }
  throw redirect(`/academies/${viewer.academyCode}/manage/objections?refused`, 303)
}

export default function AcademyObjections() {
  const { desk: w } = useWords(objectionWords)
  const { today: t } = useWords(attendanceWords)
  const { desk, academyCode, today } = useLoaderData<typeof loader>()
  const result = useActionData<ReturnedRefusal>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const returned = (!isLeaving && result) || null
  return (
    <>
      <Crumbs items={[{ to: `/academies/${academyCode}/manage/today`, label: t.title }, { label: w.title }]} />
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {!returned && search.has('refused') && <Callout tone="met" role="status" title={w.refused} />}
        <Objections
          desk={desk}
          sheetPath={({ sessionId }) => `/academies/${academyCode}/manage/sessions/${sessionId}`}
          returned={returned}
          today={today}
        />
      </div>
    </>
  )
}
