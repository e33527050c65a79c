import { words as dates } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card } from '#app/ui/card.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Entry, rightToPass, type TestRules } from '../attempts.ts'
import { coursePath, type LessonStep, lessonPath, testPath } from '../progress.ts'
import { words } from '../test-words.ts'

/** What the test asks, how long it takes, and what happens to answers: read before it begins. */
export function TestRulesCard({ rules }: { rules: TestRules }) {
  const w = useWords(words)
  const { questionCount, passPercent, minutes, attempts, pauseHours } = rules
  return (
    <Card>
      <KeyValue
        facts={[
          { label: w.questions, value: w.questionCount(questionCount) },
          { label: w.time, value: w.minutes(minutes) },
          { label: w.toPass, value: w.right(rightToPass(rules), passPercent) },
          { label: w.tries, value: w.attempts(attempts, pauseHours) },
          { label: w.saving, value: w.savingLead },
        ]}
      />
    </Card>
  )
}

export type WayInProps = {
  course: string
  /** Null: nobody who could sit the test. */
  entry: Entry | null
  who: 'learner' | 'staff' | 'visitor'
  isExempt: boolean
  /** The next lesson that is not done. */
  next: LessonStep | null
  isAgain: boolean
}

/** The one thing to do before a test: sign in, learn on, wait, or begin. */
export function WayIn({ course, entry, who, isExempt, next, isAgain }: WayInProps) {
  const w = useWords(words)
  const d = useWords(dates)
  if (who === 'visitor') {
    return (
      <ButtonLink to={`/sign-in?to=${encodeURIComponent(testPath(course))}`} kind="main" isWide isTall>
        {w.signIn}
      </ButtonLink>
    )
  }
  if (who === 'staff' || !entry) return <p className="soft">{w.staff}</p>
  if (entry.ok) {
    return (
      <PostForm className="stack">
        <input type="hidden" name="intent" value="start" />
        {isExempt && <Callout>{w.exemptLead}</Callout>}
        <SubmitButton isWide isTall>
          {isAgain ? w.again : w.start}
        </SubmitButton>
        <p className="soft small">{w.left(entry.left)}</p>
      </PostForm>
    )
  }
  switch (entry.reason) {
    case 'lessons':
      return (
        <>
          <Callout title={w.lessonsFirst}>{w.lessonsFirstLead}</Callout>
          <ButtonLink to={next ? lessonPath(course, next.slug) : coursePath(course)} kind="main" isWide isTall>
            {next ? w.continueWith(next.position) : w.toCourse}
          </ButtonLink>
        </>
      )
    case 'pause':
      return (
        <>
          <Callout tone="warn" title={w.pause(d.instant(entry.until))}>
            {w.pauseLead}
          </Callout>
          <ButtonLink to={coursePath(course)} isWide>
            {w.toCourse}
          </ButtonLink>
        </>
      )
    case 'passed':
      return (
        <ButtonLink to={coursePath(course)} kind="main" isWide isTall>
          {w.toCourse}
        </ButtonLink>
      )
    case 'running':
      return null
  }
}
