import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { NewInstructorForm, type Refused } from '#app/features/academies/instructor-form.tsx'
import { CraftsmanShare, InstructorTable } from '#app/features/academies/instructor-table.tsx'
import { instructorWords } from '#app/features/academies/instructor-words.ts'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { listInstructors, listTeachingAccounts } from '#app/features/academies/instructors-find.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { levelWords } from '#app/features/training/level-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, instructorWords, (w) => w.title)

/** The instructors of an academy, how many of them are craftsmen, and the form of a new one. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'instructors.keep')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  return as(viewer, async (tx) => ({
    ...{ base: `/academies/${academyCode}/manage/instructors`, today: shanghaiDate(new Date()) },
    instructors: await listInstructors(tx, { academyId }),
    accounts: await listTeachingAccounts(tx, academyId),
  }))
}

/** Enters an instructor by document; who is on the list already is shown. The number does not come back. Status 400: as typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'instructors.keep')
  const { academyId, academyCode } = viewer
  if (!academyId) throw notFound('academy')
  const form = await args.request.formData()
  const { requestId } = args.context
  const answer = await as(viewer, (tx) =>
    addInstructor(tx, { by: viewer, academyId, form, now: new Date(), requestId }),
  )
  if (answer.ok)
    throw redirect(
      `/academies/${academyCode}/manage/instructors/${answer.id}?saved=${answer.isNew ? 'added' : 'known'}`,
      303,
    )
  const { documentNumber: _, ...typed } = typedTexts(form)
  return data({ intent: 'add', faults: answer.faults, typed } satisfies Refused, { status: 400 })
}

export default function Instructors() {
  const w = useWords(instructorWords)
  const levels = useWords(levelWords)
  const { instructors, accounts, base, today } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>() ?? null
  return (
    <>
      <PageHead title={w.title} meta={w.lead} />
      <div className="stack">
        <CraftsmanShare instructors={instructors} today={today} />
        {instructors.length === 0 ? (
          <Empty icon="school">{w.none}</Empty>
        ) : (
          <InstructorTable {...{ instructors, base, today, levels }} />
        )}
        <NewInstructorForm accounts={accounts} refused={refused} />
      </div>
    </>
  )
}
