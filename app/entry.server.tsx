import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToString } from 'react-dom/server'
import { parsePreferences } from '#app/lib/preferences.ts'
import { escapeScript } from '#app/lib/script-text.ts'
import { provideRail } from '#app/routes/shell/rail.ts'
import * as rail from '#app/routes/shell/staff-shell.tsx'
import { type PageInfo, PageProvider } from '#app/ui/page-context.tsx'

provideRail(rail)

/** How long Remix waits for data that a loader promised: ours promise none, and it keeps every request in memory so long. */
export const streamTimeout = 500

/**
 * Renders a page, whole: nothing on our pages comes later than the rest, and one string is lighter on both sides than a
 * stream of many pieces. Every script tag carries the nonce of the response.
 * @throws what a component throws: Remix then renders the error page in its place.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, requestId, sendWhole, finished }: AppLoadContext,
): Promise<Response> {
  const { serverHandoffStream, ...context } = remixContext
  const data = serverHandoffStream ? await readWhole(serverHandoffStream) : ''
  // Stands around the name of a finished part while the rest is rendered.
  const mark = `\u0000${nonce}\u0000`
  const page: PageInfo = {
    nonce,
    preferences: parsePreferences(request.headers.get('Cookie')),
    requestId: () => requestId,
    finished: (id) => (finished.has(id) ? `${mark}${id}${mark}` : ''),
  }
  const html = renderToString(
    <PageProvider page={page}>
      <RemixServer context={context} url={request.url} nonce={nonce} />
    </PageProvider>,
  )
  headers.set('Content-Type', 'text/html; charset=utf-8')
  const parts = `<!DOCTYPE html>${html}${handOver(data, nonce)}`.split(mark)
  // Between two marks stands the name of a part; nobody knows a mark beforehand.
  const whole = parts.map((part, index) => Buffer.from(index % 2 === 1 ? (finished.get(part) ?? '') : part))
  return sendWhole(whole.length === 1 ? whole[0]! : Buffer.concat(whole), { headers, status })
}

async function readWhole(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>)
    text += decoder.decode(chunk, { stream: true })
  return text
}

/** The loaders' data for the browser, as RemixServer would send it piece by piece; RemixBrowser reads it from there. */
function handOver(data: string, nonce: string): string {
  const literal = escapeScript(JSON.stringify(data))
  const controller = 'window.__remixContext.streamController'
  return `<script nonce="${nonce}">${controller}.enqueue(${literal});${controller}.close();</script>`
}

/** Bugs in loaders, actions and rendering. A request that its sender gave up is none, nor is one that Remix refuses itself. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  const isRefusal = isRouteErrorResponse(error) && error.status < 500
  if (!request.signal.aborted && !isRefusal) context.reportError(error)
}
