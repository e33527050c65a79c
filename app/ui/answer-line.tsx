import type { ReactNode } from 'react'
import { classes } from './class-names.ts'
import { Icon } from './icon.tsx'

/** What was answered, in a box like the one it was chosen in; `verdictWord` says in words what the colour says. */
export function AnswerLine({
  verdict,
  verdictWord,
  children,
}: {
  verdict?: 'right' | 'wrong'
  verdictWord?: string
  children: ReactNode
}) {
  return (
    <div className={classes('said', verdict && `is-${verdict}`)}>
      {children}
      {verdict && verdictWord && <VerdictWord verdict={verdict}>{verdictWord}</VerdictWord>}
    </div>
  )
}

export function VerdictWord({ verdict, children }: { verdict: 'right' | 'wrong'; children: ReactNode }) {
  return (
    <span className={verdict === 'right' ? 'right-word' : 'error'}>
      <Icon name={verdict === 'right' ? 'check' : 'cross'} />
      {children}
    </span>
  )
}
