import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { objectionWords } from '#app/features/attendance/objection-words.ts'
import { readObjections, refuseOne } from '../shell/objections.server.ts'
import { ObjectionsPage } from '../shell/objections.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, objectionWords, (w) => w.desk.title)

/** Objections to the sheets of the academies that the viewer's union recommends: its reviewer is a second person outside them. */
export async function loader(args: LoaderFunctionArgs) {
  return readObjections(requireViewer(args, 'attendance.correct'))
}

/** Refuses one. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'attendance.correct')
  return refuseOne(viewer, args, '/objections')
}

export default function SponsorObjections() {
  return <ObjectionsPage />
}
