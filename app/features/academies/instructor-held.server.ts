import { and, eq } from 'drizzle-orm'
import type { Actor } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { AuditDetails, AuditKind } from '#app/features/audit/events.ts'
import type { Tx } from '#db/client.server.ts'
import { instructor } from '#db/schema/index.ts'
import type { PlacedFault } from './instructor-entry.ts'

/** `isNew` false: it is so already. `faults`: what was typed; nothing was written then. */
export type InstructorAnswer = { ok: true; id: string; isNew: boolean } | { ok: false; faults: PlacedFault[] }

export type InstructorRequest = {
  /** The academy's administrator; the purpose `setup` for the demo. */
  by: Exclude<Actor, { kind: 'anonymous' }>
  academyId: string
  form: FormData
  now: Date
  requestId?: string
}

/** A request about one instructor of the academy. */
export type OfInstructor = InstructorRequest & { instructorId: string }

export const refused = (field: string, fault: PlacedFault['fault']): InstructorAnswer => ({
  ok: false,
  faults: [{ field, fault }],
})

export const isThis = ({ academyId, instructorId }: { academyId: string; instructorId: string }) =>
  and(eq(instructor.academyId, academyId), eq(instructor.id, instructorId))

/** Locked, so that two who change one instructor take turns. */
export async function holdInstructor(tx: Tx, of: { academyId: string; instructorId: string }) {
  const [held] = await tx.select().from(instructor).where(isThis(of)).for('no key update')
  return held ?? null
}

export async function trail<K extends AuditKind & `instructor.${string}`>(
  tx: Tx,
  { by, academyId, instructorId, now, requestId }: OfInstructor,
  kind: K,
  detail: AuditDetails[K],
): Promise<void> {
  await record<AuditKind>(tx, { by, now, kind, detail, academyId, subjectId: instructorId, requestId })
}
