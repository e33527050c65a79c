import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Link } from './link.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

export interface LinkItem {
  to: string
  label: string
  isCurrent?: boolean
}

/** A switch made of links (year, view), so that a view can be sent on. */
export function Seg({ label, items }: { label: string; items: readonly LinkItem[] }) {
  return (
    <nav className="seg" aria-label={label}>
      {items.map((item) => (
        <Link key={item.to} to={item.to} aria-current={item.isCurrent ? 'true' : undefined} preventScrollReset>
          {item.label}
        </Link>
      ))}
    </nav>
  )
}

/** Where this page stands: every item but the last is a link. */
export function Crumbs({ items }: { items: readonly { to?: string; label: string }[] }) {
  const w = useWords(words)
  return (
    <nav className="crumbs" aria-label={w.crumbs}>
      <ol>
        {items.map((item) => (
          <li key={item.label} aria-current={item.to ? undefined : 'page'}>
            {item.to ? <Link to={item.to}>{item.label}</Link> : item.label}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Paging by links; with keyset paging give only `previous` and `next`. `summary`: 第1–20条，共64条. */
export function Pager({
  summary,
  previous,
  next,
  pages = [],
  said,
}: {
  summary: ReactNode
  previous?: string | null
  next?: string | null
  pages?: readonly LinkItem[]
  /** What the two links say, where “page” is not the word. */
  said?: { previous: string; next: string }
}) {
  const w = useWords(words)
  return (
    <nav className="pager" aria-label={w.pages}>
      <span>{summary}</span>
      <ul>
        {previous && (
          <li>
            <Link to={previous} rel="prev">
              <Icon name="left" isSmall />
              {said?.previous ?? w.previousPage}
            </Link>
          </li>
        )}
        {pages.map((page) => (
          <li key={page.to}>
            <Link to={page.to} aria-current={page.isCurrent ? 'page' : undefined}>
              {page.label}
            </Link>
          </li>
        ))}
        {next && (
          <li>
            <Link to={next} rel="next">
              {said?.next ?? w.nextPage}
              <Icon name="right" isSmall />
            </Link>
          </li>
        )}
      </ul>
    </nav>
  )
}
