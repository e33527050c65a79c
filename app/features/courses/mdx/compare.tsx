import type { ReactNode } from 'react'
import { Icon } from '#app/ui/icon.tsx'
import { useLessonWords } from './lesson-context.tsx'

/** Two or three ways side by side; below each other on a phone. */
export const Compare = ({ children }: { children?: ReactNode }) => <div className="compare">{children}</div>

const ICON = { right: 'check', wrong: 'cross' } as const

/** One of them. Its verdict is a sign and a word; the colour only repeats them. */
export function Column({ kind, title, children }: { kind?: 'right' | 'wrong'; title?: string; children?: ReactNode }) {
  const w = useLessonWords()
  return (
    <div className={kind ? `column column-${kind}` : 'column'}>
      <p className="column-head">
        {kind && (
          <span>
            <Icon name={ICON[kind]} />
            {w.verdicts[kind]}
          </span>
        )}
        {title}
      </p>
      {children}
    </div>
  )
}
