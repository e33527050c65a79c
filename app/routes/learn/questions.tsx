import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { listOwnQuestions } from '#app/features/courses/ask-page.server.ts'
import { OwnQuestionCard } from '#app/features/courses/ask-parts.tsx'
import { askWords } from '#app/features/courses/ask-words.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { lessonPath } from '#app/features/courses/progress.ts'
import { words } from '#app/features/courses/words.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'

export const meta: MetaFunction = (args) => pageTitle(args, askWords, (w) => w.mine)

/** Everything one asked, with the answers. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  return { questions: await as(viewer, (tx) => listOwnQuestions(tx, viewer)) }
}

export default function MyQuestions() {
  const w = useWords(askWords)
  const c = useWords(words)
  const titleOf = useTitle()
  const { questions } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={w.mine} meta={w.mineLead} />
      <div className="stack">
        {questions.length === 0 && (
          <Empty icon="ask" action={<ButtonLink to="/courses">{c.seeCourses}</ButtonLink>}>
            {w.mineEmpty}
          </Empty>
        )}
        {questions.map((question) => (
          <OwnQuestionCard
            key={question.id}
            question={question}
            above={
              <p>
                <Link to={`${lessonPath(question.courseSlug, question.lessonSlug)}/ask`}>
                  {c.lessonNumber(question.position)}　{titleOf(question)}
                </Link>
              </p>
            }
          />
        ))}
      </div>
    </>
  )
}
