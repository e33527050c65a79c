import { Form, useLocation } from '@remix-run/react'
import type { LessonTimeView } from '#app/features/courses/lesson-time.ts'
import type { LastAttempt } from '#app/features/courses/lessons.server.ts'
import { coursePath, type LessonStep, lessonPath, testPath } from '#app/features/courses/progress.ts'
import { QUIZ_ID, QuizQuestions, QuizResult, type Returned, type ShownQuiz } from '#app/features/courses/quiz.tsx'
import { words } from '#app/features/courses/words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { FinishedFields } from '#app/ui/finished-html.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { OpeningField } from './lesson-study.tsx'

type QuizProps = {
  course: string
  lesson: LessonStep & { version: number }
  quiz: ShownQuiz | null
  attempt: LastAttempt | null
  time: LessonTimeView | null
  whoAsks: 'learner' | 'staff' | 'visitor'
  returned: Returned | null
  /** The next other lesson that is not done; null: there is none. */
  onward: LessonStep | null
  /** The course has a final test: it comes after the last lesson. */
  test: object | null
}

/** The quiz at its place in the lesson: the form, the result of the last attempt, or the way to sign in. */
export function LessonQuiz(props: QuizProps) {
  const w = useWords(words)
  return (
    <section className="card quiz" id={QUIZ_ID} aria-labelledby="quiz-title" tabIndex={-1}>
      <h2 id="quiz-title">{w.quiz}</h2>
      <QuizState {...props} />
    </section>
  )
}

function QuizState(props: QuizProps) {
  const w = useWords(words)
  const { course, lesson, quiz, attempt, returned, whoAsks } = props
  const path = lessonPath(course, lesson.slug)
  if (whoAsks === 'visitor') {
    return (
      <>
        <p className="soft">{w.signInToAnswer}</p>
        <ButtonLink to={`/sign-in?to=${encodeURIComponent(path)}`} kind="main" isWide isTall>
          {w.signIn}
        </ButtonLink>
      </>
    )
  }
  if (whoAsks === 'staff' || !quiz) return <p className="soft">{w.staffCannotAnswer}</p>
  if (attempt && quiz.kind === 'result' && !returned) {
    return (
      <QuizResult {...attempt} questions={quiz.questions}>
        <WayOn {...props} path={path} />
      </QuizResult>
    )
  }
  return (
    <>
      {lesson.isPassed && <Callout tone="met" title={w.passedBefore} />}
      {attempt && !attempt.isCurrent && !returned && <Callout title={w.changedSince} />}
      <QuizForm {...props} quiz={quiz} />
    </>
  )
}

function QuizForm({ quiz, course, lesson, time, returned }: QuizProps & { quiz: ShownQuiz }) {
  const w = useWords(words)
  const { pathname } = useLocation()
  return (
    <Form method="post" action={`${pathname}#${QUIZ_ID}`} className="form" noValidate preventScrollReset>
      <input type="hidden" name="version" value={lesson.version} />
      <OpeningField time={time} />
      {returned ? (
        <QuizQuestions {...returned} returned={returned} />
      ) : (
        quiz.kind === 'form' && (
          <FinishedFields
            key={`${course}/${lesson.slug}/${lesson.version}`}
            id={QUIZ_ID}
            html={quiz.html}
            className="form"
          />
        )
      )}
      <SubmitButton isWide isTall>
        {w.submit}
      </SubmitButton>
    </Form>
  )
}

/** After an answer the next step is the largest thing: on to the next lesson, or once more. */
function WayOn({ attempt, lesson, course, path, onward, test }: QuizProps & { path: string }) {
  const w = useWords(words)
  const again = (
    <ButtonLink to={`${path}?again=1#${QUIZ_ID}`} kind={attempt?.isPassed ? 'quiet' : 'main'} isWide preventScrollReset>
      {w.again}
    </ButtonLink>
  )
  if (!lesson.isPassed) return again
  const to = onward ? lessonPath(course, onward.slug) : test ? testPath(course) : coursePath(course)
  const end = test ? w.toTest : w.toCourse
  return (
    <>
      <ButtonLink to={to} kind="main" isWide isTall>
        {onward ? w.continueWith(onward.position) : end}
      </ButtonLink>
      {again}
    </>
  )
}
