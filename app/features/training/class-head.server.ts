import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account, classStaff, trainingClass } from '#db/schema/index.ts'
import { changesOf } from './class-edit.ts'
import { type HeadInput, type HeadRefusal, readHead } from './class-head.ts'
import { tellClassChange } from './class-told.server.ts'

export type HeadChoice = { id: string; name: string }

/** Who may head a class of an academy: its instructors' accounts. Runs as its administrator, or for the purpose `setup`. */
export function listHeads(tx: Tx, academyId: string): Promise<HeadChoice[]> {
  return tx
    .select({ id: account.id, name: account.displayName })
    .from(account)
    .where(and(eq(account.academyId, academyId), eq(account.role, 'instructor'), isNull(account.disabledAt)))
    .orderBy(asc(account.displayName), asc(account.id))
}

const isHead = (of: { academyId: string; classId: string }) =>
  and(eq(classStaff.academyId, of.academyId), eq(classStaff.classId, of.classId), eq(classStaff.role, 'head'))

/** The account that heads a class; null: none does. */
export async function findHead(tx: Tx, of: { academyId: string; classId: string }): Promise<string | null> {
  const [row] = await tx.select({ id: classStaff.accountId }).from(classStaff).where(isHead(of))
  return row?.id ?? null
}

/**
 * Whether the viewer, who was found to have the class, acts as its head: an administrator always, an instructor who heads it,
 * nobody else. What `headed` means in accounts/roles.ts.
 */
export async function actsAsHead(tx: Tx, viewer: Viewer, classId: string): Promise<boolean> {
  if (viewer.role === 'academy_admin') return true
  if (viewer.role !== 'instructor') return false
  const rows = await tx
    .select({ one: sql`1` })
    .from(classStaff)
    .where(
      and(
        eq(classStaff.academyId, viewer.academyId ?? classId),
        eq(classStaff.classId, classId),
        eq(classStaff.accountId, viewer.accountId),
        eq(classStaff.role, 'head'),
      ),
    )
  return rows.length > 0
}

/** Puts the account `after` in the place of the account that heads a class; null: none. */
export async function seatHead(
  tx: Tx,
  of: { academyId: string; classId: string },
  { before, after }: { before: string | null; after: string | null },
): Promise<void> {
  if (before === after) return
  await tx.delete(classStaff).where(isHead(of))
  if (after) await insertHead(tx, { ...of, accountId: after })
}

/** Puts the head into a class that has none. */
export async function insertHead(tx: Tx, head: { academyId: string; classId: string; accountId: string }) {
  await tx.insert(classStaff).values({ ...head, role: 'head' })
}

export type HeadAnswer = { ok: true; isNew: boolean } | { ok: false; reason: HeadRefusal }

/**
 * Says who heads a class, as workers read it and, where the head has an account, who acts as one; of a published class those with a
 * place are told. Runs as the academy's administrator.
 * Null: no such class run here.
 */
export async function changeHead(
  tx: Tx,
  change: { viewer: Viewer; classId: string; typed: HeadInput; now: Date; requestId?: string },
): Promise<HeadAnswer | null> {
  const { viewer, classId, typed, now, requestId } = change
  const { academyId } = viewer
  if (!academyId) return null
  const read = readHead(typed)
  if ('fault' in read) return { ok: false, reason: read.fault }
  const isThis = and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))
  const [held] = await tx
    .select({
      name: trainingClass.name,
      status: trainingClass.status,
      classHead: trainingClass.classHead,
      classHeadPhone: trainingClass.classHeadPhone,
    })
    .from(trainingClass)
    .where(and(isThis, eq(trainingClass.origin, 'system')))
    .for('no key update')
  if (!held) return null
  if (held.status === 'closed') return { ok: false, reason: 'class_closed' }
  const chosen = read.accountId ? (await listHeads(tx, academyId)).find(({ id }) => id === read.accountId) : null
  if (chosen === undefined) return { ok: false, reason: 'head_unknown' }
  const said = { classHead: read.name ?? chosen?.name ?? null, classHeadPhone: read.phone }
  const before = await findHead(tx, { academyId, classId })
  const isSame = held.classHead === said.classHead && held.classHeadPhone === said.classHeadPhone
  if (isSame && before === (chosen?.id ?? null)) return { ok: true, isNew: false }
  await tx.update(trainingClass).set(said).where(isThis)
  await seatHead(tx, { academyId, classId }, { before, after: chosen?.id ?? null })
  const detail = { before, after: chosen?.id ?? null }
  await record(tx, { by: viewer, now, academyId, subjectId: classId, requestId, kind: 'class.head_changed', detail })
  const { name, status } = held
  const told = { by: viewer, academyId, classId, name, changes: changesOf(held, said), reason: null, now }
  if (status !== 'draft') await tellClassChange(tx, told)
  return { ok: true, isNew: true }
}
