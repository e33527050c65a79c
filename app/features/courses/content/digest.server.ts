import { createHash } from 'node:crypto'

/** SHA-256 of a file, as it is named by. */
export const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** SHA-256 over several parts, none of which can run into the next. */
export const sha256 = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}
