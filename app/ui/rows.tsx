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

/** A Row that posts: the submit button of a form in its list item. `children`: its line of small print. */
export function RowButton({
  title,
  children,
  ...rest
}: {
  title: ReactNode
  name: string
  value: string
  children?: ReactNode
}) {
  return (
    <button className="row row-button" type="submit" {...rest}>
      <span>
        <span className="row-title">{title}</span>
        <span className="row-meta">{children}</span>
      </span>
      <Icon name="right" />
    </button>
  )
}

/** A line of small print in a Row. */
export function RowMeta({ children }: { children: ReactNode }) {
  return <p className="row-meta">{children}</p>
}
