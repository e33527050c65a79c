import { sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import { changePublished } from './change-published.server.ts'
import { changedFields, isCreditTouched, type MendEffect, type MendEntry, type PlacedFault } from './mend.ts'
import { creditAnew } from './mend-credit.server.ts'
import { decideMend } from './mend-decide.server.ts'
import { findHeld, type Held, holdClass, isThis } from './mend-held.server.ts'
import type { Misfit } from './publish-class.server.ts'

export type MendRefusal =
  | { ok: false; reason: 'faults'; faults: PlacedFault[]; why: ReasonFault | null }
  | { ok: false; reason: 'changed_meanwhile' | 'unchanged' | 'class_closed' }

/** `isNew` false: it says so already; a second click has the same result as the first. */
export type Mended = { ok: true; isNew: boolean; effect: MendEffect } | MendRefusal

/** What mending a class answers: of one that is published, as it could not be published too. */
export type MendAnswer = Mended | Misfit

type Request = {
  viewer: Viewer
  academyId: string
  classId: string
  entry: MendEntry
  reason: string
  now: Date
  requestId?: string
}

/**
 * Mends the name, mode, occupation, dates or hours of a class, by the academy's administrator or the province: what a ledger
 * must not (domain.md, "The ledger"). Credit of every enrolment is decided again by the rules where mode, last day or hours
 * change; practical hours and own completion dates go where the new mode has none. Everything that changes is kept as it
 * was, with the reason; of a published class those with a place are told. Refused where something that is recorded would
 * contradict it, or where it could not be published like that. Null: no such class.
 */
export async function mendClass(tx: Tx, request: Request): Promise<MendAnswer | null> {
  const held = await holdClass(tx, request)
  return held && changePublished(tx, request, (tx) => mendHeld(tx, request, held))
}

/** {@link mendClass} as part of another change, which tells of it. */
export async function mendFacts(tx: Tx, request: Request): Promise<Mended | null> {
  const held = await holdClass(tx, request)
  return held && mendHeld(tx, request, held)
}

async function mendHeld(tx: Tx, request: Request, held: Held): Promise<Mended> {
  const { academyId, classId, now, viewer } = request
  if (isClosedTo(held, viewer)) return { ok: false, reason: 'class_closed' }
  const decided = await decideMend(tx, held, request)
  const why = readReason(request.reason)
  if (!decided.ok) return decided.reason === 'faults' ? { ...decided, why: 'fault' in why ? why.fault : null } : decided
  const { next, occupation, effect } = decided
  if (!decided.isNew) return { ok: true, isNew: false, effect }
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }

  await createStagedRevisions(tx)
  await tx.execute(sql`
    insert into staged_revision
    select c.academy_id, 'class', c.id, to_jsonb(c) from class c where c.academy_id = ${academyId}::uuid and c.id = ${classId}::uuid`)
  await tx
    .update(trainingClass)
    .set({
      ...next,
      occupationCode: occupation?.code ?? null,
      occupationEdition: occupation?.edition ?? null,
    })
    .where(isThis(request))
  if (isCreditTouched(held.facts, next)) await creditAnew(tx, held, next)
  await keepStagedRevisions(tx, { importId: null, reason: why.reason, accountId: viewer.accountId, now })
  await record(tx, {
    by: viewer,
    now,
    kind: 'class.mended',
    detail: {
      code: held.code,
      fields: changedFields(held.facts, next),
      credited: { before: effect.before, after: effect.after },
    },
    academyId,
    subjectId: classId,
    requestId: request.requestId,
  })
  return { ok: true, isNew: true, effect }
}

/** What mending would do, without doing it; refusals as in {@link mendClass}, the reason aside. */
export async function previewMend(tx: Tx, request: Omit<Request, 'reason'>): Promise<Mended | null> {
  const held = await findHeld(tx, request)
  if (!held) return null
  if (isClosedTo(held, request.viewer)) return { ok: false, reason: 'class_closed' }
  const decided = await decideMend(tx, held, request)
  if (!decided.ok) return decided.reason === 'faults' ? { ...decided, why: null } : decided
  return { ok: true, isNew: decided.isNew, effect: decided.effect }
}

/** Of a closed class (结班) the province alone mends what it says; its academy has it opened again first. */
const isClosedTo = ({ status }: Held, viewer: Viewer) => status === 'closed' && viewer.role === 'academy_admin'
