import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { ClassSheets } from '#app/features/attendance/class-sheets.tsx'
import { countWaiting } from '#app/features/attendance/leave-desk.server.ts'
import { LeaveWaits } from '#app/features/attendance/leave-desk.tsx'
import { listSessionsOfClass } from '#app/features/attendance/sessions.server.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import { RosterHead } from '#app/features/training/roster-head.tsx'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, attendanceWords, (w) => w.course.title)

/** Every session of a class with its sheet. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const classId = args.params.class ?? ''
  const now = new Date()
  const found = isId(classId)
    ? await as(viewer, async (tx) => {
        const held = await findRosterClass(tx, { viewer, classId, now })
        if (!held) return null
        const sessions = await listSessionsOfClass(tx, { viewer, classId, now })
        return { held, sessions, leaves: await countWaiting(tx, { viewer, classId }) }
      })
    : null
  if (!found) throw notFound('class')
  const canChange = may(viewer, 'training.manage')
  return { ...found, academyCode: viewer.academyCode ?? '', canChange, today: shanghaiDate(now) }
}

export default function ClassAttendance() {
  const { held, sessions, leaves, academyCode, canChange, today } = useLoaderData<typeof loader>()
  return (
    <RosterHead
      held={held}
      view="attendance"
      academyCode={academyCode}
      canChange={canChange}
      saved={null}
      today={today}
    >
      <LeaveWaits count={leaves} to={`/academies/${academyCode}/manage/leave?class=${held.id}`} />
      <ClassSheets sessions={sessions} academyCode={academyCode} classId={held.id} />
    </RosterHead>
  )
}
