import { createHash } from 'node:crypto'

/**
 * What a page showed, as a hidden field of its form: a digest, which tells nothing of it. A form that comes back with another
 * mark than the page would have now was filled in about something that has changed.
 */
export function markOf(...shown: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of shown) hash.update(part)
  return hash.digest('base64url').slice(0, 22)
}
