import type { RosterRow } from '#app/features/training/roster.server.ts'
import { Badge } from '#app/ui/badge.tsx'
import { CellInput } from '#app/ui/cell-input.tsx'
import { useWords } from '#app/ui/locale.tsx'
import type { Column } from '#app/ui/table.tsx'
import { RESULTS } from '#db/values.ts'
import type { DeskAttempt } from './desk.server.ts'
import type { ResultDoubts, ResultFaults } from './propose.server.ts'
import { type Attempt, attemptMark } from './results.ts'
import { resultsWords } from './results-words.ts'
import type { DeskProposal } from './waiting.server.ts'
import { words } from './words.ts'

/** What the table of results shows besides its workers. `mark`: of the paste that filled it, so that its cells are made anew. */
export type ResultsShown = {
  attempts: readonly DeskAttempt[]
  proposals: readonly DeskProposal[]
  on: string
  faults: ResultFaults
  doubted: ResultDoubts
  typed: Readonly<Record<string, string>>
  mark: string | undefined
}

/** The columns of the table of results of one day: two scores and a result to be typed, and what stands already. */
export function useResultColumns(shown: ResultsShown): Column<RosterRow>[] {
  const { desk: w, results, attempt } = useWords(words)
  const { document } = useWords(resultsWords)
  const score = (cell: 'theory' | 'practical', row: RosterRow) => {
    const now = ofDay(row, shown)
    const stored = cell === 'theory' ? now?.theoryScore : now?.practicalScore
    const name = `${cell}.${row.enrolmentId}`
    return (
      <CellInput
        key={`${name}:${shown.on}:${stored}:${shown.mark}`}
        name={name}
        label={`${row.name} ${w[cell]}`}
        defaultValue={shown.typed[name] ?? stored ?? ''}
        inputMode="decimal"
        size={5}
        error={faultsOf(row, shown, [cell]).map((fault) => w.faults[fault])}
      />
    )
  }
  const earlier = (row: RosterRow) =>
    shown.attempts.filter((one) => one.enrolmentId === row.enrolmentId && one.assessedOn !== shown.on)
  return [
    { key: 'name', head: w.name, isRowHead: true, cell: (row) => <span className="nowrap">{row.name}</span> },
    { key: 'document', head: document, cell: (row) => <span className="num">{row.document ?? '—'}</span> },
    { key: 'theory', head: w.theory, cell: (row) => score('theory', row) },
    { key: 'practical', head: w.practical, cell: (row) => score('practical', row) },
    { key: 'result', head: w.result, cell: (row) => <ResultChoice row={row} shown={shown} /> },
    { key: 'state', head: useWords(resultsWords).state, cell: (row) => <State row={row} shown={shown} /> },
    {
      key: 'earlier',
      head: w.earlier,
      cell: (row) =>
        earlier(row)
          .map((one) => attempt(one.assessedOn, results[one.result]))
          .join('；') || '—',
    },
  ]
}

const isOfDay = (row: RosterRow, on: string) => (one: { enrolmentId: string; assessedOn: string }) =>
  one.enrolmentId === row.enrolmentId && one.assessedOn === on

const proposed = (row: RosterRow, { proposals, on }: ResultsShown) => proposals.find(isOfDay(row, on)) ?? null
const confirmed = (row: RosterRow, { attempts, on }: ResultsShown) => attempts.find(isOfDay(row, on)) ?? null

/** What stands in the cells: what waits for confirmation, else what is confirmed. */
function ofDay(row: RosterRow, shown: ResultsShown): Attempt | null {
  const waits = proposed(row, shown)
  return waits && waits.returnedBecause === null ? waits : confirmed(row, shown)
}

const faultsOf = (row: RosterRow, { faults }: ResultsShown, among: readonly string[] | null) =>
  faults
    .filter(({ enrolmentId, fault }) => enrolmentId === row.enrolmentId && (among === null || among.includes(fault)))
    .map(({ fault }) => fault)

function State({ row, shown }: { row: RosterRow; shown: ResultsShown }) {
  const w = useWords(resultsWords)
  const entered = proposed(row, shown)
  if (entered?.returnedBecause === null) return <Badge tone="warn">{w.waits(entered.by)}</Badge>
  return (
    <>
      {confirmed(row, shown) ? <Badge tone="met">{w.confirmed}</Badge> : entered ? null : '—'}
      {entered && <p className="small">{w.returned(entered.returnedBecause)}</p>}
    </>
  )
}

function ResultChoice({ row, shown }: { row: RosterRow; shown: ResultsShown }) {
  const { desk: w, results } = useWords(words)
  const name = `result.${row.enrolmentId}`
  const now = ofDay(row, shown)
  // Said beside the scores already.
  const errors = faultsOf(row, shown, null).filter((fault) => fault !== 'theory' && fault !== 'practical')
  return (
    <div className={errors.length > 0 ? 'field field-error' : 'field'}>
      <select
        key={`${name}:${shown.on}:${now?.result}:${shown.mark}`}
        className="input select"
        id={name}
        name={name}
        aria-label={`${row.name} ${w.result}`}
        aria-invalid={errors.length > 0 ? true : undefined}
        defaultValue={shown.typed[name] ?? now?.result ?? ''}
      >
        <option value="">{w.byScores}</option>
        {RESULTS.map((result) => (
          <option key={result} value={result}>
            {results[result]}
          </option>
        ))}
      </select>
      {errors.length > 0 && <p className="error">{errors.map((fault) => w.faults[fault]).join(' ')}</p>}
      <Doubts of={shown.doubted.find(({ enrolmentId }) => enrolmentId === row.enrolmentId)} />
      <input type="hidden" name={`was.${row.enrolmentId}`} value={now ? attemptMark(now) : ''} />
    </div>
  )
}

/** What speaks against the result, as long as it is not affirmed. */
function Doubts({ of }: { of: ResultDoubts[number] | undefined }) {
  const { doubts } = useWords(resultsWords)
  return of?.doubts.map((doubt) => (
    <p key={doubt} className="error">
      {doubts[doubt]}
    </p>
  ))
}
