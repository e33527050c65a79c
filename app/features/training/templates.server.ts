import { and, asc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { newId } from '#app/lib/ids.ts'
import { oneLine } from '#app/lib/written.ts'
import type { Tx } from '#db/client.server.ts'
import { classTemplate } from '#db/schema/index.ts'
import { findCopied } from './copy-class.server.ts'
import { copiedFields } from './copy-class.ts'
import type { TemplateFields } from './template-layout.ts'

export type ClassTemplate = { id: string; name: string; fields: TemplateFields }

const columns = { id: classTemplate.id, name: classTemplate.name, fields: classTemplate.fields }

/** An academy has a handful of them. */
const MOST = 100

/** The templates of an academy by name. */
export function listTemplates(tx: Tx, academyId: string): Promise<ClassTemplate[]> {
  return tx
    .select(columns)
    .from(classTemplate)
    .where(eq(classTemplate.academyId, academyId))
    .orderBy(asc(classTemplate.name))
    .limit(MOST)
}

export async function findTemplate(
  tx: Tx,
  { academyId, id }: { academyId: string; id: string },
): Promise<ClassTemplate | null> {
  const isThis = and(eq(classTemplate.academyId, academyId), eq(classTemplate.id, id))
  const [found] = await tx.select(columns).from(classTemplate).where(isThis)
  return found ?? null
}

export type KeepRefusal = 'name' | 'name_taken' | 'too_many'

type Command = { viewer: Viewer; academyId: string; now: Date; requestId?: string }

/** Keeps what a class of the academy says as a template, a draft's too. Null: no such class, or one that a ledger brought. */
export async function keepTemplate(
  tx: Tx,
  { viewer, academyId, classId, name, now, requestId }: Command & { classId: string; name: string },
): Promise<{ ok: true; id: string } | { ok: false; reason: KeepRefusal } | null> {
  const said = oneLine(name)
  if (said === '' || [...said].length > 60) return { ok: false, reason: 'name' }
  const copied = await findCopied(tx, { academyId, classId })
  if (!copied) return null
  if ((await listTemplates(tx, academyId)).length >= MOST) return { ok: false, reason: 'too_many' }
  const id = newId()
  const fields = { ...copiedFields(copied, copied.class.startsOn), plan: copied.plan }
  const made = await tx
    .insert(classTemplate)
    .values({ academyId, id, name: said, fields, madeBy: viewer.accountId, madeAt: now })
    .onConflictDoNothing({ target: [classTemplate.academyId, classTemplate.name] })
    .returning({ id: classTemplate.id })
  if (made.length === 0) return { ok: false, reason: 'name_taken' }
  await record(tx, {
    by: viewer,
    now,
    requestId,
    academyId,
    subjectId: id,
    kind: 'class_template.kept',
    detail: { classId },
  })
  return { ok: true, id }
}

/** Classes that were opened from it stay. @returns false: there was none. */
export async function removeTemplate(
  tx: Tx,
  { viewer, academyId, id, now, requestId }: Command & { id: string },
): Promise<boolean> {
  const isThis = and(eq(classTemplate.academyId, academyId), eq(classTemplate.id, id))
  const gone = await tx.delete(classTemplate).where(isThis).returning({ id: classTemplate.id })
  if (gone.length === 0) return false
  await record(tx, { by: viewer, now, requestId, academyId, subjectId: id, kind: 'class_template.removed', detail: {} })
  return true
}
