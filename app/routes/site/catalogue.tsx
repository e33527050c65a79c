import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { optionalViewer } from '#app/features/accounts/guard.server.ts'
import { CourseRows } from '#app/features/courses/course-parts.tsx'
import { listCourses } from '#app/features/courses/courses.server.ts'
import { learnerOf } from '#app/features/courses/learner.ts'
import { words } from '#app/features/courses/words.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { Card, Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, words, (w) => w.catalogue)

/** Open to everyone; a worker's own courses come first. */
export async function loader(args: LoaderFunctionArgs) {
  const accountId = learnerOf(args.context.viewer)?.accountId ?? null
  return { courses: await as(optionalViewer(args), (tx) => listCourses(tx, { accountId })) }
}

export default function Catalogue() {
  const w = useWords(words)
  const { courses } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.catalogue} meta={w.catalogueLead} />
      {courses.length === 0 ? (
        <Empty icon="book">{w.noCourses}</Empty>
      ) : (
        <Card>
          <CourseRows courses={courses} />
        </Card>
      )}
    </>
  )
}
