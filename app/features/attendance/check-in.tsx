import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { CheckRefusal } from './check-in.server.ts'
import type { CheckInPage, MeetingShown } from './check-in-page.server.ts'
import { codeWords } from './code-words.ts'
import { inFours } from './digits.ts'
import { LocationField } from './location-field.tsx'
import { Qr } from './qr.tsx'

/** The worker's check-in: what was scanned first, then each session about now. */
export function CheckIn({
  page,
  isConfirmed,
  refusal,
}: {
  page: CheckInPage
  /** Whose identity is not confirmed sees no place that somebody else took. */
  isConfirmed: boolean
  refusal: (CheckRefusal & { sessionId: string }) | null
}) {
  const { own: w } = useWords(codeWords)
  const { scanned, meetings } = page
  if (meetings.length === 0)
    return (
      <>
        {scanned && <Callout tone="warn">{w.refused.not_yours}</Callout>}
        <Empty icon="clock" action={<ButtonLink to="/learn/classes">{w.toClasses}</ButtonLink>}>
          {w.none}
        </Empty>
        {!isConfirmed && <p className="soft">{w.unconfirmed}</p>}
      </>
    )
  const known = typeof scanned === 'object' && scanned !== null ? scanned : null
  return (
    <div className="stack">
      {refusal && !refusal.sessionId && (
        <Callout tone="miss" role="alert">
          {w.refused[refusal.reason]}
        </Callout>
      )}
      {typeof scanned === 'string' && !refusal && (
        <Callout tone="warn" role="alert">
          {w.refused[scanned]}
        </Callout>
      )}
      {!scanned && <p className="soft">{w.lead}</p>}
      {meetings
        .filter(({ sessionId }) => !known || known.sessionId === sessionId)
        .map((meeting) => (
          <Meeting
            key={meeting.sessionId}
            meeting={meeting}
            scanned={known}
            refusal={refusal?.sessionId === meeting.sessionId ? refusal : null}
          />
        ))}
    </div>
  )
}

type Scanned = Exclude<CheckInPage['scanned'], string | null>

function Meeting({
  meeting,
  scanned,
  refusal,
}: {
  meeting: MeetingShown
  scanned: Scanned | null
  refusal: CheckRefusal | null
}) {
  const { own: w } = useWords(codeWords)
  const d = useWords(dateWords)
  const { startsAt, endsAt, topic, site, checkedInAt, checkedOutAt, className } = meeting
  const clock = (at: Date) => d.time(shanghaiTime(at))
  const state = [checkedInAt && w.in(clock(checkedInAt)), checkedOutAt && w.out(clock(checkedOutAt))].filter(Boolean)
  return (
    <Card isLifted title={`${clock(startsAt)}—${clock(endsAt)} ${className}`}>
      <div className="stack">
        <p className="soft small">{[topic, site].filter(Boolean).join(' · ')}</p>
        <p>
          <b>{state.length > 0 ? d.list(state.map(String)) : w.notYet}</b>
        </p>
        {scanned ? (
          <ScannedForm scanned={scanned} asksLocation={meeting.asksLocation} />
        ) : (
          <SpokenForm meeting={meeting} refusal={refusal} />
        )}
        {!scanned && (
          <details>
            <summary>{w.mine}</summary>
            <div className="stack">
              <p className="soft small">{w.mineHint}</p>
              <Qr of={meeting.qr} label={w.qr} />
              <p>
                {w.mineDigits} <b className="num nowrap">{inFours(meeting.digits)}</b>
              </p>
            </div>
          </details>
        )}
      </div>
    </Card>
  )
}

function ScannedForm({ scanned: { code, proof, act }, asksLocation }: { scanned: Scanned; asksLocation: boolean }) {
  const { own: w } = useWords(codeWords)
  return (
    <PostForm className="stack">
      <p>{w.scanned}</p>
      <input type="hidden" name="code" value={code} />
      <input type="hidden" name="proof" value={proof} />
      {asksLocation && <LocationField />}
      <SubmitButton isWide isTall name="intent" value="code">
        {act === 'in' ? w.checkIn : w.checkOut}
      </SubmitButton>
    </PostForm>
  )
}

function SpokenForm({ meeting, refusal }: { meeting: MeetingShown; refusal: CheckRefusal | null }) {
  const { own: w } = useWords(codeWords)
  const act = meeting.checkedInAt ? 'out' : 'in'
  if (meeting.checkedOutAt) return null
  return (
    <PostForm key={act} className="stack" noValidate>
      <TextField
        id={`digits-${meeting.sessionId}`}
        name="digits"
        label={w.digits}
        hint={w.digitsHint}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        error={refusal && w.refused[refusal.reason]}
      />
      <input type="hidden" name="session" value={meeting.sessionId} />
      <input type="hidden" name="act" value={act} />
      {meeting.asksLocation && <LocationField />}
      <SubmitButton isWide name="intent" value="spoken">
        {act === 'in' ? w.checkIn : w.checkOut}
      </SubmitButton>
    </PostForm>
  )
}

/** That the worker can check in now, with the way there: the largest thing on the page, while it is so. */
export function CheckInNow({ names }: { names: readonly string[] }) {
  const { own: w } = useWords(codeWords)
  const d = useWords(dateWords)
  if (names.length === 0) return null
  return (
    <Card isLifted title={w.now}>
      <div className="stack">
        <p className="soft">{d.list([...new Set(names)])}</p>
        <ButtonLink kind="main" icon="scan" isWide isTall to="/learn/check-in" reloadDocument>
          {w.go}
        </ButtonLink>
      </div>
    </Card>
  )
}
