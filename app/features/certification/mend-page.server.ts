import { and, asc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { staffNames } from '#app/features/accounts/names.server.ts'
import { listRevisions } from '#app/features/audit/history.server.ts'
import { maskName, withoutNumbers } from '#app/features/persons/masking.ts'
import { type ChangeShown, findClassByAddress } from '#app/features/training/mend-page.server.ts'
import { assessment, enrolment } from '#db/schema/index.ts'
import { attemptsMark } from './mend.server.ts'

/** Attempts that were given another date together. */
export type Redating = ChangeShown & { from: string; to: string; attempts: number }

export type RedatePage = {
  academyId: string
  academyCode: string
  academyName: string
  classId: string
  code: string
  name: string
  startsOn: string
  /** Days on which somebody of the class was assessed. */
  days: { on: string; attempts: number }[]
  /** Whose date is to be mended: those of a day, or one worker (masked). Null: nobody chosen yet. */
  chosen: { from: string; attempts: number; assessmentId: string | null; worker: string | null; mark: string } | null
  history: Redating[]
}

/** The assessments of a class by day, for mending a date; after the guard `certification.mend`. Null: no such class. */
export async function findRedatePage(
  viewer: Viewer,
  address: { academyCode: string; classId: string; on: string | null; assessmentId: string | null },
): Promise<RedatePage | null> {
  const found = await as(viewer, async (tx) => {
    const row = await findClassByAddress(tx, address)
    if (!row) return null
    const { academyId, id } = row.held
    const attempts = await tx
      .select({ id: assessment.id, on: assessment.assessedOn, name: enrolment.name })
      .from(assessment)
      .innerJoin(
        enrolment,
        and(eq(enrolment.academyId, assessment.academyId), eq(enrolment.id, assessment.enrolmentId)),
      )
      .where(and(eq(enrolment.academyId, academyId), eq(enrolment.classId, id)))
      .orderBy(asc(assessment.assessedOn), asc(assessment.id))
    const factIds = attempts.map((attempt) => attempt.id)
    return { row, attempts, revisions: await listRevisions(tx, { academyId, fact: 'assessment', factIds }) }
  })
  if (!found) return null
  const { row, attempts, revisions } = found
  const who = await staffNames(revisions.flatMap(({ accountId }) => accountId ?? []))
  const { academyId, id, code, name, startsOn } = row.held
  const of = { academyId, academyCode: row.academyCode, academyName: row.academyName, classId: id }
  const days = [...new Set(attempts.map((attempt) => attempt.on))].map((on) => ({
    on,
    attempts: attempts.filter((attempt) => attempt.on === on).length,
  }))
  return {
    ...of,
    code,
    name,
    startsOn,
    days,
    chosen: choose(attempts, address),
    history: together(revisions, attempts, who),
  }
}

type Attempt = { id: string; on: string; name: string }

function choose(
  attempts: Attempt[],
  { on, assessmentId }: { on: string | null; assessmentId: string | null },
): RedatePage['chosen'] {
  const chosen = attempts.filter((one) => (assessmentId ? one.id === assessmentId : one.on === on))
  const [first] = chosen
  if (!first) return null
  const worker = assessmentId ? maskName(first.name) : null
  const mark = attemptsMark(chosen.map((one) => one.id))
  return { from: first.on, attempts: chosen.length, assessmentId, worker, mark }
}

/**
 * Revisions of one change carry its instant. One after which the date was the same is a result that was corrected by hand:
 * what a revision became is what the next one of the attempt says of before, or what holds today. The latest come first.
 */
function together(
  revisions: Awaited<ReturnType<typeof listRevisions>>,
  attempts: readonly Attempt[],
  who: Awaited<ReturnType<typeof staffNames>>,
): Redating[] {
  const became = new Map(attempts.map(({ id, on }) => [id, on]))
  const changes = new Map<string, Redating>()
  for (const { id, factId, at, accountId, reason, before } of revisions) {
    const from = String(before.assessed_on)
    const to = became.get(factId) ?? from
    became.set(factId, from)
    if (from === to) continue
    const key = `${at.toISOString()} ${accountId} ${from} ${to}`
    const known = changes.get(key)
    const shown = { id, at, who: accountId ? (who[accountId] ?? null) : null, reason: withoutNumbers(reason) }
    changes.set(key, known ? { ...known, attempts: known.attempts + 1 } : { ...shown, from, to, attempts: 1 })
  }
  return [...changes.values()]
}
