import { useWorkCalendar } from '#app/features/policy/use-work-calendar.tsx'
import { isDateString, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { isAnnounced, kindOfDay } from '#app/lib/work-calendar.ts'
import { Badge } from '#app/ui/badge.tsx'
import { useLocale, useWords } from '#app/ui/locale.tsx'
import { sessionWords } from './session-words.ts'

/** What a day is before somebody plans a meeting on it: its weekday; a public holiday is warned of by name. */
export function DayNote({ date }: { date: unknown }) {
  const d = useWords(dateWords)
  if (typeof date !== 'string' || !isDateString(date)) return null
  return (
    <span className="small soft nowrap" role="status">
      {d.weekday(date)} <DayKindNote date={date} />
      <UnknownYears dates={[date]} />
    </span>
  )
}

/** A holiday, or a weekend day that is worked; nothing of an ordinary day. */
export function DayKindNote({ date }: { date: string }) {
  const { day: w } = useWords(sessionWords)
  const isEnglish = useLocale() === 'en'
  const kind = kindOfDay(useWorkCalendar(), date)
  if (kind.is === 'holiday')
    return (
      <Badge tone="warn" icon="alert">
        {w.holiday(isEnglish ? kind.nameEn : kind.name)}
      </Badge>
    )
  if (kind.is === 'made_up') return <Badge tone="none">{w.madeUp(isEnglish ? kind.nameEn : kind.name)}</Badge>
  return null
}

/** Says once of which years of these dates nobody knows the holidays yet. */
export function UnknownYears({ dates }: { dates: readonly string[] }) {
  const { day: w } = useWords(sessionWords)
  const { list } = useWords(dateWords)
  const calendar = useWorkCalendar()
  const years = [...new Set(dates.filter((date) => !isAnnounced(calendar, date)).map(yearOf))]
  return years.length === 0 ? null : <span>{list(years.map(w.unknown))}</span>
}
