import { Readable } from 'node:stream'
import { beforeAll, expect, test } from 'vitest'
import { accountsCreate, accountsPassword } from '#app/features/accounts/commands.server.ts'
import { findViewer } from '#app/features/accounts/lucia.server.ts'
import { register } from '#app/features/accounts/register.server.ts'
import { signIn } from '#app/features/accounts/sign-in.server.ts'
import { ROLES } from '#db/values.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { cookieOf, NOW, origin, PASSWORD, phone, registration } from './people.ts'

let db: TestDatabase
let academy: { code: string; name: string; sponsor: string }
beforeAll(async () => {
  db = await freshDatabase()
  const facts = build()
  const made = facts.academy()
  await insertFacts(db.owner, facts.facts)
  const [union] = await db.owner`select name from trade_union where id = ${made.sponsorId}`
  academy = { code: made.code, name: made.name, sponsor: union!.name }
})

type Command = (argv: string[], shell: Parameters<typeof accountsCreate>[1]) => Promise<number>

/** Runs a command as from a shell, with a text on stdin. */
async function run(command: Command, argv: string, stdin = `${PASSWORD}\n`) {
  const [out, err]: string[][] = [[], []]
  const shell = {
    stdin: Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]),
    stdout: { write: (text: string) => out!.push(text) },
    stderr: { write: (text: string) => err!.push(text) },
  }
  const status = await command(argv.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [], shell)
  return { status, out: out!.join(''), err: err!.join('') }
}

const enter = (name: string, password = PASSWORD) => signIn({ name, password, now: NOW, from: origin() })

test.each([
  ['operator', ''],
  ['provincial_handler', ''],
  ['provincial_reviewer', ''],
  ['academy_admin', '--academy CODE'],
  ['instructor', '--academy CODE'],
  ['enterprise_union', '--enterprise NAME'],
  ['sponsor_reviewer', '--union NAME'],
])('an account for the role %s is made, and signs in', async (role, place) => {
  const where = place.replace('CODE', academy.code).replace('NAME', `"${academy.sponsor}"`)
  const made = await run(accountsCreate, `--role ${role} ${where} --login new.${role} --name "何 志文"`)
  expect(made).toMatchObject({ status: 0, err: '' })
  expect(made.out).toBe(`已建立账号：new.${role}（${role}）\n`)
  expect(await enter(`new.${role}`)).toMatchObject({ ok: true, role })
})

test('made twice it is unchanged, its password too', async () => {
  expect((await run(accountsCreate, '--role operator --login twice')).out).toContain('已建立')
  const again = await run(accountsCreate, '--role operator --login TWICE', 'another good one\n')
  expect(again).toMatchObject({ status: 0, err: '' })
  expect(again.out).toContain('没有改动')
  expect(await enter('twice')).toMatchObject({ ok: true })
  const [events] = await db.owner`
    select count(*)::int as n from audit_event e join account a on a.id = e.subject_id
    where a.login = 'twice' and kind = 'account.created'`
  expect(events!.n).toBe(1)
})

test('a login with another role, or of another academy, is refused and left as it was', async () => {
  const facts = build()
  const other = facts.academy()
  await insertFacts(db.owner, facts.facts)
  await run(accountsCreate, `--role instructor --academy ${academy.code} --login taken`)
  for (const argv of ['--role operator --login taken', `--role instructor --academy ${other.code} --login taken`]) {
    const refused = await run(accountsCreate, argv)
    expect(refused).toMatchObject({ status: 1, out: '' })
    expect(refused.err).toContain('instructor 教师')
  }
})

test('an unknown role lists the roles, but for workers, who register themselves', async () => {
  const refused = await run(accountsCreate, '--role boss --login someone')
  expect(refused.status).toBe(2)
  for (const role of ROLES) expect(refused.err.includes(role)).toBe(role !== 'worker')
  const worker = await run(accountsCreate, '--role worker --login someone')
  expect(worker).toMatchObject({ status: 2, out: '' })
  expect(worker.err).toContain('/register')
})

test.each([
  ['', /--role/],
  ['--role operator', /--login/],
  ['--role operator --login ab', /3至32个/],
  ['--role operator --login 13800000000', /以字母开头/],
  ['--role academy_admin --login someone', /--academy/],
  ['--role sponsor_reviewer --login someone', /--union/],
  ['--role operator --academy X --login someone', /去掉 --academy/],
  ['--role operator --login someone --colour red', /--colour/],
  ['--role operator --login', /--login/],
  ['--role operator --login someone extra', /extra/],
])('a command that is not understood says why: %s', async (argv, reason) => {
  const refused = await run(accountsCreate, argv)
  expect(refused).toMatchObject({ status: 2, out: '' })
  expect(refused.err).toMatch(reason)
})

test.each([
  ['--role academy_admin --academy NOWHERE --login someone', PASSWORD, /NOWHERE/],
  ['--role sponsor_reviewer --union 某某总工会 --login someone', PASSWORD, /某某总工会/],
  ['--role operator --login someone', 'short', /至少8个字符/],
  ['--role operator --login someone', '', /至少8个字符/],
  ['--role operator --login someone.else', 'someone.else', /登录名/],
  ['--role operator --login someone', '12345678', /容易被猜到/],
])('what cannot be made is refused, and makes nothing: %s', async (argv, password, reason) => {
  const refused = await run(accountsCreate, argv, password)
  expect(refused).toMatchObject({ status: 1, out: '' })
  expect(refused.err).toMatch(reason)
  expect(refused.err).not.toContain('    at ')
  expect(await db.owner`select id from account where login like 'someone%'`).toHaveLength(0)
})

test('the password is the first line of stdin, without its line end or byte order mark', async () => {
  await run(accountsCreate, '--role operator --login lines', `\uFEFF${PASSWORD}\r\nsecond line\n`)
  expect(await enter('lines')).toMatchObject({ ok: true })
})

test('a new password ends the sessions of the account and is in the audit trail', async () => {
  await run(accountsCreate, '--role operator --login forgetful')
  const entered = await enter('forgetful')
  if (!entered.ok) throw new Error(entered.reason)
  const changed = await run(accountsPassword, '--login forgetful', 'another good one\n')
  expect(changed).toMatchObject({ status: 0, err: '' })
  expect(await findViewer(cookieOf(entered.setCookie), { isSecure: false })).toEqual({ viewer: null })
  expect(await enter('forgetful')).toMatchObject({ reason: 'wrong' })
  expect(await enter('forgetful', 'another good one')).toMatchObject({ ok: true })
  const kinds = await db.owner`
    select kind from audit_event e join account a on a.id = e.subject_id where a.login = 'forgetful'`
  expect(kinds.map((row) => row.kind)).toContain('account.password_changed')
})

test('a worker’s password is reset by phone, which is not printed', async () => {
  const number = phone()
  await register({ registration: registration(1, { phone: number }), now: NOW, from: origin() })
  const changed = await run(accountsPassword, `--login ${number}`, 'another good one\n')
  expect(changed).toMatchObject({ status: 0 })
  expect(changed.out).not.toContain(number)
  expect(await enter(number, 'another good one')).toMatchObject({ ok: true, role: 'worker' })
})

test('a new password for nobody is refused', async () => {
  expect(await run(accountsPassword, '--login nobody')).toMatchObject({ status: 1, out: '' })
  expect(await run(accountsPassword, '')).toMatchObject({ status: 2, out: '' })
  expect(await run(accountsPassword, '--login lines', 'short')).toMatchObject({ status: 1, out: '' })
})
