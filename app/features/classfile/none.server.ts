import { and, eq, isNull } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classFileNone } from '#db/schema/index.ts'
import type { ClassFilePart } from '#db/values.ts'
import { type FiledClass, findFiledClass } from './find.server.ts'
import type { DeclaredPart } from './parts.ts'
import { takeTurnWhileOpen } from './turn.server.ts'

type Of = { viewer: Viewer; academyCode: string; classId: string; now: Date; requestId?: string }
type Place = Pick<FiledClass, 'academyId' | 'id'>

const holds = ({ academyId, id }: Place) =>
  and(eq(classFileNone.academyId, academyId), eq(classFileNone.classId, id), isNull(classFileNone.endedAt))

/** Of which parts somebody said that the class has none, and why. */
export async function findNone(tx: Tx, of: Place): Promise<Partial<Record<ClassFilePart, string>>> {
  const rows = await tx
    .select({ part: classFileNone.part, because: classFileNone.because })
    .from(classFileNone)
    .where(holds(of))
  return Object.fromEntries(rows.map(({ part, because }) => [part, because]))
}

/** A class's file with what was said of one part, after the guard `classfile.keep`. Null: no such class of the viewer's. */
export function findNonePage(
  of: Omit<Of, 'now'>,
  part: DeclaredPart,
): Promise<{ of: FiledClass; because: string | null } | null> {
  return as(of.viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    return held && { of: held, because: (await findNone(tx, held))[part] ?? null }
  })
}

/**
 * Says that the class has none of a part, with the reason, or takes that back (`isNone` false). Said twice it is said once, in the
 * words of whoever was first. Null: no such class of the viewer's.
 */
export function sayNone(
  of: Of,
  { part, isNone, written }: { part: DeclaredPart; isNone: boolean; written: string },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: ReasonFault | 'class_closed' } | null> {
  const { viewer, now, requestId } = of
  return as(viewer, async (tx) => {
    const held = await findFiledClass(tx, of)
    if (!held) return null
    if (!(await takeTurnWhileOpen(tx, held))) return { ok: false, reason: 'class_closed' }
    const why = isNone ? readReason(written) : null
    if (why && 'fault' in why) return { ok: false, reason: why.fault }
    const [academyId, classId, subjectId] = [held.academyId, held.id, newId()]
    const changed = why
      ? await tx
          .insert(classFileNone)
          .values({
            academyId,
            id: subjectId,
            classId,
            part,
            because: why.reason,
            saidBy: viewer.accountId,
            saidAt: now,
          })
          .onConflictDoNothing()
          .returning({ id: classFileNone.id })
      : await tx
          .update(classFileNone)
          .set({ endedBy: viewer.accountId, endedAt: now })
          .where(and(holds(held), eq(classFileNone.part, part)))
          .returning({ id: classFileNone.id })
    const [row] = changed
    if (!row) return { ok: true, isNew: false }
    const event = { by: viewer, now, requestId, academyId, subjectId: row.id }
    if (why) {
      const detail = { classId, part, reason: withoutNumbers(why.reason) }
      await record(tx, { ...event, kind: 'class_file.none_said', detail })
    } else await record(tx, { ...event, kind: 'class_file.none_unsaid', detail: { classId, part } })
    return { ok: true, isNew: true }
  })
}
