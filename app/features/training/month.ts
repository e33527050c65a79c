import { addDays, weekday } from '#app/lib/calendar.ts'

/** A calendar month, `YYYY-MM`; the one of today where the address names none. */
export const readMonth = (asked: string | null, today: string): string =>
  asked !== null && /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)

/** The month so many later, or earlier. */
export function monthAfter(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** Its first day, and the first day after it. */
export const daysOf = (month: string) => ({ from: `${month}-01`, until: `${monthAfter(month, 1)}-01` })

/** The weeks that a month touches, each from Monday to Sunday: days of the months beside it are among them. */
export function weeksOf(month: string): string[][] {
  const { from, until } = daysOf(month)
  const weeks: string[][] = []
  for (let monday = addDays(from, -((weekday(from) + 6) % 7)); monday < until; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, day) => addDays(monday, day)))
  return weeks
}
