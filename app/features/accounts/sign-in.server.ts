import { eq } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { normalisePhone } from '#app/features/persons/documents.ts'
import { indexOf } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import { system, type Viewer } from './actor.ts'
import { as } from './as.server.ts'
import { toLogin } from './logins.ts'
import { endSession, startSession } from './lucia.server.ts'
import type { Origin } from './origin.ts'
import { hashPassword, isOutdated, isPasswordOf } from './passwords.server.ts'
import { giveBack, type Slowed, takeAttempt } from './slowing.server.ts'
import { addressBlock, LIMITS } from './slowing.ts'

export type SignInAnswer =
  | { ok: true; setCookie: string; role: Role; academyCode: string | null }
  /** `wrong`: the seconds until the next try; `wait`: nothing was looked at, the password may be right. */
  | { ok: false; reason: 'wrong' | 'wait'; seconds: number }

/**
 * Signs in by login name or phone and password. An account that does not exist, is disabled, or has another password
 * gives the same answer after the same work. The password is hashed between two transactions, not inside one: a storm of
 * sign-ins must not hold every connection.
 */
export async function signIn(input: {
  name: string
  password: string
  now: Date
  from: Origin
}): Promise<SignInAnswer> {
  const { now, from } = input
  const purpose = system('sign_in')
  const { found, slowed, attempt } = await as(purpose, async (tx) => {
    const found = await findAccount(tx, input.name)
    const slowed = slowedBy(found?.id ?? nameOf(input.name), from.address)
    return { found, slowed, attempt: await takeAttempt(tx, [slowed.account, slowed.address], now) }
  })
  if (attempt.wait > 0) return { ok: false, reason: 'wait', seconds: attempt.wait }

  const isRight = await isPasswordOf(found?.passwordHash ?? null, input.password)
  if (!found || !isRight || found.disabledAt !== null) return { ok: false, reason: 'wrong', seconds: attempt.next }
  const newHash = isOutdated(found.passwordHash) ? await hashPassword(input.password) : null

  return as(purpose, async (tx) => {
    await giveBack(tx, { forgotten: [slowed.account], kept: [slowed.address], now })
    if (newHash) await tx.update(account).set({ passwordHash: newHash }).where(eq(account.id, found.id))
    await endSession(tx, from.cookieHeader)
    const setCookie = await startSession(tx, { accountId: found.id, role: found.role, isSecure: from.isSecure })
    await record(tx, {
      by: { ...purpose, onBehalfOf: found.id },
      now,
      kind: 'account.signed_in',
      detail: {},
      academyId: found.academyId ?? undefined,
      subjectId: found.id,
      requestId: from.requestId,
    })
    return { ok: true, setCookie, role: found.role, academyCode: found.academyCode }
  })
}

/** What slows guesses at one account, and from one address. */
export const slowedBy = (who: string, address: string): { account: Slowed; address: Slowed } => ({
  account: { what: `account:${who}`, limit: LIMITS.account },
  address: { what: `address:${addressBlock(address)}`, limit: LIMITS.address },
})

/** A phone as 11 digits, a login name in lower case: what is typed in the first field of the sign-in page. */
const nameOf = (typed: string): string => normalisePhone(typed) ?? toLogin(typed)

async function findAccount(tx: Tx, typed: string) {
  const phone = normalisePhone(typed)
  const isThisOne = phone ? eq(account.phoneIndex, indexOf('phone', phone)) : eq(account.login, nameOf(typed))
  const [found] = await tx
    .select({
      id: account.id,
      role: account.role,
      passwordHash: account.passwordHash,
      academyId: account.academyId,
      academyCode: academy.code,
      disabledAt: account.disabledAt,
    })
    .from(account)
    .leftJoin(academy, eq(academy.id, account.academyId))
    .where(isThisOne)
  return found ? { ...found, role: found.role as Role } : null
}

/** Signs out: the session ends here, not only in the browser. */
export async function signOut(input: { viewer: Viewer | null; now: Date; from: Origin }): Promise<void> {
  const purpose = system('sign_in')
  await as(purpose, async (tx) => {
    await endSession(tx, input.from.cookieHeader)
    if (!input.viewer) return
    await record(tx, {
      by: { ...purpose, onBehalfOf: input.viewer.accountId },
      now: input.now,
      kind: 'account.signed_out',
      detail: {},
      academyId: input.viewer.academyId ?? undefined,
      subjectId: input.viewer.accountId,
      requestId: input.from.requestId,
    })
  })
}
