import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { listDeskCourses } from '#app/features/courses/course-desk.server.ts'
import { DeskCourseTable } from '#app/features/courses/desk-courses.tsx'
import { watchWords } from '#app/features/courses/watch-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, watchWords, (w) => w.courses.title)

/** The courses that the academy's online classes deliver; of an instructor's own classes. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.watch')
  const courses = await as(viewer, (tx) => listDeskCourses(tx, { viewer, now: new Date() }))
  return { courses, manage: `/academies/${viewer.academyCode}/manage`, canOpen: may(viewer, 'training.manage') }
}

export default function DeskCourses() {
  const w = useWords(watchWords).courses
  const { courses, manage, canOpen } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.title} meta={canOpen ? w.meta : w.ownMeta} />
      {courses.length === 0 ? (
        <Empty icon="book" action={canOpen && <ButtonLink to={`${manage}/classes/new`}>{w.open}</ButtonLink>}>
          {w.empty}
        </Empty>
      ) : (
        <DeskCourseTable courses={courses} base={`${manage}/courses`} />
      )}
    </>
  )
}
