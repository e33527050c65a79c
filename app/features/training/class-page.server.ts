import type { Actor } from '#app/features/accounts/actor.ts'
import { countingPolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode, Seat } from '#db/values.ts'
import { findPublicClass, ownPlaceOf, sessionsOf } from './class-page-queries.server.ts'
import { type ClassState, stateOf } from './class-state.ts'
import { type ClassCard, listClassCards } from './classes.server.ts'
import { isHeld, withdrawUntil } from './seat-rules.ts'
import { hoursToCredit, type ShownSession } from './timetable.ts'

/** Everything that the public page of a class says; `own` is the viewer's own place in it. */
export type ClassPage = {
  id: string
  academyCode: string
  academyName: string
  name: string
  mode: Mode
  status: ClassStatus
  occupationName: string | null
  startsOn: string
  endsOn: string
  plannedHours: number
  plannedPracticalHours: number | null
  capacity: number | null
  taken: number
  enrolClosesAt: Date | null
  state: ClassState
  site: { name: string; address: string } | null
  courseSlug: string | null
  feeFen: number | null
  bring: string | null
  lunch: string | null
  documentsNeeded: string | null
  classHead: string | null
  classHeadPhone: string | null
  certificatesExpectedOn: string | null
  sessions: ShownSession[]
  /** Null for online classes. */
  toCredit: { hours: number; percent: number } | null
  own: OwnPlace | null
  /** Where this one takes nobody: open ones of the same academy in the same occupation. */
  others: ClassCard[]
}

export type OwnPlace = {
  seat: Seat
  hoursAttended: number | null
  creditedOn: string | null
  /** Until when the seat may be given back; null: no longer. */
  withdrawUntil: Date | null
}

/**
 * One public class with what a worker asks about it, or null: drafts and ledger classes have no page.
 * @param input.besides what else the page asks of this class; it goes with the questions asked here.
 */
export async function findClassPage<T = null>(
  tx: Tx,
  input: Asked & { besides?: (found: { courseSlug: string | null }) => Promise<T> | null },
): Promise<{ page: ClassPage; besides: T | null } | null> {
  const { academyCode, classId } = input
  const [row] = await findPublicClass(tx, { academyCode, classId })
  if (!row) return null
  const [page, besides] = await Promise.all([pageOf(tx, input, row), input.besides?.(row.class) ?? null])
  return { page, besides }
}

type Asked = { academyCode: string; classId: string; actor: Actor; now: Date }
type PublicClass = Awaited<ReturnType<typeof findPublicClass>>[number]

async function pageOf(tx: Tx, { academyCode, actor, now }: Asked, row: PublicClass): Promise<ClassPage> {
  const { class: found } = row
  const mode = found.mode as Mode
  const status = found.status as ClassStatus
  const facts = { ...found, mode, status, origin: found.origin as ClassOrigin }
  const state = stateOf(facts, now)
  const isOnline = mode === 'online'

  const [sessions, place, counting, others] = await Promise.all([
    isOnline ? [] : listSessions(tx, found),
    findOwnPlace(tx, found, actor),
    isOnline ? null : countingPolicy(tx, yearOf(found.endsOn)),
    state.is === 'open' || state.is === 'not_open_yet' ? [] : listOthers(tx, { ...found, academyCode }, now),
  ])
  const isWithdrawable = place && isHeld(place.seat) && place.hoursAttended === null && now < withdrawUntil(facts)
  return {
    ...pagePart(found),
    mode,
    status,
    state,
    academyCode,
    academyName: row.academyName,
    occupationName: row.occupationName,
    site: row.siteName === null ? null : { name: row.siteName, address: row.siteAddress ?? '' },
    sessions,
    toCredit: counting && {
      hours: hoursToCredit(found.plannedHours, counting.attendancePercent),
      percent: counting.attendancePercent,
    },
    own: place && { ...place, withdrawUntil: isWithdrawable ? withdrawUntil(facts) : null },
    others,
  }
}

type ClassRow = typeof trainingClass.$inferSelect

/** What the browser gets of a class's row: nothing internal. */
function pagePart(row: ClassRow) {
  const { id, name, startsOn, endsOn, plannedHours, plannedPracticalHours, capacity, taken, enrolClosesAt } = row
  const { courseSlug, feeFen, bring, lunch, documentsNeeded, classHead, classHeadPhone, certificatesExpectedOn } = row
  const asked = { courseSlug, feeFen, bring, lunch, documentsNeeded, classHead, classHeadPhone, certificatesExpectedOn }
  return { id, name, startsOn, endsOn, plannedHours, plannedPracticalHours, capacity, taken, enrolClosesAt, ...asked }
}

async function listSessions(tx: Tx, { academyId, id }: ClassRow): Promise<ShownSession[]> {
  const rows = await sessionsOf(tx, { academyId, id })
  return rows.map(({ startsAt, endsAt, hours, topic }) => ({
    date: shanghaiDate(startsAt),
    from: shanghaiTime(startsAt),
    to: shanghaiTime(endsAt),
    hours,
    topic,
  }))
}

/** The viewer's own place in the class. */
async function findOwnPlace(tx: Tx, { academyId, id }: ClassRow, actor: Actor) {
  if (actor.kind !== 'user' || actor.role !== 'worker') return null
  const { accountId, personId } = actor
  const [row] = await ownPlaceOf(tx, { academyId, id, accountId, personId })
  return row ? { ...row, seat: row.seat as Seat } : null
}

async function listOthers(tx: Tx, of: ClassRow & { academyCode: string }, now: Date): Promise<ClassCard[]> {
  const filters = { academy: of.academyCode, occupation: of.occupationCode, mode: of.mode as Mode }
  const { classes } = await listClassCards(tx, { filters, after: null, limit: 6, now })
  return classes.filter((card) => card.id !== of.id && card.state.is === 'open').slice(0, 2)
}
