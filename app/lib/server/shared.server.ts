import { createHash } from 'node:crypto'
import { hasTag } from '../http.ts'
import { wholeOf } from './compress.server.ts'

/** How long a browser or proxy may show what it has without asking: seats left are then a minute old at most. */
const FRESH_SECONDS = 60

/**
 * Marks an answer that is the same for every visitor as one to be kept. It differs by what the cookies say (language, large
 * type, and whether somebody is signed in), so a kept one goes only to a request with the very same cookies: who signs in
 * or out, or switches the language, gets a new one at once.
 */
export function share(headers: Headers): void {
  headers.set('Cache-Control', `public, max-age=${FRESH_SECONDS}`)
  headers.append('Vary', 'Cookie')
}

export const isShared = (headers: Headers): boolean => headers.get('Cache-Control')?.startsWith('public, ') ?? false

/**
 * Gives a shared document its ETag, and says whether the asker has it already: then 304 without a body is the answer. The nonce and the
 * request's number are new in every answer and no difference; so the tag is a weak one, and a 304 must not carry a content
 * policy: its nonce is not that of the page which the browser kept.
 */
export function isKnown(response: Response, ifNoneMatch: string | undefined, own: readonly string[]): boolean {
  const whole = wholeOf(response)
  if (!whole || !isShared(response.headers)) return false
  const text = own.reduce((left, value) => left.replaceAll(value, ''), Buffer.from(whole).toString('latin1'))
  const tag = `W/"${createHash('sha1').update(text, 'latin1').digest('base64url')}"`
  response.headers.set('ETag', tag)
  return hasTag(ifNoneMatch, tag)
}
