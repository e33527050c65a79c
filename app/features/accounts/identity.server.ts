import { timingSafeEqual } from 'node:crypto'
import { and, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { coveredPart, maskDocument, maskPhone } from '#app/features/persons/masking.ts'
import { type CheckedDocument, findDocument, findPersonByDocument } from '#app/features/persons/persons.server.ts'
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
  const wait = await waitToSearch(viewer, now)
  if (wait > 0) return { ok: false, reason: 'wait', seconds: wait }
  const claims = await as(system('identity'), async (tx) => {
    const person = await findPersonByDocument(tx, document)
    const found = person ? await listClaims(tx, { viewer, personId: person.id, now }) : []
    await recordSearch(tx, { ...input, claims: found.length })
    return found
  })
  return { ok: true, document: maskDocument(document.number, 'working'), claims }
}

/** Takes one search of this viewer's. @returns the seconds to wait; 0: it was taken. */
async function waitToSearch(viewer: Viewer, now: Date): Promise<number> {
  const searches = { what: `identity:${viewer.accountId}`, limit: LIMITS.identity }
  return (await as(system('sign_in'), (tx) => takeAttempt(tx, [searches], now))).wait
}

/** Somebody in a class of the viewer's, whose document is compared: a place of theirs that the viewer was found to run. */
export type InClass = { classId: string; personId: string }

/**
 * The accounts that claim to be a person whose number the viewer sees with its middle covered (after the guard
 * `identity.compare`, of a worker in a class of the viewer's): who has the document on the table reads the middle there and types it.
 * Each try is in the audit trail, and too many are slowed.
 */
export async function searchClaimsOf(input: {
  viewer: Viewer
  of: InClass
  covered: string
  now: Date
  requestId?: string
}): Promise<
  { ok: true; document: string; claims: Claim[] } | { ok: false; reason: 'not_matched' | 'wait'; seconds: number }
> {
  const { viewer, of, now } = input
  const wait = await waitToSearch(viewer, now)
  if (wait > 0) return { ok: false, reason: 'wait', seconds: wait }
  return as(system('identity'), async (tx) => {
    const document = await findDocument(tx, of.personId)
    const typed = input.covered
      .normalize('NFKC')
      .replace(/[^0-9a-z]/gi, '')
      .toUpperCase()
    const isMatch = document !== null && typed !== '' && typed === coveredPart(document.number)
    const claims = isMatch ? await listClaims(tx, { viewer, personId: of.personId, now }) : []
    await recordSearch(tx, { ...input, claims: claims.length, classId: of.classId })
    if (!isMatch) return { ok: false, reason: 'not_matched', seconds: 0 }
    return { ok: true, document: maskDocument(document.number, 'working'), claims }
  })
}

const recordSearch = (
  tx: Tx,
  of: { viewer: Viewer; now: Date; claims: number; classId?: string; requestId?: string },
): Promise<string> =>
  record(tx, {
    by: { ...system('identity'), onBehalfOf: of.viewer.accountId },
    now: of.now,
    kind: 'identity.searched',
    detail: { claims: of.claims, ...(of.classId && { classId: of.classId }) },
    academyId: of.viewer.academyId ?? undefined,
    requestId: of.requestId,
  })

async function listClaims(tx: Tx, input: { viewer: Viewer; personId: string; now: Date }): Promise<Claim[]> {
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
    .where(eq(account.personId, input.personId))
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
 * For the purpose `identity`, after the guard `identity.confirm`; of a worker in a class (`of`) `identity.compare`.
 */
export async function confirmIdentity(
  tx: Tx,
  input: { proof: string; viewer: Viewer; of?: InClass; now: Date; requestId?: string },
): Promise<{ ok: true } | { ok: false; reason: ConfirmRefusal }> {
  const { viewer, of, now } = input
  const accountId = accountOf(input.proof, viewer, now)
  if (!accountId) return { ok: false, reason: 'proof_expired' }
  const [claim] = await tx.select().from(account).where(eq(account.id, accountId)).for('update')
  // What was searched for by somebody else's place proves nothing of this one.
  if (of && claim?.personId !== of.personId) return { ok: false, reason: 'proof_expired' }
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
    detail: { accountId, ...(of && { classId: of.classId }) },
    academyId: viewer.academyId ?? undefined,
    subjectId: accountId,
    requestId: input.requestId,
  })
  return { ok: true }
}

/**
 * Of places in a class those whose worker's identity is still to be checked: the account that took the place says to be the person, or,
 * where none took it, accounts claim the person and none is confirmed. For the purpose `identity`.
 */
export async function listUnproven<P extends { accountId: string | null; personId: string }>(
  tx: Tx,
  places: readonly P[],
): Promise<P[]> {
  if (places.length === 0) return []
  const claims = await tx
    .select({ id: account.id, personId: account.personId, confirmedAt: account.personConfirmedAt })
    .from(account)
    .where(
      and(inArray(account.personId, [...new Set(places.map(({ personId }) => personId))]), isNull(account.disabledAt)),
    )
  const unproven = new Set(claims.filter(({ confirmedAt }) => confirmedAt === null).map(({ id }) => id))
  const claimed = new Set(claims.map(({ personId }) => personId))
  const proven = new Set(claims.filter(({ confirmedAt }) => confirmedAt !== null).map(({ personId }) => personId))
  return places.filter(({ accountId, personId }) =>
    accountId ? unproven.has(accountId) : claimed.has(personId) && !proven.has(personId),
  )
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
