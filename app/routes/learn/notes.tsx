import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listOwnLessons } from '#app/features/courses/own-list.server.ts'
import { OwnLessons } from '#app/features/courses/own-list.tsx'
import { ownWords } from '#app/features/courses/own-words.ts'
import { words } from '#app/features/courses/words.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, ownWords, (w) => w.mine)

/** Every bookmark and note of one's own, by course. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  return { lessons: await as(viewer, (tx) => listOwnLessons(tx, viewer)) }
}

export default function MyNotes() {
  const w = useWords(ownWords)
  const { seeCourses } = useWords(words)
  const { lessons } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.mine} meta={w.mineLead} />
      {lessons.length === 0 ? (
        <Empty icon="book" action={<ButtonLink to="/courses">{seeCourses}</ButtonLink>}>
          {w.mineEmpty}
        </Empty>
      ) : (
        <OwnLessons lessons={lessons} />
      )}
    </>
  )
}
