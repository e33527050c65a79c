import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { createAccount } from '#app/features/accounts/create.server.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { findOrMakePerson } from '#app/features/persons/persons.server.ts'
import type { Tx } from '#db/client.server.ts'
import { DEMO_LOGINS, DEMO_PASSWORD } from './accounts.ts'
import type { LedgerRow } from './ledger-rows.ts'

/** Who the demo's worker is: a person of a ledger, so that a record is there to see. */
export type DemoWorker = { name: string; document: string; phone: string }

/** A row whose worker earned a certificate and left a phone number; undefined for the others. */
export function asDemoWorker({ 姓名: name, 证件号码: document, 手机号: phone, 证书编号: number }: LedgerRow) {
  return name && document && phone && number ? { name, document, phone } : undefined
}

/** The person of the ledgers who is the demo's worker. */
export async function findDemoPerson({ document: number }: DemoWorker, now: Date): Promise<{ personId: string }> {
  const document = { type: 'resident_id' as const, number, birthDate: null }
  const { id } = await as(system('register'), (tx) => findOrMakePerson(tx, document, now))
  return { personId: id }
}

/**
 * One account per role, for the purpose `setup`; ids by the code of the academy and the name of the union. Safe to run
 * twice. @returns the instructor's account, and the academy whose classes it teaches.
 */
export async function createDemoAccounts(
  tx: Tx,
  input: {
    academies: ReadonlyMap<string, string>
    unions: ReadonlyMap<string, string>
    worker: DemoWorker & { personId: string }
    now: Date
  },
): Promise<{ accountId: string; academy: string }> {
  const { academies, unions, worker, now } = input
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  let teacher = { accountId: '', academy: '' }
  for (const { role, login, name, academy, union, enterprise } of DEMO_LOGINS) {
    const made = await createAccount(tx, {
      role,
      login,
      displayName: name || worker.name,
      passwordHash,
      academyId: academy && academies.get(academy),
      unionId: union && unions.get(union),
      enterprise,
      worker: role === 'worker' ? { personId: worker.personId, confirmedAt: now, phone: worker.phone } : undefined,
      now,
    })
    if (made.ok && role === 'instructor') teacher = { accountId: made.accountId, academy: academy! }
  }
  return teacher
}
