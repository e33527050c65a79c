import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Section } from '#app/ui/card.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { DeliveryCount, Numberless, Troubled } from './trouble.server.ts'
import type { TroubledClass } from './trouble-place.server.ts'
import { troubleWords } from './trouble-words.ts'
import { words } from './words.ts'

/** An academy's messages that did not go, each with what can be done about it. */
export function TroubleTable({ rows, academyCode }: { rows: readonly Troubled[]; academyCode: string }) {
  const w = useWords(troubleWords)
  const { kinds } = useWords(words)
  const d = useWords(dateWords)
  const columns: Column<Troubled>[] = [
    { key: 'who', head: w.who, isRowHead: true, cell: (row) => row.name ?? w.unnamed },
    { key: 'kind', head: w.kind, cell: (row) => kinds[row.kind] },
    {
      key: 'class',
      head: w.class,
      cell: (row) => (row.class ? <OfClass of={row.class} academyCode={academyCode} /> : '—'),
    },
    { key: 'channel', head: w.channel, cell: (row) => w.channels[row.channel] },
    {
      key: 'state',
      head: w.state,
      cell: (row) => (
        <div>
          <Badge tone={row.state === 'failed' ? 'warn' : 'miss'}>{w.states[row.state]}</Badge>
          <p className="small">{w.reasons[row.reason]}</p>
          <p className="soft small">
            {w.attempts(row.attempts)}
            {row.state === 'failed' && ` · ${w.next(d.instant(row.nextAt))}`}
          </p>
        </div>
      ),
    },
    { key: 'since', head: w.since, cell: (row) => <span className="nowrap">{d.instant(row.at)}</span> },
    { key: 'act', head: w.act, cell: (row) => <Acts hidden={{ id: row.id }} canGiveUp={row.state === 'failed'} /> },
  ]
  return <Table caption={w.caption} columns={columns} rows={rows} rowKey={(row) => row.id} isCards />
}

/** The class, and the way to the row of whom it was for: name and number stand there as the reader may see them. */
function OfClass({ of, academyCode }: { of: TroubledClass; academyCode: string }) {
  const w = useWords(troubleWords)
  const { row, name } = of
  const base = `/academies/${academyCode}/manage/classes/${of.classId}`
  if (!row) return <Link to={base}>{name}</Link>
  const to = row.isInLine ? `${base}/seats` : row.after ? `${base}?after=${row.after}` : base
  return (
    <div>
      <p>{name}</p>
      <p className="small">
        <Link to={to}>{row.isInLine ? w.toLine : w.toRoster}</Link>
      </p>
    </div>
  )
}

/** Whom of the academy's own people no SMS can reach, and what helps. Nothing where all have a number. */
export function NumberlessSection({ rows }: { rows: readonly Numberless[] }) {
  const { numberless: w } = useWords(troubleWords)
  const d = useWords(dateWords)
  if (rows.length === 0) return null
  const columns: Column<Numberless>[] = [
    { key: 'who', head: w.who, isRowHead: true, cell: (row) => row.name },
    { key: 'messages', head: w.messages, isNumeric: true, cell: (row) => row.messages },
    { key: 'last', head: w.last, cell: (row) => <span className="nowrap">{d.instant(row.last)}</span> },
  ]
  return (
    <Section title={w.title}>
      <div className="stack">
        <p>{w.lead}</p>
        <Table caption={w.title} columns={columns} rows={rows} rowKey={(row) => `${row.name} ${row.last}`} isCards />
      </div>
    </Section>
  )
}

/** The operator's: how many, why, since when. */
export function DeliveryCounts({ rows }: { rows: readonly DeliveryCount[] }) {
  const w = useWords(troubleWords)
  const d = useWords(dateWords)
  const isTroubled = ({ state }: DeliveryCount) => state === 'failed' || state === 'given_up'
  const columns: Column<DeliveryCount>[] = [
    { key: 'channel', head: w.channel, isRowHead: true, cell: (row) => w.channels[row.channel] },
    { key: 'state', head: w.state, cell: (row) => w.states[row.state] },
    { key: 'reason', head: w.operator.reason, cell: (row) => (row.reason ? w.reasons[row.reason] : '—') },
    { key: 'count', head: w.operator.count, isNumeric: true, cell: (row) => row.count },
    { key: 'oldest', head: w.operator.oldest, cell: (row) => <span className="nowrap">{d.instant(row.oldest)}</span> },
    {
      key: 'act',
      head: w.act,
      cell: (row) =>
        isTroubled(row) && row.reason ? (
          <Acts hidden={{ channel: row.channel, reason: row.reason }} canGiveUp={row.state === 'failed'} />
        ) : (
          '—'
        ),
    },
  ]
  const keyOf = (row: DeliveryCount) => `${row.channel} ${row.state} ${row.reason}`
  return <Table caption={w.operator.caption} columns={columns} rows={rows} rowKey={keyOf} isCards />
}

function Acts({ hidden, canGiveUp }: { hidden: Record<string, string>; canGiveUp: boolean }) {
  const w = useWords(troubleWords)
  return (
    <PostForm className="inline">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton kind="plain" name="intent" value="retry">
        {w.retry}
      </SubmitButton>
      {canGiveUp && (
        <SubmitButton kind="quiet" name="intent" value="give_up">
          {w.giveUp}
        </SubmitButton>
      )}
    </PostForm>
  )
}
