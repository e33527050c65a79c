import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { ask } from '#app/features/courses/ask.server.ts'
import { findAskPage } from '#app/features/courses/ask-page.server.ts'
import { AskForm, OwnQuestionCard, type ReturnedQuestion } from '#app/features/courses/ask-parts.tsx'
import { askWords } from '#app/features/courses/ask-words.ts'
import { useTitle } from '#app/features/courses/course-parts.tsx'
import { coursePath, lessonPath } from '#app/features/courses/progress.ts'
import { words } from '#app/features/courses/words.ts'
import { findPromisedWay } from '#app/features/notices/choice.server.ts'
import { formText } from '#app/lib/form-rows.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { typedText } from '#app/lib/written.ts'
import { pageTitle } from '#app/routes/shell/title.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { readLessonPath } from './lesson-path.ts'

export const meta: MetaFunction = (args) => pageTitle(args, askWords, (w) => w.title)

/** What one asked about a lesson, with the answers, and the form to ask. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const page = await as(viewer, (tx) => findAskPage(tx, { ...readLessonPath(args), viewer, now: new Date() }))
  if (!page) throw notFound('lesson')
  const isSent = new URL(args.request.url).searchParams.has('sent')
  const told = isSent ? await as(viewer, (tx) => findPromisedWay(tx, viewer)) : 'app'
  return { ...page, formId: ownValue(args.context, newId()), isSent, told }
}

/** Asks. Statuses: 400 refused, 429 too many in a row; both with what was typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'learning.own')
  const at = readLessonPath(args)
  const form = await args.request.formData()
  const [id, asked, text] = [formText(form, 'id'), formText(form, 'class'), form.get('text')]
  if (!isId(id)) throw badRequest('id')
  const classId = isId(asked) ? asked : null
  const { requestId } = args.context
  const answer = await ask(viewer, { ...at, id, classId, text, now: new Date(), requestId })
  if (answer.ok) throw redirectTo(`${lessonPath(at.courseSlug, at.lessonSlug)}/ask?sent`)
  if (answer.reason === 'absent') throw notFound('lesson')
  const { reason, seconds = 0 } = answer
  const returned: ReturnedQuestion = { reason, seconds, typed: typedText(text), classId }
  return data(returned, { status: reason === 'wait' ? 429 : 400 })
}

export default function LessonAsk() {
  const w = useWords(askWords)
  const c = useWords(words)
  const titleOf = useTitle()
  const { lesson, classes, questions, formId, isSent, told } = useLoaderData<typeof loader>()
  const returned = useActionData<typeof action>() ?? null
  const { courseSlug, lessonSlug } = lesson
  return (
    <>
      <PageHead
        title={w.title}
        above={`${c.lessonNumber(lesson.position)}　${titleOf(lesson)}`}
        meta={
          <>
            {w.lead} <Link to={lessonPath(courseSlug, lessonSlug)}>{w.toLesson}</Link>
          </>
        }
      />
      <div className="stack">
        {isSent && !returned && <Callout tone="met" role="status" title={w.sent[told]} />}
        {questions.map((question) => (
          <OwnQuestionCard key={question.id} question={question} />
        ))}
        {classes.length > 0 ? (
          <Card>
            <AskForm id={formId} classes={classes} questions={questions} returned={returned} />
          </Card>
        ) : (
          <Empty icon="ask" action={<ButtonLink to={coursePath(courseSlug)}>{w.toClasses}</ButtonLink>}>
            {w.noClass}
          </Empty>
        )}
      </div>
    </>
  )
}
