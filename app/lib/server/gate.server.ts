import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import type { RefusalStatus } from './refusal.server.ts'

/** What the server knows about one request before any page looks at it. */
export type Exchange = {
  /** Short enough to be read out on the phone. */
  requestId: string
  /** Of the content policy; a new one per response. */
  nonce: string
  /** As the browser sees it: https here or at the proxy. */
  isSecure: boolean
  clientAddress: string
  /** As the browser sees it. */
  host: string
  path: string
}

const LONGEST_URL = 8000
/** A form posts, and nothing of ours is called from another site: what an action takes as a post is one. */
export const METHODS = ['GET', 'HEAD', 'POST']
const PROXY_HEADER = /^(x-forwarded-.+|forwarded|x-real-ip|x-client-ip|x-original-.+|x-rewrite-url|true-client-ip)$/
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i
const CONTROL = /\p{Cc}/u

/** Makes the exchange of a request. Without a trusted proxy what only proxies say is taken out of it. */
export function openExchange(incoming: IncomingMessage, trustProxy: boolean): Exchange {
  if (!trustProxy) stripProxyHeaders(incoming)
  const host = last(incoming, 'x-forwarded-host') ?? incoming.headers.host ?? ''
  const named = last(incoming, 'x-forwarded-for')?.replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3') ?? ''
  const own = incoming.socket.remoteAddress ?? ''
  return {
    requestId: requestNumber(),
    nonce: randomBytes(16).toString('base64url'),
    isSecure: last(incoming, 'x-forwarded-proto') === 'https',
    clientAddress: (isIP(named) ? named : own).replace(/^::ffff:(?=\d+\.)/, ''),
    host,
    path: (incoming.url ?? '').split('?', 1)[0] ?? '',
  }
}

/** Crockford's base 32 without letters that are misread: 50 bits. */
function requestNumber(): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let text = ''
  for (const byte of randomBytes(10)) text += digits[byte & 31]
  return text
}

function stripProxyHeaders(incoming: IncomingMessage): void {
  const { headers, rawHeaders } = incoming
  for (const name of Object.keys(headers)) if (PROXY_HEADER.test(name)) delete headers[name]
  for (let i = rawHeaders.length - 2; i >= 0; i -= 2)
    if (PROXY_HEADER.test(rawHeaders[i]!.toLowerCase())) rawHeaders.splice(i, 2)
}

/** The last value of a list header is the one that our own proxy added. */
function last(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name]
  return (Array.isArray(value) ? value.join(',') : value)?.split(',').pop()?.trim() || undefined
}

/** Why a request goes no further, by its first line and headers alone; null when it may pass. */
export function findFault(incoming: IncomingMessage, exchange: Exchange): RefusalStatus | null {
  const { method = '', url = '' } = incoming
  if (!METHODS.includes(method)) return 405
  if (url.length > LONGEST_URL) return 414
  if (!HOST.test(exchange.host) || !isReadable(url)) return 400
  if (method === 'POST' && isForeign(incoming, exchange.host)) return 403
  // Remix's way of asking for one loader before single fetch: nothing of ours asks so, and each would be logged as a bug.
  if (/[?&]_data=/.test(url)) return 400
  return null
}

/** A path of this site that decodes; NUL characters are refused here, since PostgreSQL's texts cannot hold them. */
function isReadable(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  if (!path.startsWith('/') || path.startsWith('//') || path.includes('\\') || /%00/.test(url)) return false
  try {
    return !CONTROL.test(decodeURIComponent(path))
  } catch {
    return false
  }
}

/**
 * Does the browser say that the request was made by another site? Every browser that we support sends Origin with each
 * unsafe request; what sends none of the three headers is no browser, and has no one's cookies.
 */
export function isForeign(incoming: Pick<IncomingMessage, 'headers'>, host: string): boolean {
  const { origin, referer, 'sec-fetch-site': site } = incoming.headers
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  if (origin !== undefined) return !isOfHost(origin, host)
  return site === undefined && referer !== undefined && !isOfHost(referer, host)
}

function isOfHost(address: string, host: string): boolean {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return false
  const { protocol, host: theirs } = new URL(address)
  const ours = `${protocol}//${host}`
  return URL.canParse(ours) && new URL(ours).host === theirs
}

/** The headers that every response carries, whatever it is. A page may set stricter ones. */
export function setSecurityHeaders(outgoing: ServerResponse, exchange: Exchange, isDevelopment: boolean): void {
  // Vite's development styles are inline.
  const style = isDevelopment ? "'self' 'unsafe-inline'" : "'self'"
  const policy = `default-src 'self'; script-src 'self' 'nonce-${exchange.nonce}'; style-src ${style}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  outgoing.setHeader('Content-Security-Policy', policy)
  outgoing.setHeader('X-Content-Type-Options', 'nosniff')
  outgoing.setHeader('X-Frame-Options', 'DENY')
  outgoing.setHeader('Referrer-Policy', 'same-origin')
  outgoing.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  outgoing.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  outgoing.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  outgoing.setHeader('X-Request-Id', exchange.requestId)
  if (exchange.isSecure) outgoing.setHeader('Strict-Transport-Security', 'max-age=31536000')
}
