import type { Actor } from '#app/features/accounts/actor.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { attendancePolicy, countingPolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { ClassOrigin, ClassStatus, Level, Mode } from '#db/values.ts'
import { type ClassPage, type ClassRow, pagePart } from './class-page-data.ts'
import { findPublicClass, sessionsOf } from './class-page-queries.server.ts'
import { stateOf } from './class-state.ts'
import { listClassChanges } from './class-told.server.ts'
import { type ClassCard, listClassCards } from './classes.server.ts'
import { countedHours } from './credit.ts'
import { eligibilityOf } from './eligibility.ts'
import { findLine, findOwnPlace } from './own-place.server.ts'
import { type AskedRequirement, listRequirements } from './requirements.server.ts'
import { isDue } from './settle.server.ts'
import { stationsOf } from './stations.ts'
import { hoursToCredit, nextSession, type ShownSession } from './timetable.ts'

/**
 * One public class with what a worker asks about it, or null: drafts and ledger classes have no page.
 * @param input.besides what else the page asks of this class; it goes with the questions asked here.
 * @returns beside the page `asked`: what the class needs of its workers, with the ids by which they hand it in.
 */
export async function findClassPage<T = null>(
  tx: Tx,
  input: Asked & { besides?: (found: ClassRow) => Promise<T> | null },
): Promise<Found<T> | null> {
  const { academyCode, classId } = input
  const [row] = await findPublicClass(tx, { academyCode, classId })
  if (!row) return null
  const { academyId } = row.class
  const [requirements, page, besides] = await Promise.all([
    listRequirements(tx, { academyId, classId }),
    pageOf(tx, input, row),
    input.besides?.(row.class) ?? null,
  ])
  // Last: it is counted for another purpose, during which nothing else may be asked.
  const line = await findLine(tx, factsOf(row.class), { own: page.own, actor: input.actor, now: input.now })
  const said = requirements.map(({ kind, name }) => ({ kind, name }))
  return { page: { ...page, ...line, requirements: said }, besides, asked: { academyId, requirements } }
}

type Found<T> = {
  page: ClassPage
  besides: T | null
  asked: { academyId: string; requirements: AskedRequirement[] }
}

type Asked = { academyCode: string; classId: string; actor: Actor; now: Date }
type PublicClass = Awaited<ReturnType<typeof findPublicClass>>[number]

async function pageOf(
  tx: Tx,
  { academyCode, actor, now }: Asked,
  row: PublicClass,
): Promise<Omit<ClassPage, 'line' | 'waiting' | 'requirements'>> {
  const { class: found } = row
  const facts = factsOf(found)
  const { mode, status } = facts
  const state = stateOf(facts, now)
  const isOnline = mode === 'online'

  const year = yearOf(found.endsOn)
  const [sessions, place, counting, attendance, others, changes] = await Promise.all([
    isOnline ? [] : listSessions(tx, found),
    findOwnPlace(tx, facts, { actor, now }),
    isOnline ? null : countingPolicy(tx, year),
    isOnline ? null : attendancePolicy(tx, year),
    ['open', 'wait', 'not_open_yet'].includes(state.is) ? [] : listOthers(tx, { ...found, academyCode }, now),
    listClassChanges(tx, { academyId: found.academyId, classId: found.id }),
  ])
  return {
    ...pagePart(found),
    mode,
    status,
    state,
    academyCode,
    academyName: row.academyName,
    occupationName: row.occupationName,
    level: found.level as Level | null,
    site: row.siteName === null ? null : { name: row.siteName, address: row.siteAddress ?? '' },
    sessions,
    next: nextSession(sessions, { today: shanghaiDate(now), at: shanghaiTime(now) }),
    toCredit: counting &&
      attendance && {
        hours: hoursToCredit(countedHours({ ...found, ...attendance }), counting.attendancePercent),
        percent: counting.attendancePercent,
      },
    eligibility: eligibilityOf(found),
    isDue: isDue(found, now),
    own: place,
    // By role: who it was is not told here.
    changes: changes.map(({ accountId: _, ...change }) => change),
    others,
  }
}

const factsOf = (row: ClassRow) => ({
  ...row,
  mode: row.mode as Mode,
  status: row.status as ClassStatus,
  origin: row.origin as ClassOrigin,
})

async function listSessions(tx: Tx, { academyId, id }: ClassRow): Promise<ShownSession[]> {
  const rows = await sessionsOf(tx, { academyId, id })
  return rows.map(({ startsAt, endsAt, hours, topic, siteName, cancelReason, makesUpFor, changed, ...row }) => ({
    date: shanghaiDate(startsAt),
    from: shanghaiTime(startsAt),
    to: shanghaiTime(endsAt),
    hours,
    topic,
    elsewhere: siteName,
    stations: stationsOf(row),
    cancelReason: cancelReason && withoutNumbers(cancelReason),
    makesUpOn: makesUpFor && shanghaiDate(makesUpFor),
    changed: cancelReason === null && changed ? { ...changed, reason: withoutNumbers(changed.reason) } : null,
  }))
}

async function listOthers(tx: Tx, of: ClassRow & { academyCode: string }, now: Date): Promise<ClassCard[]> {
  const filters = { academy: of.academyCode, occupation: of.occupationCode, mode: of.mode as Mode }
  const { classes } = await listClassCards(tx, { filters, after: null, limit: 6, now })
  return classes.filter((card) => card.id !== of.id && card.state.is === 'open').slice(0, 2)
}
