import { createHash } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { beforeAll, expect, test } from 'vitest'
import { findViewer } from '#app/features/accounts/lucia.server.ts'
import { changePassword } from '#app/features/accounts/profile.server.ts'
import { register } from '#app/features/accounts/register.server.ts'
import { signIn, signOut } from '#app/features/accounts/sign-in.server.ts'
import { newId } from '#app/lib/ids.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { cookieOf, later, NOW, origin, PASSWORD, phone, registration, staff, viewerOf } from './people.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase({ max: 20 })
})

const enter = (name: string, password = PASSWORD, now = NOW, from = origin()) => signIn({ name, password, now, from })

async function entered(name: string, password = PASSWORD): Promise<string> {
  const answer = await enter(name, password)
  if (!answer.ok) throw new Error(answer.reason)
  return cookieOf(answer.setCookie)
}

test('staff sign in by login name, in any case and width', async () => {
  const { login, id } = await staff('operator', { login: 'wang.li' })
  for (const typed of [login, 'Wang.Li', ' wang.li ', 'ｗａｎｇ.ｌｉ'])
    expect((await viewerOf(await entered(typed))).accountId).toBe(id)
})

test('workers sign in by phone, however it is spaced', async () => {
  const number = phone()
  await register({ registration: registration(1, { phone: number }), now: NOW, from: origin() })
  for (const typed of [number, `+86 ${number}`, `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`])
    expect((await viewerOf(await entered(typed))).role).toBe('worker')
})

test('an unknown account, a wrong password and a disabled account get the same answer', async () => {
  const known = await staff('operator')
  const disabled = await staff('operator')
  await db.owner`update account set disabled_at = now() where id = ${disabled.id}`
  const answers = await Promise.all([
    enter('nobody.here', 'a wrong password'),
    enter(known.login, 'a wrong password'),
    enter(disabled.login, PASSWORD),
  ])
  for (const answer of answers) expect(answer).toEqual({ ok: false, reason: 'wrong', seconds: 0 })
})

test.each(['known', 'unknown'])('the fifth wrong password of an account that is %s starts a wait', async (which) => {
  const { login } = which === 'known' ? await staff('operator') : { login: 'no.such.account' }
  for (let i = 1; i <= 4; i++)
    expect(await enter(login, 'wrong one')).toEqual({ ok: false, reason: 'wrong', seconds: 0 })
  expect(await enter(login, 'wrong one')).toEqual({ ok: false, reason: 'wrong', seconds: 15 })
  expect(await enter(login, 'wrong one', later(14))).toEqual({ ok: false, reason: 'wait', seconds: 1 })
  expect(await enter(login, 'wrong one', later(15))).toEqual({ ok: false, reason: 'wrong', seconds: 30 })
})

test('the right password waits too, and is let in on the second', async () => {
  const { login } = await staff('operator')
  for (let i = 0; i < 5; i++) await enter(login, 'wrong one')
  expect(await enter(login, PASSWORD, later(14))).toEqual({ ok: false, reason: 'wait', seconds: 1 })
  expect(await enter(login, PASSWORD, later(15))).toMatchObject({ ok: true })
})

test('a successful sign-in forgets the failures of the account', async () => {
  const { login } = await staff('operator')
  for (let i = 0; i < 4; i++) await enter(login, 'wrong one')
  await entered(login)
  for (let i = 0; i < 4; i++) expect(await enter(login, 'wrong one')).toMatchObject({ seconds: 0 })
})

test('an account is slowed whichever name was typed and from wherever', async () => {
  const number = phone()
  await register({ registration: registration(2, { phone: number }), now: NOW, from: origin() })
  for (let i = 0; i < 5; i++) await enter(i % 2 ? number : `+86${number}`, 'wrong one', NOW, origin(`203.0.113.${i}`))
  expect(await enter(number, PASSWORD, NOW, origin('203.0.113.99'))).toMatchObject({ reason: 'wait' })
})

test('an address is slowed after 50 failures at different accounts, not after 49', async () => {
  const from = origin('192.0.2.7')
  const { login } = await staff('operator')
  await db.owner`delete from failure`
  for (let i = 0; i < 49; i++) await enter(`guess.${i}`, 'wrong one', NOW, from)
  expect(await enter(login, PASSWORD, NOW, from)).toMatchObject({ ok: true })
  expect(await enter('guess.50', 'wrong one', NOW, from)).toEqual({ ok: false, reason: 'wrong', seconds: 5 })
  expect(await enter(login, PASSWORD, NOW, from)).toMatchObject({ reason: 'wait' })
  expect(await enter(login, PASSWORD, NOW, origin('192.0.2.8'))).toMatchObject({ ok: true })
})

test('forty guesses at the same moment are forty guesses: five are looked at', async () => {
  const { login } = await staff('operator')
  const answers = await Promise.all(Array.from({ length: 40 }, () => enter(login, 'wrong one')))
  expect(answers.filter((answer) => !answer.ok && answer.reason === 'wrong')).toHaveLength(5)
  expect(answers.filter((answer) => !answer.ok && answer.reason === 'wait')).toHaveLength(35)
})

test('what is slowed is stored as an HMAC alone', async () => {
  await enter('some.login.name', 'wrong one', NOW, origin('192.0.2.77'))
  const rows = await db.owner`select encode(key, 'escape') as key, length(key) as length from failure`
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) {
    expect(row.length).toBe(32)
    expect(row.key).not.toMatch(/login|192\.0/)
  }
})

test('the database holds the SHA-256 of a session id, never the id', async () => {
  const cookie = await entered((await staff('operator')).login)
  const id = cookie.split('=')[1]!
  const [row] = await db.owner`select id_hash from session where id_hash = ${createHash('sha256').update(id).digest()}`
  expect(row).toBeDefined()
  const [leak] =
    await db.owner`select count(*)::int as n from session where position(${Buffer.from(id)} in id_hash) > 0`
  expect(leak!.n).toBe(0)
})

test('the cookie is HttpOnly, SameSite=Lax, for the whole site, and Secure over https', async () => {
  const { login } = await staff('operator')
  const plain = await signIn({ name: login, password: PASSWORD, now: NOW, from: origin() })
  const secure = await signIn({ name: login, password: PASSWORD, now: NOW, from: { ...origin(), isSecure: true } })
  if (!plain.ok || !secure.ok) throw new Error('not signed in')
  expect(plain.setCookie).toMatch(/^jxt_session=[a-z2-7]{40}; HttpOnly; Max-Age=43200; Path=\/; SameSite=Lax$/)
  expect(secure.setCookie).toMatch(/; Secure$/)
})

test('signing in ends the session that this browser had before', async () => {
  const first = await staff('operator')
  const cookie = await entered(first.login)
  await signIn({ name: first.login, password: PASSWORD, now: NOW, from: { ...origin(), cookieHeader: cookie } })
  expect(await findViewer(cookie, { isSecure: false })).toEqual({ viewer: null })
})

test('signing out ends the session, so that a copied cookie is worth nothing', async () => {
  const cookie = await entered((await staff('operator')).login)
  const viewer = await viewerOf(cookie)
  await signOut({ viewer, now: NOW, from: { ...origin(), cookieHeader: cookie } })
  expect(await findViewer(cookie, { isSecure: false })).toEqual({ viewer: null })
  await signOut({ viewer: null, now: NOW, from: { ...origin(), cookieHeader: cookie } })
})

test('a viewer knows the academy or the union of the account', async () => {
  const facts = build()
  const academy = facts.academy()
  await insertFacts(db.owner, facts.facts)
  const admin = await viewerOf(await entered((await staff('academy_admin', { academyId: academy.id })).login))
  expect(admin).toMatchObject({
    academyId: academy.id,
    academyCode: academy.code,
    academyName: academy.name,
    unionId: null,
  })
  const reviewer = await viewerOf(
    await entered((await staff('sponsor_reviewer', { unionId: academy.sponsorId })).login),
  )
  expect(reviewer).toMatchObject({ academyId: null, unionId: academy.sponsorId })
  expect(reviewer.unionName).toMatch(/^工会/)
})

test('an account that is disabled is signed out at its next request', async () => {
  const { login, id } = await staff('operator')
  const cookie = await entered(login)
  await db.owner`update account set disabled_at = now() where id = ${id}`
  expect(await findViewer(cookie, { isSecure: false })).toEqual({ viewer: null })
  await db.owner`update account set disabled_at = null where id = ${id}`
  expect(await findViewer(cookie, { isSecure: false })).toEqual({ viewer: null })
})

test('a session that has run out is over, also if the browser kept the cookie', async () => {
  const cookie = await entered((await staff('operator')).login)
  const hashed = createHash('sha256').update(cookie.split('=')[1]!).digest()
  await db.owner`update session set expires_at = now() - interval '1 second' where id_hash = ${hashed}`
  expect(await findViewer(cookie, { isSecure: false })).toEqual({ viewer: null })
})

test('a session of staff is renewed in the second half of its 12 hours, a worker’s of its 14 days', async () => {
  const number = phone()
  await register({ registration: registration(3, { phone: number }), now: NOW, from: origin() })
  const cases = [
    { cookie: await entered((await staff('operator')).login), half: 6 * 3600, whole: 43_200 },
    { cookie: await entered(number), half: 7 * 86_400, whole: 14 * 86_400 },
  ]
  for (const { cookie, half, whole } of cases) {
    const hashed = createHash('sha256').update(cookie.split('=')[1]!).digest()
    const leave = (seconds: number) =>
      db.owner`update session set expires_at = now() + ${seconds} * interval '1 second' where id_hash = ${hashed}`
    await leave(half + 60)
    expect((await findViewer(cookie, { isSecure: false })).setCookie).toBeUndefined()
    await leave(half - 60)
    expect((await findViewer(cookie, { isSecure: false })).setCookie).toMatch(
      new RegExp(`^${cookie};.* Max-Age=${whole};`),
    )
    const [row] =
      await db.owner`select extract(epoch from expires_at - now())::int as left from session where id_hash = ${hashed}`
    expect(row!.left).toBeGreaterThan(whole - 60)
  }
})

test.each([
  '',
  'jxt_session=',
  'jxt_session=%',
  'jxt_session=abc',
  `jxt_session=${'a'.repeat(40)}`,
  'a=b; c',
  `xjxt_session=${'a'.repeat(40)}`,
  '%E0%A4%A=1',
])('a cookie that names no session is nobody, and no error: %s', async (cookie) => {
  expect(await findViewer(cookie, { isSecure: false })).toEqual({ viewer: null })
})

test('a hash of older parameters is made anew at the next sign-in', async () => {
  const { login, id } = await staff('operator')
  const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
  await db.owner`update account set password_hash = ${old} where id = ${id}`
  await entered(login)
  const [row] = await db.owner`select password_hash from account where id = ${id}`
  expect(row!.password_hash).toMatch(/m=19456,t=2,p=1/)
  await entered(login)
})

test('changing the password ends every other session, keeps this browser signed in, and is in the audit trail', async () => {
  const { login, id } = await staff('operator')
  const [here, elsewhere] = [await entered(login), await entered(login)]
  const viewer = await viewerOf(here)
  const answer = await changePassword({
    viewer,
    current: PASSWORD,
    next: 'another good one',
    now: NOW,
    from: { ...origin(), cookieHeader: here },
  })
  if (!answer.ok) throw new Error(answer.reason)
  expect(await findViewer(elsewhere, { isSecure: false })).toEqual({ viewer: null })
  expect(await findViewer(here, { isSecure: false })).toEqual({ viewer: null })
  expect((await viewerOf(cookieOf(answer.setCookie))).accountId).toBe(id)
  expect(await enter(login, PASSWORD)).toMatchObject({ reason: 'wrong' })
  await entered(login, 'another good one')
  const events = await db.owner`select kind from audit_event where subject_id = ${id} order by id`
  expect(events.map((event) => event.kind)).toContain('account.password_changed')
})

test('a password is changed by whoever knows the present one, to a good one that differs', async () => {
  const { login } = await staff('operator')
  const viewer = await viewerOf(await entered(login))
  const change = (current: string, next: string) => changePassword({ viewer, current, next, now: NOW, from: origin() })
  expect(await change('wrong one', 'another good one')).toEqual({ ok: false, reason: 'wrong', seconds: 0 })
  expect(await change(PASSWORD, 'short')).toEqual({ ok: false, reason: 'password_short' })
  expect(await change(PASSWORD, PASSWORD)).toEqual({ ok: false, reason: 'password_same' })
  for (let i = 0; i < 4; i++) await change('wrong one', 'another good one')
  expect(await change(PASSWORD, 'another good one')).toEqual({ ok: false, reason: 'wait', seconds: 15 })
})

test('the viewer of an account that is gone changes nothing', async () => {
  const viewer = { ...(await viewerOf(await entered((await staff('operator')).login))), accountId: newId() }
  const answer = await changePassword({ viewer, current: PASSWORD, next: 'another good one', now: NOW, from: origin() })
  expect(answer).toMatchObject({ ok: false, reason: 'wrong' })
})
