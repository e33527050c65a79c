import { hkdfSync, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { keepSecret } from '#db/embedded-secret.server.ts'
import { StartError } from '#db/start-error.ts'

/**
 * The secrets of an installation. `sealing` encrypts personal data: every key opens what it once sealed (by its id, 1 to
 * 255), the one with the highest id seals. `index` makes the keyed digests that find a sealed value again; it can't be
 * changed without making every index anew.
 */
export type Keys = { sealing: ReadonlyMap<number, Buffer>; currentSealing: number; index: Buffer }

const KEY_BYTES = 32

/**
 * Reads the keys: from JXT_KEY_VAULT and JXT_KEY_INDEX (base64), or from the files that JXT_KEY_VAULT_FILE and
 * JXT_KEY_INDEX_FILE name, else from `dataDir/keys`, where they are made the first time (mode 0400). The vault's may be
 * several, `1:BASE64,2:BASE64`, so that it can be changed without losing what is sealed.
 * In production nothing is made or taken from beside the data by itself.
 * @throws StartError `secret_missing` or `secret_unreadable`, never with a part of the secret.
 */
export async function readKeys(
  options: { dataDir: string; isProduction: boolean },
  source: Record<string, string | undefined> = process.env,
): Promise<Keys> {
  const vault = await readSecret('vault', options, source)
  const index = await readSecret('index', options, source)
  const sealing = parseRing(vault.text, vault.from)
  return { sealing, currentSealing: Math.max(...sealing.keys()), index: parseKey(index.text, index.from) }
}

type Secret = { text: string; from: string }

async function readSecret(
  name: 'vault' | 'index',
  { dataDir, isProduction }: { dataDir: string; isProduction: boolean },
  source: Record<string, string | undefined>,
): Promise<Secret> {
  const variable = `JXT_KEY_${name.toUpperCase()}`
  const given = source[variable]?.trim()
  if (given) return { text: given, from: variable }
  const file = source[`${variable}_FILE`]?.trim()
  if (file) return { text: await readSecretFile(file, `${variable}_FILE`), from: file }
  if (isProduction)
    throw new StartError(
      'secret_missing',
      `With NODE_ENV=production the secret ${variable} must be given: set it to 32 random bytes in base64 (openssl rand -base64 32), or set ${variable}_FILE to a file that holds them.`,
      variable,
    )
  const { text, path } = await keepSecret(dataDir, name, () => randomBytes(KEY_BYTES).toString('base64'))
  return { text, from: path }
}

async function readSecretFile(path: string, variable: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(
      'secret_unreadable',
      `The file that ${variable} names, ${path}, cannot be read (${code}).`,
      path,
    )
  }
}

function parseRing(text: string, from: string): Map<number, Buffer> {
  const ring = new Map<number, Buffer>()
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, id = '1', key = ''] = /^(?:(\d{1,3}):)?(.*)$/.exec(part) ?? []
    if (Number(id) < 1 || Number(id) > 255 || ring.has(Number(id))) throw unreadable(from)
    ring.set(Number(id), parseKey(key, from))
  }
  if (ring.size === 0) throw unreadable(from)
  return ring
}

function parseKey(text: string, from: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+=*$/.test(text)) throw unreadable(from)
  return key
}

const unreadable = (from: string) =>
  new StartError('secret_unreadable', `The secret in ${from} is not a key: 32 bytes in base64 are expected.`, from)

/** The password of the app's database login where the product makes that login: another than any key, the same each time. */
export function databasePassword({ index }: Keys): string {
  return Buffer.from(hkdfSync('sha256', index, '', 'jiangxuetang database login', KEY_BYTES)).toString('base64url')
}
