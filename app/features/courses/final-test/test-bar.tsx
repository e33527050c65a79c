import { useEffect, useMemo, useRef, useState } from 'react'
import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dates } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { ActionBar } from '#app/ui/shell.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { openQuestions, WAS } from '../attempts.ts'
import type { OwnAttempt } from '../final-test.server.ts'
import { testPath } from '../progress.ts'
import type { Answers } from '../question.ts'
import { words } from '../test-words.ts'
import { followTest, type Told } from './test-saving.ts'

type Props = {
  course: string
  attempt: OwnAttempt
  /** What the server has, as the page was made. */
  answers: Answers
  now: Date
  /** The attempt has ended, here or elsewhere: there is a result. */
  onOver: () => void
}

/**
 * At the foot of a running attempt, always in view: how many are answered, whether that is saved, how much time is left.
 * Without JavaScript its button saves. Put it into the form whose answers it follows.
 */
export function TestBar(props: Props) {
  const w = useWords(words)
  const d = useWords(dates)
  const { course, attempt, answers } = props
  const { here, told } = useSaving(props)
  const all = attempt.questions.length
  const openCount = told?.openCount ?? openQuestions(attempt.questions, answers).length
  const savedAt = attempt.savedAt && d.time(shanghaiTime(attempt.savedAt))
  return (
    <ActionBar>
      <input type="hidden" name={WAS} ref={here} value={JSON.stringify(told?.saved ?? answers)} />
      <div className="spread">
        <span className="small">
          {w.answered(all - openCount, all)}
          {told ? openCount < all && ` · ${w.state[told.state]}` : savedAt && ` · ${w.saved(savedAt)}`}
        </span>
        {told ? (
          <Clock leftMs={told.leftMs} />
        ) : (
          <SubmitButton kind="plain" name="intent" value="save" formAction={testPath(course)}>
            {w.save}
          </SubmitButton>
        )}
      </div>
      <p className="small" role="status">
        {told && <Notice told={told} course={course} />}
      </p>
    </ActionBar>
  )
}

function useSaving({ course, attempt, answers, now, onOver }: Props) {
  const here = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState<Told | null>(null)
  const { id, questions } = attempt
  const deadlineAt = attempt.deadlineAt.getTime()
  const endsAt = useMemo(() => Date.now() + deadlineAt - now.getTime(), [deadlineAt, now])
  useEffect(() => {
    const form = here.current?.form
    if (!form) return
    const saving = { attemptId: id, questions, saved: answers, deadlineAt, endsAt }
    return followTest(form, { url: `${testPath(course)}.data`, ...saving }, setTold, onOver)
  }, [course, id, questions, answers, deadlineAt, endsAt, onOver])
  return { here, told }
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
/** From then on the time left stands out. */
const LAST_MS = 5 * MINUTE_MS

function Clock({ leftMs }: { leftMs: number }) {
  const w = useWords(words)
  const seconds = Math.ceil(leftMs / SECOND_MS)
  const said = w.remaining(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`)
  return (
    <span role="timer" className="num nowrap">
      {leftMs <= LAST_MS ? <Badge tone="warn">{said}</Badge> : <b>{said}</b>}
    </span>
  )
}

/** What is read aloud when it comes: why an answer is not saved, or that little time is left. */
function Notice({ told: { state, leftMs }, course }: { told: Told; course: string }) {
  const w = useWords(words)
  if (leftMs === 0) return state === 'offline' ? w.overOffline : w.over
  if (state !== 'saved' && state !== 'saving') {
    return (
      <>
        <Icon name="alert" isSmall /> {w.trouble[state]}{' '}
        {state === 'signedOut' && (
          <Link to={`/sign-in?to=${encodeURIComponent(testPath(course))}`}>{w.signInAgain}</Link>
        )}
      </>
    )
  }
  const minutes = [5, 1].find((count) => leftMs <= count * MINUTE_MS && leftMs > count * MINUTE_MS - 10 * SECOND_MS)
  return minutes ? w.minutesLeft(minutes) : null
}
