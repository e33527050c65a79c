import { Callout } from '#app/ui/callout.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Pager, Seg } from '#app/ui/navigation.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { Tile, Tiles } from '#app/ui/tiles.tsx'
import { OfFile } from './of-file.tsx'
import { FINDING_VIEWS, type FindingsPage } from './preview.ts'
import type { RowCounts } from './upload.ts'
import { words } from './upload-words.ts'

const KEYS = ['rows', 'created', 'corrected', 'unchanged', 'rejected'] as const

/** What becomes, or became, of the rows. */
export function CountTiles({ counts, isResult }: { counts: RowCounts; isResult: boolean }) {
  const { preview, result } = useWords(words)
  const w = isResult ? result.counts : preview.counts
  return (
    <Tiles>
      {KEYS.map((key) => (
        <Tile key={key} label={w[key]} value={counts[key].toLocaleString('en-US')} unit={preview.unit} />
      ))}
    </Tiles>
  )
}

type Message = FindingsPage['messages'][number]
type Correction = FindingsPage['corrections'][number]

/** Errors, notes and corrections, one of them at a time, by pages. */
export function Findings({ found }: { found: FindingsPage }) {
  const w = useWords(words).preview
  const { view, counts, page, pages, from } = found
  const at = (one: typeof view, number = 1) => `?view=${one}${number > 1 ? `&page=${number}` : ''}`
  const items = FINDING_VIEWS.filter((one) => counts[one] > 0).map((one) => ({
    to: at(one),
    label: w.tab[one](counts[one]),
    isCurrent: one === view,
  }))
  if (items.length === 0) return null
  const total = counts[view]
  const shown = view === 'corrections' ? found.corrections.length : found.messages.length
  const footer = (
    <Pager
      summary={w.shown(from, from + shown - 1, total)}
      previous={page > 1 ? at(view, page - 1) : null}
      next={page < pages ? at(view, page + 1) : null}
    />
  )
  const title = { errors: w.errorsTitle, warnings: w.warningsTitle, corrections: w.correctionsTitle }[view]
  return (
    <section className="stack" aria-label={w.tabs}>
      <div>
        <Seg label={w.tabs} items={items} />
      </div>
      <h2 className="card-title">
        {title}
        {total >= 1000 && <small className="soft"> · {w.first(1000)}</small>}
      </h2>
      {view === 'corrections' ? (
        <>
          <p className="soft small">{w.correctionsText}</p>
          <CorrectionTable caption={title} found={found} footer={footer} />
        </>
      ) : (
        <MessageTable caption={title} found={found} footer={footer} />
      )}
    </section>
  )
}

const sheetColumn = <T extends { sheet?: string | null }>(head: string): Column<T> => ({
  key: 'sheet',
  head,
  cell: ({ sheet }) => (sheet ? <OfFile>{sheet}</OfFile> : '—'),
})

function MessageTable({ caption, found, footer }: { caption: string; found: FindingsPage; footer: React.ReactNode }) {
  const w = useWords(words).preview
  const columns: Column<Message & { key: string }>[] = [
    ...(found.hasSheets ? [sheetColumn<Message & { key: string }>(w.sheet)] : []),
    {
      key: 'row',
      head: w.row,
      isRowHead: true,
      cell: ({ row }) => <span className="num">{row === null ? w.wholeFile : w.nth(row)}</span>,
    },
    {
      key: 'column',
      head: w.column,
      cell: ({ column }) => <span className="nowrap">{column ? <OfFile>{column}</OfFile> : '—'}</span>,
    },
    {
      key: 'message',
      head: found.view === 'errors' ? w.problem : w.warning,
      label: '',
      cell: ({ message }) => message,
    },
  ]
  const rows = found.messages.map((message, at) => ({ ...message, key: String(at) }))
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ key }) => key} isCards footer={footer} />
}

function CorrectionTable({
  caption,
  found,
  footer,
}: {
  caption: string
  found: FindingsPage
  footer: React.ReactNode
}) {
  const w = useWords(words).preview
  const seats: Readonly<Record<string, string>> = w.seats
  const said = ({ header }: Correction, value: string | null) => {
    if (value === null) return <span className="muted">{w.blank}</span>
    return header === null ? (seats[value] ?? value) : <OfFile>{value}</OfFile>
  }
  const columns: Column<Correction & { key: string }>[] = [
    ...(found.hasSheets ? [sheetColumn<Correction & { key: string }>(w.sheet)] : []),
    { key: 'row', head: w.row, isRowHead: true, cell: ({ row }) => <span className="num">{w.nth(row)}</span> },
    { key: 'name', head: w.name, cell: ({ name }) => <span className="nowrap">{name}</span> },
    { key: 'class', head: w.classCode, cell: ({ classCode }) => classCode },
    {
      key: 'column',
      head: w.column,
      cell: ({ header }) => <span className="nowrap">{header ? <OfFile>{header}</OfFile> : w.seat}</span>,
    },
    { key: 'before', head: w.before, cell: (one) => <del>{said(one, one.before)}</del> },
    { key: 'after', head: w.after, cell: (one) => <b>{said(one, one.after)}</b> },
  ]
  const rows = found.corrections.map((one, at) => ({ ...one, key: String(at) }))
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ key }) => key} isCards footer={footer} />
}

/** What the counts mean for the decision. */
export function PreviewVerdict({
  counts,
  isFatal,
  sameFileOn,
}: {
  counts: RowCounts
  isFatal: boolean
  sameFileOn: string | null
}) {
  const w = useWords(words).preview
  const isNothing = counts.created + counts.corrected === 0
  return (
    <div className="stack">
      {sameFileOn && (
        <Callout>
          <p>{w.sameFile(sameFileOn)}</p>
        </Callout>
      )}
      {isFatal ? (
        <Callout tone="miss" role="alert" title={w.fatal} />
      ) : counts.rejected > 0 ? (
        <Callout tone="warn" role="alert" title={w.errors(counts.rejected)}>
          <p>{counts.rejected < counts.rows ? w.errorsText : w.errorsAll}</p>
        </Callout>
      ) : (
        <Callout tone={isNothing ? 'info' : 'met'} role="status">
          <p>{isNothing ? w.nothing : w.clean}</p>
        </Callout>
      )}
    </div>
  )
}
