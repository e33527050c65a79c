import type { IncomingMessage, ServerResponse } from 'node:http'
import { parsePreferences } from '../preferences.ts'
import { words } from './words.ts'

/** What the server refuses by itself, before any page is asked. */
export type RefusalStatus = keyof (typeof words)['zh-CN']['refusals']

/**
 * Answers with a short page in the reader's language, or plain text to what asks for no page. Never says more than the
 * status: no names of headers, limits or files.
 */
export function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  status: RefusalStatus,
  requestId: string,
  headers: Record<string, string> = {},
): void {
  const isPage = String(incoming.headers.accept ?? '').includes('text/html')
  const body = isPage ? page(incoming, status, requestId) : `${status} ${words.en.refusals[status].title}\n`
  const type = isPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'
  const isUnread = !incoming.complete
  outgoing.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    // A body that is not going to be read ends the connection, or the rest would be taken for the next request.
    ...(isUnread ? { Connection: 'close' } : {}),
    ...headers,
  })
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
  if (!isUnread) return
  incoming.resume()
  setTimeout(() => incoming.destroy(), 1000).unref()
}

function page(incoming: IncomingMessage, status: RefusalStatus, requestId: string): string {
  const { locale } = parsePreferences(incoming.headers.cookie)
  const w = words[locale]
  const { title, text } = w.refusals[status]
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title} · ${w.product}</title></head>
<body><main><h1>${title}</h1><p>${text}</p><p>${w.requestNumber(requestId)}</p><p><a href="/">${w.home}</a></p></main></body></html>
`
}
