import type { SittingFacts } from '#db/values.ts'

/** A session, or a sitting of the assessment plan, as a calendar shows it: where, when and of what; nobody's name, nobody's number. */
export type Meeting = {
  academyId: string
  /** Or the sitting's. */
  sessionId: string
  classId: string
  /** As it is kept, in Chinese: the same in every feed. */
  title: string
  /** Of a sitting that takes place: whose title is said in the calendar's own language. */
  sitting?: Pick<SittingFacts, 'part' | 'attempt'> & { className: string }
  startsAt: Date
  endsAt: Date
  /** Site and its address; null: not said yet. */
  place: string | null
  academyName: string
  /** Of the class's page. */
  path: string
  isCancelled: boolean
}

/** With what a calendar needs to tell a new version from an old one. */
export type Versioned = Meeting & { sequence: number; changedAt: Date }

/** Everything of a session that a change of should reach a calendar; the words around it are no change. */
export const contentOf = (of: Meeting): string =>
  JSON.stringify([of.title, of.startsAt, of.endsAt, of.place, of.academyName, of.isCancelled])

/** A day after it is over, a calendar may still want it; a year after, nobody does. */
export const KEPT_DAYS = 180
