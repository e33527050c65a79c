import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { KeptMarks } from '#app/features/attendance/kept-marks.tsx'
import { countWaiting } from '#app/features/attendance/leave-desk.server.ts'
import { LeaveWaits } from '#app/features/attendance/leave-desk.tsx'
import { countObjections } from '#app/features/attendance/objection-desk.server.ts'
import { ObjectionsWait } from '#app/features/attendance/objection-desk.tsx'
import { listSessionsOn } from '#app/features/attendance/sessions.server.ts'
import { TakeAlong } from '#app/features/attendance/take-along.tsx'
import { DaySessions } from '#app/features/attendance/today.tsx'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { findWaitingRequests } from '#app/features/training/desk-requests.server.ts'
import { RequestsWait } from '#app/features/training/desk-requests.tsx'
import { addDays, isDateString, shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { useWords } from '#app/ui/locale.tsx'
import { Seg } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, attendanceWords, (w) => w.today.title)

/** The viewer's sessions of today, or of the day `on`: an instructor's own, an administrator's the academy's. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const now = new Date()
  const asked = new URL(args.request.url).searchParams.get('on') ?? ''
  const today = shanghaiDate(now)
  const date = isDateString(asked) ? asked : today
  const found = await as(viewer, async (tx) => ({
    sessions: await listSessionsOn(tx, { viewer, date, now }),
    leaves: await countWaiting(tx, { viewer }),
    objections: may(viewer, 'training.manage') ? await countObjections(tx, viewer) : 0,
    requests: may(viewer, 'training.manage') ? await findWaitingRequests(tx, viewer) : null,
  }))
  return { ...found, date, today, academyCode: viewer.academyCode ?? '', isOwn: viewer.role === 'instructor' }
}

export default function Today() {
  const { today: w } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const { sessions, leaves, objections, requests, date, today, academyCode, isOwn } = useLoaderData<typeof loader>()
  const day = d.dayAndWeekday(date, yearOf(today))
  return (
    <>
      <PageHead
        title={date === today ? w.title : w.titleOf(day)}
        meta={date === today ? `${day} · ${w.lead}` : undefined}
      />
      <div className="stack">
        <div>
          <Seg
            label={w.title}
            items={[
              { to: `?on=${addDays(date, -1)}`, label: w.before, isCurrent: false },
              { to: '?', label: w.now, isCurrent: date === today },
              { to: `?on=${addDays(date, 1)}`, label: w.after, isCurrent: false },
            ]}
          />
        </div>
        {requests && (
          <RequestsWait waiting={requests} base={`/academies/${academyCode}/manage/classes`} today={today} />
        )}
        <LeaveWaits count={leaves} to={`/academies/${academyCode}/manage/leave`} />
        <ObjectionsWait count={objections} to={`/academies/${academyCode}/manage/objections`} />
        {isOwn && <KeptMarks sessions={sessions} academyCode={academyCode} />}
        {isOwn && date === today && <TakeAlong sessions={sessions} academyCode={academyCode} />}
        <DaySessions sessions={sessions} academyCode={academyCode} />
      </div>
    </>
  )
}
