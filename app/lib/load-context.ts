/**
 * What the HTTP server hands to every loader and action of one request. Who is asking (`viewer`) is added in
 * app/types.d.ts, since lib knows no feature.
 */
export interface LoadContext {
  /** Fresh per response; every inline script of the page carries it, or the browser refuses the script. */
  nonce: string
  /** Number of the request: in the log, in the X-Request-Id header, on error pages. */
  requestId: string
  /** The caller's address (behind a trusted proxy: the one it names). Slows guessing; never stored or logged as it is. */
  clientAddress: string
  /** The browser speaks https, with us or with the trusted proxy: cookies are then marked Secure. */
  isSecure: boolean
  /** Logs a bug (never a refusal) under the request's number, without personal data. */
  reportError: (error: unknown) => void
  /** The answer is a document, not data for one that is open. */
  isDocument: boolean
  /**
   * Set where what is answered is the same for every visitor (optionalViewer in features/accounts/guard.server.ts): browsers and
   * proxies may keep it for a while, unless somebody is signed in.
   */
  isShared: boolean
  /** By id: HTML for the document that need not be in the data too (ui/finished-html.tsx); bytes where it is kept. */
  finished: Map<string, Uint8Array>
  /**
   * Values that a loader made for this answer alone and that say nothing about it (a form's key, a seal): what is otherwise
   * the same document need not be rendered for them anew. Letters, digits, `-`, `_` and dots, ten or more.
   */
  own: string[]
  /** The response for a body that is whole: spares the stream that a Response makes of it. */
  sendWhole: (body: Uint8Array, init: { status: number; headers: Headers }) => Response
}

/** A value made for this answer alone ({@link LoadContext.own}). */
export function ownValue({ own }: Pick<LoadContext, 'own'>, value: string): string {
  own.push(value)
  return value
}
