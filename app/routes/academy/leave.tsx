import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { answerAtDesk } from '#app/features/attendance/leave-acts.server.ts'
import { AnsweredLeave } from '#app/features/attendance/leave-answered.tsx'
import { findLeaveDesk } from '#app/features/attendance/leave-desk.server.ts'
import { type LeaveRefused, type TypedLeave, WaitingLeave } from '#app/features/attendance/leave-desk.tsx'
import { leaveWords } from '#app/features/attendance/leave-words.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, leaveWords, (w) => w.desk.title)

const classOf = (request: Request) => {
  const asked = new URL(request.url).searchParams.get('class') ?? ''
  return isId(asked) ? asked : null
}

/** Leave that waits for the viewer's answer, an instructor's in the own classes; of one class alone with `class`. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const now = new Date()
  const desk = await as(viewer, (tx) => findLeaveDesk(tx, { viewer, classId: classOf(args.request), now }))
  return { ...desk, academyCode: viewer.academyCode ?? '', today: shanghaiDate(now) }
}

/** Grants, refuses or takes back those chosen (400: none, or no reason where one is needed). */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const form = await args.request.formData()
  const answer = await answerAtDesk(viewer, { form, now: new Date(), requestId: args.context.requestId })
  if (!answer) throw notFound('leave')
  const chosen = form.getAll('chosen').filter((id): id is string => typeof id === 'string')
  if (!answer.ok)
    return data(
      {
        refused: answer.reason,
        isRevoking: formText(form, 'intent') === 'revoke',
        typed: { chosen, reason: formText(form, 'reason') },
      },
      { status: 400 },
    )
  const classId = classOf(args.request)
  const of = classId ? `class=${classId}&` : ''
  throw redirect(`/academies/${viewer.academyCode}/manage/leave?${of}saved=${answer.answered}&left=${answer.left}`, 303)
}

const UNTYPED = { refused: null, typed: { chosen: [], reason: '' } }

export default function Leave() {
  const { desk: w } = useWords(leaveWords)
  const { today: t } = useWords(attendanceWords)
  const { waiting, answered, className, academyCode, today } = useLoaderData<typeof loader>()
  const result = useActionData<{ refused: LeaveRefused; isRevoking: boolean; typed: TypedLeave }>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const refused = (!isLeaving && result?.refused) || null
  const returned = refused && result ? { refused, typed: result.typed } : UNTYPED
  const count = (name: string) => (refused === null ? Number(/^\d{1,3}$/.exec(search.get(name) ?? '')?.[0] ?? 0) : 0)
  return (
    <>
      <Crumbs items={[{ to: `/academies/${academyCode}/manage/today`, label: t.title }, { label: w.title }]} />
      <PageHead title={className ? w.of(className) : w.title} meta={w.lead} />
      <div className="stack">
        {count('saved') > 0 && <Callout tone="met" role="status" title={w.saved(count('saved'))} />}
        {count('left') > 0 && (
          <Callout tone="warn" role="alert">
            {w.left(count('left'))}
          </Callout>
        )}
        <WaitingLeave waiting={waiting} {...(result?.isRevoking ? UNTYPED : returned)} today={today} />
        <AnsweredLeave answered={answered} {...(result?.isRevoking ? returned : UNTYPED)} today={today} />
      </div>
    </>
  )
}
