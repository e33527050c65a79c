import type { ClassStatus, ClosingLack } from '#db/values.ts'

/** What is known of a class that may be closed. */
export type ClosingFacts = {
  status: ClassStatus
  /** Inclusive; both Shanghai's. */
  endsOn: string
  today: string
  /** Sessions that take place and whose sheet is not closed; objections, leave and requests for a seat that wait for an answer. */
  unclosed: number
  objections: number
  leaves: number
  requests: number
  /** Results that wait for a second person. */
  unconfirmed: number
  /** Parts that its file lacks; workers with a seat and without a result, where it leads to a certificate; 合格待发证. */
  file: number
  unassessed: number
  pending: number
}

/** What stands against closing a class: it has to be mended first. */
export type ClosingBar = 'unclosed' | 'objections' | 'leaves' | 'requests' | 'unconfirmed'
export type Counted<K> = { lack: K; n: number }

/** Whether a class may be closed at all by now: run to its end, not cancelled. */
export const isOver = ({ status, endsOn, today }: Pick<ClosingFacts, 'status' | 'endsOn' | 'today'>): boolean =>
  (status === 'published' || status === 'closed') && today > endsOn

const counted = <K>(rows: [K, number][]): Counted<K>[] =>
  rows.filter(([, n]) => n > 0).map(([lack, n]) => ({ lack, n }))

export const barsOf = (facts: ClosingFacts): Counted<ClosingBar>[] =>
  counted<ClosingBar>([
    ['unclosed', facts.unclosed],
    ['objections', facts.objections],
    ['leaves', facts.leaves],
    ['requests', facts.requests],
    ['unconfirmed', facts.unconfirmed],
  ])

/** What is only missing: closing asks for a reason then. */
export const lacksOf = (facts: ClosingFacts): Counted<ClosingLack>[] =>
  counted<ClosingLack>([
    ['file', facts.file],
    ['no_result', facts.unassessed],
    ['pending', facts.pending],
  ])
