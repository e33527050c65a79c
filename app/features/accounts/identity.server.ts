import { timingSafeEqual } from 'node:crypto'
import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { maskDocument, maskPhone } from '#app/features/persons/masking.ts'
import { type CheckedDocument, findPersonByDocument } from '#app/features/persons/persons.server.ts'
import { indexOf, open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account } from '#db/schema/index.ts'
import { system, type Viewer } from './actor.ts'
import { as } from './as.server.ts'
import { takeAttempt } from './slowing.server.ts'
import { LIMITS } from './slowing.ts'

/** An account that says to be the person whose document is on the table. */
export type Claim = {
  name: string
  /** Masked; null where the account has none. */
  phone: string | null
  registeredAt: Date
  confirmedAt: Date | null
  isDisabled: boolean
  /** What the confirming form carries instead of the document's number; good for half an hour and this administrator. */
  proof: string
}

const PROOF_LASTS_MS = 30 * 60 * 1000

/**
 * The accounts that claim a document, for the administrator who has it on the table (after the guard `identity.confirm`).
 * Each search is in the audit trail, without the number, and too many are slowed.
 */
export async function searchClaims(input: {
  viewer: Viewer
  document: Pick<CheckedDocument, 'type' | 'number'>
  now: Date
  requestId: string
}): Promise<{ ok: true; document: string; claims: Claim[] } | { ok: false; reason: 'wait'; seconds: number }> {
  const { viewer, document, now } = input
  const searches = { what: `identity:${viewer.accountId}`, limit: LIMITS.identity }
  const { wait } = await as(system('sign_in'), (tx) => takeAttempt(tx, [searches], now))
  if (wait > 0) return { ok: false, reason: 'wait', seconds: wait }
  const claims = await as(system('identity'), async (tx) => {
    const found = await listClaims(tx, { viewer, document, now })
    await record(tx, {
      by: { ...system('identity'), onBehalfOf: viewer.accountId },
      now,
      kind: 'identity.searched',
      detail: { claims: found.length },
      academyId: viewer.academyId ?? undefined,
      requestId: input.requestId,
    })
    return found
  })
  return { ok: true, document: maskDocument(document.number, 'working'), claims }
}

async function listClaims(
  tx: Tx,
  input: { viewer: Viewer; document: Pick<CheckedDocument, 'type' | 'number'>; now: Date },
): Promise<Claim[]> {
  const person = await findPersonByDocument(tx, input.document)
  if (!person) return []
  const rows = await tx
    .select({
      id: account.id,
      name: account.displayName,
      phoneSealed: account.phoneSealed,
      registeredAt: account.createdAt,
      confirmedAt: account.personConfirmedAt,
      disabledAt: account.disabledAt,
    })
    .from(account)
    .where(eq(account.personId, person.id))
    .orderBy(account.createdAt, account.id)
    .limit(50)
  return rows.map(({ id, phoneSealed, disabledAt, ...shown }) => ({
    ...shown,
    phone: phoneSealed && maskPhone(open('account.phone', id, phoneSealed)),
    isDisabled: disabledAt !== null,
    proof: proofFor(id, input.viewer, input.now.getTime() + PROOF_LASTS_MS),
  }))
}

export type ConfirmRefusal =
  | 'proof_expired' // more than half an hour since the search, or not a search of this administrator
  | 'already_confirmed' // this account, by whomever
  | 'person_taken' // another account of the same person
  | 'disabled'

/**
 * Confirms that an account belongs to the person whose document an administrator has seen: from now on the account reads
 * that person's record. A person has one confirmed account at most (unique index `account_confirmed_person`).
 * For the purpose `identity`, after the guard `identity.confirm`.
 */
export async function confirmIdentity(
  tx: Tx,
  input: { proof: string; viewer: Viewer; now: Date; requestId?: string },
): Promise<{ ok: true } | { ok: false; reason: ConfirmRefusal }> {
  const { viewer, now } = input
  const accountId = accountOf(input.proof, viewer, now)
  if (!accountId) return { ok: false, reason: 'proof_expired' }
  const [claim] = await tx.select().from(account).where(eq(account.id, accountId)).for('update')
  if (!claim?.personId || claim.disabledAt !== null) return { ok: false, reason: 'disabled' }
  if (claim.personConfirmedAt !== null) return { ok: false, reason: 'already_confirmed' }
  // Two administrators may confirm two accounts of one person at once: the second waits here and finds the first.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${claim.personId}, 0))`)
  const [other] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.personId, claim.personId), isNotNull(account.personConfirmedAt), ne(account.id, accountId)))
  if (other) return { ok: false, reason: 'person_taken' }
  await tx
    .update(account)
    .set({ personConfirmedAt: now, personConfirmedBy: viewer.accountId })
    .where(eq(account.id, accountId))
  await record(tx, {
    by: { ...system('identity'), onBehalfOf: viewer.accountId },
    now,
    kind: 'identity.confirmed',
    detail: { accountId },
    academyId: viewer.academyId ?? undefined,
    subjectId: accountId,
    requestId: input.requestId,
  })
  return { ok: true }
}

/** `account.expiry.digest`: only a search by this administrator, for the document, makes one. */
function proofFor(accountId: string, viewer: Viewer, expiresAt: number): string {
  const digest = indexOf('confirmation', `${accountId}:${expiresAt}:${viewer.accountId}:${viewer.academyId}`)
  return `${accountId}.${expiresAt}.${digest.toString('base64url')}`
}

function accountOf(proof: string, viewer: Viewer, now: Date): string | null {
  const [accountId = '', expiresAt = ''] = proof.split('.')
  const expected = Buffer.from(proofFor(accountId, viewer, Number(expiresAt)))
  const given = Buffer.from(proof)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return Number(expiresAt) > now.getTime() ? accountId : null
}
