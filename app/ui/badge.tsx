import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'met' | 'warn' | 'miss' | 'none'

const ICON: Record<Tone, IconName> = { met: 'check', warn: 'clock', miss: 'cross', none: 'minus' }

/** A verdict or a state: icon + word + colour, never colour alone, so `children` (the word) is required. */
export function Badge({ tone, icon = ICON[tone], children }: { tone: Tone; icon?: IconName; children: string }) {
  return (
    <span className={tone === 'none' ? 'badge' : `badge badge-${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  )
}

/** A neutral label: a kind, not a verdict. */
export function Chip({ children }: { children: ReactNode }) {
  return <span className="chip">{children}</span>
}
