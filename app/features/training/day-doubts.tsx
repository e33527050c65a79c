import type { ReasonFault } from '#app/features/audit/reason.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { inEnglish } from '#app/lib/work-calendar.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { DayDoubt } from '#db/values.ts'
import type { DayDoubts } from './day-doubts.server.ts'
import { saidDay, saidDays } from './day-say.ts'
import { AffirmedNote, DoubtCallout } from './plan-doubts.tsx'
import { planWords } from './plan-words.ts'
import type { TimetablePage } from './timetable-page.server.ts'
import { formAddress, STAY } from './timetable-view.ts'

/** What the work calendar made of a session's day after it was planned, while nobody has said that it stays. */
export function DayChangeFlag({ doubt: { is, name } }: { doubt: DayDoubt }) {
  const { flags } = useWords(planWords).days
  return (
    <Badge tone="warn" icon="alert">
      {flags[is](useLocale() === 'en' ? inEnglish(name) : name)}
    </Badge>
  )
}

/** Sessions on days that the work calendar changed, each with the ways to move or cancel it, and the form of the reason why they stay. */
export function DaysToCheck({
  page,
  fault,
  typed,
}: {
  page: TimetablePage
  fault: ReasonFault | 'unseen' | null
  typed: Readonly<Record<string, string>>
}) {
  const { days: w } = useWords(planWords)
  const { doubts, mark, said } = page.held.days
  return (
    <>
      {doubts.length > 0 && (
        <DoubtCallout
          {...{ w, fault, typed, mark }}
          items={doubts.map((doubt) => ({ key: doubt.date, said: <DayWithSessions doubt={doubt} page={page} /> }))}
          button={
            <SubmitButton kind="plain" name="intent" value={STAY}>
              {w.stay}
            </SubmitButton>
          }
        />
      )}
      {said.map((one) => (
        <AffirmedNote key={JSON.stringify(one.doubts)} affirmed={one} title={w.said} />
      ))}
    </>
  )
}

function DayWithSessions({ doubt, page }: { doubt: DayDoubt; page: TimetablePage }) {
  const { days: w } = useWords(planWords)
  const d = useWords(dateWords)
  const locale = useLocale()
  return (
    <>
      {saidDay(locale, doubt)}
      {page.sessions
        .filter(({ dayChange, date }) => dayChange !== null && date === doubt.date)
        .map(({ id, from, to }) => (
          <span key={id} className="inline small">
            <Link to={formAddress('changed', id)}>{w.move(`${d.time(from)}—${d.time(to)}`)}</Link>
            <Link to={formAddress('cancelled', id)}>{w.cancel}</Link>
          </span>
        ))}
    </>
  )
}

/** That sessions of a class lie on days that the work calendar changed. `to`: where they are moved; null: the viewer plans nothing. */
export function DaysNote({ days: { doubts }, to }: { days: DayDoubts; to: string | null }) {
  const { days: w } = useWords(planWords)
  const locale = useLocale()
  if (doubts.length === 0) return null
  return (
    <Callout tone="warn" title={w.title}>
      <p>{saidDays(locale, doubts)}</p>
      {to === null ? <p>{w.read}</p> : <Link to={to}>{w.toThem}</Link>}
    </Callout>
  )
}
