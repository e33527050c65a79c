import type { ReactNode } from 'react'
import { Callout } from '#app/ui/callout.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Answers, fieldOf, type MarkedQuestion } from './marking.ts'
import type { Question } from './quiz-shape.ts'
import { words } from './words.ts'

/** Where a lesson's quiz stands on its page; forms and links after an answer lead here. */
export const QUIZ_ID = 'quiz'

type Frame = { questions: Question[]; passPercent: number }

/** What was ticked when the form came back unmarked. */
export type Returned = { reason: 'unanswered' | 'changed'; unanswered: string[]; answers: Answers }

/**
 * The questions to answer, as fields of a form that the page wraps around them: all on one page, so that it works without
 * JavaScript. It knows no answers; `returned` shows what was ticked and what is missing.
 */
export function QuizQuestions({ questions, passPercent, returned }: Frame & { returned: Returned | null }) {
  const w = useWords(words)
  const missing = returned?.reason === 'unanswered' ? returned.unanswered : []
  const errors = questions
    .map(({ id }, index) => ({ id: fieldOf(id), message: w.unanswered(index + 1), isMissing: missing.includes(id) }))
    .filter((error) => error.isMissing)
  return (
    <>
      <p className="soft small">{w.quizLead(questions.length, passPercent)}</p>
      <ErrorSummary errors={errors} />
      {returned?.reason === 'changed' && <Callout tone="warn" role="alert" title={w.changed} />}
      {questions.map(({ id, kind, prompt, options }, index) => (
        <ChoiceGroup
          key={id}
          name={fieldOf(id)}
          label={numbered(index, prompt)}
          hint={kind === 'multiple' ? w.several : undefined}
          error={missing.includes(id) ? w.unanswered(index + 1) : undefined}
        >
          {options.map((option) => (
            <Choice
              key={option.id}
              type={kind === 'multiple' ? 'checkbox' : 'radio'}
              name={fieldOf(id)}
              value={option.id}
              label={option.text}
              defaultChecked={returned?.answers[id]?.includes(option.id)}
            />
          ))}
        </ChoiceGroup>
      ))}
    </>
  )
}

/** A marked quiz: the result, and per question what was answered, what is right, and why. */
export function QuizResult({
  questions,
  marked,
  rightCount,
  isPassed,
  children,
}: Pick<Frame, 'questions'> & {
  marked: MarkedQuestion[]
  rightCount: number
  isPassed: boolean
  /** The way on: try again, next lesson. */
  children: ReactNode
}) {
  const w = useWords(words)
  const all = questions.length
  return (
    <>
      {isPassed ? (
        <Callout tone="met" role="status" title={w.passed(rightCount, all)} />
      ) : (
        <Callout tone="warn" role="status" title={w.failed(rightCount, all)}>
          {w.failedLead}
        </Callout>
      )}
      {children}
      {questions.map((question, index) => (
        <MarkedOne
          key={question.id}
          question={question}
          index={index}
          marked={marked.find((one) => one.id === question.id)}
        />
      ))}
    </>
  )
}

function MarkedOne({ question, index, marked }: { question: Question; index: number; marked?: MarkedQuestion }) {
  const w = useWords(words)
  if (!marked) return null
  const verdictOf = (id: string) => {
    const isGiven = marked.given.includes(id)
    if (marked.right.includes(id)) return { verdict: 'right', word: isGiven ? w.yourRight : w.rightAnswer } as const
    return isGiven ? ({ verdict: 'wrong', word: w.yourWrong } as const) : null
  }
  return (
    <ChoiceGroup name={`marked-${question.id}`} label={numbered(index, question.prompt)}>
      {question.options.map((option) => {
        const verdict = verdictOf(option.id)
        return (
          <Choice
            key={option.id}
            type={question.kind === 'multiple' ? 'checkbox' : 'radio'}
            name={`marked-${question.id}`}
            label={option.text}
            checked={marked.given.includes(option.id)}
            disabled
            readOnly
            verdict={verdict?.verdict}
            verdictWord={verdict?.word}
          />
        )
      })}
      <p className="soft">
        <b>{w.why}</b>　{marked.why}
      </p>
    </ChoiceGroup>
  )
}

const numbered = (index: number, prompt: string) => `${index + 1}. ${prompt}`
