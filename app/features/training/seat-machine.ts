import type { Seat, SeatEnding } from '#db/values.ts'

/** Whether the class has a seat that nobody before this worker waits for, and whether one may wait for the next. */
export type Room = { isFree: boolean; mayWait: boolean }

/** Everything that can happen to a place in a class. What an event needs to know is told with it. */
export type SeatEvent =
  | { is: 'request'; needsApproval: boolean; room: Room }
  | { is: 'approve'; room: Room } // by the academy
  | { is: 'reject' } // by the academy
  | { is: 'enter'; room: Room } // the academy enters somebody: approved already
  | { is: 'offer' } // a seat became free
  | { is: 'accept' } // by the worker, in time
  | { is: 'confirm'; room: Room } // by the class head, for a worker on the phone
  | { is: 'decline' } // by the worker
  | { is: 'expire' } // nobody answered in time: the academy a request, the worker an offer
  /** `isRecorded`: hours stand on it; `isTooLate`: the deadline is over, for those who sit. */
  | { is: 'withdraw'; isRecorded: boolean; isTooLate: boolean }
  | { is: 'remove'; isRecorded: boolean } // by the academy, whom no deadline binds
  /** `isDelivered`: the class had begun, or hours stand on this place. */
  | { is: 'cancel_class'; isDelivered: boolean }

export type SeatEventKind = SeatEvent['is']

export type MoveRefusal =
  | 'full'
  | 'not_accepted' // the academy rejected the worker for this class
  | 'not_requested' // there is no request to answer any more
  | 'not_waiting'
  | 'no_offer' // no seat is offered to this worker
  | 'offer_expired'
  | 'nothing_due'
  | 'not_enrolled'
  | 'recorded'
  | 'too_late'

/** `isNew` false: it was so already, and nothing is written; a second click has the same result as the first. */
export type Moved =
  | { ok: true; isNew: boolean; seat: Seat; ending: SeatEnding | null }
  | { ok: false; reason: MoveRefusal }

const to = (seat: Seat, ending: SeatEnding | null = null): Moved => ({ ok: true, isNew: true, seat, ending })
const stays = (place: Place): Moved => ({ ok: true, isNew: false, seat: place.seat, ending: place.ending })
const refuse = (reason: MoveRefusal): Moved => ({ ok: false, reason })
const seated = ({ isFree, mayWait }: Room): Moved =>
  isFree ? to('enrolled') : mayWait ? to('waitlisted') : refuse('full')

export type Place = { seat: Seat; ending: SeatEnding | null }

/**
 * The one rule of seats: what an event makes of a place (null: the worker never had one in the class), or why it makes
 * nothing. Every command of seats goes through it; deadlines, eligibility and the worker's own time are looked at before.
 */
export function move(place: Place | null, event: SeatEvent): Moved {
  if (!place) {
    if (event.is === 'request') return event.needsApproval ? to('requested') : seated(event.room)
    if (event.is === 'enter') return seated(event.room)
    return refuse(ABSENT[event.is])
  }
  const { seat } = place
  switch (event.is) {
    case 'request':
      if (seat === 'rejected') return refuse('not_accepted')
      return seat === 'withdrawn' ? move(null, event) : stays(place)
    case 'enter':
      if (seat === 'requested' || seat === 'rejected' || seat === 'withdrawn') return seated(event.room)
      return stays(place)
    case 'approve':
      if (seat === 'requested') return seated(event.room)
      return isClosed(seat) ? refuse('not_requested') : stays(place)
    case 'reject':
      if (seat === 'requested') return to('rejected')
      return seat === 'rejected' ? stays(place) : refuse('not_requested')
    case 'offer':
      if (seat === 'waitlisted') return to('offered')
      return seat === 'offered' ? stays(place) : refuse('not_waiting')
    case 'accept':
      if (seat === 'offered') return to('enrolled')
      return seat === 'enrolled' ? stays(place) : refuse(unoffered(place))
    case 'confirm':
      if (seat === 'offered') return to('enrolled')
      if (seat === 'waitlisted') return event.room.isFree ? to('enrolled') : refuse('full')
      return seat === 'enrolled' ? stays(place) : refuse(unoffered(place))
    case 'decline':
      if (seat === 'offered') return to('withdrawn', 'declined')
      return place.ending === 'declined' ? stays(place) : refuse(unoffered(place))
    case 'expire':
      if (seat === 'offered') return to('withdrawn', 'offer_expired')
      return seat === 'requested' ? to('withdrawn', 'request_expired') : refuse('nothing_due')
    case 'withdraw':
      if (seat === 'withdrawn') return stays(place)
      if (seat === 'rejected') return refuse('not_enrolled')
      if (event.isRecorded) return refuse('recorded')
      return seat === 'enrolled' && event.isTooLate ? refuse('too_late') : to('withdrawn', 'left')
    case 'remove':
      if (isClosed(seat)) return seat === 'withdrawn' ? stays(place) : refuse('not_enrolled')
      return event.isRecorded ? refuse('recorded') : to('withdrawn', 'removed')
    case 'cancel_class':
      if (isClosed(seat) || (seat === 'enrolled' && event.isDelivered)) return stays(place)
      return to('withdrawn', 'class_cancelled')
  }
}

const isClosed = (seat: Seat) => seat === 'withdrawn' || seat === 'rejected'
const unoffered = ({ ending }: Place): MoveRefusal => (ending === 'offer_expired' ? 'offer_expired' : 'no_offer')

/** What is said to an event about somebody who never had a place. */
const ABSENT: Record<Exclude<SeatEventKind, 'request' | 'enter'>, MoveRefusal> = {
  approve: 'not_requested',
  reject: 'not_requested',
  offer: 'not_waiting',
  accept: 'no_offer',
  confirm: 'no_offer',
  decline: 'no_offer',
  expire: 'nothing_due',
  withdraw: 'not_enrolled',
  remove: 'not_enrolled',
  cancel_class: 'not_enrolled',
}
