import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { type Claim, confirmIdentity, searchClaims } from '#app/features/accounts/identity.server.ts'
import { findProfile } from '#app/features/accounts/profile.server.ts'
import { register } from '#app/features/accounts/register.server.ts'
import { signIn } from '#app/features/accounts/sign-in.server.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { cookieOf, idCard, later, NOW, origin, PASSWORD, phone, registration, staff, viewerOf } from './people.ts'

let db: TestDatabase
let admin: Viewer
let otherAdmin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 20 })
  const facts = build()
  const academies = [facts.academy(), facts.academy()]
  await insertFacts(db.owner, facts.facts)
  const viewers = academies.map(async ({ id }) => viewerWith((await staff('academy_admin', { academyId: id })).login))
  ;[admin, otherAdmin] = (await Promise.all(viewers)) as [Viewer, Viewer]
})

async function viewerWith(name: string): Promise<Viewer> {
  const answer = await signIn({ name, password: PASSWORD, now: NOW, from: origin() })
  if (!answer.ok) throw new Error(answer.reason)
  return viewerOf(cookieOf(answer.setCookie))
}

async function claimed(n: number, number = phone()): Promise<string> {
  await register({ registration: registration(n, { phone: number }), now: NOW, from: origin() })
  return number
}

async function claims(n: number, viewer = admin, now = NOW): Promise<Claim[]> {
  const answer = await searchClaims({ viewer, document: idCard(n), now, requestId: 'r' })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.claims
}

const confirm = (proof: string, viewer = admin, now = NOW) =>
  as(system('identity'), (tx) => confirmIdentity(tx, { proof, viewer, now }))

test('an administrator finds the accounts that claim a document, with phones masked', async () => {
  const numbers = [await claimed(1), await claimed(1)]
  await claimed(2)
  const found = await claims(1)
  expect(found.map((claim) => claim.phone)).toEqual(numbers.map((of) => `${of.slice(0, 3)}****${of.slice(7)}`))
  expect(found[0]).toMatchObject({ name: '张合成', registeredAt: NOW, confirmedAt: null, isDisabled: false })
  expect(await claims(99)).toEqual([])
})

test('a search is in the audit trail of the academy, without the number', async () => {
  await claimed(3)
  await claims(3)
  const [event] = await db.owner`select * from audit_event where kind = 'identity.searched' order by id desc limit 1`
  expect(event).toMatchObject({
    academy_id: admin.academyId,
    purpose: 'identity',
    detail: { claims: 1, onBehalfOf: admin.accountId },
  })
  expect(JSON.stringify(event)).not.toContain(idCard(3).number)
})

test('a confirmed account is the person from its next request on', async () => {
  const viewer = await viewerWith(await claimed(4))
  expect(await findProfile(viewer)).toMatchObject({ identity: { confirmedAt: null } })
  expect(await confirm((await claims(4))[0]!.proof)).toEqual({ ok: true })
  const again = await as(system('sign_in'), async () => findProfile(viewer))
  expect(again?.identity?.confirmedAt).toEqual(NOW)
  const [row] = await db.owner`select person_id, person_confirmed_by from account where id = ${viewer.accountId}`
  expect(row!.person_confirmed_by).toBe(admin.accountId)
  const [event] =
    await db.owner`select * from audit_event where kind = 'identity.confirmed' and subject_id = ${viewer.accountId}`
  expect(event).toMatchObject({
    academy_id: admin.academyId,
    detail: { accountId: viewer.accountId, onBehalfOf: admin.accountId },
  })
})

test('a person has one confirmed account: the second claim is refused', async () => {
  await claimed(5)
  await claimed(5)
  const [first, second] = (await claims(5)) as [Claim, Claim]
  expect(await confirm(first.proof)).toEqual({ ok: true })
  expect(await confirm(first.proof)).toEqual({ ok: false, reason: 'already_confirmed' })
  expect(await confirm(second.proof)).toEqual({ ok: false, reason: 'person_taken' })
})

test('of two claims confirmed at the same moment one wins', async () => {
  for (let n = 10; n < 20; n++) {
    await Promise.all([claimed(n), claimed(n)])
    const [one, other] = [(await claims(n))[0]!, (await claims(n, otherAdmin))[1]!]
    const answers = await Promise.all([confirm(one.proof), confirm(other.proof, otherAdmin)])
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.find((answer) => !answer.ok)).toEqual({ ok: false, reason: 'person_taken' })
  }
})

test('of two confirmations of one claim at the same moment one wins', async () => {
  await claimed(20)
  const proofs = [(await claims(20))[0]!.proof, (await claims(20, otherAdmin))[0]!.proof] as const
  const answers = await Promise.all([confirm(proofs[0]), confirm(proofs[1], otherAdmin)])
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  expect(answers.find((answer) => !answer.ok)).toEqual({ ok: false, reason: 'already_confirmed' })
})

test('only who looked the document up may confirm, within half an hour', async () => {
  await claimed(21)
  const { proof } = (await claims(21))[0]!
  const refused = { ok: false, reason: 'proof_expired' }
  expect(await confirm(proof, otherAdmin)).toEqual(refused)
  expect(await confirm(proof, admin, later(1800))).toEqual(refused)
  expect(await confirm(proof, admin, later(1799))).toEqual({ ok: true })
})

test('a proof that was made up or changed confirms nothing', async () => {
  await claimed(22)
  await claimed(23)
  const { proof } = (await claims(22))[0]!
  const [id, expiry, digest] = proof.split('.') as [string, string, string]
  const other = (await claims(23))[0]!.proof.split('.')[0]
  const made = [
    '',
    '..',
    id,
    `${other}.${expiry}.${digest}`,
    `${id}.${Number(expiry) + 1}.${digest}`,
    `${id}.${expiry}.`,
    `${proof}x`,
    `${id}.NaN.${digest}`,
    '证明',
  ]
  for (const text of made) expect(await confirm(text), text).toEqual({ ok: false, reason: 'proof_expired' })
})

test('a disabled account is not confirmed', async () => {
  await claimed(24)
  const { proof } = (await claims(24))[0]!
  await db.owner`update account set disabled_at = now() where id = ${proof.split('.')[0]!}`
  expect(await confirm(proof)).toEqual({ ok: false, reason: 'disabled' })
  expect((await claims(24))[0]!.isDisabled).toBe(true)
})

test('an administrator may look up sixty documents at a stretch, and then waits', async () => {
  const eager = { ...admin, accountId: otherAdmin.accountId }
  await db.owner`delete from failure`
  for (let i = 0; i < 60; i++) await claims(500 + i, eager)
  const search = (now: Date) => searchClaims({ viewer: eager, document: idCard(600), now, requestId: 'r' })
  expect(await search(NOW)).toEqual({ ok: false, reason: 'wait', seconds: 10 })
  expect(await search(later(10))).toMatchObject({ ok: true })
})

test('the profile shows document and phone masked', async () => {
  const number = await claimed(25)
  const profile = await findProfile(await viewerWith(number))
  const card = idCard(25).number
  expect(profile).toEqual({
    login: null,
    phone: `${number.slice(0, 3)}****${number.slice(7)}`,
    identity: {
      documentType: 'resident_id',
      document: `${card.slice(0, 3)}***********${card.slice(-4)}`,
      confirmedAt: null,
    },
  })
})

test('staff have no document in their profile', async () => {
  expect(await findProfile(admin)).toMatchObject({ login: expect.any(String), phone: null, identity: null })
})
