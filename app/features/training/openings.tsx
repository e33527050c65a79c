import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty, Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { KeyValue } from '#app/ui/lists.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { saidSitting } from './assessment-say.ts'
import { assessmentWords } from './assessment-words.ts'
import { useEligibleWords } from './eligible.tsx'
import { levelWords } from './level-words.ts'
import type { AnsweredOpening, ReviewAnswer, WaitingOpening } from './opening-review.server.ts'
import { openingWords } from './opening-words.ts'
import { AffirmedNote } from './plan-doubts.tsx'
import { sessionWords } from './session-words.ts'
import { words as publicWords } from './words.ts'

/** A refused answer that came back: of which class, with what was typed. */
export type ReturnedAnswer = { id: string; reason: string; fault: Extract<ReviewAnswer, { ok: false }>['reason'] }

type Props = {
  openings: { waiting: readonly WaitingOpening[]; more: number; answered: readonly AnsweredOpening[] }
  returned: ReturnedAnswer | null
  today: string
}

/** The classes that wait for the viewer's approval, each whole with its two answers, and those answered last. */
export function Openings({ openings, returned, today }: Props) {
  const w = useWords(openingWords)
  const d = useWords(dateWords)
  const { waiting, more, answered } = openings
  const isNoField = returned && returned.fault !== 'reason_needed' && returned.fault !== 'reason_long'
  return (
    <>
      {isNoField && (
        <Callout tone="miss" role="alert">
          {w.faults[returned.fault]}
        </Callout>
      )}
      <Section title={w.waits(waiting.length + more)}>
        {waiting.length === 0 ? (
          <Empty icon="check">{w.none}</Empty>
        ) : (
          <div className="stack">
            {waiting.map((one) => (
              <OneOpening
                key={`${one.id} ${one.mark}`}
                one={one}
                today={today}
                returned={returned?.id === one.id && !isNoField ? returned : null}
              />
            ))}
            {more > 0 && <p className="soft">{w.more(more)}</p>}
          </div>
        )}
      </Section>
      {answered.length > 0 && (
        <Section title={w.answered}>
          <Card>
            <ul className="plain stack">
              {answered.map((one) => (
                <li key={one.id}>
                  <Badge tone={one.state === 'approved' ? 'met' : 'none'}>{w.states[one.state]}</Badge>{' '}
                  {one.academyName} · {one.code} {one.name}
                  {one.answeredAt && <small className="soft"> · {d.instant(one.answeredAt, yearOf(today))}</small>}
                  {one.reason && <p className="small soft written">{one.reason}</p>}
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      )}
    </>
  )
}

function OneOpening({ one, today, returned }: { one: WaitingOpening; today: string; returned: ReturnedAnswer | null }) {
  const w = useWords(openingWords)
  const p = useWords(publicWords)
  const d = useWords(dateWords)
  const levels = useWords(levelWords)
  const about = [p.modes[one.mode], one.occupationName, one.level && levels[one.level]]
  const fee = one.feeFen === null ? '—' : one.feeFen === 0 ? p.page.free : p.page.price(String(one.feeFen / 100))
  return (
    <Card title={`${one.code} ${one.name}`}>
      <div className="stack">
        <p className="soft">
          {one.academyName} · {about.filter(Boolean).join(' · ')} · {w.askedAt(d.instant(one.askedAt, yearOf(today)))}
        </p>
        <KeyValue
          facts={[
            { label: w.facts.when, value: d.period(one.startsOn, one.endsOn, yearOf(today)) },
            {
              label: w.facts.hours,
              value: one.plannedPracticalHours
                ? p.page.totalPractical(one.plannedHours, one.plannedPracticalHours)
                : p.page.total(one.plannedHours),
            },
            { label: w.facts.seats, value: one.capacity ?? '—' },
            { label: w.facts.fee, value: fee },
            { label: w.facts.where, value: one.siteName ?? '—' },
            { label: w.facts.whom, value: <ForWhom of={one.eligibility} /> },
          ]}
        />
        {one.affirmed && <AffirmedNote affirmed={one.affirmed} />}
        {one.sessions.length > 0 && <Sessions sessions={one.sessions} />}
        <Assessment of={one} />
        <PostForm className="stack" noValidate>
          <input type="hidden" name="id" value={one.id} />
          <input type="hidden" name="mark" value={one.mark} />
          <div>
            <SubmitButton name="answer" value="approved">
              {w.approve}
            </SubmitButton>
          </div>
          <TextField
            name="reason"
            id={`reason-${one.id}`}
            label={w.reason}
            defaultValue={returned?.reason}
            error={returned && w.faults[returned.fault]}
            maxLength={200}
            autoComplete="off"
          />
          <div>
            <SubmitButton kind="plain" name="answer" value="returned">
              {w.giveBack}
            </SubmitButton>
          </div>
        </PostForm>
      </div>
    </Card>
  )
}

function ForWhom({ of }: { of: WaitingOpening['eligibility'] }) {
  const w = useWords(openingWords)
  const sentences = useEligibleWords(of)
  if (sentences.length === 0) return w.everybody
  return (
    <ul className="plain">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** The assessment plan that is approved along; nothing where none is said. */
function Assessment({ of }: { of: WaitingOpening }) {
  const w = useWords(assessmentWords)
  const locale = useLocale()
  const { sittings, resits, assessmentLater } = of
  if (sittings.length === 0) return assessmentLater ? <p>{w.later}</p> : null
  return (
    <details open>
      <summary>{w.title}</summary>
      <ul>
        {sittings.map((one) => (
          <li key={`${one.date} ${one.from} ${one.part} ${one.place}`}>{saidSitting(locale, one)}</li>
        ))}
        <li>{w.resits(resits)}</li>
        {assessmentLater && <li>{w.restLater}</li>}
      </ul>
    </details>
  )
}

function Sessions({ sessions }: { sessions: WaitingOpening['sessions'] }) {
  const w = useWords(openingWords)
  const { kinds } = useWords(sessionWords)
  const d = useWords(dateWords)
  return (
    <details>
      <summary>{w.timetable(sessions.length)}</summary>
      <ul>
        {sessions.map((one) => (
          <li key={`${one.date} ${one.from}`}>
            <span className="num">{`${one.date} ${d.weekday(one.date)} ${one.from}—${one.to}`}</span>
            {' · '}
            {[w.sessionHours(one.hours), one.kind && kinds[one.kind], one.topic, d.list(one.instructors)]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </details>
  )
}
