import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { objectionWords } from '#app/features/attendance/objection-words.ts'
import { readObjections, refuseOne } from '../shell/objections.server.ts'
import { ObjectionsPage } from '../shell/objections.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, objectionWords, (w) => w.desk.title)

/** Objections to the academy's sheets, for its administrators: a second person answers each. */
export async function loader(args: LoaderFunctionArgs) {
  return readObjections(requireViewer(args, 'training.manage'))
}

/** Refuses one. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  return refuseOne(viewer, args, `/academies/${viewer.academyCode}/manage/objections`)
}

export default function AcademyObjections() {
  return <ObjectionsPage />
}
