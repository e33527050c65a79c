import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { ClassSheets } from '#app/features/attendance/class-sheets.tsx'
import { countWaiting } from '#app/features/attendance/leave-desk.server.ts'
import { LeaveWaits } from '#app/features/attendance/leave-desk.tsx'
import { askLocation, asksLocation } from '#app/features/attendance/location.server.ts'
import { LocationSetting } from '#app/features/attendance/location-setting.tsx'
import { listSessionsOfClass } from '#app/features/attendance/sessions.server.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import { RosterHead } from '#app/features/training/roster-head.tsx'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { formText } from '#app/lib/form-rows.ts'
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
        const isAsked = await asksLocation(tx, { academyId: viewer.academyId ?? '', classId })
        return { held, sessions, isAsked, leaves: await countWaiting(tx, { viewer, classId }) }
      })
    : null
  if (!found) throw notFound('class')
  const canChange = may(viewer, 'training.manage')
  return { ...found, academyCode: viewer.academyCode ?? '', canChange, today: shanghaiDate(now) }
}

/** Says whether the class asks for workers' rough positions. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy, class: classId = '' } = args.params
  const form = await args.request.formData()
  const change = { viewer, classId, isAsked: formText(form, 'isAsked') === 'yes', now: new Date() }
  const isMeant = isId(classId) && formText(form, 'intent') === 'location'
  const answer = isMeant
    ? await as(viewer, (tx) => askLocation(tx, { ...change, requestId: args.context.requestId }))
    : null
  if (!answer) throw notFound('class')
  throw redirect(`/academies/${academy}/manage/classes/${classId}/attendance`, 303)
}

export default function ClassAttendance() {
  const { held, sessions, isAsked, leaves, academyCode, canChange, today } = useLoaderData<typeof loader>()
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
      {held.isHeaded && <LocationSetting isAsked={isAsked} />}
    </RosterHead>
  )
}
