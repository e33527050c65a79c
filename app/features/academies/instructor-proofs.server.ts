import { and, eq } from 'drizzle-orm'
import { findOccupation } from '#app/features/occupations/find.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { instructorQualification, instructorTitle } from '#db/schema/index.ts'
import { qualificationShape, readInstructorForm, titleShape, validToShape } from './instructor-entry.ts'
import { holdInstructor, type InstructorAnswer, type OfInstructor, refused, trail } from './instructor-held.server.ts'

/** Adds an honour or title with its evidence. Null: no such instructor. */
export async function addTitle(tx: Tx, request: OfInstructor): Promise<InstructorAnswer | null> {
  const held = await holdInstructor(tx, request)
  if (!held) return null
  const read = readInstructorForm(titleShape, request.form)
  if (!read.ok) return read
  const { title, scope = null, evidence } = read.value
  const of = { academyId: request.academyId, instructorId: held.id, title, scope, evidence }
  const same = await tx
    .select({ id: instructorTitle.id })
    .from(instructorTitle)
    .where(
      and(
        eq(instructorTitle.academyId, of.academyId),
        eq(instructorTitle.instructorId, held.id),
        eq(instructorTitle.title, title),
        eq(instructorTitle.evidence, evidence),
      ),
    )
  if (same.length > 0) return { ok: true, id: held.id, isNew: false }
  await tx.insert(instructorTitle).values({ ...of, id: newId(), createdAt: request.now })
  await trail(tx, request, 'instructor.title_added', { title })
  return { ok: true, id: held.id, isNew: true }
}

/** Adds what an instructor may teach. Null: no such instructor. */
export async function addQualification(tx: Tx, request: OfInstructor): Promise<InstructorAnswer | null> {
  const held = await holdInstructor(tx, request)
  if (!held) return null
  const read = readInstructorForm(qualificationShape, request.form)
  if (!read.ok) return read
  const { occupationCode, level, validFrom, validTo = null, evidence = null } = read.value
  const occupation = await findOccupation(tx, occupationCode)
  if (!occupation) return refused('occupationCode', 'occupation')
  const of = { academyId: request.academyId, instructorId: held.id, occupationCode: occupation.code, level, validFrom }
  const same = await tx
    .select({ id: instructorQualification.id })
    .from(instructorQualification)
    .where(
      and(
        eq(instructorQualification.academyId, of.academyId),
        eq(instructorQualification.instructorId, held.id),
        eq(instructorQualification.occupationCode, of.occupationCode),
        eq(instructorQualification.level, level),
        eq(instructorQualification.validFrom, validFrom),
      ),
    )
  if (same.length > 0) return { ok: true, id: held.id, isNew: false }
  const row = { ...of, id: newId(), occupationEdition: occupation.edition, validTo, evidence, createdAt: request.now }
  await tx.insert(instructorQualification).values(row)
  await trail(tx, request, 'instructor.qualification_added', { occupation: occupation.code, level, validFrom, validTo })
  return { ok: true, id: held.id, isNew: true }
}

/** Says until when a qualification is valid: it was extended, or taken away. Null: no such instructor or qualification. */
export async function extendQualification(
  tx: Tx,
  request: OfInstructor & { id: string },
): Promise<InstructorAnswer | null> {
  const { academyId, instructorId, id } = request
  if (!(await holdInstructor(tx, request))) return null
  const isIt = and(
    eq(instructorQualification.academyId, academyId),
    eq(instructorQualification.instructorId, instructorId),
    eq(instructorQualification.id, id),
  )
  const [found] = await tx.select().from(instructorQualification).where(isIt)
  if (!found) return null
  const read = readInstructorForm(validToShape, request.form)
  if (!read.ok) return read
  const { validTo = null } = read.value
  if (validTo !== null && validTo < found.validFrom) return refused('validTo', 'date_order')
  if (validTo === found.validTo) return { ok: true, id: instructorId, isNew: false }
  await tx.update(instructorQualification).set({ validTo }).where(isIt)
  const { occupationCode: occupation, level } = found
  await trail(tx, request, 'instructor.qualification_changed', { occupation, level, before: found.validTo, validTo })
  return { ok: true, id: instructorId, isNew: true }
}

/** Takes back what was entered by mistake. Null: no such instructor. `isNew` false: it was gone already. */
export async function removeProof(
  tx: Tx,
  request: OfInstructor & { what: 'title' | 'qualification'; id: string },
): Promise<InstructorAnswer | null> {
  const { academyId, instructorId, what, id } = request
  if (!(await holdInstructor(tx, request))) return null
  const table = what === 'title' ? instructorTitle : instructorQualification
  const gone = await tx
    .delete(table)
    .where(and(eq(table.academyId, academyId), eq(table.instructorId, instructorId), eq(table.id, id)))
    .returning({ id: table.id })
  if (gone.length > 0) await trail(tx, request, `instructor.${what}_removed`, { removedId: id })
  return { ok: true, id: instructorId, isNew: gone.length > 0 }
}
