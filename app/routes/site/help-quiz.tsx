import { Form, useLocation } from '@remix-run/react'
import { helpWords } from '#app/features/courses/help-words.ts'
import type { Marking } from '#app/features/courses/marking.ts'
import type { Question } from '#app/features/courses/question.ts'
import { QUIZ_ID, QuizQuestions, QuizResult, type Returned } from '#app/features/courses/quiz.tsx'
import { words } from '#app/features/courses/words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

type Answered = { marking: Extract<Marking, { ok: true }> | null; returned: Returned | null }

/** A quiz of the manual: to be tried by anyone, marked as every quiz is, and forgotten. */
export function HelpQuiz({
  questions,
  passPercent,
  answered,
}: {
  questions: Question[]
  passPercent: number
  answered: Answered | null
}) {
  const w = useWords(words)
  const h = useWords(helpWords)
  const { pathname } = useLocation()
  const marking = answered?.marking
  return (
    <section className="card quiz" id={QUIZ_ID} aria-labelledby="quiz-title" tabIndex={-1}>
      <h2 id="quiz-title">{h.trial}</h2>
      <p className="soft small">{h.trialLead}</p>
      {marking ? (
        <QuizResult questions={questions} {...marking}>
          <ButtonLink to={`${pathname}?again=1#${QUIZ_ID}`} isWide preventScrollReset>
            {w.again}
          </ButtonLink>
        </QuizResult>
      ) : (
        <Form method="post" action={`${pathname}#${QUIZ_ID}`} className="form" noValidate preventScrollReset>
          <QuizQuestions questions={questions} passPercent={passPercent} returned={answered?.returned ?? null} />
          <SubmitButton isWide isTall>
            {w.submit}
          </SubmitButton>
        </Form>
      )}
    </section>
  )
}
