import { createHash, randomBytes } from 'node:crypto'
import { DEVICE_KEY_COOKIE, readDeviceKey } from './device-key.ts'

/** As long as a session of staff lasts without use. */
const KEPT_SECONDS = 12 * 3600

type On = { isSecure: boolean }

/**
 * Gives an account's browser a key, or the one that it has for as long again. What a page keeps on the device, where it must work without a
 * network, is sealed with it: signing out, another sign-in and time take the key away, and with it whatever it opens, with
 * or without a script. The server keeps none. @returns a Set-Cookie header value.
 */
export function deviceKeyCookie(accountId: string, cookies: string | null, on: On): string {
  const of = createHash('sha256').update(accountId).digest('base64url').slice(0, 8)
  const had = readDeviceKey(cookies)
  const key = had?.of === of ? had.key : randomBytes(32).toString('base64url')
  return cookie(`${of}.${key}`, KEPT_SECONDS, on)
}

/** The Set-Cookie header value that takes the key out of a browser. */
export const blankDeviceKey = (on: On): string => cookie('', 0, on)

const cookie = (value: string, seconds: number, { isSecure }: On) =>
  `${DEVICE_KEY_COOKIE}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${isSecure ? '; Secure' : ''}`
