import { words as deskWords } from '#app/features/training/desk-words.ts'
import type { RosterClass, RosterRow } from '#app/features/training/roster.server.ts'
import { Button } from '#app/ui/button.tsx'
import { CellInput } from '#app/ui/cell-input.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { FilterForm, PostForm } from '#app/ui/post-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { RESULTS } from '#db/values.ts'
import type { DeskAttempt } from './desk.server.ts'
import type { RecordedResults } from './results.server.ts'
import { attemptMark } from './results.ts'
import { words } from './words.ts'

type Refused = Extract<RecordedResults, { ok: false }>

/** The results of one day for a page of workers in one form. `typed`: what was sent, where it came back with faults. */
export function ResultsForm({
  held,
  rows,
  attempts,
  on,
  today,
  refused,
  typed,
  footer,
}: {
  held: RosterClass
  rows: readonly RosterRow[]
  attempts: readonly DeskAttempt[]
  on: string
  today: string
  refused: Refused | null
  typed: Readonly<Record<string, string>>
  footer: React.ReactNode
}) {
  const { desk: w, results, attempt } = useWords(words)
  const { named } = useWords(deskWords).roster
  const faults = refused?.faults ?? []
  const ofDay = (row: RosterRow) =>
    attempts.find((one) => one.enrolmentId === row.enrolmentId && one.assessedOn === on) ?? null
  const faultsOf = (row: RosterRow, cells: readonly string[] | null) =>
    faults
      .filter(({ enrolmentId, fault }) => enrolmentId === row.enrolmentId && (cells === null || cells.includes(fault)))
      .map(({ fault }) => w.faults[fault])
  const score = (cell: 'theory' | 'practical', row: RosterRow) => {
    const stored = cell === 'theory' ? ofDay(row)?.theoryScore : ofDay(row)?.practicalScore
    const name = `${cell}.${row.enrolmentId}`
    return (
      <CellInput
        key={`${name}:${on}:${stored}`}
        name={name}
        label={`${row.name} ${w[cell]}`}
        defaultValue={typed[name] ?? stored ?? ''}
        inputMode="numeric"
        size={4}
        error={faultsOf(row, [cell])}
      />
    )
  }
  const columns: Column<RosterRow>[] = [
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'theory', head: w.theory, cell: (row) => score('theory', row) },
    { key: 'practical', head: w.practical, cell: (row) => score('practical', row) },
    {
      key: 'result',
      head: w.result,
      cell: (row) => (
        <ResultChoice
          row={row}
          on={on}
          now={ofDay(row)}
          typed={typed[`result.${row.enrolmentId}`]}
          errors={faultsOf(row, null)}
        />
      ),
    },
    {
      key: 'earlier',
      head: w.earlier,
      cell: (row) =>
        attempts
          .filter((one) => one.enrolmentId === row.enrolmentId && one.assessedOn !== on)
          .map((one) => attempt(one.assessedOn, results[one.result]))
          .join('；') || '—',
    },
  ]
  const nameOf = (id: string) => rows.find((row) => row.enrolmentId === id)?.name ?? ''
  const errors = [
    ...(refused?.day ? [{ id: 'on', message: w.dayFaults[refused.day] }] : []),
    ...faults.map(({ enrolmentId, fault }) =>
      fault === 'reason_needed'
        ? { id: 'reason', message: w.faults[fault] }
        : { id: `result.${enrolmentId}`, message: named(nameOf(enrolmentId), w.faults[fault]) },
    ),
  ]
  return (
    <div className="stack">
      <FilterForm key={on}>
        <input type="hidden" name="view" value="results" />
        <TextField
          name="on"
          label={w.assessedOn}
          hint={w.assessedOnHint}
          type="date"
          defaultValue={on}
          min={held.startsOn}
          max={today}
          error={refused?.day ? w.dayFaults[refused.day] : null}
        />
        <Button type="submit">{w.choose}</Button>
      </FilterForm>
      <PostForm>
        <div className="stack">
          <ErrorSummary errors={errors} />
          <p className="soft">{w.resultsLead}</p>
          <input type="hidden" name="assessedOn" value={on} />
          <Table
            caption={w.result}
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
            />
            <div>
              <SubmitButton name="intent" value="results">
                {w.saveResults}
              </SubmitButton>
            </div>
          </div>
        </div>
      </PostForm>
    </div>
  )
}

function ResultChoice({
  row,
  on,
  now,
  typed,
  errors,
}: {
  row: RosterRow
  on: string
  now: DeskAttempt | null
  typed: string | undefined
  errors: readonly string[]
}) {
  const { desk: w, results } = useWords(words)
  const name = `result.${row.enrolmentId}`
  return (
    <div className={errors.length > 0 ? 'field field-error' : 'field'}>
      <select
        key={`${name}:${on}:${now?.result}`}
        className="input select"
        id={name}
        name={name}
        aria-label={`${row.name} ${w.result}`}
        aria-invalid={errors.length > 0 ? true : undefined}
        defaultValue={typed ?? now?.result ?? ''}
      >
        <option value="">{w.byScores}</option>
        {RESULTS.map((result) => (
          <option key={result} value={result}>
            {results[result]}
          </option>
        ))}
      </select>
      {errors.length > 0 && <p className="error">{errors.join(' ')}</p>}
      <input type="hidden" name={`was.${row.enrolmentId}`} value={attemptMark(now)} />
    </div>
  )
}
