import { PassThrough } from 'node:stream'
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { parsePreferences } from '#app/lib/preferences.ts'
import { type PageInfo, PageProvider } from '#app/ui/page-context.tsx'

/** A page that takes longer to render than this is cut off. */
const RENDER_LIMIT_MS = 10_000
/** How long Remix waits for data that a loader promised. */
export const streamTimeout = 8_000

/** Renders a page: streamed to people, whole to crawlers. Every script tag carries the nonce of the response. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, requestId, reportError }: AppLoadContext,
): Promise<Response> {
  const page: PageInfo = {
    nonce,
    preferences: parsePreferences(request.headers.get('Cookie')),
    requestId: () => requestId,
  }
  const readyEvent = isbot(request.headers.get('User-Agent')) ? 'onAllReady' : 'onShellReady'

  return new Promise((resolve, reject) => {
    let responseStatus = status
    let isShellSent = false
    const { pipe, abort } = renderToPipeableStream(
      <PageProvider page={page}>
        <RemixServer context={remixContext} url={request.url} nonce={nonce} abortDelay={RENDER_LIMIT_MS} />
      </PageProvider>,
      {
        nonce,
        [readyEvent]() {
          isShellSent = true
          const body = new PassThrough().once('close', () => clearTimeout(timer))
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: responseStatus }))
          pipe(body)
        },
        onShellError: reject,
        onError(error) {
          responseStatus = 500
          // Before the shell is sent the rejection is reported by handleError.
          if (isShellSent) reportError(error)
        },
      },
    )
    const timer = setTimeout(abort, RENDER_LIMIT_MS).unref()
  })
}

/** Bugs in loaders, actions and rendering. A request that its sender gave up is none, nor is one that Remix refuses itself. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  const isRefusal = isRouteErrorResponse(error) && error.status < 500
  if (!request.signal.aborted && !isRefusal) context.reportError(error)
}
