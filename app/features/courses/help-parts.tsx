import { Row, RowMeta, Rows } from '#app/ui/rows.tsx'
import type { HelpEntry } from './help.server.ts'
import { helpPath } from './help.ts'

/** Pages of the manual, each with what it answers. */
export function HelpRows({ pages }: { pages: readonly HelpEntry[] }) {
  return (
    <Rows>
      {pages.map(({ slug, title, summary }) => (
        <Row key={slug} to={helpPath(slug)} title={title}>
          <RowMeta>{summary}</RowMeta>
        </Row>
      ))}
    </Rows>
  )
}
