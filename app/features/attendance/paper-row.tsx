import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { CellInput } from '#app/ui/cell-input.tsx'
import { Choice } from '#app/ui/choice.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { SegChoice } from '#app/ui/seg-choice.tsx'
import { ATTENDANCE_MARKS } from '#db/values.ts'
import { Marked } from './marked.tsx'
import { paperFormWords } from './paper-words.ts'
import { type PlacedSheetFault, sheetMark, typedOf } from './sheet-entry.ts'
import type { SheetRow } from './sheet-page.server.ts'
import { attendanceWords } from './words.ts'

/** A line of the signed sheet: a tick where nobody marked the worker yet, else the mark, which is changed on purpose alone. */
export function PaperRow({
  row,
  number,
  faults,
  typed,
}: {
  row: SheetRow
  number: number
  faults: readonly PlacedSheetFault[]
  /** What was sent, where the form came back. */
  typed: Readonly<Record<string, string>> | null
}) {
  const w = useWords(paperFormWords)
  const { sheet, marks, unmarked, ways, errors } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const id = row.enrolmentId
  const isMarked = row.mark !== null
  const who = [row.employer, row.phone].filter(Boolean).join(' · ')
  const stands = typedOf(row)
  // A row that somebody else changed meanwhile shows what stands there now.
  const given = faults.some(({ fault }) => fault === 'changed_meanwhile') ? null : typed
  const cell = (name: 'mark' | 'in' | 'out') => given?.[`${name}.${id}`] ?? (isMarked ? stands[name] : '')
  const errorsOf = (name: 'mark' | 'in' | 'out') =>
    faults.filter((one) => one.cell === name).map(({ fault }) => errors[fault])
  const options = ATTENDANCE_MARKS.filter((mark) => isMarked || mark !== 'present').map((mark) => ({
    value: mark as string,
    label: marks[mark],
  }))
  const isChanged = isMarked
    ? cell('mark') !== stands.mark || cell('in') !== stands.in || cell('out') !== stands.out
    : [cell('mark'), cell('in'), cell('out')].some(Boolean)
  const clock = (at: Date) => d.time(shanghaiTime(at))
  return (
    <li className="paper-row">
      <input type="hidden" name={`was.${id}`} value={sheetMark(row)} />
      {isMarked && <input type="hidden" name={`is.${id}`} value="marked" />}
      {isMarked ? (
        <p className="paper-marked">
          <span>
            <span className="num">{number}</span> {row.name}
            {who && <span className="hint">{who}</span>}
          </span>
          <span className="inline small">
            <Marked mark={row.mark} />
            {row.way && <span className="soft">{ways[row.way]}</span>}
            {row.checkedInAt && <span className="soft num">{`${sheet.in} ${clock(row.checkedInAt)}`}</span>}
            {row.checkedOutAt && <span className="soft num">{`${sheet.out} ${clock(row.checkedOutAt)}`}</span>}
          </span>
        </p>
      ) : (
        <Choice
          type="checkbox"
          name={`tick.${id}`}
          value="yes"
          defaultChecked={given === null || given[`tick.${id}`] === 'yes'}
          label={
            <>
              <span className="num">{number}</span> {row.name}
            </>
          }
          note={who}
        />
      )}
      <details open={isChanged || faults.length > 0}>
        <summary>
          {isMarked ? w.change : w.otherwise}
          <span className="vh">{row.name}</span>
        </summary>
        <div className="stack">
          <SegChoice
            name={`mark.${id}`}
            label={isMarked ? sheet.markOf(row.name) : w.otherwiseOf(row.name)}
            options={[...options, { value: '', label: isMarked ? unmarked : w.byTick }]}
            defaultValue={cell('mark')}
            error={errorsOf('mark')}
          />
          <div className="inline">
            <span>{sheet.in}</span>
            <CellInput
              name={`in.${id}`}
              label={sheet.inOf(row.name)}
              type="time"
              defaultValue={cell('in')}
              error={errorsOf('in')}
            />
            <span>{sheet.out}</span>
            <CellInput
              name={`out.${id}`}
              label={sheet.outOf(row.name)}
              type="time"
              defaultValue={cell('out')}
              error={errorsOf('out')}
            />
          </div>
        </div>
      </details>
    </li>
  )
}
