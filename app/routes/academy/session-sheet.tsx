import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { changeSheet, readSheet } from '../shell/session-sheet.server.ts'
import { SheetPage } from '../shell/session-sheet.tsx'
import { pageTitle } from '../shell/title.ts'

export { afterRefusals as shouldRevalidate } from '../shell/revalidate.ts'

export const meta: MetaFunction = (args) => pageTitle(args, attendanceWords, (w) => w.sheet.title)

/** The sheet of a session. */
export async function loader(args: LoaderFunctionArgs) {
  return readSheet(requireViewer(args, 'attendance.take'), args)
}

/** Marks workers by hand, or closes the sheet. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.take')
  const { academy, session } = args.params
  return changeSheet(viewer, args, `/academies/${academy}/manage/sessions/${session}`)
}

export default function SessionSheet() {
  return <SheetPage isAtDesk />
}
