import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import type { Level } from '#db/values.ts'
import { type Declared, knownOf } from './declared.ts'
import { ineligibleBecause, undeclared, type WorkerFacts } from './eligibility.ts'
import { findHeldLevel, findLimit, type Obstacles } from './obstacles.server.ts'
import { holdPlace, isOwn, isRecorded, type PlaceRow } from './places.server.ts'
import type { HeldClass } from './seat-class.server.ts'
import { type Looked, lookForSeat, placeOf, type SeatCommand } from './seat-command.server.ts'
import { move } from './seat-machine.ts'
import type { AskingWorker, SeatAnswer, SeatRefusal, SeatRequest } from './seat-request.ts'
import { decideEnrol, type EnrolRefusal, isHeld } from './seat-rules.ts'
import { type Change, finish } from './seat-write.server.ts'
import { roomIn, settle } from './settle.server.ts'

/**
 * Asks for a seat for the purpose `seats`: a request where the academy answers each, else a seat, else a place in line where
 * the class has one. The class's row is locked, so that the last seat goes to one person and those who wait stand in the order in
 * which they came; a trigger refuses a seat above the capacity besides. Null: no such class, or one that the public does not see.
 */
export const enrol: SeatCommand<EnrolRefusal, Looked & { obstacles: Obstacles }> = {
  look: lookForSeat,
  act: async (tx, request, { held, place, obstacles }) => {
    const { worker } = request
    if (!held) return null
    const row = (await settle(tx, held)) ? await holdPlace(tx, placeOf(request)) : place
    const own = row && isOwn(row, worker) ? row : null
    const heldLevel = worker.isConfirmed ? await findHeldLevel(tx, held.facts, worker.personId) : null
    const isElsewhere = row !== null && own === null
    const { answer, change } = await decide(tx, held, { request, own, isElsewhere, obstacles, heldLevel })
    await finish(tx, held, change)
    return answer
  },
}

type Decided = { answer: SeatAnswer<EnrolRefusal>; change: Change | null }
const only = (answer: SeatAnswer<EnrolRefusal>): Decided => ({ answer, change: null })

type Asked = {
  request: SeatRequest
  own: PlaceRow | null
  isElsewhere: boolean
  obstacles: Obstacles
  heldLevel: Level | null
}

async function decide(tx: Tx, held: HeldClass, asked: Asked): Promise<Decided> {
  const { request, own, isElsewhere } = asked
  const { facts, now } = held
  const seat = own && { seat: own.seat, isRecorded: isRecorded(own) }
  const decision = decideEnrol(facts, seat, isElsewhere, now)
  if (!decision.ok) return only(decision)
  const { courseSlug } = facts
  if (own && isHeld(own.seat)) return only({ ok: true, isNew: false, seat: own.seat, courseSlug })
  const refusal = barred(held, asked)
  if (refusal?.limit)
    return only({ ...refusal, limit: await findLimit(tx, facts, { ...refusal.limit, worker: request.worker }) })
  if (refusal) return only(refusal)

  const { needsApproval } = facts
  const event = { is: 'request', needsApproval, room: await roomIn(tx, held) } as const
  const moved = move(own, event)
  if (!moved.ok) return only({ ok: false, reason: moved.reason === 'not_accepted' ? 'not_accepted' : 'full' })
  const { worker, declared } = request
  const id = own?.id ?? newId()
  const given = { ...saidBy(worker, id), ...knownOf(declared) }
  const { personId, accountId } = worker
  const change = { place: own, id, personId, accountId, event: event.is, moved, given }
  return { answer: { ok: true, isNew: true, seat: moved.seat, courseSlug }, change }
}

/** What keeps this worker from the class though it is open: another class at that time, the limit, the class's own rules. */
function barred(held: HeldClass, { request, own, obstacles, heldLevel }: Asked): SeatRefusal<EnrolRefusal> | null {
  const { worker, declared } = request
  const { clash } = obstacles
  if (clash && (clash.isOwn || worker.isConfirmed)) {
    const { name, startsOn } = clash
    return { ok: false, reason: 'clash', clash: { name, startsOn } }
  }
  return barredByRules(held, { own, declared, obstacles, heldLevel })
}

/** The limit, of which the number alone is said here, and the class's own rules, whoever asks for the worker. */
export function barredByRules(
  { facts, policy }: HeldClass,
  { own, declared, obstacles, heldLevel }: Pick<Asked, 'own' | 'obstacles' | 'heldLevel'> & { declared?: Declared },
): SeatRefusal<EnrolRefusal> | null {
  if (facts.mode !== 'online' && policy.mostSeats > 0 && obstacles.held >= policy.mostSeats)
    return {
      ok: false,
      reason: 'limit',
      limit: { most: policy.mostSeats, year: yearOf(facts.startsOn), classes: [], hasMore: true },
    }
  const said = factsOf(own, declared, heldLevel)
  const missing = undeclared(facts, said)
  if (missing.length > 0) return { ok: false, reason: 'declare', rules: missing }
  const rule = ineligibleBecause(facts, said)
  return rule && { ok: false, reason: 'not_eligible', rules: [rule] }
}

/** What is declared now counts before what an earlier request said, also where it can't be read: then it is asked again. */
function factsOf(own: PlaceRow | null, declared: Declared = {}, heldLevel: WorkerFacts['heldLevel']): WorkerFacts {
  const { category, employer, declaredLevel, yearsOfWork, isUnionMember } = { ...own, ...withoutUnsaid(declared) }
  return {
    category: category ?? null,
    employer: employer ?? null,
    declaredLevel: declaredLevel ?? null,
    yearsOfWork: yearsOfWork ?? null,
    isUnionMember: isUnionMember ?? null,
    heldLevel,
  }
}

const withoutUnsaid = (declared: Declared): Declared =>
  Object.fromEntries(Object.entries(declared).filter(([, value]) => value !== undefined))

const saidBy = (worker: AskingWorker, id: string) => ({
  accountId: worker.accountId,
  name: worker.name,
  phoneSealed: worker.phone === null ? null : seal('enrolment.phone', id, worker.phone),
  phoneIndex: worker.phone === null ? null : indexOf('phone', worker.phone),
})
