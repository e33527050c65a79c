import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Section } from '#app/ui/card.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { Marked } from './marked.tsx'
import type { OwnSession } from './own.server.ts'
import { attendanceWords } from './words.ts'

/** The worker's own attendance on the class's page; nothing before anything was marked. */
export function OwnAttendance({ sessions, today }: { sessions: readonly OwnSession[]; today: string }) {
  const { own: w } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (sessions.length === 0) return null
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
        </>
      ),
    },
    {
      key: 'hours',
      head: w.hours,
      isNumeric: true,
      cell: ({ hours, mark }) => hours ?? (mark ? <small className="soft">{w.pending}</small> : '—'),
    },
  ]
  return (
    <Section title={w.title}>
      <Table caption={w.caption} columns={columns} rows={sessions} rowKey={({ sessionId }) => sessionId} />
    </Section>
  )
}

function SaidOrAhead({ session, today }: { session: OwnSession; today: string }) {
  const { own: w } = useWords(attendanceWords)
  if (session.mark === null && shanghaiDate(session.startsAt) > today) return <span className="soft">{w.ahead}</span>
  return <Marked mark={session.mark} />
}
