import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { StartError } from './start-error.ts'

/** The account that PostgreSQL runs as; null: the one that runs us. It refuses to run as root. */
export type Account = { uid: number; gid: number } | null

/**
 * Root only: the account to drop to. An existing database keeps the account that owns it; a new one gets `postgres`,
 * which is made when the machine has none.
 */
export function findAccount(cluster: string | null, note: (line: string) => void): Account {
  if (process.getuid?.() !== 0) return null
  if (cluster && existsSync(join(cluster, 'PG_VERSION'))) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  const known = lookUp('postgres')
  if (known) return known
  const made = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ].some(([command = '', ...args]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0)
  const account = made ? lookUp('postgres') : null
  if (account) {
    note('PostgreSQL refuses to run as root: the system account postgres was made for it.')
    return account
  }
  throw new StartError(
    'account_missing',
    'PostgreSQL refuses to run as root and no postgres account could be made: run as an ordinary user, or set DATABASE_URL.',
  )
}

function lookUp(name: string): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

/** May the account enter every folder of the path? */
export function canReach(path: string, { uid, gid }: NonNullable<Account>): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = statSync(at)
    if (!(mode & (owner === uid ? 0o100 : group === gid ? 0o010 : 0o001))) return false
    if (at === dirname(at)) return true
  }
}

/** A folder or file that root made for the account is given to it. */
export async function give(path: string, account: Account): Promise<void> {
  if (account) await chown(path, account.uid, account.gid)
}
