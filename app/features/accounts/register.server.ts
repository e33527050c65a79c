import { record } from '#app/features/audit/audit.server.ts'
import { type CheckedDocument, findOrMakePerson } from '#app/features/persons/persons.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account } from '#db/schema/index.ts'
import { system } from './actor.ts'
import { as } from './as.server.ts'
import type { Origin } from './origin.ts'
import { hashPassword } from './passwords.server.ts'
import { takeAttempt } from './slowing.server.ts'
import { addressBlock, LIMITS } from './slowing.ts'

/** A worker's registration, checked and normalised. `phone`: 11 digits. */
export type Registration = { name: string; document: CheckedDocument; phone: string; password: string }

/**
 * Registers a worker. The answer is one and the same, and so is the work behind it, whether the document is unknown, was
 * brought by a ledger, or is claimed by other accounts: claims may be many, and none shows anything of the person before
 * an academy has seen the document ({@link confirmIdentity}).
 *
 * A phone that has an account already makes no second one, and the answer does not say so: it sends everyone to sign-in,
 * where the owner of the phone gets in with the password of the first time. Who registers somebody else's phone can still
 * tell by failing to sign in afterwards; that takes a whole registration per phone, slowed per address, and tells nothing
 * but that this phone has an account. Proof that the phone is one's own (a text message) will close it.
 */
export async function register(input: {
  registration: Registration
  now: Date
  from: Pick<Origin, 'address' | 'requestId'>
}): Promise<{ ok: true } | { ok: false; reason: 'wait'; seconds: number }> {
  const { registration, now, from } = input
  const purpose = system('register')
  const address = { what: `registration:${addressBlock(from.address)}`, limit: LIMITS.registration }
  const { wait } = await as(purpose, (tx) => takeAttempt(tx, [address], now))
  if (wait > 0) return { ok: false, reason: 'wait', seconds: wait }

  const passwordHash = await hashPassword(registration.password)
  try {
    await as(purpose, async (tx) => {
      const { accountId } = await registerWorker(tx, { ...registration, passwordHash, now, requestId: from.requestId })
      if (accountId === null) throw PHONE_TAKEN
    })
  } catch (error) {
    if (error !== PHONE_TAKEN) throw error
  }
  return { ok: true }
}

/** Rolls the registration of a taken phone back: the document that came with it is not kept. */
const PHONE_TAKEN = Symbol('phone taken')

/**
 * Makes a worker's account that claims a document, and the person behind it where there is none yet. Whoever calls this
 * tells nobody what it returned. For the purpose `register`.
 * @returns `accountId` null where the phone has an account already: nothing of this transaction should stay.
 */
export async function registerWorker(
  tx: Tx,
  input: Omit<Registration, 'password'> & { passwordHash: string; now: Date; requestId?: string },
): Promise<{ accountId: string | null; personId: string }> {
  const { now } = input
  const person = await findOrMakePerson(tx, input.document, now)
  const id = newId()
  const [made] = await tx
    .insert(account)
    .values({
      id,
      role: 'worker',
      phoneIndex: indexOf('phone', input.phone),
      phoneSealed: seal('account.phone', id, input.phone),
      passwordHash: input.passwordHash,
      displayName: input.name,
      personId: person.id,
      createdAt: now,
    })
    .onConflictDoNothing({ target: account.phoneIndex })
    .returning({ id: account.id })
  if (!made) return { accountId: null, personId: person.id }
  await record(tx, {
    by: { ...system('register'), onBehalfOf: id },
    now,
    kind: 'account.registered',
    detail: {},
    subjectId: id,
    requestId: input.requestId,
  })
  return { accountId: id, personId: person.id }
}
