import { and, eq, isNotNull, type SQL } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { ownClassOf } from '#app/features/training/desk.server.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, trainingClass } from '#db/schema/index.ts'

/** Whose learning is looked at: who sits in the viewer's online classes of a course; `classId`: in this one alone. */
export type Watched = { viewer: Viewer; courseSlug: string; classId?: string | null }

/**
 * The online classes run here that deliver a course (`courseSlug` null: whatever course): the academy's, an instructor's own.
 * Row-level security says the same.
 */
export function ofClasses(
  tx: Tx,
  { viewer, courseSlug, classId = null }: Omit<Watched, 'courseSlug'> & { courseSlug: string | null },
): SQL | undefined {
  return and(
    eq(trainingClass.academyId, viewer.academyId ?? NO_ACADEMY),
    courseSlug === null ? isNotNull(trainingClass.courseSlug) : eq(trainingClass.courseSlug, courseSlug),
    classId === null ? undefined : eq(trainingClass.id, classId),
    eq(trainingClass.mode, 'online'),
    eq(trainingClass.origin, 'system'),
    viewer.role === 'instructor' ? ownClassOf(tx, viewer) : undefined,
  )
}
const NO_ACADEMY = '00000000-0000-0000-0000-000000000000'

export const isOfClass = and(eq(trainingClass.academyId, enrolment.academyId), eq(trainingClass.id, enrolment.classId))

/** The accounts that sit in those classes. */
export const sittingAccounts = (tx: Tx, of: Watched) =>
  tx
    .select({ id: enrolment.accountId })
    .from(enrolment)
    .innerJoin(trainingClass, isOfClass)
    .where(and(ofClasses(tx, of), eq(enrolment.seat, 'enrolled')))
