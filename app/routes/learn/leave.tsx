import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import type { LeaveFault } from '#app/features/attendance/leave.ts'
import { actOnLeave } from '#app/features/attendance/leave-acts.server.ts'
import { LeaveForm, type ReturnedLeave } from '#app/features/attendance/leave-form.tsx'
import { MyLeave } from '#app/features/attendance/leave-mine.tsx'
import { findLeavePage } from '#app/features/attendance/leave-own.server.ts'
import { leaveWords } from '#app/features/attendance/leave-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import type { ShellHandle } from '../shell/handle.ts'
import { pageTitle } from '../shell/title.ts'

export const handle: ShellHandle = {
  top: ({ locale }) => ({ back: '/learn/classes', title: leaveWords[locale].own.title }),
}

export const meta: MetaFunction = (args) => pageTitle(args, leaveWords, (w) => w.own.title)

/** The worker's sessions from which leave may be asked for, of one class alone (`class`), and the leave asked for so far. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const asked = new URL(args.request.url).searchParams.get('class') ?? ''
  const now = new Date()
  const classId = isId(asked) ? asked : null
  const page = await as(viewer, (tx) => findLeavePage(tx, { viewer, classId, now }))
  return { page, today: shanghaiDate(now) }
}

/** Asks for leave or takes it back. Statuses: 400 what was chosen or typed, 409 answered meanwhile. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const form = await args.request.formData()
  const answer = await actOnLeave(viewer, { form, now: new Date(), requestId: args.context.requestId })
  if (!answer) throw notFound('leave')
  if (!answer.ok) {
    const typed = { reason: formText(form, 'reason'), remark: formText(form, 'remark') }
    const sessions = form.getAll('session').filter((id): id is string => typeof id === 'string')
    return data(
      { fault: answer.reason, sessions, ...typed },
      { status: answer.reason === 'answered' || answer.reason === 'begun' ? 409 : 400 },
    )
  }
  throw redirect(`/learn/leave?${'asked' in answer ? `sent=${answer.asked}` : 'withdrawn'}`, 303)
}

/** A refusal may mean that the page was out of date. */
export const shouldRevalidate = () => true

export default function Leave() {
  const { own: w, faults } = useWords(leaveWords)
  const { page, today } = useLoaderData<typeof loader>()
  const result = useActionData<Omit<ReturnedLeave, 'fault'> & { fault: LeaveFault | 'answered' | 'begun' }>()
  const [search] = useSearchParams()
  const isLeaving = useNavigation().state === 'loading'
  const returned = (!isLeaving && result) || null
  // Taken back too late, or asked for in a way that does not do.
  const late = returned?.fault === 'answered' || returned?.fault === 'begun' ? returned.fault : null
  const fault = returned && returned.fault !== 'answered' && returned.fault !== 'begun' ? returned.fault : null
  const sent = search.get('sent')
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        {!returned && sent !== null && /^\d{1,2}$/.test(sent) && (
          <Callout tone={sent === '0' ? 'info' : 'met'} role="status" title={w.sent(Number(sent))} />
        )}
        {!returned && search.has('withdrawn') && <Callout tone="met" role="status" title={w.withdrawn} />}
        {late && (
          <Callout tone="miss" role="alert">
            {faults[late]}
          </Callout>
        )}
        {page.sessions.length === 0 && (
          <Empty icon="class" action={<ButtonLink to="/learn/classes">{w.find}</ButtonLink>}>
            {w.none}
          </Empty>
        )}
        {page.sessions.some(({ leave }) => leave === null) && (
          <Card>
            <LeaveForm
              key={page.own.length}
              page={page}
              returned={fault && returned ? { ...returned, fault } : null}
              today={today}
            />
          </Card>
        )}
        <MyLeave leaves={page.own} today={today} />
      </div>
    </>
  )
}
