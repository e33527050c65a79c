import { Badge } from '#app/ui/badge.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { words } from './desk-words.ts'
import type { RosterClass, RosterRow } from './roster.server.ts'
import { words as publicWords } from './words.ts'

/** Who sits in a class. `extra`: columns of what builds on training (results, certificates). */
export function RosterTable({
  held,
  rows,
  extra,
  footer,
  base,
}: {
  held: RosterClass
  rows: readonly RosterRow[]
  extra: readonly Column<RosterRow>[]
  footer: React.ReactNode
  /** The class's address at the desk. */
  base: string
}) {
  const w = useWords(words).roster
  const { seats } = useWords(publicWords)
  const columns: Column<RosterRow>[] = [
    {
      key: 'name',
      head: w.name,
      isRowHead: true,
      cell: (row) => (
        <>
          <span className="nowrap">{row.name}</span>
          {row.seat !== 'enrolled' && (
            <>
              {' '}
              <Badge tone="none">{seats[row.seat]}</Badge>
            </>
          )}
          {row.isUnconfirmed && (
            <>
              {' '}
              <Link to={`${base}/identity?of=${row.enrolmentId}`} aria-label={w.unconfirmedNamed(row.name)}>
                <Badge tone="none" icon="info">
                  {w.unconfirmed}
                </Badge>
              </Link>
            </>
          )}
        </>
      ),
    },
    { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
    { key: 'phone', head: w.phone, cell: (row) => <span className="num">{row.phone ?? '—'}</span> },
    { key: 'employer', head: w.employer, cell: (row) => row.employer ?? '—' },
    {
      key: 'hours',
      head: w.hoursColumn,
      note: w.ofPlanned(held.plannedHours),
      isNumeric: true,
      cell: (row) => row.hoursAttended ?? '—',
    },
    ...(held.mode === 'mixed'
      ? [
          {
            key: 'practical',
            head: w.practicalColumn,
            note: w.ofPlanned(held.plannedPracticalHours ?? 0),
            isNumeric: true,
            cell: (row: RosterRow) => row.practicalHoursAttended ?? '—',
          },
        ]
      : []),
    { key: 'credited', head: w.credited, cell: (row) => <CreditBadge row={row} /> },
    ...extra,
  ]
  return (
    <Table
      caption={w.caption}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.enrolmentId}
      isCards
      footer={footer}
    />
  )
}

/** Whether the hours credit a worker, and from which day on; nothing where none are recorded. */
export function CreditBadge({ row }: { row: RosterRow }) {
  const w = useWords(words).roster
  if (row.creditedOn) return <Badge tone="met">{w.creditedOn(row.creditedOn)}</Badge>
  return row.hoursAttended === null ? '—' : <Badge tone="none">{w.notCredited}</Badge>
}
