import { type ReactNode, useId } from 'react'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

/** A surface. `isLifted` for the one thing that is due now. */
export function Card({
  title,
  eyebrow,
  eyebrowIcon,
  isLifted,
  className,
  children,
}: {
  title?: ReactNode
  eyebrow?: ReactNode
  eyebrowIcon?: IconName
  isLifted?: boolean
  className?: string
  children: ReactNode
}) {
  const id = useId()
  const look = classes('card', isLifted && 'card-lift', className)
  if (!title && !eyebrow) return <div className={look}>{children}</div>
  return (
    <section className={look} aria-labelledby={title ? id : undefined}>
      {eyebrow && (
        <p className="eyebrow">
          {eyebrowIcon && <Icon name={eyebrowIcon} isSmall />}
          {eyebrow}
        </p>
      )}
      {title && (
        <h2 id={id} className="card-title">
          {title}
        </h2>
      )}
      {children}
    </section>
  )
}

/** A part of a page under its own heading; `aside` stands at the heading's right end. */
export function Section({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Says what belongs here and offers the first step. */
export function Empty({ icon, children, action }: { icon: IconName; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="card empty">
      <Icon name={icon} />
      <p>{children}</p>
      {action}
    </div>
  )
}
