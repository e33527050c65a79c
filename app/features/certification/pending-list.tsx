import { rosterAddress } from '#app/features/training/roster-view.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/card.tsx'
import { SelectField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import type { ClassCount } from './pending.server.ts'
import { type PendingPlace, type PendingRow, pendingAddress } from './pending.ts'
import { pendingWords } from './pending-words.ts'

/** Results that wait for a second person, class by class. `base`: the address of the academy's classes. */
export function ToConfirm({
  classes,
  base,
  today,
}: {
  classes: readonly (ClassCount & { since: Date | string })[]
  base: string
  today: string
}) {
  const w = useWords(pendingWords)
  const d = useWords(dateWords)
  if (classes.length === 0) return <p className="soft">{w.noneToConfirm}</p>
  const columns: Column<(typeof classes)[number]>[] = [
    {
      key: 'class',
      head: w.class,
      isRowHead: true,
      cell: (row) => <Link to={`${base}/${row.classId}${rosterAddress({ view: 'confirm' })}`}>{row.name}</Link>,
    },
    { key: 'of', head: w.results, isNumeric: true, cell: (row) => row.of },
    { key: 'since', head: w.since, cell: (row) => d.instant(new Date(row.since), yearOf(today)) },
  ]
  return <Table caption={w.toConfirm} columns={columns} rows={classes} rowKey={(row) => row.classId} isCards />
}

/** Who passed and has no certificate yet, with the way to enter it. */
export function PendingList({
  rows,
  classes,
  place,
  base,
  today,
  footer,
}: {
  rows: readonly PendingRow[]
  classes: readonly ClassCount[]
  place: PendingPlace
  base: string
  today: string
  footer: React.ReactNode
}) {
  const w = useWords(pendingWords)
  if (classes.length === 0) return <Empty icon="check">{w.none}</Empty>
  const columns: Column<PendingRow>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: w.document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
    { key: 'class', head: w.class, cell: (row) => row.className },
    { key: 'assessedOn', head: w.assessedOn, cell: (row) => <span className="num">{row.assessedOn}</span> },
    { key: 'days', head: w.daysWaiting, isNumeric: true, cell: (row) => row.daysWaiting },
    { key: 'expected', head: w.expectedOn, cell: (row) => <Expected row={row} today={today} /> },
    {
      key: 'enter',
      head: w.number,
      cell: (row) => <Link to={`${base}/${row.classId}${rosterAddress({ view: 'certificates' })}`}>{w.enter}</Link>,
    },
  ]
  return (
    <div className="stack">
      <FilterForm key={place.classId}>
        <SelectField
          name="class"
          label={w.filter}
          defaultValue={place.classId ?? ''}
          options={[
            { value: '', label: w.all },
            ...classes.map(({ classId, name, of }) => ({ value: classId, label: w.counted(name, of) })),
          ]}
        />
        <Button type="submit">{w.show}</Button>
        <LinkButton href={exportAddress(place)} icon="download">
          {w.exported}
        </LinkButton>
      </FilterForm>
      <p className="soft small">{w.exportHint}</p>
      {rows.length === 0 ? (
        <Empty icon="check">{w.noneInClass}</Empty>
      ) : (
        <Table
          caption={w.caption}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.assessmentId}
          isCards
          footer={footer}
        />
      )}
    </div>
  )
}

const exportAddress = (place: PendingPlace) => `certification/export${pendingAddress({ ...place, after: null })}`

function Expected({ row: { expectedOn }, today }: { row: PendingRow; today: string }) {
  const w = useWords(pendingWords)
  if (expectedOn === null) return '—'
  if (expectedOn >= today) return <span className="num">{expectedOn}</span>
  return <Badge tone="warn">{w.overdue(expectedOn)}</Badge>
}
