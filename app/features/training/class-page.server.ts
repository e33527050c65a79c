import type { Actor } from '#app/features/accounts/actor.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { attendancePolicy, countingPolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode } from '#db/values.ts'
import { findPublicClass, sessionsOf } from './class-page-queries.server.ts'
import { type ClassState, stateOf } from './class-state.ts'
import { type ClassCard, listClassCards } from './classes.server.ts'
import { countedHours } from './credit.ts'
import { type Eligibility, eligibilityOf } from './eligibility.ts'
import { findLine, findOwnPlace, type LinePlace, type OwnPlace } from './own-place.server.ts'
import { listRequirements } from './requirements.server.ts'
import type { Requirement } from './requirements.ts'
import { isDue } from './settle.server.ts'
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
  needsApproval: boolean
  /** Null unless it is cancelled with a reason. */
  cancelledBecause: string | null
  eligibility: Eligibility
  state: ClassState
  /** Time has run out for somebody: seats have to be settled (due-seats.server.ts) before this is shown. */
  isDue: boolean
  site: { name: string; address: string } | null
  courseSlug: string | null
  feeFen: number | null
  bring: string | null
  lunch: string | null
  documentsNeeded: string | null
  classHead: string | null
  classHeadPhone: string | null
  certificatesExpectedOn: string | null
  /** What is to be handed in here, once one has a place. */
  requirements: Requirement[]
  sessions: ShownSession[]
  /** Null for online classes. */
  toCredit: { hours: number; percent: number } | null
  own: OwnPlace | null
  /** The worker's place in line; null: does not wait. */
  line: LinePlace | null
  /** How many wait in a full class; null where nobody needs to. */
  waiting: number | null
  /** Where this one takes nobody: open ones of the same academy in the same occupation. */
  others: ClassCard[]
}

/**
 * One public class with what a worker asks about it, or null: drafts and ledger classes have no page.
 * @param input.besides what else the page asks of this class; it goes with the questions asked here.
 */
export async function findClassPage<T = null>(
  tx: Tx,
  input: Asked & { besides?: (found: ClassRow) => Promise<T> | null },
): Promise<{ page: ClassPage; besides: T | null } | null> {
  const { academyCode, classId } = input
  const [row] = await findPublicClass(tx, { academyCode, classId })
  if (!row) return null
  const [page, besides] = await Promise.all([pageOf(tx, input, row), input.besides?.(row.class) ?? null])
  // Last: it is counted for another purpose, during which nothing else may be asked.
  const line = await findLine(tx, factsOf(row.class), { own: page.own, actor: input.actor, now: input.now })
  return { page: { ...page, ...line }, besides }
}

type Asked = { academyCode: string; classId: string; actor: Actor; now: Date }
type PublicClass = Awaited<ReturnType<typeof findPublicClass>>[number]

async function pageOf(
  tx: Tx,
  { academyCode, actor, now }: Asked,
  row: PublicClass,
): Promise<Omit<ClassPage, 'line' | 'waiting'>> {
  const { class: found } = row
  const facts = factsOf(found)
  const { mode, status } = facts
  const state = stateOf(facts, now)
  const isOnline = mode === 'online'

  const year = yearOf(found.endsOn)
  const [sessions, place, counting, attendance, others, requirements] = await Promise.all([
    isOnline ? [] : listSessions(tx, found),
    findOwnPlace(tx, facts, { actor, now }),
    isOnline ? null : countingPolicy(tx, year),
    isOnline ? null : attendancePolicy(tx, year),
    ['open', 'wait', 'not_open_yet'].includes(state.is) ? [] : listOthers(tx, { ...found, academyCode }, now),
    listRequirements(tx, { academyId: found.academyId, classId: found.id }),
  ])
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
    toCredit: counting &&
      attendance && {
        hours: hoursToCredit(countedHours({ ...found, ...attendance }), counting.attendancePercent),
        percent: counting.attendancePercent,
      },
    eligibility: eligibilityOf(found),
    isDue: isDue(found, now),
    own: place,
    others,
    requirements: requirements.map(({ kind, name }) => ({ kind, name })),
  }
}

type ClassRow = typeof trainingClass.$inferSelect

const factsOf = (row: ClassRow) => ({
  ...row,
  mode: row.mode as Mode,
  status: row.status as ClassStatus,
  origin: row.origin as ClassOrigin,
})

/** What the browser gets of a class's row: nothing internal. */
function pagePart(row: ClassRow) {
  const { id, name, startsOn, endsOn, plannedHours, plannedPracticalHours, capacity, taken, enrolClosesAt } = row
  const {
    needsApproval,
    cancelledBecause,
    courseSlug,
    feeFen,
    bring,
    lunch,
    documentsNeeded,
    classHead,
    classHeadPhone,
    certificatesExpectedOn,
  } = row
  const said = { needsApproval, cancelledBecause }
  const asked = { courseSlug, feeFen, bring, lunch, documentsNeeded, classHead, classHeadPhone, certificatesExpectedOn }
  return {
    id,
    name,
    startsOn,
    endsOn,
    plannedHours,
    plannedPracticalHours,
    capacity,
    taken,
    enrolClosesAt,
    ...said,
    ...asked,
  }
}

async function listSessions(tx: Tx, { academyId, id }: ClassRow): Promise<ShownSession[]> {
  const rows = await sessionsOf(tx, { academyId, id })
  return rows.map(({ startsAt, endsAt, hours, topic, siteName, cancelReason, makesUpFor }) => ({
    date: shanghaiDate(startsAt),
    from: shanghaiTime(startsAt),
    to: shanghaiTime(endsAt),
    hours,
    topic,
    elsewhere: siteName,
    cancelReason: cancelReason && withoutNumbers(cancelReason),
    makesUpOn: makesUpFor && shanghaiDate(makesUpFor),
  }))
}

async function listOthers(tx: Tx, of: ClassRow & { academyCode: string }, now: Date): Promise<ClassCard[]> {
  const filters = { academy: of.academyCode, occupation: of.occupationCode, mode: of.mode as Mode }
  const { classes } = await listClassCards(tx, { filters, after: null, limit: 6, now })
  return classes.filter((card) => card.id !== of.id && card.state.is === 'open').slice(0, 2)
}
