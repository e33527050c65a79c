import { randomBytes } from 'node:crypto'
import { chown, link, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareFolder } from './embedded-place.server.ts'
import { StartError } from './start-error.ts'

/**
 * A secret that an installation keeps beside its data: `dataDir/keys/NAME`, readable by its owner alone (0400). Made when
 * it is missing and `make` is given; of two processes that make it at once both get the first one's.
 */
export async function keepSecret(
  dataDir: string,
  name: string,
  make: (() => string) | null,
): Promise<{ text: string; path: string }> {
  const folder = join(dataDir, 'keys')
  const path = join(folder, name)
  const known = await readSecret(path)
  if (known) return { text: known, path }
  if (!make) throw new StartError('secret_missing', `The secret ${path} is missing: restore it from a backup.`, path)
  await prepareFolder(dataDir)
  await prepareFolder(folder, 0o700)
  const half = `${path}.${randomBytes(4).toString('hex')}`
  await writeFile(half, `${make()}\n`, { mode: 0o400 })
  if (process.getuid?.() === 0) {
    // Root in a user's project: the user's next start must be able to read what root made.
    const { uid, gid } = await stat(dataDir)
    for (const made of [folder, half]) await chown(made, uid, gid)
  }
  await link(half, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(half)
  return { text: (await readSecret(path)) ?? '', path }
}

async function readSecret(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new StartError('secret_unreadable', `The secret ${path} cannot be read (${code}).`, path)
  }
}
