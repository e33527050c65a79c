import { type FormEvent, useState } from 'react'
import { shanghaiTime } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { Callout } from '#app/ui/callout.tsx'
import { Section } from '#app/ui/card.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useWords } from '#app/ui/locale.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { SegChoice } from '#app/ui/seg-choice.tsx'
import { ATTENDANCE_MARKS } from '#db/values.ts'
import { Marked } from '../marked.tsx'
import { doneState, type Roll, type RollWorker } from '../roll.ts'
import { rollWords } from '../roll-words.ts'
import type { Standing } from '../rules.ts'
import { attendanceWords } from '../words.ts'
import { saidByHand, standingOnPage } from './standings.ts'
import type { KeptMark } from './store.ts'
import type { RollActs } from './view.ts'

type Line = { worker: RollWorker; standing: Standing; isWaiting: boolean }

/**
 * Everybody on the roll, to be marked by hand with a thumb; once its sheet is closed only to be looked at. A press is kept at once, with its
 * own time.
 */
export function RollList({ roll, marks, acts }: { roll: Roll; marks: readonly KeptMark[]; acts: RollActs }) {
  const w = useWords(rollWords)
  const { hand } = w
  const { sheet } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const [reason, setReason] = useState<string>(hand.reasonDefault)
  // Those unmarked when it was pressed: who is marked then does not slip away under the thumb.
  const [shown, setShown] = useState<ReadonlySet<string> | null>(null)
  const [cannot, setCannot] = useState(false)
  const lines = roll.workers.map((worker): Line => {
    const isOpen = ({ refusal, enrolmentId }: KeptMark) => !refusal && enrolmentId === worker.id
    return { worker, standing: standingOnPage(roll, worker, marks), isWaiting: marks.some(isOpen) }
  })
  const isUnmarked = ({ standing, worker }: Line) => standing.mark === null && !worker.isFree
  // At a make-up whoever is not expected counts only once they are marked.
  const due = lines.filter(({ standing, worker }) => standing.mark !== null || !worker.isFree)
  const came = lines.filter(({ standing: { mark } }) => mark && mark !== 'absent' && mark !== 'excused').length
  const mark = ({ worker, standing }: Line, event: FormEvent) => {
    const chosen = ATTENDANCE_MARKS.find((one) => one === (event.target as HTMLInputElement).value) ?? null
    const said = saidByHand(chosen, roll, standing, acts.now())
    setCannot(!said)
    if (said) void acts.mark({ kind: 'hand', enrolmentId: worker.id, ...said, reason }, worker.id)
  }
  const isDone = doneState(roll) !== null
  if (lines.length === 0) return <p className="soft">{hand.none}</p>
  const listed = shown ? lines.filter(({ worker }) => shown.has(worker.id)) : lines
  return (
    <Section title={hand.title} aside={<span className="soft">{w.unmarked(lines.filter(isUnmarked).length)}</span>}>
      <div className="stack">
        {roll.makesUpOn && <p className="soft">{sheet.makesUp(d.day(roll.makesUpOn))}</p>}
        <Progress value={came} max={due.length} label={w.came(came, due.length)}>
          {w.came(came, due.length)}
        </Progress>
        <div
          onChange={(event) => {
            const isMissing = (event.target as HTMLInputElement).value === 'missing'
            setShown(isMissing ? new Set(lines.filter(isUnmarked).map(({ worker }) => worker.id)) : null)
          }}
        >
          <SegChoice
            name="shown"
            label={hand.show}
            options={[
              { value: 'all', label: hand.everyone },
              { value: 'missing', label: hand.missing },
            ]}
            defaultValue="all"
          />
        </div>
        {!isDone && (
          <TextField
            name="reason"
            label={hand.reason}
            hint={hand.reasonHint}
            defaultValue={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={200}
            autoComplete="off"
          />
        )}
        <div role="alert">{cannot && !isDone && <Callout tone="warn">{hand.cannot}</Callout>}</div>
        {listed.length === 0 && <p className="soft">{hand.allMarked}</p>}
        <ul className="stack">
          {listed.map((line) => (
            <RollLine
              key={line.worker.id}
              line={line}
              makesUpOn={roll.makesUpOn ?? null}
              onMark={isDone ? null : (event) => mark(line, event)}
            />
          ))}
        </ul>
      </div>
    </Section>
  )
}

function RollLine({
  line,
  makesUpOn,
  onMark,
}: {
  line: Line
  makesUpOn: string | null
  /** Null: it is only looked at. */
  onMark: ((event: FormEvent) => void) | null
}) {
  const { hand: w } = useWords(rollWords)
  const { sheet, marks, unmarked } = useWords(attendanceWords)
  const d = useWords(dateWords)
  const { worker, standing, isWaiting } = line
  const clock = (at: Date | null) => (at ? d.time(shanghaiTime(at)) : '')
  const times = w.times(clock(standing.checkedInAt), clock(standing.checkedOutAt))
  return (
    <li className="stack">
      <p className="spread">
        <span>
          <b>{worker.name}</b> {worker.tell && <small className="soft">{worker.tell}</small>}
        </span>
        <span>
          <Marked mark={standing.mark} />
        </span>
      </p>
      <p className="small soft">{[times, isWaiting && w.waits].filter(Boolean).join(' · ')}</p>
      {worker.isFree && makesUpOn && <p className="small soft">{sheet.notExpected(d.day(makesUpOn))}</p>}
      {onMark && (
        <div onChange={onMark}>
          <SegChoice
            key={standing.mark}
            name={`mark.${worker.id}`}
            label={sheet.markOf(worker.name)}
            options={[
              ...ATTENDANCE_MARKS.map((mark) => ({ value: mark as string, label: marks[mark] })),
              { value: '', label: unmarked },
            ]}
            defaultValue={standing.mark ?? ''}
          />
        </div>
      )}
    </li>
  )
}
