import type { Viewer } from '#app/features/accounts/actor.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findAccountByLogin } from '#app/features/accounts/create.server.ts'
import { addToRoll } from '#app/features/training/roll.server.ts'
import { DEMO_LOGINS } from './accounts.ts'
import { peopleFactory } from './people.ts'
import { seeded } from './random.ts'

const WORKERS = 12

/** Made-up workers on the roll of the demo's enterprise, through the product's own command. Safe to run twice. */
export async function fillDemoRoll(now: Date): Promise<void> {
  const login = DEMO_LOGINS.find(({ role }) => role === 'enterprise_union')?.login ?? ''
  const account = await as(system('setup'), (tx) => findAccountByLogin(tx, login))
  if (!account) return
  const make = peopleFactory(seeded(20_261_126))
  const entries = Array.from({ length: WORKERS }, () => {
    const { name, document, phone } = make()
    return { name, document: { type: 'resident_id' as const, number: document, birthDate: null }, phone }
  })
  const nowhere = {
    academyId: null,
    academyCode: null,
    academyName: null,
    unionId: null,
    unionName: null,
    personId: null,
  }
  const viewer: Viewer = { kind: 'user', accountId: account.id, role: account.role, name: '', ...nowhere }
  await addToRoll(viewer, { entries, now })
}
