import { readDeviceKey } from '#app/features/accounts/device-key.ts'

/** Sealed with AES-GCM under the device's key (accounts/device-key.server.ts): who is signed out has it no more. */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }

const IV_BYTES = 12

/** The key as the cookie has it: another one, or none, once somebody else is signed in. */
export const keyText = (): string => readDeviceKey(document.cookie)?.key ?? ''

/** The key of whoever is signed in; null: nobody is, or the browser has no cryptography here (plain http). */
export async function deviceKey(): Promise<CryptoKey | null> {
  const written = keyText()
  if (!written || !globalThis.crypto?.subtle) return null
  const text = atob(written.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0))
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    key,
    new TextEncoder().encode(JSON.stringify(value)),
  )
  return { iv, bytes }
}

/** Null: sealed under another key. */
export async function unseal<T>(key: CryptoKey, { iv, bytes }: Sealed): Promise<T | null> {
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes))) as T
  } catch {
    return null
  }
}
