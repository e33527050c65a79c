import { sql } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { auditEvent, revision } from '#db/schema/index.ts'
import type { AuditDetails, AuditKind } from './events.ts'

/** Who acts, as far as the trail needs it. Structural, so that audit stands below accounts. */
type Acting =
  | { kind: 'anonymous' }
  | { kind: 'user'; accountId: string }
  | { kind: 'system'; purpose: string; onBehalfOf?: string }

export type AuditEvent<K extends AuditKind = AuditKind> = {
  by: Acting
  now: Date
  kind: K
  detail: AuditDetails[K]
  academyId?: string
  subjectId?: string
  requestId?: string
}

const insertEvent = statement((db) =>
  db.insert(auditEvent).values({
    id: sql.placeholder('id'),
    at: sql.placeholder('at'),
    actorKind: sql.placeholder('actorKind'),
    actorAccountId: sql.placeholder('actorAccountId'),
    purpose: sql.placeholder('purpose'),
    academyId: sql.placeholder('academyId'),
    kind: sql.placeholder('kind'),
    subjectId: sql.placeholder('subjectId'),
    detail: sql.placeholder('detail'),
    requestId: sql.placeholder('requestId'),
  }),
)

/** Records one event in the transaction of the write that it is about. @returns its id. */
export async function record<K extends AuditKind>(tx: Tx, event: AuditEvent<K>): Promise<string> {
  const { by } = event
  const id = newId()
  await insertEvent(tx, {
    id,
    at: event.now,
    actorKind: by.kind,
    actorAccountId: by.kind === 'user' ? by.accountId : null,
    purpose: by.kind === 'system' ? by.purpose : null,
    academyId: event.academyId ?? null,
    kind: event.kind,
    subjectId: event.subjectId ?? null,
    detail: by.kind === 'system' && by.onBehalfOf ? { ...event.detail, onBehalfOf: by.onBehalfOf } : event.detail,
    requestId: event.requestId ?? null,
  })
  return id
}

export type Revision = {
  academyId: string
  fact: 'class' | 'enrolment' | 'assessment' | 'certificate'
  factId: string
  before: Record<string, unknown>
  reason?: string
  accountId?: string
  now: Date
}

/** Keeps what a fact said before it is changed by hand. The ledger keeps its own in bulk, in the same table. */
export async function keepRevision(tx: Tx, kept: Revision): Promise<void> {
  await tx.insert(revision).values({
    academyId: kept.academyId,
    id: newId(),
    fact: kept.fact,
    factId: kept.factId,
    before: kept.before,
    reason: kept.reason ?? null,
    importId: null,
    actorAccountId: kept.accountId ?? null,
    at: kept.now,
  })
}
