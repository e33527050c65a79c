import type { ReactNode } from 'react'
import { classes } from './class-names.ts'
import { type Head, TableHead } from './table.tsx'

/**
 * A table of many rows whose body comes as text (markup.ts says when, and how to make it): sticky header, cards on a phone.
 * `body` is HTML and nothing else: whatever of it came from a record has been through `escaped`.
 */
export function LongTable({
  caption,
  heads,
  body,
  footer,
  className,
}: {
  caption: string
  heads: readonly Head[]
  body: string
  footer?: ReactNode
  className?: string
}) {
  // Where rows become cards, `display: block` takes the roles of a table away: they are written out.
  const role = (name: string) => name
  return (
    <div className="table-box">
      <table className={classes('table table-cards', className)} role={role('table')}>
        <caption className="vh">{caption}</caption>
        <TableHead heads={heads} isCards />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by markup.ts, which escapes every text */}
        <tbody role={role('rowgroup')} dangerouslySetInnerHTML={{ __html: body }} />
      </table>
      {footer}
    </div>
  )
}
