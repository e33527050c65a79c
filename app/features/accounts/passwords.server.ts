import { type Algorithm, hash, parseOptions, verify } from '@node-rs/argon2'
import { normalisePassword } from './passwords.ts'

/**
 * argon2id with 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's choice for servers that also do other
 * work. About 30 ms on one core, off the event loop; libuv's four threads bound the memory to 76 MiB.
 */
const PARAMETERS = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes a password (argon2id, PHC string format). */
export const hashPassword = (password: string): Promise<string> => hash(normalisePassword(password), PARAMETERS)

let decoy: Promise<string> | undefined

/**
 * Compares a password with a hash. Without one (no such account) it does the same work on a decoy and says no, so that
 * the time of an answer does not tell whether an account exists.
 */
export async function isPasswordOf(passwordHash: string | null, password: string): Promise<boolean> {
  if (passwordHash !== null) return verify(passwordHash, normalisePassword(password))
  decoy ??= hashPassword(crypto.randomUUID())
  await verify(await decoy, normalisePassword(password))
  return false
}

/** True for a hash made with other parameters than today's: it is made anew at the next sign-in. */
export function isOutdated(passwordHash: string): boolean {
  const used = parseOptions(passwordHash)
  return (
    used.algorithm !== PARAMETERS.algorithm ||
    used.memoryCost !== PARAMETERS.memoryCost ||
    used.timeCost !== PARAMETERS.timeCost ||
    used.parallelism !== PARAMETERS.parallelism
  )
}
