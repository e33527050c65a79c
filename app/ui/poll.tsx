import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/**
 * Keeps a page of something that is going on up to date, while somebody looks at it: its loader is asked again. Without
 * JavaScript the page reloads itself.
 */
export function Poll({ everyMs }: { everyMs: number }) {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (state !== 'idle') return
    const timer = setInterval(() => {
      if (!document.hidden) revalidate()
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, revalidate, state])
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(Math.max(2, Math.round(everyMs / 1000)))} />
    </noscript>
  )
}
