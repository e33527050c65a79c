import type { Seat } from '#db/values.ts'
import type { Declared } from './declared.ts'
import type { EligibilityRule } from './eligibility.ts'
import type { MoveRefusal } from './seat-machine.ts'
import type { EnrolRefusal } from './seat-rules.ts'

/** The worker who asks, as its own account says; `isConfirmed`: an academy has seen the document. */
export type AskingWorker = {
  accountId: string
  personId: string
  isConfirmed: boolean
  name: string
  phone: string | null
}

export type SeatRequest = {
  worker: AskingWorker
  academyCode: string
  classId: string
  declared?: Declared
  now: Date
  requestId?: string
}

/**
 * `isNew` false: it was so already; a second click has the same result. `courseSlug`: the course that an online class
 * delivers; a worker who has finished it already is credited at once (courses/course-credit.server.ts).
 */
export type SeatAnswer<R> = { ok: true; isNew: boolean; seat: Seat; courseSlug: string | null } | SeatRefusal<R>

/**
 * Why not: with `clash` the class in the way, with `limit` how many one may have, with `declare` and `not_eligible` the rules of the class
 * that it is about.
 */
export type SeatRefusal<R> = { ok: false; reason: R; clash?: Clash; limit?: Limit; rules?: EligibilityRule[] }

/**
 * How many classes at a place one may have in the year of the class. `classes`: those that count, named to the worker alone; `hasMore`: others
 * count besides, which nobody has confirmed to be this account's: not even how many is told. A union or an academy reads the number alone.
 */
export type Limit = { most: number; year: number; classes: Clash[]; hasMore: boolean }

/** A class in which the worker has a place, as it is named to the worker alone. */
export type Clash = { name: string; startsOn: string }

export type OfferRefusal = Extract<MoveRefusal, 'no_offer' | 'offer_expired'> | EnrolRefusal
