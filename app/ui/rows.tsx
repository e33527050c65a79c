import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'

/** A list of places to go; put it into a Card. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className="rows">{children}</ul>
}

export function Row({
  to,
  title,
  below,
  children,
}: {
  to: string
  title: ReactNode
  /** Under the row, a link of its own. */
  below?: ReactNode
  children?: ReactNode
}) {
  return (
    <li>
      <Link className="row" to={to}>
        <div>
          <p className="row-title">{title}</p>
          {children}
        </div>
        <Icon name="right" />
      </Link>
      {below}
    </li>
  )
}

/** A line of small print in a Row. */
export function RowMeta({ children }: { children: ReactNode }) {
  return <p className="row-meta">{children}</p>
}
