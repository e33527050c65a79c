import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { DayKindNote, UnknownYears } from './day-note.tsx'
import type { PlanPreview } from './plan-preview.ts'
import type { HolidayMet } from './series.ts'
import { sessionWords } from './session-words.ts'

/** What the rows of the form come to, against the hours planned, and which holidays they met. */
export function PlanSummary({ plan }: { plan: PlanPreview }) {
  const { plan: w } = useWords(sessionWords)
  const d = useWords(dateWords)
  const isEven = plan.hours === plan.plannedHours
  return (
    <Callout tone={isEven ? 'met' : 'info'} title={w.title} role="status">
      <p>
        <HoursAgainstPlan {...plan} count={plan.sessions.length} />
      </p>
      <Holidays label={w.onHoliday} met={plan.onHoliday} />
      <Holidays label={w.skipped} met={plan.skipped} />
      <p>
        <UnknownYears dates={plan.sessions.map(({ date }) => date)} />
      </p>
      <details>
        <summary>{w.list}</summary>
        <ol>
          {plan.sessions.map(({ date, from, to }) => (
            <li key={`${date} ${from}`}>
              {date} {d.weekday(date)} {from}—{to} <DayKindNote date={date} />
            </li>
          ))}
        </ol>
      </details>
    </Callout>
  )
}

/** `共12次课，36学时；计划40学时，还差4学时`. */
export function HoursAgainstPlan({
  count,
  hours,
  practical,
  plannedHours,
}: {
  count: number
  hours: number
  practical: number
  plannedHours: number | null
}) {
  const { plan: w } = useWords(sessionWords)
  const parts = plannedHours === null ? [w.sumOpen(count, hours)] : [w.sum(count, hours, plannedHours)]
  if (practical > 0) parts.push(w.practical(practical))
  if (plannedHours !== null) {
    const left = plannedHours - hours
    parts.push(left === 0 ? w.even : left > 0 ? w.short(left) : w.over(-left))
  }
  return <>{w.joined(parts)}</>
}

function Holidays({ label, met }: { label: string; met: readonly HolidayMet[] }) {
  const d = useWords(dateWords)
  const isEnglish = useLocale() === 'en'
  if (met.length === 0) return null
  const days = met.map(({ date, day }) => `${d.day(date)} ${isEnglish ? day.nameEn : day.name}`)
  return (
    <p>
      {label}: {d.list(days)}
    </p>
  )
}
