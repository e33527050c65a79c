import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { ClassPage } from './class-page-data.ts'
import { sayMeeting } from './say-meeting.ts'
import { seatWords } from './seat-words.ts'
import { planned, type ShownSession } from './timetable.ts'
import { words } from './words.ts'

/** `next`: the session to which its reader comes next. */
type Props = { page: ClassPage; next: ShownSession | null; today: string }

/** How it stands with the worker's own place in a class, and what to do next. Nothing for who has none. */
export function OwnState({ page, next, today }: Props) {
  const w = useWords(words)
  const s = useWords(seatWords)
  const d = useWords(dateWords)
  const { own, line } = page
  if (page.status === 'cancelled')
    return (
      <Callout tone="warn">{page.cancelledBecause ? s.cancelled(page.cancelledBecause) : w.page.cancelled}</Callout>
    )
  if (!own) return null
  const due = own.answerDueAt ? d.instant(own.answerDueAt, yearOf(today)) : ''
  switch (own.seat) {
    case 'requested':
      return (
        <Callout title={s.requested.title}>
          <p>{s.requested.text(due)}</p>
        </Callout>
      )
    case 'waitlisted':
      return (
        <Callout title={s.waitlisted.title}>
          {line?.hold ? (
            <>
              <p>{s.waitlisted.text(line.position, line.hold.hours, line.told)}</p>
              <p className="small soft">{s.waitlisted.clock(line.hold.from, line.hold.until)}</p>
            </>
          ) : (
            <p>{s.waitlisted.over(line?.position ?? 1)}</p>
          )}
        </Callout>
      )
    case 'offered':
      return (
        <Callout tone="warn" title={s.offered.title}>
          <p>{s.offered.text(due)}</p>
        </Callout>
      )
    case 'rejected':
      return (
        <Callout tone="warn" title={s.rejected}>
          <p>{own.rejectedBecause ?? s.noReason}</p>
        </Callout>
      )
    case 'withdrawn': {
      if (own.ending === 'removed' && own.rejectedBecause)
        return (
          <Callout tone="warn" title={s.removed}>
            <p>{own.rejectedBecause}</p>
          </Callout>
        )
      const isOpen = page.state.is === 'open' || page.state.is === 'wait'
      const ended = isOpen ? { ...s.ended, left: w.own.withdrawn } : s.endedClosed
      return <Callout>{ended[own.ending ?? 'left']}</Callout>
    }
    case 'enrolled':
      return <Enrolled page={page} next={next} today={today} />
  }
}

function Enrolled({ page, next, today }: Props) {
  const w = useWords(words).own
  const d = useWords(dateWords)
  const { own, mode, startsOn } = page
  if (own?.creditedOn && own.creditedOn <= today)
    return (
      <Callout tone="met" title={w.credited}>
        <p>{w.creditedText(own.hoursAttended ?? 0, page.plannedHours)}</p>
      </Callout>
    )
  const sessions = planned(page.sessions)
  const when = next && sayMeeting(next, d, yearOf(today))
  const text =
    mode === 'online'
      ? w.enrolledOnline
      : when
        ? next?.date === sessions[0]?.date && next?.from === sessions[0]?.from
          ? w.enrolledText(when)
          : w.enrolledNext(when)
        : startsOn > today
          ? w.enrolledUntold(d.day(startsOn, yearOf(today)))
          : w.enrolledRunning
  return (
    <Callout tone="met" title={w.enrolled}>
      <p>{text}</p>
    </Callout>
  )
}
