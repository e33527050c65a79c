import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Chip } from '#app/ui/badge.tsx'
import { Card, Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { AskedFirst } from './asked-first.tsx'
import { ClassAssessment } from './class-assessment.tsx'
import { ClassCards, StateText } from './class-cards.tsx'
import { ClassChanged } from './class-changed.tsx'
import type { ClassPage } from './class-page-data.ts'
import { ClassTimetable } from './class-timetable.tsx'
import { Eligible } from './eligible.tsx'
import { levelWords } from './level-words.ts'
import { OwnState } from './own-state.tsx'
import { sayMeeting } from './say-meeting.ts'
import { type MeetingDays, meetingDays, planned, type ShownSession, sharedTimes } from './timetable.ts'
import { words } from './words.ts'

type PageProps = { page: ClassPage; today: string }

/**
 * The public page of a class: when, seats, what people ask first, the timetable. The route adds what one can do, and, as
 * `children` below the seat, what else is the viewer's own.
 */
export function ClassDetails({
  page,
  next,
  today,
  children,
}: PageProps & { next: ShownSession | null; children?: React.ReactNode }) {
  const w = useWords(words)
  const levels = useWords(levelWords)
  return (
    <>
      <PageHead
        above={
          <>
            <Chip>{w.modes[page.mode]}</Chip> {page.occupationName && <Chip>{page.occupationName}</Chip>}{' '}
            {page.level && <Chip>{levels[page.level]}</Chip>}
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
        <OwnState page={page} next={next} today={today} />
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
      <ClassTimetable page={page} />
      <ClassAssessment of={page.assessment} />
      {page.changes.length > 0 && <ClassChanged changes={page.changes} />}
      {page.own?.withdrawUntil && <WithdrawDeadline until={page.own.withdrawUntil} today={today} />}
    </>
  )
}

function When({ page, today }: PageProps) {
  const w = useWords(words)
  const d = useWords(dateWords)
  const thisYear = yearOf(today)
  const { plannedHours, plannedPracticalHours, capacity, taken } = page
  const sessions = planned(page.sessions).filter(({ isForLacking }) => !isForLacking)
  const [first] = sessions
  const times = sharedTimes(sessions)?.map(({ from, to }) => `${d.time(from)}—${d.time(to)}`) ?? []
  const total = plannedPracticalHours
    ? w.page.totalPractical(plannedHours, plannedPracticalHours)
    : w.page.total(plannedHours)
  return (
    <Card isLifted title={d.period(page.startsOn, page.endsOn, thisYear)}>
      {first && <OnDays of={meetingDays(sessions, page)} times={d.list(times)} today={today} />}
      {first && first.date !== page.startsOn && (
        <p className="soft small">{w.page.firstSession(sayMeeting(first, d, thisYear))}</p>
      )}
      <p className="soft small">{total}</p>
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

/** On which days of the class's period one comes, and at what times where all of them share these. */
function OnDays({ of, times, today }: { of: MeetingDays; times: string; today: string }) {
  const { onDays } = useWords(words).page
  const d = useWords(dateWords)
  const named = (date: string) => d.dayAndWeekday(date, yearOf(today))
  const text =
    of.on === 'weekly'
      ? onDays.weekly(of.days.map(d.weekday), times)
      : of.on === 'days'
        ? onDays.days(of.days.map(named), times)
        : onDays[of.on](times)
  return <p className="soft small">{text}</p>
}

function WithdrawDeadline({ until, today }: { until: Date; today: string }) {
  const w = useWords(words)
  const d = useWords(dateWords)
  return <p className="small soft section">{w.own.withdrawBefore(d.instant(until, yearOf(today)))}</p>
}
