import { CellInput } from '#app/ui/cell-input.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { words } from './desk-words.ts'
import type { HoursFaults } from './hours.server.ts'
import { hoursMark } from './hours.ts'
import type { RosterClass, RosterRow } from './roster.server.ts'
import { CreditBadge } from './roster-table.tsx'

/** The hours of a page of workers in one form. `typed`: what was sent, where it came back with faults. */
export function HoursForm({
  held,
  rows,
  faults,
  typed,
  footer,
}: {
  held: RosterClass
  rows: readonly RosterRow[]
  faults: HoursFaults
  typed: Readonly<Record<string, string>>
  footer: React.ReactNode
}) {
  const { roster: r, hours: w } = useWords(words)
  const isMixed = held.mode === 'mixed'
  const practicalHours = held.plannedPracticalHours ?? 0
  const said = ({ fault }: HoursFaults[number]) => {
    if (fault === 'hours') return w.errors.hours(held.plannedHours)
    return fault === 'practical' ? w.errors.practical(practicalHours) : w.errors[fault]
  }
  const errorsOf = (row: RosterRow, cell: string) =>
    faults.filter((fault) => fault.enrolmentId === row.enrolmentId && fault.cell === cell).map(said)
  const field = (cell: 'attended' | 'practical', row: RosterRow, stored: number | null, label: string) => {
    const name = `${cell}.${row.enrolmentId}`
    return (
      <CellInput
        key={`${name}:${stored}`}
        name={name}
        label={`${row.name} ${label}`}
        defaultValue={typed[name] ?? stored ?? ''}
        inputMode="decimal"
        size={6}
        error={errorsOf(row, cell)}
      />
    )
  }
  const columns: Column<RosterRow>[] = [
    { key: 'name', head: r.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: r.document, cell: (row) => <span className="num">{row.document}</span> },
    {
      key: 'hours',
      head: r.hoursColumn,
      note: r.ofPlanned(held.plannedHours),
      cell: (row) => (
        <>
          {field('attended', row, row.hoursAttended, r.hoursColumn)}
          <input
            type="hidden"
            name={`was.${row.enrolmentId}`}
            value={hoursMark({ attended: row.hoursAttended, practical: row.practicalHoursAttended })}
          />
        </>
      ),
    },
    ...(isMixed
      ? [
          {
            key: 'practical',
            head: r.practicalColumn,
            note: r.ofPlanned(practicalHours),
            cell: (row: RosterRow) => field('practical', row, row.practicalHoursAttended, r.practicalColumn),
          },
        ]
      : []),
    { key: 'credited', head: r.credited, cell: (row) => <CreditBadge row={row} /> },
  ]
  const idOf = (fault: HoursFaults[number]) =>
    fault.cell === 'reason' ? 'reason' : `${fault.cell}.${fault.enrolmentId}`
  const nameOf = (id: string) => rows.find((row) => row.enrolmentId === id)?.name ?? ''
  const errors = faults.map((fault) => ({
    id: idOf(fault),
    message: fault.cell === 'reason' ? said(fault) : r.named(nameOf(fault.enrolmentId), said(fault)),
  }))
  return (
    <PostForm>
      <div className="stack">
        <ErrorSummary errors={errors} />
        <p className="soft">{w.lead(held.plannedHours, held.attendancePercent)}</p>
        <Table
          caption={r.hours}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.enrolmentId}
          isCards
          footer={footer}
        />
        <div className="form">
          <TextField
            name="reason"
            label={w.reason}
            hint={w.reasonHint}
            isOptional
            maxLength={200}
            defaultValue={typed.reason}
            error={faults.filter((fault) => fault.cell === 'reason').map(said)}
          />
          <div>
            <SubmitButton name="intent" value="hours">
              {w.save}
            </SubmitButton>
          </div>
        </div>
      </div>
    </PostForm>
  )
}
