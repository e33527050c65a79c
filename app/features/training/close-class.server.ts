import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { withoutNumbers } from '#app/features/persons/masking.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, classClosing, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, ClosingLack, Role } from '#db/values.ts'

type OfClass = { academyId: string; classId: string }

const isThis = ({ academyId, classId }: OfClass) =>
  and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))

/**
 * Locks a class of the academy that is run here, as those who change it do, once everybody who is marking somebody of it has done
 * (`hold_planned`): its attendance stays as it is then. Null: none.
 */
export async function holdToClose(tx: Tx, of: OfClass): Promise<{ status: ClassStatus } | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(closing_turn(${of.classId}::uuid))`)
  const [row] = await tx
    .select({ status: trainingClass.status, origin: trainingClass.origin })
    .from(trainingClass)
    .where(isThis(of))
    .for('no key update')
  return row?.origin === 'system' ? { status: row.status as ClassStatus } : null
}

/** Whether a class of an academy is closed (结班). */
export async function isClassClosed(tx: Tx, of: OfClass): Promise<boolean> {
  const [row] = await tx.select({ status: trainingClass.status }).from(trainingClass).where(isThis(of))
  return row?.status === 'closed'
}

/** Writes that a class is closed, which {@link holdToClose} has locked and nothing stands against. Runs as its administrator. */
export async function writeClosing(
  tx: Tx,
  closing: OfClass & {
    viewer: Viewer
    code: string
    missing: { lack: ClosingLack; n: number }[]
    because: string | null
    now: Date
    requestId?: string
  },
): Promise<void> {
  const { viewer, academyId, classId, code, missing, because, now, requestId } = closing
  const by = { closedBy: viewer.accountId, closedAt: now, closedBecause: because }
  await tx.insert(classClosing).values({ academyId, id: newId(), classId, missing, ...by })
  await tx.update(trainingClass).set({ status: 'closed' }).where(isThis(closing))
  const detail = { code, missing: missing.map(({ lack }) => lack) }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind: 'class.closed', detail })
}

export type ReopenAnswer = { ok: true; isNew: boolean } | { ok: false; reason: ReasonFault | 'second_person' }

/**
 * Opens a closed class again, with a reason: another administrator than who closed it, or its sponsor's reviewer (or the province's in
 * that place), as row-level security says too. Null: no such class of the viewer's.
 */
export async function reopenClass(
  tx: Tx,
  request: { viewer: Viewer; academyCode: string; classId: string; reason: string; now: Date; requestId?: string },
): Promise<ReopenAnswer | null> {
  const { viewer, academyCode, classId, now, requestId } = request
  const [row] = await tx
    .select({ closing: classClosing, code: trainingClass.code })
    .from(classClosing)
    .innerJoin(academy, eq(academy.id, classClosing.academyId))
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classClosing.academyId), eq(trainingClass.id, classClosing.classId)),
    )
    .where(and(eq(academy.code, academyCode), eq(classClosing.classId, classId)))
    .orderBy(desc(classClosing.closedAt), desc(classClosing.id))
    .limit(1)
    .for('no key update', { of: classClosing })
  if (!row) return null
  const { closing, code } = row
  const { academyId, id } = closing
  if (closing.reopenedAt) return { ok: true, isNew: false }
  if (closing.closedBy === viewer.accountId) return { ok: false, reason: 'second_person' }
  const why = readReason(request.reason)
  if ('fault' in why) return { ok: false, reason: why.fault }
  const by = { reopenedBy: viewer.accountId, reopenedRole: viewer.role, reopenedAt: now, reopenedBecause: why.reason }
  await tx
    .update(classClosing)
    .set(by)
    .where(and(eq(classClosing.academyId, academyId), eq(classClosing.id, id), isNull(classClosing.reopenedAt)))
  // Those above an academy change nothing of its classes themselves.
  await within(tx, system('seats'), (tx) =>
    tx.update(trainingClass).set({ status: 'published' }).where(isThis({ academyId, classId })),
  )
  await record(tx, {
    ...{ by: viewer, now, academyId, subjectId: classId, requestId },
    ...{ kind: 'class.reopened', detail: { code } },
  })
  return { ok: true, isNew: true }
}

/** A closing as it is shown; the latest comes first. */
export type Closing = {
  id: string
  closedBy: string
  closedAt: Date
  missing: { lack: ClosingLack; n: number }[]
  because: string | null
  reopened: { by: string; role: Role; at: Date; because: string } | null
}

/** When a class was closed and opened again, the latest first. */
export async function listClosings(tx: Tx, { academyId, classId }: OfClass): Promise<Closing[]> {
  const rows = await tx
    .select()
    .from(classClosing)
    .where(and(eq(classClosing.academyId, academyId), eq(classClosing.classId, classId)))
    .orderBy(desc(classClosing.closedAt), desc(classClosing.id))
    .limit(20)
  return rows.map(({ id, closedBy, closedAt, missing, closedBecause, ...row }) => ({
    ...{ id, closedBy, closedAt, missing },
    because: closedBecause && withoutNumbers(closedBecause),
    reopened:
      row.reopenedBy && row.reopenedAt
        ? {
            by: row.reopenedBy,
            role: row.reopenedRole as Role,
            at: row.reopenedAt,
            because: withoutNumbers(row.reopenedBecause ?? ''),
          }
        : null,
  }))
}
