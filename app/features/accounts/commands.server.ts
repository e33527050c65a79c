import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { normalisePhone } from '#app/features/persons/documents.ts'
import { maskPhone } from '#app/features/persons/masking.ts'
import { indexOf } from '#app/features/persons/vault.server.ts'
import { DEFAULT_LOCALE } from '#app/lib/i18n.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, account, tradeUnion } from '#db/schema/index.ts'
import { ROLES, type Role } from '#db/values.ts'
import { system } from './actor.ts'
import { as } from './as.server.ts'
import { commandWords } from './command-words.ts'
import { createAccount } from './create.server.ts'
import { isLogin, toLogin } from './logins.ts'
import { endSessionsOf } from './lucia.server.ts'
import { hashPassword } from './passwords.server.ts'
import { refusePassword } from './passwords.ts'
import { readPassword, type Shell } from './shell.server.ts'

const STAFF = ROLES.filter((role) => role !== 'worker')
const w = commandWords[DEFAULT_LOCALE]

/** What an account of a role belongs to. */
const BODIES = ['academy', 'union', 'enterprise'] as const
const BODY: Partial<Record<Role, (typeof BODIES)[number]>> = {
  academy_admin: 'academy',
  instructor: 'academy',
  enterprise_union: 'enterprise',
  sponsor_reviewer: 'union',
}

/**
 * `accounts:create -- --role ROLE [--academy CODE] [--union NAME] [--enterprise NAME] --login NAME [--name NAME]`, the password on stdin.
 * @returns the exit status: 0 made or unchanged, 1 refused, 2 where the command was not understood.
 */
export async function accountsCreate(argv: string[], shell: Shell = process): Promise<number> {
  const refuse = refuser(shell)
  const options = parse(argv, ['role', ...BODIES, 'login', 'name'])
  if ('unknown' in options) return refuse(w.unknown(options.unknown), 2)
  const role = STAFF.find((known) => known === options.role)
  if (options.role === 'worker') return refuse(w.workersRegister, 2)
  if (!role) return refuse(w.roles(options.role, STAFF.map((known) => `${known} ${w.role[known]}`).join('\n  ')), 2)
  if (!options.login || !isLogin(options.login)) return refuse(w.login(options.login), 2)
  for (const body of BODIES) {
    const needs = BODY[role] === body
    if (needs !== Boolean(options[body])) return refuse(needs ? w.needs(role, body) : w.needless(role, body), 2)
  }
  const login = toLogin(options.login)
  const password = await readPassword(shell, w.prompt)
  const refusal = refusePassword(password, [login])
  if (refusal) return refuse(w.password[refusal], 1)
  const passwordHash = await hashPassword(password)

  return as(system('setup'), async (tx) => {
    const place = await findPlace(tx, options)
    if ('missing' in place) return refuse(place.missing, 1)
    const displayName = options.name?.trim() || login
    const answer = await createAccount(tx, { role, login, displayName, passwordHash, ...place, now: new Date() })
    if (!answer.ok) return refuse(w.taken(login, answer.role, w.role[answer.role]), 1)
    shell.stdout.write(`${w[answer.state](login, role)}\n`)
    return 0
  })
}

/**
 * `accounts:password -- --login NAME`, the new password on stdin; a worker's phone is a login name too. Ends every session
 * of the account.
 */
export async function accountsPassword(argv: string[], shell: Shell = process): Promise<number> {
  const refuse = refuser(shell)
  const options = parse(argv, ['login'])
  if ('unknown' in options) return refuse(w.unknown(options.unknown), 2)
  if (!options.login) return refuse(w.login(options.login), 2)
  const phone = normalisePhone(options.login)
  const login = phone ? maskPhone(phone) : toLogin(options.login)
  const password = await readPassword(shell, w.prompt)
  const refusal = refusePassword(password, [phone ?? login])
  if (refusal) return refuse(w.password[refusal], 1)
  const passwordHash = await hashPassword(password)
  const found = await as(system('sign_in'), async (tx) => {
    const isThisOne = phone ? eq(account.phoneIndex, indexOf('phone', phone)) : eq(account.login, login)
    const [changed] = await tx.update(account).set({ passwordHash }).where(isThisOne).returning()
    if (!changed) return false
    await endSessionsOf(tx, changed.id)
    await record(tx, {
      by: system('sign_in'),
      now: new Date(),
      kind: 'account.password_changed',
      detail: {},
      academyId: changed.academyId ?? undefined,
      subjectId: changed.id,
    })
    return true
  })
  if (!found) return refuse(w.noAccount(login), 1)
  shell.stdout.write(`${w.passwordChanged(login)}\n`)
  return 0
}

type Options = Partial<Record<'role' | 'academy' | 'union' | 'enterprise' | 'login' | 'name', string>>

/** Options as `--name value` or `--name=value`; the first one that is not understood, instead. */
function parse(argv: string[], known: (keyof Options)[]): Options | { unknown: string } {
  const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values as Options
  } catch (error) {
    const about = error instanceof Error ? error.message : ''
    return { unknown: /'([^']+)'/.exec(about)?.[1]?.split(/[ ,]/)[0] ?? argv[0] ?? '' }
  }
}

/** The academy or union of the options; `missing`: why there is none. */
async function findPlace(
  tx: Tx,
  options: Options,
): Promise<{ academyId?: string; unionId?: string; enterprise?: string } | { missing: string }> {
  if (options.academy) {
    const [found] = await tx.select({ id: academy.id }).from(academy).where(eq(academy.code, options.academy))
    return found ? { academyId: found.id } : { missing: w.noAcademy(options.academy) }
  }
  if (options.union) {
    const [found] = await tx.select({ id: tradeUnion.id }).from(tradeUnion).where(eq(tradeUnion.name, options.union))
    return found ? { unionId: found.id } : { missing: w.noUnion(options.union) }
  }
  return options.enterprise ? { enterprise: options.enterprise } : {}
}

const refuser = (shell: Shell) => (message: string, status: 1 | 2) => {
  shell.stderr.write(`${message}\n`)
  return status
}
