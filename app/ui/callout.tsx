import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type CalloutTone = 'info' | 'met' | 'warn' | 'miss'

const ICON: Record<CalloutTone, IconName> = { info: 'info', met: 'check', warn: 'alert', miss: 'cross' }

/** A message in the page. `role="status"` for what has just happened, `"alert"` for what failed. */
export function Callout({
  tone = 'info',
  title,
  role,
  children,
}: {
  tone?: CalloutTone
  title?: ReactNode
  role?: 'status' | 'alert'
  children?: ReactNode
}) {
  return (
    <div className={tone === 'info' ? 'callout' : `callout callout-${tone}`} role={role}>
      <Icon name={ICON[tone]} />
      <div>
        {title && <b>{title}</b>}
        {children}
      </div>
    </div>
  )
}
