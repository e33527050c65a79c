import { Badge, type Tone } from '#app/ui/badge.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { UploadState } from '#db/values.ts'
import type { ListedImport } from './imports.server.ts'
import type { OpenUpload } from './upload.server.ts'
import type { RowCounts } from './upload.ts'
import { words } from './upload-words.ts'

const TONES: Record<UploadState, Tone> = {
  received: 'none',
  unreadable: 'miss',
  uploaded: 'warn',
  mapped: 'none',
  previewed: 'warn',
  importing: 'none',
  done: 'met',
  failed: 'miss',
  cancelled: 'none',
  expired: 'none',
}

/** An instant as a table shows it, made at the server. */
type Shown<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }

export function OpenUploads({ uploads, base }: { uploads: readonly Shown<OpenUpload>[]; base: string }) {
  const { open: w, states } = useWords(words)
  const columns: Column<Shown<OpenUpload>>[] = [
    {
      key: 'file',
      head: w.file,
      isRowHead: true,
      cell: ({ id, fileName }) => <Link to={`${base}/${id}`}>{fileName}</Link>,
    },
    { key: 'state', head: w.state, cell: ({ state }) => <Badge tone={TONES[state]}>{states[state]}</Badge> },
    { key: 'by', head: w.by, cell: ({ by }) => by },
    { key: 'at', head: w.at, cell: ({ uploadedAt }) => <span className="num nowrap">{uploadedAt}</span> },
  ]
  return <Table caption={w.title} columns={columns} rows={uploads} rowKey={({ id }) => id} isCards />
}

export function ImportTable({
  imports,
  base,
  footer,
}: {
  imports: readonly Shown<ListedImport>[]
  base: string
  footer: React.ReactNode
}) {
  const { imports: w } = useWords(words)
  const count = (key: keyof RowCounts): Column<Shown<ListedImport>> => ({
    key,
    head: w[key],
    isNumeric: true,
    cell: (one) => one[key].toLocaleString('en-US'),
  })
  const columns: Column<Shown<ListedImport>>[] = [
    {
      key: 'file',
      head: w.file,
      isRowHead: true,
      cell: ({ fileName, uploadId }) => (uploadId ? <Link to={`${base}/${uploadId}`}>{fileName}</Link> : fileName),
    },
    { key: 'by', head: w.by, cell: ({ by, isOfAccount }) => (isOfAccount ? (by ?? '—') : w.shell) },
    { key: 'at', head: w.at, cell: ({ at }) => <span className="num nowrap">{at}</span> },
    count('rows'),
    count('created'),
    count('corrected'),
    count('unchanged'),
    count('rejected'),
    {
      key: 'digest',
      head: w.digest,
      note: w.digestNote,
      cell: ({ digest }) => (
        <code className="num" title={digest}>
          {digest.slice(0, 8)}
        </code>
      ),
    },
    {
      key: 'state',
      head: w.state,
      cell: ({ undoneAt, isUndoing }) =>
        undoneAt || isUndoing ? (
          <Badge tone="none">{undoneAt ? w.undone : w.undoing}</Badge>
        ) : (
          <Badge tone="met">{w.valid}</Badge>
        ),
    },
    {
      key: 'undo',
      head: w.undo,
      cell: ({ id, undoneAt, fileName }) =>
        undoneAt ? (
          <span className="num nowrap">{undoneAt}</span>
        ) : (
          <Link to={`${base}/imports/${id}/undo`} aria-label={`${w.undo} ${fileName}`}>
            {w.undo}
          </Link>
        ),
    },
  ]
  return <Table caption={w.title} columns={columns} rows={imports} rowKey={({ id }) => id} isCards footer={footer} />
}
