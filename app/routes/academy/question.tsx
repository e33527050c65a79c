import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { answer } from '#app/features/courses/answer.server.ts'
import { askWords } from '#app/features/courses/ask-words.ts'
import { findQuestion } from '#app/features/courses/questions-desk.server.ts'
import { AnswerForm, QuestionThread } from '#app/features/courses/questions-desk.tsx'
import { formText } from '#app/lib/form-rows.ts'
import { badRequest, notFound, redirectTo } from '#app/lib/http.ts'
import { isId, newId } from '#app/lib/ids.ts'
import { ownValue } from '#app/lib/load-context.ts'
import { typedText } from '#app/lib/written.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Crumbs } from '#app/ui/navigation.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '../shell/title.ts'

export const meta: MetaFunction = (args) => pageTitle(args, askWords, (w) => w.desk.question)

/** One question with its answers, for those who may answer it. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'questions.answer')
  const questionId = args.params.question ?? ''
  const question = isId(questionId) ? await as(viewer, (tx) => findQuestion(tx, { viewer, questionId })) : null
  if (!question) throw notFound('question')
  const isSent = new URL(args.request.url).searchParams.has('sent')
  return {
    question,
    formId: ownValue(args.context, newId()),
    isSent,
    base: `/academies/${viewer.academyCode}/manage/questions`,
  }
}

/** Answers it. 400: refused, with what was typed. */
export async function action(args: ActionFunctionArgs) {
  const viewer = requireViewer(args, 'questions.answer')
  const questionId = args.params.question ?? ''
  if (!isId(questionId)) throw notFound('question')
  const form = await args.request.formData()
  const [id, text] = [formText(form, 'id'), form.get('text')]
  if (!isId(id)) throw badRequest('id')
  const { requestId } = args.context
  const answered = await answer(viewer, { questionId, id, text, now: new Date(), requestId })
  if (answered.ok) throw redirectTo(`/academies/${viewer.academyCode}/manage/questions/${questionId}?sent`)
  if (answered.reason === 'absent') throw notFound('question')
  return data({ reason: answered.reason, typed: typedText(text) }, { status: 400 })
}

export default function DeskQuestion() {
  const w = useWords(askWords).desk
  const { question, formId, isSent, base } = useLoaderData<typeof loader>()
  const returned = useActionData<typeof action>() ?? null
  return (
    <>
      <Crumbs items={[{ to: base, label: w.title }, { label: w.question }]} />
      <PageHead title={w.question} />
      <div className="stack">
        {isSent && !returned && <Callout tone="met" role="status" title={w.sent} />}
        <QuestionThread question={question} />
        <AnswerForm id={formId} questionId={question.id} answers={question.answers} returned={returned} />
      </div>
    </>
  )
}
