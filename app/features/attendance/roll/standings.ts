import type { AttendanceMark } from '#db/values.ts'
import type { Roll, RollWorker } from '../roll.ts'
import { afterEntry, MARGIN_MS, type Standing } from '../rules.ts'
import type { SentMark } from '../sent.ts'
import type { KeptMark } from './store.ts'

type Hand = Extract<SentMark, { kind: 'hand' }>

const dateOf = (at: number | null) => (at === null ? null : new Date(at))

/** How a worker stands by what the server said, and by the marks that wait to be sent, in the order in which they were made. */
export function standingOnPage(roll: Roll, worker: RollWorker, marks: readonly KeptMark[]): Standing {
  const { startsAt, endsAt, hours, graceMinutes } = roll
  const session = { startsAt: new Date(startsAt), endsAt: new Date(endsAt), hours }
  const { mark, way } = worker
  const said: Standing = { mark, way, checkedInAt: dateOf(worker.in), checkedOutAt: dateOf(worker.out) }
  return marks
    .filter((one) => one.enrolmentId === worker.id && one.sessionId === roll.sessionId && !one.refusal)
    .sort((one, other) => one.mark.at - other.mark.at)
    .reduce((standing, { mark }) => afterEntry(standing, entryOf(mark), { session, graceMinutes }), said)
}

/** The roll with these marks in it, as the server has them by now. */
export const withMarks = (roll: Roll, marks: readonly KeptMark[]): Roll => ({
  ...roll,
  workers: roll.workers.map((worker) => {
    const { mark, way, checkedInAt, checkedOutAt } = standingOnPage(roll, worker, marks)
    return { ...worker, mark, way, in: checkedInAt?.getTime() ?? null, out: checkedOutAt?.getTime() ?? null }
  }),
})

function entryOf(mark: SentMark) {
  const none = { mark: null, checkedInAt: null, checkedOutAt: null }
  const at = new Date(mark.at)
  if (mark.kind === 'scan') return { ...none, act: mark.act, way: 'scanned' as const, at }
  const times = { checkedInAt: dateOf(mark.in), checkedOutAt: dateOf(mark.out) }
  return { act: 'mark' as const, mark: mark.mark, ...times, way: 'hand' as const, at }
}

/**
 * What a press on a mark says at a moment: who is late came now, who leaves early goes now, unless a time stands there that says
 * so already. Null: it cannot be said now (late before the beginning).
 */
export function saidByHand(
  mark: AttendanceMark | null,
  { startsAt, endsAt }: Roll,
  standing: Standing,
  at: number,
): Pick<Hand, 'mark' | 'in' | 'out'> | null {
  if (mark === null || mark === 'absent' || mark === 'excused') return { mark, in: null, out: null }
  const [came, went] = [standing.checkedInAt?.getTime() ?? null, standing.checkedOutAt?.getTime() ?? null]
  if (mark === 'present') return { mark, in: came, out: went }
  if (mark === 'late') {
    const late = came !== null && came > startsAt ? came : at
    return late > startsAt && late <= endsAt
      ? { mark, in: late, out: went !== null && went > late ? went : null }
      : null
  }
  const early = went !== null && went < endsAt ? went : at
  const isNear = early >= startsAt - MARGIN_MS && early < endsAt
  return isNear ? { mark, in: came !== null && came < early ? came : null, out: early } : null
}
