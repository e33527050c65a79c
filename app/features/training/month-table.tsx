import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { DayKindNote } from './day-note.tsx'
import type { MonthSession } from './month.server.ts'
import { weeksOf } from './month.ts'
import { sessionWords } from './session-words.ts'
import { saidPlace } from './stations.ts'

/** A month as weeks: a grid at a desk; on a phone each week is a card with its days one below the other, those alone that have a session. */
export function MonthTable({
  month,
  sessions,
  base,
  today,
}: {
  month: string
  sessions: readonly MonthSession[]
  base: string
  today: string
}) {
  const { month: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  const weeks = weeksOf(month)
  const columns: Column<string[]>[] = (weeks[0] ?? []).map((monday, at) => ({
    key: String(at),
    head: d.weekday(monday),
    isRowHead: false,
    cell: (week) => {
      const date = week[at] ?? ''
      const isOther = !date.startsWith(month)
      const ofDay = sessions.filter((session) => session.date === date)
      return (
        <div className={ofDay.length === 0 ? 'is-free' : undefined}>
          <p className={isOther ? 'small muted' : undefined}>
            {date === today ? <b>{w.today(Number(date.slice(8)))}</b> : Number(date.slice(8))}{' '}
            <DayKindNote date={date} />
          </p>
          {ofDay.map((session) => (
            <Meeting key={session.id} session={session} base={base} />
          ))}
        </div>
      )
    },
  }))
  return (
    <Table
      caption={d.day(`${month}-01`)}
      columns={columns}
      rows={weeks}
      rowKey={([monday]) => monday ?? ''}
      isCards
      isEven
    />
  )
}

function Meeting({ session, base }: { session: MonthSession; base: string }) {
  const locale = useLocale()
  const { month: w } = useWords(sessionWords)
  const { list } = useWords(dateWords)
  const { instructors } = session
  return (
    <p className="small">
      <span className="num nowrap">{`${session.from}—${session.to}`}</span>{' '}
      <Link to={`${base}/${session.classId}/timetable`}>{session.className}</Link>
      {session.site && <span className="soft"> · {saidPlace(locale, session)}</span>}
      {instructors.length > 0 ? (
        <b> · {list(instructors)}</b>
      ) : (
        !session.isCancelled && <span className="soft"> · {w.nobody}</span>
      )}{' '}
      {session.isCancelled && <Badge tone="none">{w.cancelled}</Badge>}
      {session.isDraft && <Badge tone="none">{w.draft}</Badge>}
    </p>
  )
}
