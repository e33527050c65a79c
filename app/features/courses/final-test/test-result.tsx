import type { ReactNode } from 'react'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { rightToPass } from '../attempts.ts'
import type { OwnAttempt } from '../final-test.server.ts'
import type { ShownMark } from '../marking.ts'
import type { Question } from '../question.ts'
import { QuestionResult } from '../questions/question-result.tsx'
import { words } from '../test-words.ts'

/** An attempt that is over: the score first, then the way on, then what was wrong and why. */
export function TestResult({ attempt, children }: { attempt: OwnAttempt; children: ReactNode }) {
  const w = useWords(words)
  const { questions, marks, rightCount, isPassed, passPercent, submittedAt, deadlineAt } = attempt
  const all = questions.length
  const right = rightCount ?? 0
  const isOver = submittedAt !== null && submittedAt.getTime() === deadlineAt.getTime()
  const marked = questions.map((question, index) => ({
    question,
    index,
    mark: marks?.find((mark) => mark.id === question.id) ?? null,
  }))
  const [wrong, good] = [
    marked.filter(({ mark }) => mark?.isRight === false),
    marked.filter(({ mark }) => mark?.isRight),
  ]
  return (
    <>
      {isPassed ? (
        <Callout tone="met" role="status" title={w.isPassed(right, all)}>
          {isOver && <p>{w.timeOver}</p>}
          <p>{w.passedLead}</p>
        </Callout>
      ) : (
        <Callout tone="warn" role="status" title={w.isFailed(right, all)}>
          {isOver && <p>{w.timeOver}</p>}
          <p>{w.needed(rightToPass({ questionCount: all, passPercent }))}</p>
        </Callout>
      )}
      {children}
      {marks === null && <p className="soft small">{w.scoreOnly}</p>}
      {wrong.length > 0 && (
        <Section title={w.wrongOnes(wrong.length)}>
          <Marks marked={wrong} />
        </Section>
      )}
      {good.length > 0 && (
        <details className="section">
          <summary>{w.rightOnes(good.length)}</summary>
          <Marks marked={good} />
        </details>
      )}
    </>
  )
}

function Marks({ marked }: { marked: { question: Question; index: number; mark: ShownMark | null }[] }) {
  return (
    <div className="card quiz" lang="zh-CN">
      <div className="form">
        {marked.map(
          ({ question, index, mark }) => mark && <QuestionResult key={question.id} {...{ question, index, mark }} />,
        )}
      </div>
    </div>
  )
}
