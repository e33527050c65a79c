import { and, desc, eq } from 'drizzle-orm'
import { findAbove } from '#app/features/accounts/above.server.ts'
import { openingPolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { markOf } from '#app/lib/mark.server.ts'
import type { Tx } from '#db/client.server.ts'
import { classOpening, site, trainingClass } from '#db/schema/index.ts'
import type { OpeningState } from '#db/values.ts'
import { factsOfSitting } from './assessment-misfit.server.ts'
import { listSittings, sittingMark } from './assessment-sittings.server.ts'
import { eligibilityOf, rulesOf } from './eligibility.ts'
import type { OpeningYear } from './opening-way.ts'
import { sessionMark } from './session-entry.ts'
import { listSessions } from './session-held.server.ts'

type OfClass = { academyId: string; classId: string }

/** Where the opening of a draft stands, as its academy sees it; null: nobody has to approve it. */
export type DraftOpening = {
  /** The union that approves, by name. */
  reviewer: string
  /** `needed`: not handed in, taken back, or changed since it was approved. */
  state: 'needed' | 'waiting' | 'approved' | 'returned'
  /** Why it was returned. */
  reason: string | null
  /** It was approved, and says something else by now. */
  isChanged: boolean
}

/** Whether classes that begin on a day are approved by the sponsor before they are published. */
export const asksSponsor = async (tx: Tx, startsOn: string): Promise<boolean> =>
  (await openingPolicy(tx, yearOf(startsOn))).openingApproval === 'sponsor'

/** The same of the years in which a class that is opened today may begin. */
export async function listOpeningYears(tx: Tx, today: string): Promise<OpeningYear[]> {
  const years = [-1, 0, 1, 2].map((ahead) => yearOf(today) + ahead)
  return Promise.all(
    years.map(async (year) => ({ year, isAsked: (await openingPolicy(tx, year)).openingApproval === 'sponsor' })),
  )
}

/** What is approved of a draft: all that decides what it offers, not whom to call or what to bring. */
export async function readDraft(tx: Tx, { academyId, classId }: OfClass) {
  const [row] = await tx
    .select({ class: trainingClass, siteName: site.name })
    .from(trainingClass)
    .leftJoin(site, and(eq(site.academyId, trainingClass.academyId), eq(site.id, trainingClass.siteId)))
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  if (row?.class.origin !== 'system' || row.class.status !== 'draft') return null
  const { class: held, siteName } = row
  const sessions = (await listSessions(tx, { academyId, classId })).filter(({ status }) => status === 'planned')
  const { code, name, mode, occupationCode, level, startsOn, endsOn, plannedHours, plannedPracticalHours } = held
  const about = { code, name, mode, occupationCode, level, startsOn, endsOn, plannedHours, plannedPracticalHours }
  const sittings = (await listSittings(tx, { academyId, classId })).filter(({ cancelReason }) => cancelReason === null)
  const { capacity, feeFen, courseSlug, siteId, resits, assessmentLater } = held
  const eligibility = eligibilityOf(held)
  const meetings = sessions.map(sessionMark)
  // A draft that says nothing of its assessment, or is for everybody, has the mark that it had before these were looked at.
  const isPlanned = sittings.length > 0 || assessmentLater
  const planMarks = isPlanned ? [JSON.stringify({ resits, assessmentLater }), ...sittings.map(sittingMark)] : []
  const whom = rulesOf(eligibility).length > 0 ? [JSON.stringify(eligibility)] : []
  const offered = { capacity, feeFen, courseSlug, siteId }
  return {
    ...about,
    ...offered,
    ...{ siteName, sessions, resits, assessmentLater, eligibility },
    sittings: sittings.map(factsOfSitting),
    mark: markOf(JSON.stringify({ ...about, ...offered }), ...meetings, ...planMarks, ...whom),
  }
}

/** The latest handing in of a draft. */
export async function findLastOpening(tx: Tx, { academyId, classId }: OfClass) {
  const [row] = await tx
    .select()
    .from(classOpening)
    .where(and(eq(classOpening.academyId, academyId), eq(classOpening.classId, classId)))
    .orderBy(desc(classOpening.askedAt), desc(classOpening.id))
    .limit(1)
  return row && { ...row, state: row.state as OpeningState }
}

/** Whether a draft may be published as far as its approval goes: none is asked for, or it says what was approved. */
export async function isCleared(tx: Tx, of: OfClass & { startsOn: string }): Promise<boolean> {
  if (!(await asksSponsor(tx, of.startsOn))) return true
  const [last, draft] = [await findLastOpening(tx, of), await readDraft(tx, of)]
  return last?.state === 'approved' && last.mark === draft?.mark
}

/** Where the opening of a draft stands; null: it is no draft, or nobody has to approve it. */
export async function findOpening(
  tx: Tx,
  of: OfClass & { startsOn: string; status: string; origin: string },
): Promise<DraftOpening | null> {
  if (of.status !== 'draft' || of.origin !== 'system' || !(await asksSponsor(tx, of.startsOn))) return null
  const last = await findLastOpening(tx, of)
  const isChanged = last?.state === 'approved' && last.mark !== (await readDraft(tx, of))?.mark
  const state = !last || last.state === 'withdrawn' || isChanged ? 'needed' : last.state
  const reviewer = await findAbove(tx, of.academyId)
  return { reviewer, state, reason: last?.reason ?? null, isChanged }
}
