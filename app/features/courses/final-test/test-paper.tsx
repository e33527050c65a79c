import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { OwnAttempt } from '../final-test.server.ts'
import { testPath } from '../progress.ts'
import { type Answers, faultOf, fieldOf } from '../question.ts'
import { QuestionField } from '../questions/question-field.tsx'
import { words } from '../test-words.ts'
import { TestBar } from './test-bar.tsx'

/** Where a test is handed in; a form that comes back with open questions leads here. */
const HAND_IN_ID = 'hand-in'

/**
 * The questions of a running attempt: a plain form with the answers that were saved. It can be saved and handed in without
 * JavaScript; `open`: what was not answered when it was to be handed in, and what is kept since.
 */
export function TestPaper({
  course,
  attempt,
  open,
  now,
  onOver,
}: {
  course: string
  attempt: OwnAttempt
  open: { unanswered: string[]; answers: Answers } | null
  now: Date
  /** The attempt has ended while its page stood open. */
  onOver: () => void
}) {
  const w = useWords(words)
  const d = useWords(dates)
  const { questions, deadlineAt } = attempt
  const answers = open?.answers ?? attempt.answers
  const asked = questions.map((question, index) => {
    const given = answers[question.id] ?? []
    return { question, index, given, fault: open?.unanswered.includes(question.id) ? faultOf(question, given) : null }
  })
  const missing = asked.filter(({ fault }) => fault)
  const minutes = Math.floor((deadlineAt.getTime() - now.getTime()) / 60_000)
  return (
    <PostForm action={`${testPath(course)}#${HAND_IN_ID}`} noValidate autoComplete="off">
      <input type="hidden" name="attempt" value={attempt.id} />
      <p className="soft small">
        {w.until(d.time(shanghaiTime(deadlineAt)))}
        <noscript>{w.untilNow(minutes)}</noscript>
      </p>
      <div className="card quiz" lang="zh-CN">
        <div className="form">
          {asked.map((one) => (
            <QuestionField key={one.question.id} {...one} />
          ))}
        </div>
      </div>
      <div className="section stack" id={HAND_IN_ID}>
        {missing.length > 0 && (
          <Callout tone="warn" role="alert" title={w.openTitle(missing.length)}>
            <p>{w.openLead}</p>
            <p className="inline">
              {missing.map(({ question, index }) => (
                <Link key={question.id} className="nowrap" to={`#${fieldOf(question.id)}`}>
                  {w.questionNumber(index + 1)}
                </Link>
              ))}
            </p>
            <input type="hidden" name="confirmed" value="yes" />
          </Callout>
        )}
        <SubmitButton name="intent" value="submit" isWide isTall>
          {missing.length > 0 ? w.handInOpen : w.handIn}
        </SubmitButton>
      </div>
      <TestBar {...{ course, attempt, answers, now, onOver }} />
    </PostForm>
  )
}
