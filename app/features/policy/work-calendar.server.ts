import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Actor } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import type { Finding } from '#app/lib/table.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { workDay, workYear } from '#db/schema/index.ts'
import type { SpecialDayKind } from '#db/values.ts'
import { at, type ReadYear } from './calendar-table.ts'
import { calendarWords } from './calendar-words.ts'
import { type ChangedDay, type Concerned, changedDays, NOBODY } from './changed-days.ts'
import { referenceYears } from './reference-calendar.ts'
import { type CalendarDay, type CalendarYear, calendarOf } from './work-calendar.ts'

/** The work calendar as it is entered now; readable by everybody. A hundred rows or two. */
export async function findWorkCalendar(tx: Tx): Promise<WorkCalendar> {
  const [years, days] = await Promise.all([
    tx.select({ year: workYear.year }).from(workYear).orderBy(asc(workYear.year)),
    tx.select(dayColumns).from(workDay).orderBy(asc(workDay.day)),
  ])
  return calendarOf(
    years.map(({ year }) => year),
    days.map(toDay),
  )
}

/** The columns of a day, and the day that they are. */
export const dayColumns = { day: workDay.day, kind: workDay.kind, name: workDay.name }
export const toDay = (row: { day: string; kind: string; name: string }): CalendarDay => ({
  ...row,
  kind: row.kind as SpecialDayKind,
})

/**
 * Adds the years of `db/reference/work-calendar.json` that nobody has entered; runs as system('setup') at every start. A year
 * that is there stays as it is, whatever the file says. What follows from days that are other ones now, as of a year that somebody enters.
 */
export async function loadWorkCalendar(tx: Tx, { follow, now }: { follow: FollowDays; now: Date }): Promise<void> {
  const before = await findWorkCalendar(tx)
  const added = await tx
    .insert(workYear)
    .values(referenceYears.map(({ year, source }) => ({ year, source, setBy: null, setAt: now })))
    .onConflictDoNothing()
    .returning({ year: workYear.year })
  const isAdded = new Set(added.map(({ year }) => year))
  const days = referenceYears.filter(({ year }) => isAdded.has(year)).flatMap(daysOf)
  if (days.length === 0) return
  await tx.insert(workDay).values(days).onConflictDoNothing()
  await follow(tx, { changed: changedDays(before, await findWorkCalendar(tx)), now })
}

const daysOf = ({ year, days }: CalendarYear) => days.map((day) => ({ ...day, year }))

/**
 * What follows from days that became other ones, in the transaction that enters them: planned sessions have to be looked at. Training
 * knows how, and knows this feature (training/days-changed.server.ts).
 */
export type FollowDays = (tx: Tx, of: { changed: readonly ChangedDay[]; now: Date }) => Promise<Concerned>

/** Days that were added, that say something else now or are ordinary days again, and that are as they were. */
export type Entered = { created: number; corrected: number; unchanged: number }

/**
 * Enters years, each whole: what was entered of it before is replaced. Runs for who holds `calendar.keep`, or as
 * system('setup'). `isNew`: something changed, its notice perhaps; `concerned`: what is planned and is to be looked at for it.
 * Where a day belongs to another year's arrangement nothing is written, and its row is named.
 */
export async function enterCalendar(
  tx: Tx,
  entry: {
    years: readonly ReadYear[]
    by: Exclude<Actor, { kind: 'anonymous' }>
    follow: FollowDays
    locale: Locale
    now: Date
    requestId?: string
  },
): Promise<{ ok: true; isNew: boolean; entered: Entered; concerned: Concerned } | { ok: false; errors: Finding[] }> {
  // Two that enter the same year take turns: the later one replaces what the earlier one wrote.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('calendar.enter'))`)
  const errors: Finding[] = []
  for (const year of entry.years) errors.push(...(await takenDays(tx, year, entry.locale)))
  if (errors.length > 0) return { ok: false, errors }
  const before = await findWorkCalendar(tx)
  const entered: Entered = { created: 0, corrected: 0, unchanged: 0 }
  let isNew = false
  for (const year of entry.years) {
    const done = await enterYear(tx, year, entry)
    isNew ||= done.isNew
    entered.created += done.created
    entered.corrected += done.corrected
    entered.unchanged += done.unchanged
  }
  const changed = isNew ? changedDays(before, await findWorkCalendar(tx)) : []
  const concerned = changed.length > 0 ? await entry.follow(tx, { changed, now: entry.now }) : NOBODY
  return { ok: true, isNew, entered, concerned }
}

async function takenDays(tx: Tx, { year, days, rowOf }: ReadYear, locale: Locale): Promise<Finding[]> {
  const dates = days.map(({ day }) => day)
  if (dates.length === 0) return []
  const taken = await tx
    .select({ day: workDay.day, year: workDay.year })
    .from(workDay)
    .where(and(inArray(workDay.day, dates), ne(workDay.year, year)))
  return taken.map((one) => at(rowOf.get(one.day) ?? null, 'day', calendarWords[locale].table.taken(one.day, one.year)))
}

async function enterYear(
  tx: Tx,
  { year, source, days }: ReadYear,
  { by, now, requestId }: { by: Exclude<Actor, { kind: 'anonymous' }>; now: Date; requestId?: string },
): Promise<Entered & { isNew: boolean }> {
  const [known] = await tx.select({ source: workYear.source }).from(workYear).where(eq(workYear.year, year))
  const before = (await tx.select(dayColumns).from(workDay).where(eq(workDay.year, year))).map(toDay)
  const { isSame, ...entered } = compare(before, days)
  if (known?.source === source && isSame) return { ...entered, isNew: false }
  const row = { source, setBy: by.kind === 'user' ? by.accountId : null, setAt: now }
  await tx
    .insert(workYear)
    .values({ year, ...row })
    .onConflictDoUpdate({ target: workYear.year, set: row })
  await tx.delete(workDay).where(eq(workDay.year, year))
  await tx.insert(workDay).values(daysOf({ year, source, days }))
  const holidays = days.filter(({ kind }) => kind === 'holiday').length
  const detail = { year, holidays, workdays: days.length - holidays, before: known ? before.length : null }
  await record(tx, { by, now, requestId, kind: 'work_calendar.entered', detail })
  return { ...entered, isNew: true }
}

function compare(before: readonly CalendarDay[], after: readonly CalendarDay[]): Entered & { isSame: boolean } {
  const was = new Map(before.map((day) => [day.day, day]))
  const isListed = new Set(after.map(({ day }) => day))
  const created = after.filter(({ day }) => !was.has(day)).length
  const unchanged = after.filter(
    ({ day, kind, name }) => was.get(day)?.kind === kind && was.get(day)?.name === name,
  ).length
  const gone = before.filter(({ day }) => !isListed.has(day)).length
  const corrected = after.length - created - unchanged + gone
  return { created, corrected, unchanged, isSame: created + corrected === 0 }
}
