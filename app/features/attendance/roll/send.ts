import { MOST_SENT } from '../sent.ts'
import type { KeptMark, KeptRefusal } from './store.ts'
import { sendMarks, type Trouble } from './wire.ts'

/** In the order in which they were made, by session, as many as one sending takes. */
export function batchesOf(marks: readonly KeptMark[]): KeptMark[][] {
  const batches: KeptMark[][] = []
  for (const mark of [...marks].sort((one, other) => one.mark.at - other.mark.at)) {
    const open = batches.find((batch) => batch[0]!.sessionId === mark.sessionId && batch.length < MOST_SENT)
    if (open) open.push(mark)
    else batches.push([mark])
  }
  return batches
}

/** What became of a batch: everything in it is `taken` or `refused`. */
export type SentBatch = {
  taken: KeptMark[]
  refused: KeptMark[]
  /** Workers whom somebody else marked later. */
  overtaken: string[]
  /** The session is not to be found. */
  isGone: boolean
  /** How far the server's clock is before the device's; null: not said. */
  offset: number | null
}

/** Sends marks of one session. A string: not now; they stay as they are. */
export async function sendBatch(batch: readonly KeptMark[], by: string): Promise<SentBatch | Exclude<Trouble, 'gone'>> {
  const marks = batch.map(({ mark }) => mark)
  const answer = await sendMarks(batch[0]!, by, marks)
  if (answer === 'offline' || answer === 'signed_out') return answer
  const sent: SentBatch = { taken: [], refused: [], overtaken: [], isGone: answer === 'gone', offset: null }
  const refuse = (mark: KeptMark, refusal: KeptRefusal) => sent.refused.push({ ...mark, refusal })
  if (typeof answer === 'string') {
    for (const mark of batch) refuse(mark, answer === 'gone' ? 'session_gone' : answer)
    return sent
  }
  for (const mark of batch) {
    const one = answer.answers.find(({ id }) => id === mark.id)
    if (!one?.ok) refuse(mark, one?.reason ?? 'malformed')
    else {
      // Of eight digits the server alone knows whose they are.
      sent.taken.push({ ...mark, enrolmentId: one.enrolmentId })
      if (one.isOvertaken) sent.overtaken.push(one.enrolmentId)
    }
  }
  return { ...sent, offset: answer.now - Date.now() }
}
