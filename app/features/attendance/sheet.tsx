import { shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { LEAVE_REASONS } from '#db/values.ts'
import { LeaveWaits } from './leave-desk.tsx'
import { leaveWords } from './leave-words.ts'
import type { SheetRefusal } from './sheet-acts.server.ts'
import type { SaidByHand, SheetPage } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

/** What was just saved or refused, and how the sheet stands. */
export function SheetNotes({
  page,
  saved,
  refusal,
}: {
  page: SheetPage
  saved: number | 'closed' | null
  refusal: SheetRefusal | null
}) {
  const { sheet: w, refused } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const { held, closedByName, today, mayMark } = page
  const when = held.closedAt ? d.instant(held.closedAt, yearOf(today)) : ''
  return (
    <>
      {saved !== null && (
        <Callout tone={saved === 0 ? 'info' : 'met'} role="status">
          {saved === 'closed' ? w.done : w.saved(saved)}
        </Callout>
      )}
      {refusal && refusal.reason !== 'faults' && (
        <Callout tone="miss" role="alert">
          {refused[refusal.reason]}
        </Callout>
      )}
      <LeaveWaits
        count={page.leaves}
        to={`/academies/${held.academyCode}/manage/leave?class=${held.classId}`}
        isOfSheet
      />
      {held.state === 'ahead' && <Callout tone="info">{w.ahead}</Callout>}
      {held.closedAt && (
        <Callout tone="info">
          <p>{closedByName ? w.closedBy(when, closedByName) : w.closed(when)}</p>
          <p>{mayMark ? w.mayCorrect : held.state === 'locked' ? w.locked : w.mayNotCorrect}</p>
          {!mayMark && <p>{w.sponsorAt(`/academies/${held.academyCode}/sessions/${held.sessionId}`)}</p>}
        </Callout>
      )}
    </>
  )
}

/** Closing the sheet, once the session is over. */
export function CloseForm({ page }: { page: SheetPage }) {
  const { sheet: w } = useWords(attendanceWords)
  const { held, unmarked, isOver } = page
  if (held.state !== 'open' || !page.mayMark) return null
  return (
    <Section title={w.close}>
      {isOver ? (
        <PostForm className="stack">
          <p className="soft">
            {unmarked > 0 && <b>{w.closeUnmarked(unmarked)}</b>} {w.closeText}
          </p>
          <div>
            <SubmitButton kind={unmarked > 0 ? 'plain' : 'main'} name="intent" value="close">
              {w.close}
            </SubmitButton>
          </div>
        </PostForm>
      ) : (
        <p className="soft">{w.closeLater}</p>
      )}
    </Section>
  )
}

/** What was said by hand about anybody, the latest first: old values stay. */
export function SheetHistory({ page }: { page: SheetPage }) {
  const { sheet: w } = useWords(attendanceWords)
  if (page.history.length === 0) return null
  return (
    <Section title={w.history}>
      <p className="small soft">{w.historyLead}</p>
      <ul className="stack">
        {together(page.history).map(([one, ...others]) => (
          <HistoryLine key={one.id} one={one} others={others} today={page.today} />
        ))}
      </ul>
    </Section>
  )
}

/** What was said of several in one go, in one line. */
function together(history: readonly SaidByHand[]): [SaidByHand, ...SaidByHand[]][] {
  const groups = new Map<string, [SaidByHand, ...SaidByHand[]]>()
  for (const one of history) {
    const { mark, checkedInAt, checkedOutAt, way, reason, who, at } = one
    const key = JSON.stringify([mark, checkedInAt, checkedOutAt, way, reason, who, at])
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

function HistoryLine({ one, others, today }: { one: SaidByHand; others: readonly SaidByHand[]; today: string }) {
  const { sheet: w, marks, unmarked, ways } = useWords(attendanceWords)
  const { reasons } = useWords(leaveWords)
  const d = useWords(dateWords)
  const clock = (at: Date | null) => (at ? d.time(shanghaiTime(at)) : '')
  // Of leave the reason is a word of its list.
  const listed = LEAVE_REASONS.find((known) => known === one.reason)
  const reason = one.way === 'leave' && listed ? reasons[listed] : one.reason
  const times = one.checkedInAt || one.checkedOutAt ? w.saidTimes(clock(one.checkedInAt), clock(one.checkedOutAt)) : ''
  return (
    <li>
      {w.said(d.list([one, ...others].map(({ name }) => name)), one.mark ? marks[one.mark] : unmarked)}
      {times}
      <br />
      <span className="small soft">
        {reason && `${reason} · `}
        {w.by(one.who ?? '—', d.instant(one.at, yearOf(today)), ways[one.way])}
      </span>
    </li>
  )
}
