import type { ReasonFault } from '#app/features/audit/reason.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { inEnglish } from '#app/lib/work-calendar.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { Link } from '#app/ui/link.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import type { DayDoubt } from '#db/values.ts'
import type { Meets } from './day-change.ts'
import type { DayDoubts } from './day-doubts.server.ts'
import { saidDay, saidDays } from './day-say.ts'
import { AffirmedNote, DoubtCallout } from './plan-doubts.tsx'
import { planWords } from './plan-words.ts'
import { STAY } from './timetable-view.ts'

/** What the work calendar made of the day of a session or sitting after it was planned, while nobody has said that it stays. */
export function DayChangeFlag({ doubt: { is, name } }: { doubt: DayDoubt }) {
  const { flags } = useWords(planWords).days
  return (
    <Badge tone="warn" icon="alert">
      {flags[is](useLocale() === 'en' ? inEnglish(name) : name)}
    </Badge>
  )
}

/** As in the table of planWords. */
const WORDS = { session: 'days', sitting: 'sittingDays' } as const satisfies Record<Meets, string>

type Planned = { id: string; date: string; from: string; to: string }

/**
 * Sessions or sittings on days that the work calendar changed, each with the ways to move or cancel it, and the form of the reason why they
 * stay. `addressOf`: of the form that does it.
 */
export function DaysToCheck({
  meets,
  days,
  planned,
  addressOf,
  fault,
  typed,
}: {
  meets: Meets
  days: DayDoubts
  planned: readonly Planned[]
  addressOf: (act: 'changed' | 'cancelled', id: string) => string
  fault: ReasonFault | 'unseen' | null
  typed: Readonly<Record<string, string>>
}) {
  const w = useWords(planWords)[WORDS[meets]]
  const d = useWords(dateWords)
  const locale = useLocale()
  const { doubts, mark, said, open } = days
  const ofDay = (date: string) => planned.filter((one) => open[one.id] && one.date === date)
  return (
    <>
      {doubts.length > 0 && (
        <DoubtCallout
          {...{ w, fault, typed, mark }}
          fieldId="stay-reason"
          items={doubts.map((doubt) => ({
            key: doubt.date,
            said: (
              <>
                {saidDay(locale, doubt)}
                {ofDay(doubt.date).map(({ id, from, to }) => (
                  <span key={id} className="inline small">
                    <Link to={addressOf('changed', id)}>{w.move(`${d.time(from)}—${d.time(to)}`)}</Link>
                    <Link to={addressOf('cancelled', id)}>{w.cancel}</Link>
                  </span>
                ))}
              </>
            ),
          }))}
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

/** That sessions or sittings of a class lie on days that the work calendar changed. `to`: where they are moved; null: the viewer plans nothing. */
export function DaysNote({ meets, days: { doubts }, to }: { meets: Meets; days: DayDoubts; to: string | null }) {
  const w = useWords(planWords)[WORDS[meets]]
  const locale = useLocale()
  if (doubts.length === 0) return null
  return (
    <Callout tone="warn" title={w.title}>
      <p>{saidDays(locale, doubts)}</p>
      {to === null ? <p>{w.read}</p> : <Link to={to}>{w.toThem}</Link>}
    </Callout>
  )
}
