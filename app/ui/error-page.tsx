import { useLocation } from '@remix-run/react'
import { Icon } from './icon.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

export type ErrorKind =
  | 'badRequest'
  | 'forbidden'
  | 'notFound'
  | 'tooLarge'
  | 'tooMany'
  | 'unavailable'
  | 'offline'
  | 'failed'

const BY_STATUS: Record<number, ErrorKind> = {
  400: 'badRequest',
  401: 'forbidden',
  403: 'forbidden',
  404: 'notFound',
  405: 'badRequest',
  410: 'notFound',
  413: 'tooLarge',
  422: 'badRequest',
  429: 'tooMany',
  503: 'unavailable',
}

/** Which sentence stands for an HTTP status; unknown ones by their class. */
export function errorKind(status: number): ErrorKind {
  return BY_STATUS[status] ?? (status >= 400 && status < 500 ? 'badRequest' : 'failed')
}

/**
 * What happened, that nothing was lost (or what was), what to do, and the number to quote. Plain links: after an error
 * a fresh page is the safest way on.
 */
export function ErrorPage({ kind, status, requestId }: { kind: ErrorKind; status?: number; requestId?: string }) {
  const w = useWords(words).error
  const { pathname, search } = useLocation()
  const canRetry = kind === 'offline' || kind === 'failed' || kind === 'unavailable'
  return (
    <div className="error-page">
      <Icon name={kind === 'notFound' ? 'search' : 'alert'} />
      <h1>{w[kind].title}</h1>
      <p>{w[kind].text}</p>
      <div className="error-acts">
        {canRetry && (
          <a className="btn btn-main" href={pathname + search}>
            {w.retry}
          </a>
        )}
        <a className={canRetry ? 'btn' : 'btn btn-main'} href="/">
          {w.home}
        </a>
      </div>
      {(status || requestId) && (
        <p className="muted small">
          {status}
          {status && requestId ? ' · ' : ''}
          {requestId && w.requestNumber(requestId)}
        </p>
      )}
    </div>
  )
}
