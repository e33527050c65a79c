import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Section } from '#app/ui/card.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { Table } from '#app/ui/table.tsx'
import type { ClassPage } from './class-page-data.ts'
import { sessionWords } from './session-words.ts'
import { saidStations } from './stations.ts'
import type { ShownSession } from './timetable.ts'
import type { ToCredit } from './to-credit.ts'
import { words } from './words.ts'

/** The sessions of a class as its public page has them, and how many hours are credited. */
export function ClassTimetable({ page }: { page: ClassPage }) {
  const w = useWords(words)
  const d = useWords(dateWords)
  const { sessions, toCredit } = page
  // The month stands above; of a class that runs on into the next it is said with each day.
  const isOneMonth = page.startsOn.slice(0, 7) === page.endsOn.slice(0, 7)
  const note = toCredit ? saidToCredit(w.page, toCredit) : w.page.creditOnline
  if (sessions.length === 0)
    return (
      <Section title={w.page.plan}>
        <p className="small soft">{note}</p>
      </Section>
    )
  const columns = [
    {
      key: 'when',
      head: w.page.when,
      isRowHead: true,
      cell: (session: ShownSession) => (
        <>
          {isOneMonth ? d.halfDay(session.date, session.from) : d.dayAndWeekday(session.date)}{' '}
          <small className="muted">{`${d.time(session.from)}—${d.time(session.to)}`}</small>
        </>
      ),
    },
    { key: 'topic', head: w.page.topic, cell: (session: ShownSession) => <Content session={session} /> },
    {
      key: 'hours',
      head: w.page.hoursColumn,
      isNumeric: true,
      cell: (session: ShownSession) => (session.cancelReason === null ? session.hours : '—'),
    },
  ]
  return (
    <Section title={w.page.plan}>
      <Table
        caption={w.page.planCaption}
        columns={columns}
        rows={sessions}
        rowKey={(session) => `${session.date} ${session.from} ${session.cancelReason}`}
      />
      <p className="small soft">{note}</p>
    </Section>
  )
}

/** What credits a worker, in a sentence; where fewer hours than planned take place it says of which. */
function saidToCredit(w: (typeof words)['zh-CN']['page'], { hours, percent, onTimetable }: ToCredit): string {
  if (!onTimetable) return w.credit(String(hours), percent)
  const say = onTimetable.isEnough ? w.creditOfHeld : w.creditOnceMadeUp
  return say({ planned: onTimetable.planned, held: onTimetable.hours, hours, percent })
}

/** What a session is about; that it is cancelled, makes up for another, or is elsewhere, where workers look for it. */
function Content({ session }: { session: ShownSession }) {
  const w = useWords(words)
  const { list, changes } = useWords(sessionWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  if (session.cancelReason !== null) return <Badge tone="none">{list.cancelled(session.cancelReason)}</Badge>
  const { changed } = session
  return (
    <>
      {session.topic ?? w.page.noTopic}
      {session.makesUpOn && (
        <small className="soft">
          {' '}
          · {(session.isForLacking ? list.makesUpMissed : list.makesUp)(d.day(session.makesUpOn))}
        </small>
      )}
      {session.elsewhere && <small className="soft"> · {session.elsewhere}</small>}
      {session.stations && <small className="soft"> · {saidStations(locale, session.stations)}</small>}
      {changed && <small className="soft"> · {changes.because(changes.kinds[changed.change], changed.reason)}</small>}
    </>
  )
}
