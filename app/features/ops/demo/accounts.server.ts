import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { createAccount } from '#app/features/accounts/create.server.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { findOrMakePerson } from '#app/features/persons/persons.server.ts'
import { DEMO_LOGINS, DEMO_PASSWORD } from './accounts.ts'
import type { LedgerRow } from './ledger-rows.ts'

/** Who the demo's worker is: a person of a ledger, confirmed, so that a record is there to see. */
export type DemoWorker = Required<Pick<LedgerRow, '姓名' | '证件号码' | '手机号'>>

/**
 * One account per role; ids by the code of the academy and the name of the union. Safe to run twice.
 */
export async function createDemoAccounts(input: {
  academies: ReadonlyMap<string, string>
  unions: ReadonlyMap<string, string>
  worker: DemoWorker
  now: Date
}): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const { 姓名: name, 证件号码: number, 手机号: phone } = input.worker
  const person = await as(system('register'), (tx) =>
    findOrMakePerson(tx, { type: 'resident_id', number, birthDate: null }, input.now),
  )
  await as(system('setup'), async (tx) => {
    for (const demo of DEMO_LOGINS)
      await createAccount(tx, {
        role: demo.role,
        login: demo.login,
        displayName: demo.name || name,
        passwordHash,
        academyId: demo.academy && input.academies.get(demo.academy),
        unionId: demo.union && input.unions.get(demo.union),
        worker: demo.role === 'worker' ? { personId: person.id, confirmedAt: input.now, phone } : undefined,
        now: input.now,
      })
  })
}
