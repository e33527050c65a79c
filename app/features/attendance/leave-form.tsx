import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Choice, ChoiceGroup } from '#app/ui/choice.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextAreaField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { LEAVE_REASONS } from '#db/values.ts'
import { type LeaveFault, LONGEST_REMARK } from './leave.ts'
import type { LeavePage } from './leave-own.server.ts'
import { leaveWords } from './leave-words.ts'
import { sessionWhen } from './session-when.ts'

/** What was sent and came back. */
export type ReturnedLeave = { fault: LeaveFault; sessions: string[]; reason: string; remark: string }

/** Asking for leave: which sessions, why, and what it costs. `chosen`: a session to begin with. */
export function LeaveForm({
  page,
  returned,
  today,
}: {
  page: LeavePage
  returned: ReturnedLeave | null
  today: string
}) {
  const { own: w, reasons, faults } = useWords(leaveWords)
  const d = useWords(dateWords)
  const fault = returned?.fault ?? null
  const at = (...of: LeaveFault[]) => (fault && of.includes(fault) ? faults[fault] : null)
  const errors = [
    { id: 'session', message: at('sessions_needed', 'gone', 'too_often') },
    { id: 'reason', message: at('reason_needed') },
    { id: 'remark', message: at('remark_needed', 'remark_long') },
  ]
  const isOnly = page.sessions.filter(({ leave }) => leave === null).length === 1
  const isOfOne = new Set(page.sessions.map(({ classId }) => classId)).size === 1
  return (
    <PostForm className="form" noValidate>
      <ErrorSummary errors={errors.flatMap(({ id, message }) => (message ? [{ id, message }] : []))} />
      <ChoiceGroup name="session" label={w.sessions} hint={w.sessionsHint} error={errors[0]!.message}>
        {page.sessions.map((one) => (
          <Choice
            key={one.sessionId}
            type="checkbox"
            name="session"
            value={one.sessionId}
            disabled={one.leave !== null}
            defaultChecked={returned ? returned.sessions.includes(one.sessionId) : isOnly && one.leave === null}
            label={sessionWhen(d, one, today)}
            note={[
              (one.leave === 'asked' || one.leave === 'granted') && w.already[one.leave],
              !isOfOne && one.className,
              one.topic,
              one.site,
            ]
              .filter(Boolean)
              .join(' · ')}
          />
        ))}
      </ChoiceGroup>
      <ChoiceGroup name="reason" label={w.reason} error={errors[1]!.message}>
        {LEAVE_REASONS.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="reason"
            value={one}
            label={reasons[one]}
            defaultChecked={returned?.reason === one}
          />
        ))}
      </ChoiceGroup>
      <TextAreaField
        name="remark"
        label={w.remark}
        hint={w.remarkHint}
        rows={3}
        maxLength={LONGEST_REMARK}
        defaultValue={returned?.remark}
        error={errors[2]!.message}
        isOptional
      />
      <Cost page={page} />
      <div>
        <SubmitButton isWide isTall name="intent" value="ask">
          {w.send}
        </SubmitButton>
      </div>
    </PostForm>
  )
}

/** What leave costs: no hours, and how many can still be had in each class. */
function Cost({ page }: { page: LeavePage }) {
  const { own: w } = useWords(leaveWords)
  const classes = new Map(page.sessions.map((one) => [one.enrolmentId, one.className]))
  return (
    <Callout>
      <p>{w.cost}</p>
      {[...classes].map(([enrolmentId, name]) => {
        const ahead = page.ahead[enrolmentId]
        if (!ahead) return null
        const { reachable, needed } = ahead
        return <p key={enrolmentId}>{(reachable < needed ? w.short : w.ahead)(name, reachable, needed)}</p>
      })}
    </Callout>
  )
}
