import { Writable } from 'node:stream'
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { parsePreferences } from '#app/lib/preferences.ts'
import { type PageInfo, PageProvider } from '#app/ui/page-context.tsx'

/** A page that takes longer to render than this is cut off. */
const RENDER_LIMIT_MS = 10_000
/** How long Remix waits for data that a loader promised: ours promise none, and it keeps every request in memory so long. */
export const streamTimeout = 500

/**
 * Renders a page, whole: nothing on our pages comes later than the rest, and one piece with its length is lighter on both
 * sides than a stream of many. Every script tag carries the nonce of the response.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, requestId, reportError, sendWhole, finished }: AppLoadContext,
): Promise<Response> {
  const page: PageInfo = {
    nonce,
    preferences: parsePreferences(request.headers.get('Cookie')),
    requestId: () => requestId,
    finished: (id) => finished.get(id) ?? '',
  }
  return new Promise((resolve, reject) => {
    let responseStatus = status
    let isShellReady = false
    const { pipe, abort } = renderToPipeableStream(
      <PageProvider page={page}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={RENDER_LIMIT_MS} />
      </PageProvider>,
      {
        nonce,
        onShellReady() {
          isShellReady = true
        },
        onAllReady() {
          clearTimeout(timer)
          headers.set('Content-Type', 'text/html; charset=utf-8')
          pipe(gather((html) => resolve(sendWhole(html, { headers, status: responseStatus }))))
        },
        onShellError(error) {
          clearTimeout(timer)
          reject(error)
        },
        onError(error) {
          responseStatus = 500
          // Before the shell stands the rejection is reported by handleError.
          if (isShellReady) reportError(error)
        },
      },
    )
    const timer = setTimeout(abort, RENDER_LIMIT_MS).unref()
  })
}

/** A stream that hands over everything at once when it ends. */
function gather(done: (whole: Buffer) => void): Writable {
  const chunks: Uint8Array[] = []
  return new Writable({
    write(chunk: Uint8Array, _encoding, next) {
      chunks.push(chunk)
      next()
    },
    final(next) {
      done(Buffer.concat(chunks))
      next()
    },
  })
}

/** Bugs in loaders, actions and rendering. A request that its sender gave up is none, nor is one that Remix refuses itself. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  const isRefusal = isRouteErrorResponse(error) && error.status < 500
  if (!request.signal.aborted && !isRefusal) context.reportError(error)
}
