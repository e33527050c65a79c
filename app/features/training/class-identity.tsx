import { words as accountWords } from '#app/features/accounts/words.ts'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Table } from '#app/ui/table.tsx'
import type { ToCheck } from './class-identity.server.ts'
import { words } from './desk-words.ts'
import { words as publicWords } from './words.ts'

/** Who in a class has registered and not been confirmed yet, each with the way to compare the document. */
export function CheckTable({ rows, footer }: { rows: readonly ToCheck[]; footer: React.ReactNode }) {
  const w = useWords(words).roster
  const { seats } = useWords(publicWords)
  const { ofClass } = useWords(accountWords).identity
  return (
    <Table
      caption={ofClass.title(0)}
      columns={[
        { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
        { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document}</span> },
        { key: 'seat', head: w.seat, cell: (row) => seats[row.seat] },
        {
          key: 'act',
          head: w.act,
          cell: (row) => (
            <Link to={`?of=${row.enrolmentId}`} aria-label={ofClass.checkNamed(row.name)}>
              {ofClass.act}
            </Link>
          ),
        },
      ]}
      rows={rows}
      rowKey={(row) => row.enrolmentId}
      isCards
      footer={footer}
    />
  )
}
