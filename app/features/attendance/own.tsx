import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { leaveWords } from './leave-words.ts'
import { Marked } from './marked.tsx'
import { objectionPath } from './objection.ts'
import { objectionWords } from './objection-words.ts'
import type { OwnSession } from './own.server.ts'
import { attendanceWords } from './words.ts'

/** The worker's own attendance on the class's page, nothing of it before anything was marked; and the way to ask for leave (`leaveTo`). */
export function OwnAttendance({
  sessions,
  leaveTo,
  today,
}: {
  sessions: readonly OwnSession[]
  leaveTo: string | null
  today: string
}) {
  const { own: w } = useWords(attendanceWords)
  const leave = useWords(leaveWords).own.link
  const d = useWords(dateWords)
  const ask = leaveTo && <ButtonLink to={leaveTo}>{leave}</ButtonLink>
  if (sessions.length === 0) return ask ? <p className="section">{ask}</p> : null
  const clock = (at: Date | null) => (at ? d.time(shanghaiTime(at)) : '')
  const columns: Column<OwnSession>[] = [
    {
      key: 'when',
      head: w.when,
      isRowHead: true,
      cell: ({ startsAt }) => d.instant(startsAt, yearOf(today)),
    },
    {
      key: 'mark',
      head: w.mark,
      cell: (session) => (
        <>
          <SaidOrAhead session={session} today={today} />{' '}
          <small className="soft">{w.times(clock(session.checkedInAt), clock(session.checkedOutAt))}</small>
          <ToObject session={session} />
          <MakesUp session={session} />
        </>
      ),
    },
    {
      key: 'hours',
      head: w.hours,
      isNumeric: true,
      cell: ({ hours, mark }) => hours ?? (isPending(mark) ? <small className="soft">{w.pending}</small> : '—'),
    },
  ]
  return (
    <Section title={w.title} aside={ask}>
      <Table caption={w.caption} columns={columns} rows={sessions} rowKey={({ sessionId }) => sessionId} isCards />
    </Section>
  )
}

/** The way to object while there is time, and to what became of it. */
function ToObject({ session: { sessionId, mayObject, objection } }: { session: OwnSession }) {
  const { own: w, states } = useWords(objectionWords)
  if (!mayObject && objection === null) return null
  return (
    <>
      {' '}
      <Link className="small" to={objectionPath(sessionId)}>
        {objection && !mayObject ? w.linked(states[objection]) : w.link}
      </Link>
    </>
  )
}

/** That a session makes up for one that was held, and while it is not marked what it can bring back. */
function MakesUp({ session: { makesUpOn, lack, mark, hours } }: { session: OwnSession }) {
  const { own: w } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (makesUpOn === null) return null
  const isOffered = mark === null && hours === null && lack
  return <p className="small">{isOffered ? w.offered(d.day(makesUpOn), lack) : w.makesUp(d.day(makesUpOn))}</p>
}

/** Its hours come once the sheet is closed. */
const isPending = (mark: OwnSession['mark']) => mark !== null && mark !== 'excused' && mark !== 'absent'

function SaidOrAhead({ session, today }: { session: OwnSession; today: string }) {
  const { own: w } = useWords(attendanceWords)
  if (session.isLeaveAsked) return <Badge tone="none">{w.leaveAsked}</Badge>
  if (session.mark === null && shanghaiDate(session.startsAt) > today) return <span className="soft">{w.ahead}</span>
  return <Marked mark={session.mark} />
}
