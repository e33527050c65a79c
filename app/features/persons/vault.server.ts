import { createCipheriv, createDecipheriv, createSecretKey, hash, randomFillSync } from 'node:crypto'
import { runtime } from '#app/lib/runtime.server.ts'

/**
 * What the vault needs: sealing keys by id (1 to 255, 32 bytes each; every one opens, the current one seals) and the
 * key of the indexes (32 bytes), which is none of them.
 */
export type VaultKeys = { sealing: ReadonlyMap<number, Buffer>; currentSealing: number; index: Buffer }

/** The column that a sealed value stands in; it is bound in, so that a value opens nowhere else. */
export type Place =
  | 'person.document'
  | 'person.birth_date'
  | 'account.phone'
  | 'enrolment.phone'
  | 'enterprise_worker.document'
  | 'enterprise_worker.phone'
  | 'notice_choice.mail'
  | 'certificate.number'
  | 'ledger_upload.corrections'
  | 'material.number'
  | 'material_file.content'

/** What an index finds; bound in, so that a phone and a document with the same digits have different indexes. */
export type IndexKind =
  | 'document'
  | 'phone'
  | 'certificate'
  | 'failure'
  | 'confirmation'
  | 'opening'
  | 'calendar'
  | 'calendar_signature'
  | 'attendance_code'

export type Vault = {
  seal: (place: Place, rowId: string, plaintext: string) => Buffer
  open: (place: Place, rowId: string, sealed: Uint8Array) => string
  sealBytes: (place: Place, rowId: string, content: Uint8Array) => Buffer
  openBytes: (place: Place, rowId: string, sealed: Uint8Array) => Buffer
  indexOf: (kind: IndexKind, normalised: string) => Buffer
}

/** The layout of a sealed value: algorithm, key id, nonce, tag, ciphertext. */
const AES_256_GCM = 1
const NONCE_AT = 2
const TAG_AT = NONCE_AT + 12
const TEXT_AT = TAG_AT + 16

/** A vault on given keys; the product's own are behind {@link seal}, {@link open} and {@link indexOf}. */
export function makeVault(keys: VaultKeys): Vault {
  const sealing = new Map([...keys.sealing].map(([id, key]) => [id, createSecretKey(key)]))
  const keyOf = (id: number) => {
    const key = sealing.get(id)
    if (!key)
      throw new Error(`a value is sealed with vault key ${id}, which is not among the keys of this installation`)
    return key
  }

  const vault: Vault = {
    seal: (place, rowId, plaintext) => vault.sealBytes(place, rowId, Buffer.from(plaintext, 'utf8')),
    open: (place, rowId, sealed) => vault.openBytes(place, rowId, sealed).toString('utf8'),

    sealBytes(place, rowId, content) {
      const key = keyOf(keys.currentSealing)
      // Random 96-bit nonces are safe for 2^32 values a key (NIST SP 800-38D, 8.3).
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(boundTo(AES_256_GCM, keys.currentSealing, place, rowId))
      const text = cipher.update(content)
      cipher.final() // GCM pads nothing: no bytes come out of it
      const sealed = Buffer.allocUnsafe(TEXT_AT + text.length)
      sealed[0] = AES_256_GCM
      sealed[1] = keys.currentSealing
      sealed.set(nonce, NONCE_AT)
      sealed.set(cipher.getAuthTag(), TAG_AT)
      sealed.set(text, TEXT_AT)
      return sealed
    },

    openBytes(place, rowId, sealed) {
      if (sealed.length < TEXT_AT || sealed[0] !== AES_256_GCM)
        throw new Error(`what stands in ${place} is not a sealed value`)
      const decipher = createDecipheriv('aes-256-gcm', keyOf(sealed[1]!), sealed.subarray(NONCE_AT, TAG_AT), {
        authTagLength: 16,
      })
      decipher.setAAD(boundTo(sealed[0], sealed[1]!, place, rowId))
      decipher.setAuthTag(sealed.subarray(TAG_AT, TEXT_AT))
      try {
        const content = decipher.update(sealed.subarray(TEXT_AT))
        decipher.final() // where it is not what was sealed this throws; no bytes come out of it
        return content
      } catch {
        throw new Error(`a sealed value in ${place} does not open: it was changed, or moved from another row or column`)
      }
    },

    indexOf: hmacSha256(keys.index),
  }
  return vault
}

/**
 * HMAC-SHA-256 (RFC 2104, section 2) of a key of at most 64 bytes, as two digests. A ledger has 100,000 values: an object of
 * node:crypto for each of them costs more than hashing it, and once more when it is collected.
 */
function hmacSha256(key: Buffer): Vault['indexOf'] {
  const padded = (byte: number) => Buffer.alloc(64, byte).map((pad, at) => pad ^ (key[at] ?? 0))
  const [inner, outer] = [Buffer.from(padded(0x36)), Buffer.concat([padded(0x5c), Buffer.alloc(32)])]
  return (kind, normalised) => {
    const message = Buffer.concat([inner, Buffer.from(`${kind}\0${normalised}`)])
    outer.write(hash('sha256', message, 'hex'), 64, 'hex')
    return Buffer.from(hash('sha256', outer, 'hex'), 'hex')
  }
}

const nonces = Buffer.alloc(12 * 1024)
let nextAt = nonces.length

/** 12 random bytes that were never given out: drawn a thousand at a time, since asking the system costs more than sealing. */
function nextNonce(): Buffer {
  if (nextAt === nonces.length) {
    randomFillSync(nonces)
    nextAt = 0
  }
  nextAt += 12
  return nonces.subarray(nextAt - 12, nextAt)
}

function boundTo(algorithm: number, keyId: number, place: Place, rowId: string): Buffer {
  const bound = Buffer.from(`\0\0${place}\0${rowId}`)
  bound[0] = algorithm
  bound[1] = keyId
  return bound
}

let own: { keys: VaultKeys; vault: Vault } | undefined

function ownVault(): Vault {
  const { keys } = runtime()
  if (own?.keys !== keys) own = { keys, vault: makeVault(keys) }
  return own.vault
}

/** Seals a text for one column of one row: AES-256-GCM under the current key. Two seals of one text differ. */
export const seal: Vault['seal'] = (place, rowId, plaintext) => ownVault().seal(place, rowId, plaintext)

/**
 * Opens a sealed text.
 * @throws an Error that holds nothing of the value: changed or moved, not sealed, or under a key that is not here.
 */
export const open: Vault['open'] = (place, rowId, sealed) => ownVault().open(place, rowId, sealed)

/** The same for what is no text: a file. */
export const sealBytes: Vault['sealBytes'] = (place, rowId, content) => ownVault().sealBytes(place, rowId, content)

/** Opens sealed bytes. @throws as {@link open}. */
export const openBytes: Vault['openBytes'] = (place, rowId, sealed) => ownVault().openBytes(place, rowId, sealed)

/**
 * HMAC-SHA-256 of a normalised value under the index key: equal values have equal indexes, which find and keep unique
 * what is stored sealed. Of a document: {@link documentIndex}.
 */
export const indexOf: Vault['indexOf'] = (kind, normalised) => ownVault().indexOf(kind, normalised)
