import { and, eq, ne } from 'drizzle-orm'
import { findOrMakeSite } from '#app/features/academies/sites.server.ts'
import { findOccupation } from '#app/features/occupations/find.server.ts'
import type { Tx } from '#db/client.server.ts'
import { course, trainingClass } from '#db/schema/index.ts'
import { listHeads } from './class-head.server.ts'
import type { OpenClassInput } from './open-class-shape.ts'

export type NamedRefusal = 'code_taken' | 'occupation_unknown' | 'site_unknown' | 'course_unknown' | 'head_unknown'

/** What the form of a class names, found or made. */
export type Named = {
  occupation: { code: string; edition: number } | null
  /** Null: online. */
  siteId: string | null
  head: { id: string; name: string } | null
}

/**
 * Finds what the form of a class names: occupation, course, place (made where it is new) and head. Its number must be free.
 * @param of.classId the class that is being edited; left out of a new one.
 */
export async function findNamed(
  tx: Tx,
  { academyId, classId, form }: { academyId: string; classId?: string; form: OpenClassInput },
): Promise<{ ok: true; named: Named } | { ok: false; reason: NamedRefusal }> {
  const isOnline = form.mode === 'online'
  const occupation = form.occupationCode === undefined ? null : await findOccupation(tx, form.occupationCode)
  if (form.occupationCode !== undefined && !occupation) return { ok: false, reason: 'occupation_unknown' }
  if (isOnline && !(await isCourse(tx, form.courseSlug ?? ''))) return { ok: false, reason: 'course_unknown' }
  if (await isCodeTaken(tx, { academyId, classId, code: form.code })) return { ok: false, reason: 'code_taken' }
  const siteId = isOnline ? null : await findOrMakeSite(tx, { academyId, ...form })
  if (!isOnline && siteId === null) return { ok: false, reason: 'site_unknown' }
  const head = form.headId === undefined ? null : (await listHeads(tx, academyId)).find(({ id }) => id === form.headId)
  if (head === undefined) return { ok: false, reason: 'head_unknown' }
  return { ok: true, named: { occupation, siteId, head } }
}

async function isCodeTaken(tx: Tx, of: { academyId: string; classId: string | undefined; code: string }) {
  const rows = await tx
    .select({ id: trainingClass.id })
    .from(trainingClass)
    .where(
      and(
        eq(trainingClass.academyId, of.academyId),
        eq(trainingClass.code, of.code),
        of.classId === undefined ? undefined : ne(trainingClass.id, of.classId),
      ),
    )
  return rows.length > 0
}

async function isCourse(tx: Tx, slug: string): Promise<boolean> {
  const rows = await tx.select({ slug: course.slug }).from(course).where(eq(course.slug, slug)).limit(1)
  return rows.length > 0
}
