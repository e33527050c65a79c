import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { FoundPerson, FoundPersons } from './search.server.ts'
import { searchWords } from './words.ts'

/** Persons found, masked; each opens the record at one academy. */
export function FoundTable({ found: { rows, next } }: { found: FoundPersons }) {
  const w = useWords(searchWords)
  const columns: Column<FoundPerson>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: w.document, cell: (row) => <span className="num nowrap">{row.document}</span> },
    { key: 'academy', head: w.academy, cell: (row) => row.academyName },
    { key: 'classes', head: w.classes, isNumeric: true, cell: (row) => w.classCount(row.classes) },
    { key: 'last', head: w.last, cell: (row) => <span className="num">{row.lastOn}</span> },
    {
      key: 'open',
      head: w.record,
      cell: (row) => <Link to={`/academies/${row.academyCode}/persons/${row.personId}`}>{w.open}</Link>,
    },
  ]
  return (
    <Section title={next ? w.foundMore(rows.length) : w.found(rows.length)}>
      {rows.length === 0 ? (
        <Callout role="status">
          <p>{w.none}</p>
        </Callout>
      ) : (
        <Table
          caption={w.caption}
          columns={columns}
          rows={rows}
          rowKey={(row) => `${row.personId} ${row.academyCode}`}
          isCards
        />
      )}
    </Section>
  )
}
