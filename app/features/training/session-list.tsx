import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { DayChangeFlag } from './day-doubts.tsx'
import { DayKindNote, UnknownYears } from './day-note.tsx'
import { delivering } from './make-up.ts'
import { HoursAgainstPlan } from './plan-summary.tsx'
import { planWords } from './plan-words.ts'
import { sumHours } from './series.ts'
import type { SessionRefusal } from './session-command.server.ts'
import { isObstacle, saidChange, saidObstacle, saidSubstitution } from './session-say.ts'
import { sessionWords } from './session-words.ts'
import { saidPlace } from './stations.ts'
import type { DeskSession, TimetablePage } from './timetable-page.server.ts'
import { formAddress, STAY, type TimetablePlace } from './timetable-view.ts'

/** What was saved or refused, and what the sessions come to against the plan; cancelled ones count nothing. */
export function TimetableNotes({
  page,
  saved,
  refusal,
}: {
  page: TimetablePage
  saved: TimetablePlace['saved']
  refusal: SessionRefusal | null
}) {
  const w = useWords(sessionWords)
  const plan = useWords(planWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  const planned = page.sessions.filter(({ status }) => status === 'planned')
  const sum = sumHours(delivering(page.sessions))
  const isEven = sum.hours === page.held.plannedHours
  return (
    <>
      {saved && (
        <Callout tone={saved === 'same' ? 'info' : 'met'} role="status">
          <p>
            {saved === STAY
              ? plan.days.saved
              : w.saved[saved === 'cancelled' && page.held.status === 'draft' ? 'removed' : saved]}
          </p>
          {(saved === 'added' || saved === 'made_up') && <p>{w.endsOn(d.day(page.held.endsOn, yearOf(page.today)))}</p>}
        </Callout>
      )}
      {refusal && refusal.reason !== 'faults' && (
        <Callout tone="miss" role="alert">
          {w.notSaved(isObstacle(refusal) ? saidObstacle(locale, refusal) : w.refused[refusal.reason])}
        </Callout>
      )}
      <Callout tone={isEven ? 'met' : 'warn'}>
        <p>
          <HoursAgainstPlan {...sum} count={sum.sessions} plannedHours={page.held.plannedHours} />
        </p>
        <p>
          <UnknownYears dates={planned.map(({ date }) => date)} />
        </p>
      </Callout>
    </>
  )
}

/** The sessions of a class with what can be done to each. */
export function SessionList({ page }: { page: TimetablePage }) {
  const { list: w, kind, kinds } = useWords(sessionWords)
  const locale = useLocale()
  const d = useWords(dateWords)
  // Of a cancelled or closed class nothing is left to do.
  const isOff = page.held.status === 'cancelled' || page.held.status === 'closed'
  const columns: Column<DeskSession>[] = [
    {
      key: 'when',
      head: w.when,
      isRowHead: true,
      cell: (session) => (
        <>
          <span className="num">{`${session.date} ${d.weekday(session.date)}`}</span>{' '}
          <small className="nowrap num">{`${session.from}—${session.to}`}</small>{' '}
          {session.dayChange ? <DayChangeFlag doubt={session.dayChange} /> : <DayKindNote date={session.date} />}
        </>
      ),
    },
    { key: 'hours', head: w.hours, isNumeric: true, cell: ({ hours }) => hours },
    { key: 'kind', head: kind, cell: (session) => (session.kind ? kinds[session.kind] : '—') },
    { key: 'topic', head: w.topic, cell: (session) => session.topic ?? '—' },
    { key: 'site', head: w.site, cell: (session) => saidPlace(locale, session) ?? '—' },
    { key: 'who', head: w.instructors, cell: ({ instructors }) => d.list(instructors.map(({ name }) => name)) || '—' },
    { key: 'act', head: w.act, cell: (session) => <SessionState session={session} isOff={isOff} /> },
  ]
  return (
    <Section
      title={w.caption}
      aside={
        !isOff && (
          <ButtonLink icon="pen" to={formAddress('added')}>
            {w.add}
          </ButtonLink>
        )
      }
    >
      {page.sessions.length === 0 ? (
        <p className="soft">{w.none}</p>
      ) : (
        <Table caption={w.caption} columns={columns} rows={page.sessions} rowKey={({ id }) => id} isCards />
      )}
    </Section>
  )
}

/** Where a session stands, and what can be done to it. */
function SessionState({ session, isOff }: { session: DeskSession; isOff: boolean }) {
  const { list: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  if (session.status === 'cancelled')
    return (
      <div className="inline">
        <Badge tone="none">{w.cancelled(session.cancelReason ?? '')}</Badge>
        {session.madeUpOn ? (
          <span className="small soft">{w.madeUp(d.day(session.madeUpOn))}</span>
        ) : (
          !isOff && session.mayMakeUp && <Link to={formAddress('made_up', session.id)}>{w.makeUp}</Link>
        )}
      </div>
    )
  return (
    <div className="inline">
      {session.makesUpOn && (
        <span className="small soft">{(session.isOfHeld ? w.makesUpHeld : w.makesUp)(d.day(session.makesUpOn))}</span>
      )}
      {session.hasBegun && <span className="small soft">{session.isOver ? w.held : w.running}</span>}
      {session.lacking > 0 && !session.isOfHeld && <span className="small">{w.lacking(session.lacking)}</span>}
      {session.madeUpOn && <span className="small soft">{w.madeUpHeld(d.day(session.madeUpOn))}</span>}
      {!isOff && session.mayMakeUp && <Link to={formAddress('made_up', session.id)}>{w.makeUp}</Link>}
      {!isOff && !session.hasBegun && <Link to={formAddress('changed', session.id)}>{w.edit}</Link>}
      {!isOff && !session.isTaken && <Link to={formAddress('cancelled', session.id)}>{w.cancel}</Link>}
    </div>
  )
}

/** What was changed since the class was published: old → new, why, who and when. */
export function SessionChanges({ page }: { page: TimetablePage }) {
  const { changes: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  if (page.changes.length === 0) return null
  return (
    <Section title={w.title}>
      <p className="small soft">{w.lead}</p>
      <ul className="stack">
        {page.changes.map((change) => (
          <li key={change.id}>
            <b>{w.kinds[change.change]}</b> {saidChange(locale, change)} {saidSubstitution(locale, change)}
            <br />
            <span className="small soft">
              {change.reason && `${w.reason(change.reason)} · `}
              {w.by(change.who ?? '—', d.instant(change.at, yearOf(page.today)))}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
