import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import type { words as dateWords } from '#app/lib/date-words.ts'

type D = (typeof dateWords)['zh-CN']

/** `12月5日 周六 9:00—12:00`: when a session is, as lists of sessions say it; its year where it is not today's. */
export function sessionWhen(d: D, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }, today: string): string {
  const day = shanghaiDate(startsAt)
  return `${d.dayAndWeekday(day, yearOf(today))} ${d.time(shanghaiTime(startsAt))}—${d.time(shanghaiTime(endsAt))}`
}
