import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classOpening, occupation, trainingClass } from '#db/schema/index.ts'
import type { Level, Mode, OpeningState, SessionKind, SittingFacts } from '#db/values.ts'
import type { Eligibility } from './eligibility.ts'
import { readDraft } from './opening-find.server.ts'
import { settleAsked, tellAsker } from './opening-told.server.ts'
import { type AffirmedPlan, findAffirmed } from './plan-affirm.server.ts'

/** A draft that waits, as its reviewer sees it. `mark`: of what is shown, to be sent back with the answer. */
export type WaitingOpening = {
  id: string
  mark: string
  academyCode: string
  academyName: string
  askedAt: Date
  code: string
  name: string
  mode: Mode
  occupationName: string | null
  level: Level | null
  startsOn: string
  endsOn: string
  plannedHours: number
  plannedPracticalHours: number | null
  capacity: number | null
  feeFen: number | null
  siteName: string | null
  /** Who can enrol. */
  eligibility: Eligibility
  /** What is unusual about its timetable, and why; null: nothing. */
  affirmed: AffirmedPlan | null
  sessions: {
    date: string
    from: string
    to: string
    hours: number
    kind: SessionKind | null
    topic: string | null
    instructors: string[]
  }[]
  /** Its assessment plan. */
  sittings: SittingFacts[]
  resits: number
  assessmentLater: boolean
}

/** One that was answered. */
export type AnsweredOpening = {
  id: string
  academyName: string
  code: string
  name: string
  state: OpeningState
  reason: string | null
  answeredAt: Date | null
}

const SHOWN = 20

/** A union looks at what it recommends; the province's reviewer at what it recommends itself, or stands in for. */
const reviewedBy = (viewer: Viewer) =>
  viewer.role === 'provincial_reviewer'
    ? sql`${academy.id} in (select stood_in_academies())`
    : viewer.unionId
      ? eq(academy.sponsorId, viewer.unionId)
      : sql`false`

/** What waits for the viewer's approval, longest first, and what was answered last; `more`: waits and is not shown. */
export async function findOpenings(
  tx: Tx,
  viewer: Viewer,
): Promise<{ waiting: WaitingOpening[]; more: number; answered: AnsweredOpening[] }> {
  const rows = await select(tx)
    .where(and(reviewedBy(viewer), eq(classOpening.state, 'waiting')))
    .orderBy(asc(classOpening.askedAt), asc(classOpening.id))
    .limit(SHOWN)
  const [counted] = await tx
    .select({ all: sql<number>`count(*)::int` })
    .from(classOpening)
    .innerJoin(academy, eq(academy.id, classOpening.academyId))
    .where(and(reviewedBy(viewer), eq(classOpening.state, 'waiting')))
  const answered = await select(tx)
    .where(and(reviewedBy(viewer), ne(classOpening.state, 'waiting')))
    .orderBy(desc(classOpening.answeredAt), desc(classOpening.id))
    .limit(SHOWN)
  const waiting: WaitingOpening[] = []
  for (const row of rows) {
    const draft = await readDraft(tx, row)
    if (draft) waiting.push({ ...shown(row, draft), affirmed: await findAffirmed(tx, row) })
  }
  return {
    waiting,
    more: Math.max(0, (counted?.all ?? 0) - rows.length),
    answered: answered.map(({ id, academyName, code, name, state, reason, answeredAt }) => ({
      ...{ id, academyName, code, name, reason, answeredAt },
      state: state as OpeningState,
    })),
  }
}

type Row = Awaited<ReturnType<typeof select>>[number]
type Draft = NonNullable<Awaited<ReturnType<typeof readDraft>>>

const shown = (
  { id, academyCode, academyName, askedAt, occupationName }: Row,
  draft: Draft,
): Omit<WaitingOpening, 'affirmed'> => ({
  ...{ id, academyCode, academyName, askedAt, occupationName },
  ...{ mark: draft.mark, code: draft.code, name: draft.name, startsOn: draft.startsOn, endsOn: draft.endsOn },
  ...{ plannedHours: draft.plannedHours, plannedPracticalHours: draft.plannedPracticalHours },
  ...{ capacity: draft.capacity, feeFen: draft.feeFen, siteName: draft.siteName },
  eligibility: draft.eligibility,
  mode: draft.mode as Mode,
  level: draft.level as Level | null,
  ...{ sittings: draft.sittings, resits: draft.resits, assessmentLater: draft.assessmentLater },
  sessions: draft.sessions.map(({ date, from, to, hours, kind, topic, instructors }) => ({
    ...{ date, from, to, hours, kind, topic },
    instructors: instructors.map(({ name }) => name),
  })),
})

const select = (tx: Tx) =>
  tx
    .select({
      id: classOpening.id,
      academyId: classOpening.academyId,
      classId: classOpening.classId,
      state: classOpening.state,
      reason: classOpening.reason,
      askedAt: classOpening.askedAt,
      answeredAt: classOpening.answeredAt,
      academyCode: academy.code,
      academyName: academy.name,
      code: trainingClass.code,
      name: trainingClass.name,
      occupationName: occupation.name,
    })
    .from(classOpening)
    .innerJoin(academy, eq(academy.id, classOpening.academyId))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classOpening.academyId), eq(trainingClass.id, classOpening.classId)),
    )
    .leftJoin(
      occupation,
      and(eq(occupation.code, trainingClass.occupationCode), eq(occupation.edition, trainingClass.occupationEdition)),
    )

export type ReviewAnswer =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: ReasonFault | 'changed_meanwhile' | 'answered' }

/**
 * Approves what waits, or sends it back with a reason, which the academy reads. `mark`: of what the reviewer saw; a draft that was
 * changed meanwhile is looked at again first. Runs as the reviewer. Null: nothing of the viewer's.
 */
export async function answerOpening(
  tx: Tx,
  request: {
    viewer: Viewer
    openingId: string
    answer: 'approved' | 'returned'
    mark: string
    reason: string
    now: Date
    requestId?: string
  },
): Promise<ReviewAnswer | null> {
  const { viewer, openingId, answer, mark, now, requestId } = request
  const own = tx.select({ id: academy.id }).from(academy).where(reviewedBy(viewer))
  const isThis = and(eq(classOpening.id, openingId), inArray(classOpening.academyId, own))
  const [row] = await tx.select().from(classOpening).where(isThis).for('no key update')
  if (!row) return null
  if (row.state === answer) return { ok: true, isNew: false }
  if (row.state !== 'waiting') return { ok: false, reason: 'answered' }
  const why = answer === 'returned' ? readReason(request.reason) : { reason: null }
  if ('fault' in why) return { ok: false, reason: why.fault }
  const { academyId, classId, askedBy } = row
  const draft = await readDraft(tx, row)
  if (draft?.mark !== mark) return { ok: false, reason: 'changed_meanwhile' }
  const answered = { state: answer, mark, reason: why.reason, answeredBy: viewer.accountId, answeredAt: now }
  await tx.update(classOpening).set(answered).where(isThis)
  const kind = `opening.${answer}` as const
  const detail = { code: draft.code }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind, detail })
  await settleAsked(tx, { openingId, now })
  await tellAsker(tx, { academyId, classId, subjectId: openingId, name: draft.name, now, kind, askedBy })
  return { ok: true, isNew: true }
}
