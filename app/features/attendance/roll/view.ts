import type { Roll } from '../roll.ts'
import type { SentMark } from '../sent.ts'
import type { KeptMark } from './store.ts'
import type { Trouble } from './wire.ts'

/** What the page shows. */
export type RollView = {
  /** The session's roll; null: not read yet, or nothing of it is here. */
  roll: Roll | null
  /** All that lie on this device, by when they begin. */
  rolls: Roll[]
  /** Of the account, of whatever session: those that wait, and those that were refused. */
  marks: KeptMark[]
  /** Of those sent since the page was opened, by id: whom each is about. */
  sent: Readonly<Record<string, string | null>>
  /** Sent just now, and overtaken by what somebody else marked later. */
  overtaken: string[]
  /** Null: the server answers. */
  trouble: Trouble | 'asking' | null
  sentAt: number | null
  /** Whether the page and its names open without a network, and marks outlive the tab. */
  isKept: boolean
  isStored: boolean
  /** Whether it opens without a network is known by now. */
  isAsked: boolean
}

/** A mark as the page makes it, before it has an id and a time. */
export type NewMark = SentMark extends infer M ? (M extends SentMark ? Omit<M, 'id' | 'at'> : never) : never

export type RollActs = {
  /** @returns the id of the mark; null: nobody's roll is here. */
  mark: (mark: NewMark, enrolmentId: string | null) => Promise<string | null>
  /** A refusal was read. */
  forget: (id: string) => Promise<void>
  /** Now, by the server's clock as far as it is known. */
  now: () => number
  stop: () => void
}
