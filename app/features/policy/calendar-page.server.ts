import { asc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { shanghaiYear } from '#app/lib/calendar.ts'
import { formLongText, formText } from '#app/lib/form-rows.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { Finding } from '#app/lib/table.ts'
import type { Tx } from '#db/client.server.ts'
import { workDay, workYear } from '#db/schema/index.ts'
import { readPastedYear } from './calendar-table.ts'
import type { Concerned } from './changed-days.ts'
import { dayColumns, enterCalendar, type FollowDays, toDay } from './work-calendar.server.ts'
import { type CalendarSpan, spansOf } from './work-calendar.ts'

export type CalendarPage = {
  /** That is shown. */
  year: number
  /** That can be shown, in order: those entered, this one and the next. */
  years: { year: number; isEntered: boolean }[]
  /** Null: nobody entered it yet. */
  entered: { source: string; setAt: Date; isReference: boolean } | null
  spans: CalendarSpan[]
  saved: 'new' | 'same' | null
  /** Of what was just saved. */
  concerned: Concerned
}

/** A year of the calendar: the one of the address, else the first of this and the next that nobody entered yet, else this one. */
export async function findCalendarPage(
  tx: Tx,
  { searchParams, now }: { searchParams: URLSearchParams; now: Date },
): Promise<CalendarPage> {
  const known = await tx.select().from(workYear).orderBy(asc(workYear.year))
  const isEntered = (year: number) => known.some((one) => one.year === year)
  const today = shanghaiYear(now)
  const current = [today, today + 1]
  const year = readYear(searchParams.get('year')) ?? current.find((one) => !isEntered(one)) ?? today
  const days = await tx.select(dayColumns).from(workDay).where(eq(workDay.year, year)).orderBy(asc(workDay.day))
  const entered = known.find((one) => one.year === year)
  const saved = searchParams.get('saved')
  return {
    year,
    years: [...new Set([...known.map((one) => one.year), ...current, year])]
      .sort((one, other) => one - other)
      .map((one) => ({ year: one, isEntered: isEntered(one) })),
    entered: entered ? { source: entered.source, setAt: entered.setAt, isReference: entered.setBy === null } : null,
    spans: spansOf(days.map(toDay)),
    saved: saved === 'new' || saved === 'same' ? saved : null,
    concerned: {
      classes: readCount(searchParams.get('classes')),
      sessions: readCount(searchParams.get('sessions')),
      sittings: readCount(searchParams.get('sittings')),
    },
  }
}

const readYear = (written: string | null): number | null =>
  written !== null && /^20\d{2}$/.test(written) ? Number(written) : null

const readCount = (written: string | null): number =>
  written !== null && /^\d{1,6}$/.test(written) ? Number(written) : 0

/** A year that could not be entered: what was typed, and what is wrong with it. */
export type CalendarRefusal = {
  ok: false
  typed: { year: string; source: string; list: string }
  faults: { year: boolean; source: boolean; rows: Finding[]; more: number }
}

/** As many as somebody reads before mending the first. */
const MOST_SHOWN = 20

/** Enters a year from the page's form, after the guard `calendar.keep`. Nothing is kept where one row is wrong. */
export async function saveCalendarYear(
  tx: Tx,
  {
    viewer,
    form,
    follow,
    locale,
    now,
    requestId,
  }: { viewer: Viewer; form: FormData; follow: FollowDays; locale: Locale; now: Date; requestId?: string },
): Promise<{ ok: true; year: number; isNew: boolean; concerned: Concerned } | CalendarRefusal> {
  const typed = {
    year: formText(form, 'year').trim(),
    source: formText(form, 'source').trim(),
    list: formLongText(form, 'list'),
  }
  const year = readYear(typed.year)
  const isSourceGood = typed.source !== '' && [...typed.source].length <= 200
  const refuse = (rows: Finding[]): CalendarRefusal => ({
    ok: false,
    typed,
    faults: {
      year: year === null,
      source: !isSourceGood,
      rows: rows.slice(0, MOST_SHOWN),
      more: Math.max(0, rows.length - MOST_SHOWN),
    },
  })
  if (year === null || !isSourceGood) return refuse([])
  const { years, errors } = readPastedYear(typed.list, { year, source: typed.source, locale })
  if (errors.length > 0) return refuse(errors)
  const answer = await enterCalendar(tx, { years, by: viewer, follow, locale, now, requestId })
  if (!answer.ok) return refuse(answer.errors)
  return { ok: true, year, isNew: answer.isNew, concerned: answer.concerned }
}
