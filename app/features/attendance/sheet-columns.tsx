import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { CellInput } from '#app/ui/cell-input.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SegChoice } from '#app/ui/seg-choice.tsx'
import type { Column } from '#app/ui/table.tsx'
import { ATTENDANCE_MARKS } from '#db/values.ts'
import { locationWords } from './location-words.ts'
import { Marked } from './marked.tsx'
import { type PlacedSheetFault, sheetMark, typedOf } from './sheet-entry.ts'
import type { SheetRow } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

type W = (typeof attendanceWords)['zh-CN']
type D = (typeof dateWords)['zh-CN']

/** Who it is: two of one name are told apart by employer and phone. */
const whoColumn = ({ sheet: w }: W): Column<SheetRow> => ({
  key: 'name',
  head: w.name,
  isRowHead: true,
  cell: (row) => (
    <>
      <span className="nowrap">{row.name}</span>
      <br />
      <small className="soft">{[row.employer, row.phone].filter(Boolean).join(' · ')}</small>
      <Lack of={row} />
      <Locations of={row} />
    </>
  ),
})

/** At a make-up: what it brings back to the worker, or that the worker need not come. */
function Lack({ of: { lack, makesUpOn } }: { of: SheetRow }) {
  const { sheet: w } = useWords(attendanceWords)
  const d = useWords(dateWords)
  if (lack === null || makesUpOn === null) return null
  return <p className="soft small">{lack === 0 ? w.notExpected(d.day(makesUpOn)) : w.lacks(lack)}</p>
}

/** Where the worker checked in and out, if the class asks for it and the worker gave it. */
function Locations({ of }: { of: SheetRow }) {
  const { at } = useWords(locationWords)
  return of.locations.map(({ act, latitude, longitude, accuracy }) => (
    <p key={act} className="soft small">
      {at(act, latitude, longitude, accuracy)}
    </p>
  ))
}

/** What it comes to, and how it came. */
const hoursColumn = ({ sheet: w, ways }: W): Column<SheetRow> => ({
  key: 'hours',
  head: w.counted,
  cell: (row) => (
    <span className="nowrap">
      {row.mark ? w.hours(row.hours) : '—'} {row.way && <small className="soft">{ways[row.way]}</small>}
    </span>
  ),
})

/** For one who may not mark. */
export function readColumns(words: W, d: D): Column<SheetRow>[] {
  const { sheet: w } = words
  const clock = (at: Date | null) => (at ? d.time(shanghaiTime(at)) : '—')
  return [
    whoColumn(words),
    { key: 'mark', head: w.mark, cell: (row) => <Marked mark={row.mark} /> },
    { key: 'in', head: w.in, cell: (row) => <span className="num">{clock(row.checkedInAt)}</span> },
    { key: 'out', head: w.out, cell: (row) => <span className="num">{clock(row.checkedOutAt)}</span> },
    hoursColumn(words),
  ]
}

type Cell = PlacedSheetFault['cell']

/** For one who marks. `typed`: what was sent, where it came back with `faults`. */
export function formColumns(
  words: W,
  { faults, typed }: { faults: readonly PlacedSheetFault[]; typed: Readonly<Record<string, string>> },
): Column<SheetRow>[] {
  const { sheet: w, marks, unmarked, errors } = words
  const options = ATTENDANCE_MARKS.map((mark) => ({ value: mark as string, label: marks[mark] }))
  const faultsOf = (row: SheetRow) => faults.filter(({ enrolmentId }) => enrolmentId === row.enrolmentId)
  // A row that somebody else changed meanwhile shows what stands there now.
  const isStale = (row: SheetRow) => faultsOf(row).some(({ fault }) => fault === 'changed_meanwhile')
  const given = (row: SheetRow, cell: Cell) =>
    (isStale(row) ? undefined : typed[`${cell}.${row.enrolmentId}`]) ?? typedOf(row)[cell]
  const errorsOf = (row: SheetRow, cell: Cell) =>
    faultsOf(row)
      .filter((one) => one.cell === cell)
      .map(({ fault }) => errors[fault])
  const time = (cell: 'in' | 'out', label: (name: string) => string) => (row: SheetRow) => (
    <CellInput
      key={`${cell}:${sheetMark(row)}`}
      name={`${cell}.${row.enrolmentId}`}
      label={label(row.name)}
      type="time"
      defaultValue={given(row, cell)}
      error={errorsOf(row, cell)}
    />
  )
  const mark = (row: SheetRow) => (
    <>
      <SegChoice
        key={sheetMark(row)}
        name={`mark.${row.enrolmentId}`}
        label={w.markOf(row.name)}
        options={[...options, { value: '', label: unmarked }]}
        defaultValue={given(row, 'mark')}
        error={errorsOf(row, 'mark')}
      />
      {row.lack === 0 && <input type="hidden" name={`free.${row.enrolmentId}`} value="yes" />}
      <input key={`was:${sheetMark(row)}`} type="hidden" name={`was.${row.enrolmentId}`} value={sheetMark(row)} />
    </>
  )
  const [came, went] = [time('in', w.inOf), time('out', w.outOf)]
  // Most have none: a list of many stays short on a phone.
  const times = (row: SheetRow) => (
    <details
      key={sheetMark(row)}
      open={[given(row, 'in'), given(row, 'out'), ...errorsOf(row, 'in'), ...errorsOf(row, 'out')].some(Boolean)}
    >
      <summary>{w.fillTimes}</summary>
      <div className="inline">
        <span>{w.in}</span> {came(row)} <span>{w.out}</span> {went(row)}
      </div>
    </details>
  )
  return [
    whoColumn(words),
    { key: 'mark', head: w.mark, cell: mark },
    { key: 'times', head: w.times, cell: times },
    hoursColumn(words),
  ]
}
