import { words as dates } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { Draft } from '#app/ui/draft.tsx'
import { SelectField, TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { askWords } from './ask-words.ts'
import { type AskableClass, type AskRefusal, LONGEST_QUESTION, type OwnQuestion } from './asking.ts'

/** A question that came back, with what was typed. */
export type ReturnedQuestion = { reason: AskRefusal; seconds: number; typed: string; classId: string | null }

/** The form of a question; with several classes of the course one says whom one asks. `id`: of the question that it becomes. */
export function AskForm({
  id,
  classes,
  questions,
  returned,
}: {
  id: string
  classes: AskableClass[]
  questions: OwnQuestion[]
  returned: ReturnedQuestion | null
}) {
  const w = useWords(askWords)
  const only = classes.length === 1 ? classes[0] : null
  const isWait = returned?.reason === 'wait'
  return (
    <PostForm key={id} className="form" noValidate>
      {returned && isWait && <Callout tone="warn" role="alert" title={w.wait(Math.ceil(returned.seconds / 60))} />}
      <input type="hidden" name="id" value={id} />
      {only ? (
        <p className="soft small">{w.byAcademy(only.academyName)}</p>
      ) : (
        <SelectField
          name="class"
          label={w.answeredBy}
          defaultValue={returned?.classId ?? undefined}
          options={classes.map((one) => ({ value: one.classId, label: `${one.academyName} · ${one.className}` }))}
        />
      )}
      <TextAreaField
        name="text"
        label={w.question}
        hint={w.questionHint(LONGEST_QUESTION)}
        error={returned && returned.reason !== 'wait' ? w.refusals[returned.reason] : null}
        defaultValue={returned?.typed}
        rows={5}
      />
      <Draft of="text" name="question" saved={questions.map((one) => one.text)} />
      <SubmitButton isWide>{w.send}</SubmitButton>
    </PostForm>
  )
}

/** One's own question with its answers. Notices lead here: `#q-…`. */
export function OwnQuestionCard({ question, above }: { question: OwnQuestion; above?: React.ReactNode }) {
  const w = useWords(askWords)
  const d = useWords(dates)
  const isAnswered = question.answers.length > 0
  return (
    <Card>
      <div className="stack landing" id={`q-${question.id}`}>
        {above}
        <p className="spread soft small">
          {w.asked(d.instant(question.askedAt))}
          <Badge tone={isAnswered ? 'met' : 'none'} icon={isAnswered ? 'check' : 'clock'}>
            {isAnswered ? w.answered : w.waiting}
          </Badge>
        </p>
        <p className="written">{question.text}</p>
        {question.answers.map((answer) => (
          <div key={answer.id} className="answer">
            <p className="soft small">{w.answerOf(answer.name, question.academyName, d.instant(answer.answeredAt))}</p>
            <p className="written">{answer.text}</p>
          </div>
        ))}
      </div>
    </Card>
  )
}
