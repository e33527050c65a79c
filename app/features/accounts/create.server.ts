import { eq } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { account, enterprise } from '#db/schema/index.ts'
import type { Role } from '#db/values.ts'
import { system } from './actor.ts'
import { toLogin } from './logins.ts'

export type NewAccount = {
  role: Role
  login: string
  displayName: string
  passwordHash: string
  /** Administrators and instructors. */
  academyId?: string
  /** Sponsors' reviewers. */
  unionId?: string
  /** Enterprises' unions: the enterprise's full name; an unknown one is made. */
  enterprise?: string
  /** Workers, who otherwise register themselves: the person behind the account, and when an academy confirmed it. */
  worker?: { personId: string; confirmedAt: Date | null; phone?: string }
  now: Date
}

export type CreateAnswer =
  | { ok: true; accountId: string; state: 'created' | 'unchanged' }
  | { ok: false; reason: 'login_taken'; role: Role }

/**
 * Makes an account with a login name. Safe to run twice: the same login with the same role, academy and union is
 * `unchanged` (its password and name too); with others it is refused. For the purpose `setup`.
 */
export async function createAccount(tx: Tx, input: NewAccount): Promise<CreateAnswer> {
  const id = newId()
  const login = toLogin(input.login)
  const { academyId = null, unionId = null, worker } = input
  const enterpriseId = input.enterprise === undefined ? null : await enterpriseOf(tx, input.enterprise, input.now)
  const [made] = await tx
    .insert(account)
    .values({
      id,
      login,
      role: input.role,
      displayName: input.displayName,
      passwordHash: input.passwordHash,
      academyId,
      unionId,
      enterpriseId,
      personId: worker?.personId ?? null,
      personConfirmedAt: worker?.confirmedAt ?? null,
      phoneIndex: worker?.phone ? indexOf('phone', worker.phone) : null,
      phoneSealed: worker?.phone ? seal('account.phone', id, worker.phone) : null,
      createdAt: input.now,
    })
    .onConflictDoNothing({ target: account.login })
    .returning({ id: account.id })
  if (!made) return compare(tx, login, { ...input, enterpriseId })
  await record(tx, {
    by: system('setup'),
    now: input.now,
    kind: 'account.created',
    detail: { role: input.role },
    academyId: input.academyId,
    subjectId: id,
  })
  return { ok: true, accountId: id, state: 'created' }
}

/** The enterprise of a name, made where there is none. */
async function enterpriseOf(tx: Tx, written: string, createdAt: Date): Promise<string> {
  const name = written.trim()
  await tx.insert(enterprise).values({ id: newId(), name, createdAt }).onConflictDoNothing()
  const [found] = await tx.select({ id: enterprise.id }).from(enterprise).where(eq(enterprise.name, name))
  if (!found)
    throw new Error('an enterprise that was just made cannot be read: the purpose of this transaction may not')
  return found.id
}

async function compare(
  tx: Tx,
  login: string,
  input: NewAccount & { enterpriseId: string | null },
): Promise<CreateAnswer> {
  const [existing] = await tx.select().from(account).where(eq(account.login, login))
  if (!existing) throw new Error('a login that is taken cannot be read: the purpose of this transaction may not')
  const isSame =
    existing.role === input.role &&
    existing.academyId === (input.academyId ?? null) &&
    existing.unionId === (input.unionId ?? null) &&
    existing.enterpriseId === input.enterpriseId &&
    (!input.worker || existing.personId === input.worker.personId)
  if (isSame) return { ok: true, accountId: existing.id, state: 'unchanged' }
  return { ok: false, reason: 'login_taken', role: existing.role as Role }
}

/** The account with a login name, or null. For the purpose `setup`. */
export async function findAccountByLogin(tx: Tx, login: string): Promise<{ id: string; role: Role } | null> {
  const [found] = await tx
    .select({ id: account.id, role: account.role })
    .from(account)
    .where(eq(account.login, toLogin(login)))
  return found ? { id: found.id, role: found.role as Role } : null
}
