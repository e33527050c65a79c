import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { InstructorAbout } from '#app/features/academies/instructor-about.tsx'
import { actOnInstructor } from '#app/features/academies/instructor-acts.server.ts'
import type { Refused } from '#app/features/academies/instructor-form.tsx'
import { InstructorQualifications } from '#app/features/academies/instructor-qualifications.tsx'
import { InstructorTitles } from '#app/features/academies/instructor-titles.tsx'
import { readSaved } from '#app/features/academies/instructor-view.ts'
import { instructorWords } from '#app/features/academies/instructor-words.ts'
import { listInstructors, listTeachingAccounts } from '#app/features/academies/instructors-find.server.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listOccupations } from '#app/features/occupations/find.server.ts'
import { levelWords } from '#app/features/training/level-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { typedTexts } from '#app/lib/form-rows.ts'
import { notFound } from '#app/lib/http.ts'
import { isId } from '#app/lib/ids.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, instructorWords, (w) => w.title)

/** One instructor: what the academy writes about it, what it bears, what it may teach. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'instructors.keep')
  const { academyId, academyCode } = viewer
  const { instructor: instructorId = '' } = args.params
  if (!academyId || !isId(instructorId)) throw notFound('instructor')
  const page = await as(viewer, async (tx) => ({
    ...{ base: `/academies/${academyCode}/manage/instructors`, today: shanghaiDate(new Date()) },
    ...{ saved: readSaved(new URL(args.request.url).searchParams) },
    one: (await listInstructors(tx, { academyId, instructorId }))[0],
    accounts: await listTeachingAccounts(tx, academyId),
    occupations: await listOccupations(tx),
  }))
  if (!page.one) throw notFound('instructor')
  return { ...page, one: page.one }
}

/** `intent` says which of the page's forms it is (instructor-view.ts). Status 400: what was typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'instructors.keep')
  const { academyId, academyCode } = viewer
  const { instructor: instructorId = '' } = args.params
  if (!academyId) throw notFound('academy')
  const form = await args.request.formData()
  const { requestId } = args.context
  const done = await actOnInstructor(viewer, { academyId, instructorId, form, now: new Date(), requestId })
  if (!done) throw notFound('instructor')
  const { intent, answer } = done
  if (!answer.ok)
    return data({ intent, faults: answer.faults, typed: typedTexts(form) } satisfies Refused, { status: 400 })
  throw redirect(
    `/academies/${academyCode}/manage/instructors/${answer.id}?saved=${answer.isNew ? intent : 'same'}`,
    303,
  )
}

export default function Instructor() {
  const w = useWords(instructorWords)
  const levels = useWords(levelWords)
  const { one, accounts, occupations, base, today, saved } = useLoaderData<typeof loader>()
  const result = useActionData<Refused>()
  const isLeaving = useNavigation().state === 'loading'
  const refused = isLeaving ? null : (result ?? null)
  return (
    <>
      <Crumbs items={[{ to: base, label: w.title }, { label: one.name }]} />
      <PageHead title={one.name} meta={one.employer} />
      <div className="stack">
        {saved && !refused && (
          <Callout tone={saved === 'same' || saved === 'known' ? 'info' : 'met'} role="status">
            {w.saved[saved]}
          </Callout>
        )}
        <InstructorAbout {...{ one, accounts, refused }} />
        <InstructorTitles {...{ one, refused }} />
        <InstructorQualifications {...{ one, occupations, levels, today, refused }} />
      </div>
    </>
  )
}
