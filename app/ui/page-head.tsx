import type { ReactNode } from 'react'

/** Top of a page: its one h1, a line about it, and the acts on the whole page at the right. */
export function PageHead({
  title,
  above,
  meta,
  children,
}: {
  title: ReactNode
  /** A chip or a date above the title. */
  above?: ReactNode
  meta?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="head">
      <div>
        {above && <p className="head-above">{above}</p>}
        <h1>{title}</h1>
        {meta && <p className="meta">{meta}</p>}
      </div>
      {children && <div className="head-acts">{children}</div>}
    </div>
  )
}
