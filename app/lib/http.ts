/**
 * The few answers that are not pages. They are thrown by guards and features or returned by routes: plain web Responses,
 * which any HTTP framework understands. None says what it is about: what does not exist and what is not yours look alike.
 */
function answer(status: number, text: string, headers?: Record<string, string>): Response {
  return new Response(text, {
    status,
    statusText: text,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers },
  })
}

/** The asker (`If-None-Match`) has what this ETag names. */
export const hasTag = (asked: string | null | undefined, tag: string): boolean =>
  asked?.split(',').some((one) => one.trim() === tag) ?? false

/** 404: absent, or not theirs. `what` is for the reader of the code alone. */
export const notFound = (_what?: string): Response => answer(404, 'Not Found')

/** 400: the request itself is malformed. */
export const badRequest = (_why?: string): Response => answer(400, 'Bad Request')

/** 429: as much of this at a time as one asker gets. */
export const tooMany = (): Response => answer(429, 'Too Many Requests')

/** 405 with the methods that would be allowed. */
export const methodNotAllowed = (...allowed: string[]): Response =>
  answer(405, 'Method Not Allowed', { Allow: allowed.join(', ') })

/** 303 for the way on after a form (302 would do the same in every browser; 303 says it). `path` is one of ours. */
export const redirectTo = (path: string): Response =>
  new Response(null, { status: 303, statusText: 'See Other', headers: { Location: path, 'Cache-Control': 'no-store' } })

const LONGEST_PATH = 2000
// Browsers strip tabs and line ends from a URL and read `\` as `/`: `/\t/evil.example` is another site.
const DECEIVING = /[\s\p{Cc}\\]/u

/**
 * A redirect target from outside (a form field, a query parameter) if it is a path of this site, else the fallback.
 * Refused: absolute and protocol-relative addresses, backslashes, control characters and spaces, over-long values.
 */
export function safeRedirectPath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > LONGEST_PATH || DECEIVING.test(value)) return fallback
  if (!value.startsWith('/') || value.startsWith('//')) return fallback
  const base = 'http://site.invalid'
  const url = URL.canParse(value, base) ? new URL(value, base) : null
  // `/.//evil.example` becomes `//evil.example` once its dots are resolved.
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return fallback
  return value
}
