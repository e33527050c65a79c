import { words as dateWords } from '#app/lib/date-words.ts'
import { KeyValue } from '#app/ui/lists.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { PaperTable, SignFoot } from '#app/ui/paper.tsx'
import type { Column } from '#app/ui/table.tsx'
import { PaperSittings } from './assessment-paper.tsx'
import { delivering, isOfHeld } from './make-up.ts'
import type { ClassOnPaper } from './paper.server.ts'
import { paperWords } from './paper-words.ts'
import { HoursAgainstPlan } from './plan-summary.tsx'
import { sumHours } from './series.ts'
import type { HeldSession } from './session-held.server.ts'
import { sessionWords } from './session-words.ts'
import { saidPlace } from './stations.ts'
import { words as publicWords } from './words.ts'

/** The timetable of a class as it hangs in the room. Cancelled sessions stand there and say so: somebody has the old one. */
export function PaperTimetable({ paper }: { paper: ClassOnPaper }) {
  const w = useWords(paperWords)
  const { kinds } = useWords(sessionWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const { held, sessions } = paper
  const columns: Column<HeldSession>[] = [
    { key: 'number', head: w.columns.number, isNumeric: true, cell: (session) => sessions.indexOf(session) + 1 },
    {
      key: 'when',
      head: w.columns.when,
      isRowHead: true,
      cell: ({ date, from, to }) => (
        <>
          <span className="nowrap num">{`${date} ${d.weekday(date)}`}</span>{' '}
          <span className="nowrap num">{`${from}—${to}`}</span>
        </>
      ),
    },
    {
      key: 'hours',
      head: w.columns.hours,
      isNumeric: true,
      cell: ({ hours, status }) => (status === 'planned' ? hours : '—'),
    },
    { key: 'kind', head: w.columns.kind, cell: ({ kind }) => (kind ? kinds[kind] : '—') },
    { key: 'topic', head: w.columns.topic, cell: (session) => <Topic session={session} all={sessions} /> },
    { key: 'site', head: w.columns.site, cell: (session) => saidPlace(locale, session) ?? '—' },
    {
      key: 'who',
      head: w.columns.instructors,
      cell: ({ instructors }) => d.list(instructors.map(({ name }) => name)) || '—',
    },
  ]
  if (sessions.length === 0) return <p className="soft">{w.none}</p>
  return (
    <div className="sheet-a4">
      <ClassFacts paper={paper} />
      <PaperTable
        caption={w.timetable}
        above={`${paper.academyName} · ${w.class(held.name, held.code)} · ${w.timetable}`}
        columns={columns}
        rows={sessions}
        rowKey={({ id }) => id}
      />
      <PaperSittings paper={paper} />
      <SignFoot lines={w.signs.split('|')} />
    </div>
  )
}

function ClassFacts({ paper }: { paper: ClassOnPaper }) {
  const w = useWords(paperWords)
  const { modes } = useWords(publicWords)
  const d = useWords(dateWords)
  const { held, sessions } = paper
  const sum = sumHours(delivering(sessions))
  const { plannedHours, plannedPracticalHours } = held
  const facts = [
    { label: w.facts.mode, value: modes[held.mode] },
    { label: w.facts.dates, value: `${d.date(held.startsOn)}—${d.date(held.endsOn)}` },
    {
      label: w.facts.planned,
      value:
        plannedPracticalHours === null ? w.hours(plannedHours) : w.ofPractical(plannedHours, plannedPracticalHours),
    },
    { label: w.facts.sum, value: <HoursAgainstPlan {...sum} count={sum.sessions} plannedHours={null} /> },
    { label: w.facts.site, value: [paper.site, paper.address].filter(Boolean).join(' · ') || '—' },
    { label: w.facts.classHead, value: [paper.classHead, paper.classHeadPhone].filter(Boolean).join(' ') || '—' },
  ]
  return <KeyValue facts={facts} />
}

function Topic({ session, all }: { session: HeldSession; all: readonly HeldSession[] }) {
  const w = useWords(paperWords)
  const d = useWords(dateWords)
  const made = all.find(({ id }) => id === session.makesUpForId)
  const notes = [
    session.status === 'cancelled' && w.cancelled(session.cancelReason ?? ''),
    made && (isOfHeld(session, all) ? w.makesUpHeld : w.makesUp)(d.day(made.date)),
  ].filter(Boolean)
  return (
    <>
      {session.topic ?? (notes.length === 0 ? '—' : '')}
      {notes.length > 0 && <small>{` ${notes.join(' · ')}`}</small>}
    </>
  )
}
