import { z } from 'zod'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import { faultsOfDates, faultsOfMode, faultsOfSessions } from './open-class-faults.ts'
import { type OpenClassInput, openClassFields } from './open-class-shape.ts'
import { faultsOfSeats } from './seat-form.ts'

/** What a mode asks for is missing: said together with the faults of single fields, not only once those are mended. */
const asksOfMode = z.check<OpenClassInput>(({ value, issues }) => {
  for (const { path, error } of faultsOfMode(value)) issues.push({ code: 'custom', path, message: error, input: value })
})
asksOfMode._zod.def.when = () => true

type Faults = (typed: OpenClassInput) => { path: (string | number)[]; error: string }[]
const checkedBy = (...faultsOf: Faults[]) =>
  openClassFields.check(asksOfMode).superRefine((typed, issues) => {
    for (const { path, error } of faultsOf.flatMap((of) => of(typed)))
      issues.addIssue({ code: 'custom', path, message: error })
  })

const whole = (calendar: WorkCalendar) =>
  checkedBy(faultsOfDates, faultsOfSeats, (typed) => faultsOfSessions(typed, calendar))

/**
 * The form of a new class, checked as a whole (domain.md, "The words" and "A practical class"). An online class has no
 * meetings. The empty rows with which the form opens ask for nothing where they are not needed: a series may be left out, and
 * a single meeting where there is a series. The calendar says which days a series skips.
 */
export const openClassForm = (calendar: WorkCalendar) =>
  z.preprocess((typed: z.input<typeof openClassFields>) => {
    if (typed?.mode === 'online') return { ...typed, sessions: [], series: [] }
    const series = withoutBlankEnd(typed?.series ?? [])
    return { ...typed, series, sessions: series.length > 0 ? withoutBlankEnd(typed?.sessions ?? []) : typed?.sessions }
  }, whole(calendar))

/** The same form of a class that is published: its sessions are changed one by one, on its timetable. */
export const publishedClassForm = z.preprocess(
  (typed: z.input<typeof openClassFields>) => ({ ...typed, sessions: [], series: [] }),
  checkedBy(faultsOfDates, faultsOfSeats),
)

/** Without its last rows in which nothing was typed; what only a box or a list with a default says is not typed. */
function withoutBlankEnd<T extends object>(rows: readonly T[]): T[] {
  // A text where rows are meant is the shape's to refuse.
  if (!Array.isArray(rows)) return rows as T[]
  const isTyped = (row: T) =>
    Object.entries(row ?? {}).some(([name, value]) => name !== 'skipsHolidays' && value !== undefined && value !== '')
  return rows.slice(0, rows.findLastIndex(isTyped) + 1)
}

/** The field that says a refusal of a class's form. */
export const fieldOfRefusal = {
  code_taken: 'code',
  occupation_unknown: 'occupationCode',
  site_unknown: 'siteId',
  course_unknown: 'courseSlug',
  head_unknown: 'headId',
  site_taken: 'siteId',
  no_room: 'capacity',
  no_stations: 'lastStation',
  instructor_taken: 'instructorIds',
  instructor_unfit: 'instructorIds',
  instructor_unknown: 'instructorIds',
} as const
