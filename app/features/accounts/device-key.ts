/**
 * The cookie with the key under which a page seals what it keeps on the device (device-key.server.ts). Readable by scripts on
 * purpose: it opens nothing but what lies on this very device.
 */
export const DEVICE_KEY_COOKIE = 'jxt_device'

/** Whose the key is, and the key itself (base64url, 32 bytes); null where the cookies hold none. */
export function readDeviceKey(cookies: string | null): { of: string; key: string } | null {
  const [, of, key] = cookies?.match(/(?:^|;\s*)jxt_device=([\w-]{8})\.([\w-]{43})(?:;|$)/) ?? []
  return of && key ? { of, key } : null
}
