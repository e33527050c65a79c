import { Badge, Chip } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Callout } from '#app/ui/callout.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { Link } from '#app/ui/link.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm } from '#app/ui/post-form.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { MODES } from '#db/values.ts'
import { closingWords } from './closing-words.ts'
import type { DeskClass } from './desk.server.ts'
import { type DeskFilters, type DeskState, LIST_STATUSES, type Sort, sortedBy } from './desk-list.ts'
import { words } from './desk-words.ts'
import { words as publicWords } from './words.ts'

/** The administrator's or instructor's classes as a table; `base` is the address of the list. */
export function DeskClassTable({
  classes,
  filters,
  search,
  base,
  mayAnswer,
  footer,
}: {
  classes: readonly DeskClass[]
  filters: DeskFilters
  search: URLSearchParams
  base: string
  /** Requests for seats are the viewer's to answer. */
  mayAnswer: boolean
  footer: React.ReactNode
}) {
  const w = useWords(words).classes
  const { modes } = useWords(publicWords)
  const sort = (by: Sort) => ({
    to: sortedBy(search, filters, by),
    direction:
      filters.sort === by ? (filters.isDescending ? ('descending' as const) : ('ascending' as const)) : undefined,
  })
  const columns: Column<DeskClass>[] = [
    {
      key: 'name',
      head: w.name,
      isRowHead: true,
      sort: sort('name'),
      cell: (row) => <Link to={`${base}/${row.id}`}>{row.name}</Link>,
    },
    { key: 'code', head: w.code, sort: sort('code'), cell: (row) => <span className="nowrap">{row.code}</span> },
    { key: 'mode', head: w.mode, cell: (row) => modes[row.mode] },
    {
      key: 'dates',
      head: w.dates,
      sort: sort('startsOn'),
      cell: (row) => <span className="num">{shownDates(row)}</span>,
    },
    { key: 'hours', head: w.hours, isNumeric: true, cell: (row) => row.plannedHours },
    {
      key: 'seats',
      head: w.seats,
      isNumeric: true,
      cell: (row) => {
        if (row.origin === 'ledger') return '—'
        return row.capacity === null ? w.unlimited : <span className="num">{`${row.taken} / ${row.capacity}`}</span>
      },
    },
    {
      key: 'requests',
      head: w.requests,
      isNumeric: true,
      cell: (row) => {
        if (row.requests === 0) return '—'
        return mayAnswer ? <Link to={`${base}/${row.id}/seats`}>{row.requests}</Link> : row.requests
      },
    },
    { key: 'enrolled', head: w.enrolled, isNumeric: true, cell: (row) => row.enrolled },
    { key: 'credited', head: w.credited, isNumeric: true, cell: (row) => row.credited },
    {
      key: 'status',
      head: w.status,
      cell: (row) => (
        <span className="nowrap">
          <DeskStateBadge state={row.state} /> {row.origin === 'ledger' && <Chip>{w.fromLedger}</Chip>}
        </span>
      ),
    },
  ]
  return <Table caption={w.caption} columns={columns} rows={classes} rowKey={(row) => row.id} isCards footer={footer} />
}

/** `2026-12-19 — 12-20`: the year once. */
function shownDates({ startsOn, endsOn }: DeskClass): string {
  if (startsOn === endsOn) return startsOn
  return `${startsOn} — ${startsOn.slice(0, 4) === endsOn.slice(0, 4) ? endsOn.slice(5) : endsOn}`
}

/** What a class is doing; no verdict, so no verdict's colour but for what waits for somebody. */
export function DeskStateBadge({ state }: { state: DeskState }) {
  const w = useWords(words).status
  const icon = {
    draft: 'minus',
    open: 'person',
    published: 'class',
    running: 'clock',
    finished: 'check',
    cancelled: 'cross',
    closed: 'check',
  } as const
  return (
    <Badge tone="none" icon={icon[state]}>
      {w[state]}
    </Badge>
  )
}

/** That classes are over and not closed (结班) yet, with the way to them; nothing where none are. `base`: the address of the list. */
export function ClassesToClose({ count, base }: { count: number; base: string }) {
  const w = useWords(closingWords)
  if (count === 0) return null
  return (
    <Callout tone="warn">
      {w.todo(count)} <Link to={`${base}?status=to_close`}>{w.toThem}</Link>
    </Callout>
  )
}

/** Filters above the table; the sorting stays as it is. */
export function DeskClassFilters({ filters, years }: { filters: DeskFilters; years: readonly number[] }) {
  const { classes: w, status } = useWords(words)
  const { modes } = useWords(publicWords)
  const all = { value: '', label: w.all }
  return (
    <FilterForm key={JSON.stringify(filters)}>
      <TextField name="q" label={w.filterText} defaultValue={filters.text ?? ''} maxLength={60} />
      <SelectField
        name="year"
        label={w.filterYear}
        defaultValue={filters.year ?? ''}
        options={[all, ...years.map((year) => ({ value: String(year), label: String(year) }))]}
      />
      <SelectField
        name="mode"
        label={w.mode}
        defaultValue={filters.mode ?? ''}
        options={[all, ...MODES.map((mode) => ({ value: mode, label: modes[mode] }))]}
      />
      <SelectField
        name="status"
        label={w.filterStatus}
        defaultValue={filters.status ?? ''}
        options={[
          all,
          ...LIST_STATUSES.map((value) => ({ value, label: value === 'to_close' ? w.toClose : status[value] })),
        ]}
      />
      <input type="hidden" name="sort" value={`${filters.isDescending ? '-' : ''}${filters.sort}`} />
      <Button type="submit">{w.show}</Button>
    </FilterForm>
  )
}
