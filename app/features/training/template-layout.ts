import { addDays, daysBetween, weekday } from '#app/lib/calendar.ts'
import { kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { CarriedPlan } from './assessment-carry.ts'
import type { HolidayMet } from './series.ts'

/** The form of a new class, filled in with texts (`copiedFields`); `plan`: its assessment plan, where it had one. */
export type TemplateFields = Record<string, unknown> & { plan?: CarriedPlan }

type Meeting = Record<string, string> & { date: string }

/** A week's rhythm is kept over at most so many weeks of holidays. */
const MOST_WEEKS = 8

/**
 * A template from a first day on: its sessions keep their weekdays, order and distances; one that would fall on a public holiday
 * comes on the same weekday of a later week, and those after it follow. Enrolment moves with the first day, certificates with
 * the last. A sitting of the assessment plan keeps its distance to the session before it, and comes on no holiday either.
 * @param startsOn the earliest first day; the class begins on the first weekday of its rhythm from then on.
 */
export function layOut(
  fields: TemplateFields,
  startsOn: string,
  calendar: WorkCalendar,
): { fields: TemplateFields; startsOn: string; endsOn: string; skipped: HolidayMet[] } {
  const [oldStart, oldEnd] = [String(fields.startsOn), String(fields.endsOn)]
  const old = [...((fields.sessions ?? []) as Meeting[])].sort((one, other) => (one.date < other.date ? -1 : 1))
  const skipped: HolidayMet[] = []
  const free = (day: string, met: HolidayMet[] = skipped): string => {
    let date = day
    for (let week = 0; week < MOST_WEEKS; week += 1) {
      const kind = kindOfDay(calendar, date)
      if (kind.is !== 'holiday') break
      met.push({ date, day: kind })
      date = addDays(date, 7)
    }
    return date
  }
  const sessions: Meeting[] = []
  for (const [at, session] of old.entries()) {
    const before = old[at - 1]
    const last = sessions[at - 1]
    const date =
      before && last
        ? before.date === session.date
          ? last.date
          : free(addDays(last.date, daysBetween(before.date, session.date)))
        : free(sameWeekday(session.date, addDays(startsOn, daysBetween(oldStart, session.date))))
    sessions.push({ ...session, date })
  }
  const [first, last] = [sessions[0], sessions.at(-1)]
  const start = first ? addDays(first.date, daysBetween(old[0]!.date, oldStart)) : startsOn
  const end = last
    ? addDays(last.date, daysBetween(old.at(-1)!.date, oldEnd))
    : addDays(start, daysBetween(oldStart, oldEnd))
  const moved = {
    ...shifted(fields, ['enrolOpensAt', 'enrolClosesAt', 'withdrawUntil'], daysBetween(oldStart, start)),
    ...shifted(fields, ['certificatesExpectedOn'], daysBetween(oldEnd, end)),
  }
  const sat = (day: string): string => {
    const before = old.findLastIndex(({ date }) => date <= day)
    const [was, is] = before < 0 ? [oldStart, start] : [old[before]!.date, sessions[before]!.date]
    return free(addDays(is, daysBetween(was, day)), [])
  }
  const { plan } = fields
  const sittings = plan?.sittings.map((one) => ({ ...one, date: sat(one.date) }))
  return {
    fields: {
      ...{ ...fields, ...moved, startsOn: start, endsOn: end, sessions },
      ...(plan && sittings && { plan: { ...plan, sittings } }),
    },
    startsOn: start,
    endsOn: end,
    skipped,
  }
}

/** The first day from `from` on that is the same day of the week. */
const sameWeekday = (as: string, from: string): string => addDays(from, (weekday(as) - weekday(from) + 7) % 7)

/** Days, or days with a time behind them, so many days later; what is empty stays so. */
function shifted(fields: TemplateFields, names: readonly string[], days: number): TemplateFields {
  const moved = names.flatMap((name): [string, string][] => {
    const value = fields[name]
    return typeof value === 'string' && value !== ''
      ? [[name, addDays(value.slice(0, 10), days) + value.slice(10)]]
      : []
  })
  return Object.fromEntries(moved)
}

/** So many numbers from a first one on: its last digits are counted up (`2027-09`, `2027-10`); one without digits gets them behind. */
export function numbersFrom(first: string, count: number): string[] {
  const digits = /\d+$/.exec(first)?.[0]
  if (first === '') return Array.from({ length: count }, () => '')
  const stem = digits === undefined ? `${first}-` : first.slice(0, -digits.length)
  const from = Number(digits ?? 1)
  return Array.from({ length: count }, (_, at) => `${stem}${String(from + at).padStart(digits?.length ?? 2, '0')}`)
}

/** A filled-in form as a browser sends it: rows as `sessions[0].date`. */
export function asSent(fields: TemplateFields): FormData {
  const form = new FormData()
  const write = (name: string, value: unknown): void => {
    if (Array.isArray(value))
      for (const [at, one] of value.entries()) {
        if (typeof one === 'object') write(`${name}[${at}]`, one)
        else form.append(name, String(one))
      }
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) write(name ? `${name}.${key}` : key, one)
    else if (value !== undefined && value !== null) form.append(name, String(value))
  }
  write('', fields)
  return form
}
