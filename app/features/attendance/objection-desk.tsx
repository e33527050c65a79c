import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { OBJECTION_TONES } from './objection.ts'
import type { RefuseAnswer } from './objection-answer.server.ts'
import type { DeskObjection } from './objection-desk.server.ts'
import { objectionWords } from './objection-words.ts'
import { sessionWhen } from './session-when.ts'
import { attendanceWords } from './words.ts'

/** A refusal that came back, of one objection, with what was typed. */
export type ReturnedRefusal = { id: string; reason: string; fault: Extract<RefuseAnswer, { ok: false }>['reason'] }

/** How many objections wait, with the way to them; nothing where none does. */
export function ObjectionsWait({ count, to }: { count: number; to: string }) {
  const { desk: w } = useWords(objectionWords)
  if (count === 0) return null
  return (
    <Callout tone="warn">
      {w.waits(count)} <Link to={to}>{w.toThem}</Link>
    </Callout>
  )
}

type Props = {
  desk: { open: readonly DeskObjection[]; answered: readonly DeskObjection[] }
  /** Where the sheet of a session is corrected. */
  sheetPath: (of: { academyCode: string; sessionId: string }) => string
  returned: ReturnedRefusal | null
  today: string
}

/** Objections that wait, each with its two answers, and those answered last. */
export function Objections({ desk, sheetPath, returned, today }: Props) {
  const { desk: w, faults } = useWords(objectionWords)
  const isNoField = returned && returned.fault !== 'reason_needed' && returned.fault !== 'reason_long'
  return (
    <>
      {isNoField && (
        <Callout tone="miss" role="alert">
          {faults[returned.fault]}
        </Callout>
      )}
      <Section title={w.open(desk.open.length)}>
        {desk.open.length === 0 ? (
          <Empty icon="check">{w.none}</Empty>
        ) : (
          <div className="stack">
            {desk.open.map((one) => (
              <OneObjection key={one.id} one={one} today={today}>
                {one.barred ? (
                  <p className="soft">{w.barred[one.barred]}</p>
                ) : (
                  <Answer
                    one={one}
                    to={`${sheetPath(one)}?of=${one.enrolmentId}`}
                    returned={returned?.id === one.id && !isNoField ? returned : null}
                  />
                )}
              </OneObjection>
            ))}
          </div>
        )}
      </Section>
      {desk.answered.length > 0 && (
        <Section title={w.answered}>
          <div className="stack">
            {desk.answered.map((one) => (
              <OneObjection key={one.id} one={one} today={today}>
                {one.answer && <p>{w.said(one.answer)}</p>}
              </OneObjection>
            ))}
          </div>
        </Section>
      )}
    </>
  )
}

function OneObjection({ one, today, children }: { one: DeskObjection; today: string; children: React.ReactNode }) {
  const { desk: w, states } = useWords(objectionWords)
  const { marks, unmarked } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const said = (mark: DeskObjection['mark']) => (mark ? marks[mark] : unmarked)
  const facts = [
    w.when(d.instant(one.objectedAt, yearOf(today))),
    w.marked(said(one.marked)),
    one.mark !== one.marked && w.nowMarked(said(one.mark)),
  ]
  return (
    <Card title={w.of(one.name, one.employer)}>
      <div className="stack">
        <p className="soft">
          {one.academyName} · {one.className} · {sessionWhen(d, one, today)}
        </p>
        <p className="written">{one.text}</p>
        <p className="spread">
          <small className="soft">{facts.filter(Boolean).join(' · ')}</small>
          <Badge tone={OBJECTION_TONES[one.state]}>{states[one.state]}</Badge>
        </p>
        {children}
      </div>
    </Card>
  )
}

function Answer({ one, to, returned }: { one: DeskObjection; to: string; returned: ReturnedRefusal | null }) {
  const { desk: w, faults } = useWords(objectionWords)
  return (
    <>
      <div>
        <ButtonLink to={to} aria-label={w.correctOf(one.name)}>
          {w.correct}
        </ButtonLink>
      </div>
      <PostForm className="stack" noValidate>
        <input type="hidden" name="id" value={one.id} />
        <TextField
          name="reason"
          id={`reason-${one.id}`}
          label={w.reason}
          hint={w.reasonHint}
          defaultValue={returned?.reason}
          error={returned && faults[returned.fault]}
          maxLength={200}
          autoComplete="off"
        />
        <div>
          <SubmitButton kind="plain">{w.refuse}</SubmitButton>
        </div>
      </PostForm>
    </>
  )
}
