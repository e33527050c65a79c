import type { ReactNode } from 'react'
import { share } from './bullet-bar.tsx'

/** How far along: `value` of `max`; `label` says it in words, `children` stands beside the bar. */
export function Progress({
  value,
  max,
  label,
  children,
}: {
  value: number
  max: number
  label: string
  children?: ReactNode
}) {
  const bar = (
    <svg className="progress" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect width="100" height="6" />
      <rect className="on" width={share(value, max)} height="6" />
    </svg>
  )
  if (!children) return bar
  return (
    <div className="progress-row">
      {bar}
      <span className="num">{children}</span>
    </div>
  )
}
