import { and, eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { occupation, site, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus } from '#db/values.ts'
import { findAssessmentMisfit } from './assessment-misfit.server.ts'
import { changesOf, type FieldChange, needsCheck, stageOf } from './class-edit.ts'
import { tellClassChange } from './class-told.server.ts'
import { findMisfit, type Misfit } from './publish-class.server.ts'
import { undone } from './retry.server.ts'
import { holdClass } from './session-held.server.ts'

type Row = typeof trainingClass.$inferSelect
type Change = { viewer: Viewer; academyId: string; classId: string; reason: string; now: Date }

/**
 * Does what changes a class that is locked, and looks at what it was and is: of a published one each field that differs is kept as a change
 * and told (class-told.server.ts). While it is not over it must be fit to be published as it is now; what was unfit before and is
 * no worse may stay. A refusal writes nothing. A draft's changes, and those of a ledger's class, are nobody's news.
 */
export async function changePublished<A extends { ok: boolean }>(
  tx: Tx,
  change: Change,
  work: (tx: Tx) => Promise<A>,
): Promise<A | Misfit> {
  const before = await findRow(tx, change)
  if (before.origin !== 'system' || before.status === 'draft') return work(tx)
  const stage = stageOf({ ...before, status: before.status as ClassStatus }, shanghaiDate(change.now))
  const misfit = stage === 'over' ? null : await misfitOf(tx, change)
  return undone<A | Misfit>(tx, async (tx) => {
    const answer = await work(tx)
    if (!answer.ok) return answer
    const after = await findRow(tx, change)
    const changes = changesOf(before, after)
    if (changes.length === 0) return answer
    if (stage !== 'over' && needsCheck(changes)) {
      const refusal = await misfitOf(tx, change)
      if (refusal && isWorse(refusal, misfit, { before, after })) return refusal
    }
    const { viewer: by, academyId, classId, reason, now } = change
    const named = await withNames(tx, changes, { before, after })
    await tellClassChange(tx, {
      by,
      academyId,
      classId,
      name: after.name,
      changes: named,
      reason: reason.trim() || null,
      now,
    })
    return answer
  })
}

async function findRow(tx: Tx, { academyId, classId }: Change): Promise<Row> {
  const rows = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
  return rows[0]!
}

/** The province changes no instructor, and so holds none still: for it the timetable looks at them. */
async function misfitOf(tx: Tx, change: Change): Promise<Misfit | null> {
  const { viewer, classId } = change
  const held = await holdClass(tx, change)
  const find = async (tx: Tx) =>
    (held && (await findMisfit(tx, held, classId))) ?? findAssessmentMisfit(tx, { ...change, isAsked: false })
  return viewer.role === 'academy_admin' ? find(tx) : within(tx, system('timetable'), find)
}

type Versions = { before: Row; after: Row }

function isWorse(now: Misfit, then: Misfit | null, { before, after }: Versions): boolean {
  if (now.reason === 'no_room' && (after.capacity ?? 0) > (before.capacity ?? 0)) return true
  return JSON.stringify(now) !== JSON.stringify(then)
}

/** What is kept says names where the class's row has ids and codes: they may be gone by the time it is read. */
async function withNames(tx: Tx, changes: readonly FieldChange[], of: Versions): Promise<FieldChange[]> {
  const nameIn = { siteId: siteName, occupationCode: occupationName }
  return Promise.all(
    changes.map(async (one) => {
      if (one.field !== 'siteId' && one.field !== 'occupationCode') return one
      const nameOf = nameIn[one.field]
      return { ...one, before: await nameOf(tx, of.before), after: await nameOf(tx, of.after) }
    }),
  )
}

async function siteName(tx: Tx, { academyId, siteId }: Row): Promise<string | null> {
  if (siteId === null) return null
  const [row] = await tx
    .select({ name: site.name })
    .from(site)
    .where(and(eq(site.academyId, academyId), eq(site.id, siteId)))
  return row?.name ?? null
}

async function occupationName(
  tx: Tx,
  { occupationCode: code, occupationEdition: edition }: Row,
): Promise<string | null> {
  if (code === null || edition === null) return null
  const [row] = await tx
    .select({ name: occupation.name })
    .from(occupation)
    .where(and(eq(occupation.code, code), eq(occupation.edition, edition)))
  return row?.name ?? code
}
