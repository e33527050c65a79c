import type { ReactNode } from 'react'
import { Callout } from '#app/ui/callout.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { MarkedQuestion } from './marking.ts'
import { type Answers, faultOf, fieldOf, type Question } from './question.ts'
import { QuestionField } from './questions/question-field.tsx'
import { QuestionResult } from './questions/question-result.tsx'
import { words as questionWords } from './questions/question-words.ts'
import { words } from './words.ts'

/** Where a lesson's quiz stands on its page; forms and links after an answer lead here. */
export const QUIZ_ID = 'quiz'

type Frame = { questions: Question[]; passPercent: number }

/** What was answered when the form came back unmarked, and what is asked now. */
export type Returned = Frame & { reason: 'unanswered' | 'changed'; unanswered: string[]; answers: Answers }

/** A lesson's quiz as its page gets it: the form, finished, or the questions that the result stands beside. */
export type ShownQuiz = { kind: 'form'; html: string | null } | { kind: 'result'; questions: Question[] }

/**
 * The questions to answer, as fields of a form that the page wraps around them: all on one page, so that it works without
 * JavaScript. It knows no answers; `returned` shows what was answered and what is missing.
 */
export function QuizQuestions({ questions, passPercent, returned }: Frame & { returned: Returned | null }) {
  const w = useWords(words)
  const { fault: say } = useWords(questionWords)
  const missing = returned?.reason === 'unanswered' ? returned.unanswered : []
  const asked = questions.map((question, index) => {
    const given = returned?.answers[question.id] ?? []
    return { question, index, given, fault: missing.includes(question.id) ? faultOf(question, given) : null }
  })
  const errors = asked.flatMap(({ question, index, fault }) =>
    fault ? [{ id: fieldOf(question.id), message: say[fault](index + 1) }] : [],
  )
  return (
    <>
      <p className="soft small">{w.quizLead(questions.length, passPercent)}</p>
      <ErrorSummary errors={errors} />
      {returned?.reason === 'changed' && <Callout tone="warn" role="alert" title={w.changed} />}
      {asked.map((one) => (
        <QuestionField key={one.question.id} {...one} />
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
      {questions.map((question, index) => {
        const mark = marked.find((one) => one.id === question.id)
        return mark && <QuestionResult key={question.id} question={question} index={index} mark={mark} />
      })}
    </>
  )
}
