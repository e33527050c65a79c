import { randomBytes } from 'node:crypto'
import { indexOf } from '#app/features/persons/vault.server.ts'

/** Nobody guesses 192 bits. */
const SECRET_BYTES = 24
/** Of the signature, that follows the secret in the address. */
const SIGNATURE_BYTES = 12

/** A new secret for an address, signed: what this installation never made is refused without asking the database. */
export function makeSecret(): string {
  const secret = randomBytes(SECRET_BYTES)
  return Buffer.concat([secret, signatureOf(secret)]).toString('base64url')
}

/** What the database finds a feed by; null for what was not made here. */
export function readSecret(written: string | null): Buffer | null {
  if (!written || !/^[\w-]{48}$/.test(written)) return null
  const bytes = Buffer.from(written, 'base64url')
  const secret = bytes.subarray(0, SECRET_BYTES)
  // Comparing two keyed digests in any time tells nothing that helps to make one.
  if (!signatureOf(secret).equals(bytes.subarray(SECRET_BYTES))) return null
  return indexOf('calendar', secret.toString('base64url'))
}

const signatureOf = (secret: Buffer) =>
  indexOf('calendar_signature', secret.toString('base64url')).subarray(0, SIGNATURE_BYTES)
