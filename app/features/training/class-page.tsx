import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge, Chip } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Table } from '#app/ui/table.tsx'
import { AskedFirst } from './asked-first.tsx'
import { ClassCards, StateText } from './class-cards.tsx'
import type { ClassPage } from './class-page-data.ts'
import { Eligible } from './eligible.tsx'
import { OwnState } from './own-state.tsx'
import { sessionWords } from './session-words.ts'
import { dailyTimes, namedDays, planned, type ShownSession } from './timetable.ts'
import { words } from './words.ts'

type PageProps = { page: ClassPage; today: string }

/**
 * The public page of a class: when, seats, what people ask first, the timetable. The route adds what one can do, and, as
 * `children` below the seat, what else is the viewer's own.
 */
export function ClassDetails({ page, today, children }: PageProps & { children?: React.ReactNode }) {
  const w = useWords(words)
  return (
    <>
      <PageHead
        above={
          <>
            <Chip>{w.modes[page.mode]}</Chip> {page.occupationName && <Chip>{page.occupationName}</Chip>}
          </>
        }
        title={page.name}
        meta={
          <Link className="quiet" to={`/academies/${page.academyCode}`}>
            {page.academyName}
          </Link>
        }
      />
      <div className="stack">
        <OwnState page={page} today={today} />
        <When page={page} today={today} />
      </div>
      {children}
      {page.others.length > 0 && (
        <Section title={w.page.others}>
          <ClassCards classes={page.others} today={today} hasAcademy={false} />
        </Section>
      )}
      <Eligible of={page.eligibility} />
      <Section title={w.page.first}>
        <Card>
          <AskedFirst page={page} />
        </Card>
      </Section>
      <Timetable page={page} />
      {page.own?.withdrawUntil && <WithdrawDeadline until={page.own.withdrawUntil} today={today} />}
    </>
  )
}

function When({ page, today }: PageProps) {
  const w = useWords(words)
  const d = useWords(dateWords)
  const thisYear = yearOf(today)
  const { plannedHours, plannedPracticalHours, capacity, taken } = page
  const sessions = planned(page.sessions)
  const times = dailyTimes(sessions)?.map(({ from, to }) => `${d.time(from)}—${d.time(to)}`)
  const total = plannedPracticalHours
    ? w.page.totalPractical(plannedHours, plannedPracticalHours)
    : w.page.total(plannedHours)
  return (
    <Card isLifted title={d.period(page.startsOn, page.endsOn, thisYear)}>
      <p className="soft small">{d.list(namedDays(sessions).map(d.weekday))}</p>
      <p className="soft small">{times ? w.page.daily(d.list(times), plannedHours) : total}</p>
      <hr />
      <p className="spread">
        <b>
          <StateText state={page.state} thisYear={thisYear} />
        </b>
        {capacity !== null && (
          <span className="soft num">
            {taken} / {capacity}
          </span>
        )}
      </p>
      {capacity !== null && (
        <Progress value={Math.min(taken, capacity)} max={capacity} label={w.page.taken(taken, capacity)} />
      )}
      {page.enrolClosesAt && (page.state.is === 'open' || page.state.is === 'wait') && (
        <p className="soft small">{w.page.closesAt(d.instant(page.enrolClosesAt, thisYear))}</p>
      )}
    </Card>
  )
}

function Timetable({ page }: { page: ClassPage }) {
  const w = useWords(words)
  const d = useWords(dateWords)
  const { sessions, toCredit } = page
  // The month stands above; of a class that runs on into the next it is said with each day.
  const isOneMonth = page.startsOn.slice(0, 7) === page.endsOn.slice(0, 7)
  const note = toCredit ? w.page.credit(String(toCredit.hours), toCredit.percent) : w.page.creditOnline
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
          {isOneMonth ? d.halfDay(session.date, session.from) : `${d.day(session.date)} ${d.weekday(session.date)}`}{' '}
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

/** What a session is about; that it is cancelled, makes up for another, or is elsewhere, where workers look for it. */
function Content({ session }: { session: ShownSession }) {
  const w = useWords(words)
  const { list } = useWords(sessionWords)
  const d = useWords(dateWords)
  if (session.cancelReason !== null) return <Badge tone="none">{list.cancelled(session.cancelReason)}</Badge>
  return (
    <>
      {session.topic ?? w.page.noTopic}
      {session.makesUpOn && <small className="soft"> · {list.makesUp(d.day(session.makesUpOn))}</small>}
      {session.elsewhere && <small className="soft"> · {session.elsewhere}</small>}
    </>
  )
}

function WithdrawDeadline({ until, today }: { until: Date; today: string }) {
  const w = useWords(words)
  const d = useWords(dateWords)
  return <p className="small soft section">{w.own.withdrawBefore(d.instant(until, yearOf(today)))}</p>
}
