import { eq } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { maskDocument, maskPhone } from '#app/features/persons/masking.ts'
import { findDocument } from '#app/features/persons/persons.server.ts'
import { open } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { account } from '#db/schema/index.ts'
import type { DocumentType } from '#db/values.ts'
import { system, type Viewer } from './actor.ts'
import { as } from './as.server.ts'
import { endSessionsOf, startSession } from './lucia.server.ts'
import type { Origin } from './origin.ts'
import { hashPassword, isPasswordOf } from './passwords.server.ts'
import { type PasswordRefusal, refusePassword } from './passwords.ts'
import { slowedBy } from './sign-in.server.ts'
import { giveBack, takeAttempt } from './slowing.server.ts'

/** What the signed-in person sees of their own account. Document and phone are masked. */
export type Profile = {
  login: string | null
  phone: string | null
  /** Workers only: what they registered with, and when an academy confirmed it (null: not yet). */
  identity: { documentType: DocumentType; document: string; confirmedAt: Date | null } | null
}

/**
 * The viewer's own profile. The document of a claim that nobody confirmed is what the worker typed, yet the person behind
 * it is not theirs to read: it is looked up for them, and nothing else of the person is.
 */
export async function findProfile(viewer: Viewer): Promise<Profile | null> {
  const own = await as(viewer, (tx) => findOwn(tx, viewer.accountId))
  if (!own) return null
  const { personId } = own
  const document = personId && (await as(system('register'), (tx) => findDocument(tx, personId)))
  return {
    login: own.login,
    phone: own.phone && maskPhone(own.phone),
    identity: document
      ? { documentType: document.type, document: maskDocument(document.number), confirmedAt: own.confirmedAt }
      : null,
  }
}

async function findOwn(tx: Tx, accountId: string) {
  const [row] = await tx
    .select({
      login: account.login,
      phoneSealed: account.phoneSealed,
      passwordHash: account.passwordHash,
      personId: account.personId,
      confirmedAt: account.personConfirmedAt,
    })
    .from(account)
    .where(eq(account.id, accountId))
  return row ? { ...row, phone: row.phoneSealed && open('account.phone', accountId, row.phoneSealed) } : null
}

export type ChangeAnswer =
  | { ok: true; setCookie: string }
  | { ok: false; reason: PasswordRefusal | 'password_same' }
  | { ok: false; reason: 'wrong' | 'wait'; seconds: number }

/**
 * Changes the viewer's password and ends every session of the account but this browser's, which gets a new one. A wrong
 * current password is slowed like a failed sign-in: an unlocked phone on a table must not be a way to guess.
 */
export async function changePassword(input: {
  viewer: Viewer
  current: string
  next: string
  now: Date
  from: Origin
}): Promise<ChangeAnswer> {
  const { viewer, now, from } = input
  const purpose = system('sign_in')
  const own = await as(viewer, (tx) => findOwn(tx, viewer.accountId))
  const refusal = refusePassword(input.next, [own?.login ?? null, own?.phone ?? null])
  if (refusal) return { ok: false, reason: refusal }
  if (input.next === input.current) return { ok: false, reason: 'password_same' }

  const slowed = slowedBy(viewer.accountId, from.address)
  const attempt = await as(purpose, (tx) => takeAttempt(tx, [slowed.account, slowed.address], now))
  if (attempt.wait > 0) return { ok: false, reason: 'wait', seconds: attempt.wait }
  const isRight = await isPasswordOf(own?.passwordHash ?? null, input.current)
  if (!isRight) return { ok: false, reason: 'wrong', seconds: attempt.next }

  const passwordHash = await hashPassword(input.next)
  return as(purpose, async (tx) => {
    await giveBack(tx, { forgotten: [slowed.account], kept: [slowed.address], now })
    await tx.update(account).set({ passwordHash }).where(eq(account.id, viewer.accountId))
    await endSessionsOf(tx, viewer.accountId)
    const { accountId, role } = viewer
    const setCookie = await startSession(tx, { accountId, role, isSecure: from.isSecure })
    await record(tx, {
      by: { ...purpose, onBehalfOf: accountId },
      now,
      kind: 'account.password_changed',
      detail: {},
      academyId: viewer.academyId ?? undefined,
      subjectId: accountId,
      requestId: from.requestId,
    })
    return { ok: true, setCookie }
  })
}
