import { randomInt } from 'node:crypto'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { createAccount } from '#app/features/accounts/create.server.ts'
import { findViewer } from '#app/features/accounts/lucia.server.ts'
import type { Origin } from '#app/features/accounts/origin.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import type { Registration } from '#app/features/accounts/register.server.ts'
import { checkDocument } from '#app/features/persons/documents.ts'
import type { Role } from '#db/values.ts'
import { syntheticDocument } from '#tests/support/builders.ts'

export const NOW = new Date('2026-11-03T02:00:00Z')
export const PASSWORD = '焊花四溅 2026'
export const later = (seconds: number, from = NOW) => new Date(from.getTime() + seconds * 1000)

let serial = 0

/** A phone that nobody has: 199 0000 … */
export const phone = () => `1990000${String(1000 + serial++)}`

export const origin = (address = `198.51.100.${randomInt(1, 250)}`): Origin => ({
  cookieHeader: null,
  address,
  requestId: 'test-request',
  isSecure: false,
})

export const idCard = (n: number) => {
  const checked = checkDocument('resident_id', syntheticDocument(n), '2026-11-03')
  if (!checked.ok) throw new Error(checked.reason)
  return { type: 'resident_id' as const, number: checked.number, birthDate: checked.birthDate }
}

export const registration = (documentNumber: number, given: Partial<Registration> = {}): Registration => ({
  name: '张合成',
  document: idCard(documentNumber),
  phone: phone(),
  password: PASSWORD,
  ...given,
})

let hashed: Promise<string> | undefined

export async function staff(role: Role, given: { login?: string; academyId?: string; unionId?: string } = {}) {
  hashed ??= hashPassword(PASSWORD)
  const login = given.login ?? `staff${serial++}`
  const passwordHash = await hashed
  const made = await as(system('setup'), (tx) =>
    createAccount(tx, { role, login, displayName: login, passwordHash, now: NOW, ...given }),
  )
  if (!made.ok) throw new Error(made.reason)
  return { id: made.accountId, login, role }
}

/** The Cookie header that a browser sends after a Set-Cookie. */
export const cookieOf = (setCookie: string): string => setCookie.split(';')[0]!

export async function viewerOf(cookie: string): Promise<Viewer> {
  const { viewer } = await findViewer(cookie, { isSecure: false })
  if (!viewer) throw new Error('nobody is signed in')
  return viewer
}
