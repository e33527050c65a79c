import { words as dates } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Draft } from '#app/ui/draft.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { askWords } from './ask-words.ts'
import { type Answer, type AnswerRefusal, LONGEST_ANSWER } from './asking.ts'
import { useTitle } from './course-parts.tsx'
import { lessonPath } from './progress.ts'
import type { DeskQuestion } from './questions-desk.server.ts'
import { words } from './words.ts'

const PREVIEW = 60

/** Questions to one's classes, as a table; `base` is the address of the list. */
export function QuestionTable({
  questions,
  base,
  footer,
}: {
  questions: DeskQuestion[]
  base: string
  footer: React.ReactNode
}) {
  const w = useWords(askWords).desk
  const c = useWords(words)
  const d = useWords(dates)
  const titleOf = useTitle()
  const columns: Column<DeskQuestion>[] = [
    {
      key: 'question',
      head: w.question,
      isRowHead: true,
      cell: (row) => <Link to={`${base}/${row.id}`}>{preview(row.text)}</Link>,
    },
    { key: 'lesson', head: w.lesson, cell: (row) => `${c.lessonNumber(row.position)}　${titleOf(row)}` },
    { key: 'class', head: w.class, cell: (row) => row.className },
    { key: 'asker', head: w.asker, cell: (row) => <span className="nowrap">{row.asker ?? w.gone}</span> },
    { key: 'at', head: w.askedAt, cell: (row) => <span className="num">{d.instant(row.askedAt)}</span> },
  ]
  return (
    <Table caption={w.caption} columns={columns} rows={questions} rowKey={(row) => row.id} isCards footer={footer} />
  )
}

function preview(text: string): string {
  const line = [...text.replace(/\s+/g, ' ')]
  return line.length > PREVIEW ? `${line.slice(0, PREVIEW).join('')}…` : line.join('')
}

/** A question with its answers, as those who answer see it. */
export function QuestionThread({ question }: { question: DeskQuestion & { answers: Answer[] } }) {
  const w = useWords(askWords).desk
  const c = useWords(words)
  const d = useWords(dates)
  const titleOf = useTitle()
  const { courseSlug, lessonSlug } = question
  return (
    <Card>
      <div className="stack">
        <p className="written">{question.text}</p>
        <KeyValue
          facts={[
            { label: w.asker, value: question.asker ?? w.gone },
            { label: w.askedAt, value: d.instant(question.askedAt) },
            { label: w.class, value: question.className },
            {
              label: w.lesson,
              value: (
                <Link to={lessonPath(courseSlug, lessonSlug)}>
                  {c.lessonNumber(question.position)}　{titleOf(question)}
                </Link>
              ),
            },
          ]}
        />
        {question.answers.map((answer) => (
          <div key={answer.id} className="answer">
            <p className="soft small">{w.answerBy(answer.name, d.instant(answer.answeredAt))}</p>
            <p className="written">{answer.text}</p>
          </div>
        ))}
      </div>
    </Card>
  )
}

/** The form of an answer; a second one adds to the first or puts it right. */
export function AnswerForm({
  id,
  questionId,
  answers,
  returned,
}: {
  id: string
  questionId: string
  answers: Answer[]
  returned: { reason: AnswerRefusal; typed: string } | null
}) {
  const w = useWords(askWords).desk
  return (
    <Card>
      <PostForm key={id} className="form" noValidate>
        {returned && <Callout tone="warn" role="alert" title={w.refusals[returned.reason]} />}
        <input type="hidden" name="id" value={id} />
        <TextAreaField
          name="text"
          label={answers.length > 0 ? w.more : w.answer}
          hint={w.answerHint(LONGEST_ANSWER)}
          error={returned && w.refusals[returned.reason]}
          defaultValue={returned?.typed}
          rows={6}
        />
        <Draft of="text" name={`answer ${questionId}`} saved={answers.map((answer) => answer.text)} />
        <div>
          <SubmitButton>{w.send}</SubmitButton>
        </div>
      </PostForm>
    </Card>
  )
}
