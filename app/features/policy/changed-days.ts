import { kindOfDay, type WorkCalendar } from '#app/lib/work-calendar.ts'
import type { DayIs } from '#db/values.ts'

/** A date that is another kind of day than it was. `name`: the holiday that it is, is worked for, or no longer is of. */
export type ChangedDay = { date: string; was: DayIs; is: DayIs; name: string }

/** The dates that one calendar makes other days than another did, in order; a holiday that only has another name is as it was. */
export function changedDays(before: WorkCalendar, after: WorkCalendar): ChangedDay[] {
  const dates = [...new Set([...Object.keys(before.days), ...Object.keys(after.days)])].sort()
  return dates.flatMap((date) => {
    const [was, now] = [kindOfDay(before, date), kindOfDay(after, date)]
    if (was.is === now.is) return []
    const named = 'name' in now ? now : was
    return [{ date, was: was.is, is: now.is, name: 'name' in named ? named.name : '' }]
  })
}

/** Sessions, and sittings of assessments, that days made other ones concern, and of how many classes. */
export type Concerned = { classes: number; sessions: number; sittings: number }
export const NOBODY: Concerned = { classes: 0, sessions: 0, sittings: 0 }
