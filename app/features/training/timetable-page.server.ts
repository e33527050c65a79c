import { listSites } from '#app/features/academies/find.server.ts'
import { teachesOn } from '#app/features/academies/instructor-share.ts'
import { listInstructors } from '#app/features/academies/instructors-find.server.ts'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { shanghaiDate, shanghaiInstant } from '#app/lib/calendar.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import type { DayDoubt } from '#db/values.ts'
import { countLacking } from './make-up.server.ts'
import { isOfHeld, mayMakeUp } from './make-up.ts'
import { findRosterClass, type RosterClass } from './roster.server.ts'
import { listChanges, type ShownChange } from './session-changes.server.ts'
import { hasBegun } from './session-command.server.ts'
import { sessionMark } from './session-entry.ts'
import { type HeldSession, listSessions } from './session-held.server.ts'
import type { NamedInstructor } from './session-instructors.server.ts'
import { listTaken } from './taken.server.ts'

/** A session at the desk. `mark`: what the page shows of it; `madeUpOn`: the day of the planned session in its place. */
export type DeskSession = HeldSession & {
  mark: string
  hasBegun: boolean
  isOver: boolean
  /** Its sheet is closed or somebody is marked: it is not cancelled any more. */
  isTaken: boolean
  madeUpOn: string | null
  makesUpOn: string | null
  /** It makes up for one that was held: its hours are that one's. */
  isOfHeld: boolean
  /** It may be made up now: it was cancelled, or its sheet is closed and workers lack hours of it; nothing is planned for that yet. */
  mayMakeUp: boolean
  /** How many workers lack hours of one whose sheet is closed, whatever made up for it since. */
  lacking: number
  /** The work calendar made its day another one since, and nobody has said yet that it stays; null: it did not. */
  dayChange: DayDoubt | null
}

export type TimetablePage = {
  academyCode: string
  held: RosterClass
  sessions: DeskSession[]
  sites: { id: string; name: string }[]
  /** Who may be chosen: still teaches when the class begins, or teaches one of its sessions. */
  instructors: NamedInstructor[]
  changes: (ShownChange & { who: string | null })[]
  calendar: WorkCalendar
  today: string
}

/** The timetable of a class run here, after the guard `training.manage`. Null: none of the viewer's, online, or a ledger's. */
export async function findTimetablePage(
  viewer: Viewer,
  { classId, now }: { classId: string; now: Date },
): Promise<TimetablePage | null> {
  const { academyId } = viewer
  if (!academyId) return null
  const found = await as(viewer, async (tx) => {
    const held = await findRosterClass(tx, { viewer, classId, now })
    if (held?.origin !== 'system' || held.mode === 'online') return null
    const of = { academyId, classId }
    return {
      held,
      sessions: await listSessions(tx, of),
      taken: await listTaken(tx, of),
      lacking: await countLacking(tx, of),
      sites: await listSites(tx, academyId),
      instructors: await listInstructors(tx, { academyId }),
      changes: await listChanges(tx, of),
      calendar: await findWorkCalendar(tx),
    }
  })
  if (!found) return null
  const names = await staffNames(found.changes.map(({ accountId }) => accountId))
  const { sessions, taken, lacking } = found
  const isDone = (id: string) => taken.get(id) === 'sheet_closed'
  return {
    academyCode: viewer.academyCode ?? '',
    held: found.held,
    sessions: sessions.map((session) => ({
      ...session,
      mark: sessionMark(session),
      hasBegun: hasBegun(session, now),
      isOver: shanghaiInstant(session.date, session.to) <= now,
      isTaken: taken.has(session.id),
      madeUpOn: sessions.findLast((one) => one.status === 'planned' && one.makesUpForId === session.id)?.date ?? null,
      makesUpOn: sessions.find((one) => one.id === session.makesUpForId)?.date ?? null,
      isOfHeld: isOfHeld(session, sessions),
      lacking: lacking.get(session.id) ?? 0,
      dayChange: found.held.days.session.open[session.id] ?? null,
      mayMakeUp: mayMakeUp(session, { sessions, isDone, lacking: lacking.get(session.id) ?? 0 }),
    })),
    instructors: found.instructors
      .filter((one) => teachesOn(one, found.held.startsOn) || teaches(sessions, one.id))
      .map(({ id, name }) => ({ id, name })),
    sites: found.sites.map(({ id, name }) => ({ id, name })),
    changes: found.changes.map((change) => ({ ...change, who: names[change.accountId]?.name ?? null })),
    calendar: found.calendar,
    today: shanghaiDate(now),
  }
}

const teaches = (sessions: readonly HeldSession[], id: string) =>
  sessions.some(({ instructorIds }) => instructorIds.includes(id))
