import type { Actor } from '#app/features/accounts/actor.ts'
import { asReader } from '#app/features/accounts/as.server.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { listPolicyRows } from '#app/features/policy/policy.server.ts'
import { policyInForce } from '#app/features/policy/policy.ts'
import { shanghaiDate, shanghaiTime, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import type { ClassOrigin, ClassStatus, Level, Mode } from '#db/values.ts'
import { academyValues } from './academy-given.server.ts'
import { listSittings } from './assessment-sittings.server.ts'
import { type ClassPage, type ClassRow, pagePart } from './class-page-data.ts'
import { findPublicClass, sessionsOf } from './class-page-queries.server.ts'
import { stateOf } from './class-state.ts'
import { listClassChanges } from './class-told.server.ts'
import { type ClassCard, listClassCards } from './classes.server.ts'
import { eligibilityOf } from './eligibility.ts'
import { findLine, readOwnPlace, toOwnPlace } from './own-place.server.ts'
import { type AskedRequirement, listRequirements } from './requirements.server.ts'
import { isDue } from './settle.server.ts'
import { stationsOf } from './stations.ts'
import type { ShownSession } from './timetable.ts'
import { toCreditOf } from './to-credit.ts'

/**
 * One public class with what a worker asks about it, or null: drafts and ledger classes have no page. Goes to the database once
 * for what every page of a class says, and once more only where this one, or the viewer's place in it, says more.
 * @param input.besides what else the page asks of this class, at once, the second time; null: nothing.
 */
export async function findClassPage<T = null>(
  input: Asked & { besides?: AskBesides<T> },
): Promise<{ page: ClassPage; besides: T | null } | null> {
  const { academyCode, actor, now } = input
  const read = await asReader(actor, (tx) => readClass(tx, input))
  if (!read) return null
  const { row, facts, policies, page, requirements } = read
  const besides = input.besides?.({ row, page, requirements }) ?? null
  const isAttending = page.own?.seat === 'enrolled' && shanghaiDate(now) <= page.endsOn
  const hasOthers = !isAttending && !['open', 'wait', 'not_open_yet'].includes(page.state.is)
  const [later, line] = await Promise.all([
    besides || hasOthers
      ? asReader(actor, (tx) =>
          Promise.all([hasOthers ? listOthers(tx, { ...row, academyCode }, now) : [], besides?.(tx) ?? null]),
        )
      : null,
    findLine(facts, { own: page.own, actor, policies, now }),
  ])
  const [others, found] = later ?? [[], null]
  const said = requirements.map(({ kind, name }) => ({ kind, name }))
  return { page: { ...page, ...line, others, requirements: said }, besides: found }
}

/** What a page asks of a class beside the class itself, by what was found; null: nothing. */
export type AskBesides<T> = (found: FoundClass) => ((tx: Tx) => Promise<T>) | null

/** What is known of a class before anything is asked beside it. `requirements`: with the ids by which they are handed in. */
type FoundClass = { row: ClassRow; page: FirstPage; requirements: AskedRequirement[] }
type FirstPage = Omit<ClassPage, 'line' | 'waiting' | 'others' | 'requirements'>
type Asked = { academyCode: string; classId: string; actor: Actor; now: Date }

async function readClass(tx: Tx, { academyCode, classId, actor, now }: Asked) {
  const of = { academyCode, classId }
  const [[row], requirements, timetable, ownRow, policies, changes, sittings] = await Promise.all([
    findPublicClass(tx, of),
    listRequirements(tx, of),
    sessionsOf(tx, { ...academyValues(of), classId }),
    readOwnPlace(tx, { ...of, actor }),
    listPolicyRows(tx),
    listClassChanges(tx, of),
    listSittings(tx, of),
  ])
  if (!row) return null
  const facts = factsOf(row)
  const { mode, status } = facts
  const isOnline = mode === 'online'
  const policy = policyInForce(policies, yearOf(row.endsOn))
  const sessions = isOnline ? [] : timetable.map(shownSession)
  const page: FirstPage = {
    ...pagePart(row),
    mode,
    status,
    state: stateOf(facts, now),
    academyCode,
    academyName: row.academyName,
    occupationName: row.occupationName,
    level: row.level as Level | null,
    site: row.siteName === null ? null : { name: row.siteName, address: row.siteAddress ?? '' },
    sessions,
    toCredit: isOnline ? null : toCreditOf(facts, sessions, { ...policy.counting, ...policy.attendance }),
    eligibility: eligibilityOf(row),
    isDue: isDue(row, now),
    own: ownRow && toOwnPlace(ownRow, facts, now),
    // By role: who it was is not told here.
    changes: changes.map(({ accountId: _, ...change }) => change),
    assessment: {
      sittings: sittings.map(({ instructorIds: _, outside: __, siteId: ___, ...one }) => ({
        ...one,
        cancelReason: one.cancelReason && withoutNumbers(one.cancelReason),
      })),
      resits: row.resits,
      isLater:
        row.assessmentLater || (sittings.length > 0 && sittings.every(({ cancelReason }) => cancelReason !== null)),
    },
  }
  return { row, facts, policies, page, requirements }
}

const factsOf = (row: ClassRow) => ({
  ...row,
  mode: row.mode as Mode,
  status: row.status as ClassStatus,
  origin: row.origin as ClassOrigin,
})

type SessionRow = Awaited<ReturnType<typeof sessionsOf>>[number]

function shownSession(session: SessionRow): ShownSession {
  const { startsAt, endsAt, hours, topic, siteName, cancelReason, makesUpFor, isForLacking, changed, ...row } = session
  return {
    date: shanghaiDate(startsAt),
    from: shanghaiTime(startsAt),
    to: shanghaiTime(endsAt),
    hours,
    topic,
    elsewhere: siteName,
    stations: stationsOf(row),
    cancelReason: cancelReason && withoutNumbers(cancelReason),
    makesUpOn: makesUpFor && shanghaiDate(makesUpFor),
    isForLacking,
    changed: cancelReason === null && changed ? { ...changed, reason: withoutNumbers(changed.reason) } : null,
  }
}

async function listOthers(tx: Tx, of: ClassRow & { academyCode: string }, now: Date): Promise<ClassCard[]> {
  const filters = { academy: of.academyCode, occupation: of.occupationCode, mode: of.mode as Mode }
  const { classes } = await listClassCards(tx, { filters, after: null, limit: 6, now })
  return classes.filter((card) => card.id !== of.id && card.state.is === 'open').slice(0, 2)
}
