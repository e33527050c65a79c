import { eq } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { once, type SentForm } from '#app/features/once/once.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { person } from '#db/schema/index.ts'
import type { Declared } from './declared.ts'
import { barredByRules } from './enrol.server.ts'
import { findObstacles } from './obstacles.server.ts'
import { holdPlace, holdPlaces, type PlaceRow } from './places.server.ts'
import { retried } from './retry.server.ts'
import { type Enterprise, enterOnRoll, findOnRoll, findOwnEnterprise } from './roll.server.ts'
import type { RollEntry } from './roll.ts'
import { type HeldClass, lockClass } from './seat-class.server.ts'
import { move } from './seat-machine.ts'
import { decideEnrol, type EnrolRefusal, isHeld, type WithdrawRefusal, withdrawUntil } from './seat-rules.ts'
import { finish, writeSeat } from './seat-write.server.ts'
import { roomIn, settle } from './settle.server.ts'
import { giveBack } from './withdraw.server.ts'

/** Why one of the group was left as before. */
export type GroupRefusal = EnrolRefusal | WithdrawRefusal | 'no_offer' | 'offer_expired' | 'has_place' // by the worker or the academy: nothing of the union's

/** What became of a group: how many were changed, and who was left as before; `added`: how many are new on the roll. */
export type GroupAnswer = { ok: true; changed: number; added: number; left: { name: string; because: GroupRefusal }[] }

export type GroupAsk = { academyCode: string; classId: string; sent: SentForm | null; now: Date; requestId?: string }

type Reused = { ok: false; reason: 'form_reused' }

/**
 * Runs a command of an enterprise's union once for a form, after the guard `group.enrol`, under the class's lock and for the purpose
 * `seats`; `before` runs as the viewer. Null: no such class for the public, or the viewer has no enterprise.
 */
async function atUnion<P, A>(
  viewer: Viewer,
  { academyCode, classId, sent, now, requestId }: GroupAsk,
  before: (tx: Tx, own: Enterprise) => Promise<P>,
  work: (tx: Tx, held: HeldClass, own: Enterprise, prepared: P) => Promise<A>,
): Promise<A | Reused | null> {
  const { accountId } = viewer
  const by = { voice: 'union', accountId, requestId } as const
  const command = async (tx: Tx): Promise<A | null> => {
    const own = await findOwnEnterprise(tx, viewer)
    if (!own) return null
    const prepared = await before(tx, own)
    return within(tx, system('seats'), async () => {
      const held = await lockClass(tx, { academyCode, classId, by, now })
      if (!held) return null
      await settle(tx, held)
      const answer = await work(tx, held, own, prepared)
      await finish(tx, held)
      return answer
    })
  }
  return retried(() => as(viewer, (tx) => once<A | null>(tx, { accountId, sent, now }, { work: () => command(tx) })))
}

type GroupWorker = Awaited<ReturnType<typeof findOnRoll>>[number]

/**
 * Enrols workers of the union's roll into a class: `ids` of the roll, and those who were pasted (`entries`), who come onto it first. Each
 * is one request by the class's own rules, in this order: a seat, a place in line, or a request that the academy answers.
 * `declared` is said of each of them, beside the employer, which is the enterprise. What a worker has by somebody else stays as it is.
 */
export const enrolGroup = (
  viewer: Viewer,
  {
    ids,
    entries,
    declared,
    ...ask
  }: GroupAsk & { ids: readonly string[]; entries: readonly RollEntry[]; declared: Declared },
): Promise<GroupAnswer | Reused | null> =>
  atUnion(
    viewer,
    ask,
    async (tx, own) => {
      const { now, requestId } = ask
      const entered = await enterOnRoll(tx, own, entries, { viewer, now, requestId })
      const all = [...new Set([...ids, ...entered.ids])]
      return { workers: await findOnRoll(tx, own, all), added: entered.added }
    },
    async (tx, held, own, { workers, added }) => {
      const answer: GroupAnswer = { ok: true, changed: 0, added, left: [] }
      for (const worker of workers) {
        const done = await enrolOne(tx, held, own, worker, declared)
        if (done === 'enrolled') answer.changed += 1
        else if (done !== 'same') answer.left.push({ name: worker.name, because: done })
      }
      return answer
    },
  )

async function enrolOne(
  tx: Tx,
  held: HeldClass,
  own: Enterprise,
  worker: GroupWorker,
  said: Declared,
): Promise<'enrolled' | 'same' | GroupRefusal> {
  const { facts, academyCode, now } = held
  const personId = await keptPerson(tx, worker.personId)
  const of = { academyCode, classId: facts.id, personId, accountId: null }
  const [place, obstacles] = [await holdPlace(tx, of), await findObstacles(tx, of)]
  if (place && isHeld(place.seat)) return place.enterpriseId === own.id ? 'same' : 'has_place'
  const decision = decideEnrol(facts, place && { seat: place.seat, isRecorded: false }, false, now)
  if (!decision.ok) return decision.reason
  if (obstacles.clash) return 'clash'
  const declared: Declared = { category: 'employed', ...said, employer: own.name }
  // By what the union says alone: whether a worker holds a certificate is not for it to find out.
  const barred = barredByRules(held, { own: null, declared, obstacles: { ...obstacles, heldLevel: null } })
  if (barred) return barred.reason
  const event = { is: 'request', needsApproval: facts.needsApproval, room: await roomIn(tx, held) } as const
  const moved = move(place, event)
  if (!moved.ok) return moved.reason === 'not_accepted' ? 'not_accepted' : 'full'
  const id = place?.id ?? newId()
  const { name, phone } = worker
  const sealed = phone && { phoneSealed: seal('enrolment.phone', id, phone), phoneIndex: indexOf('phone', phone) }
  const given = { name, enterpriseId: own.id, ...declared, ...sealed }
  const accountId = place?.accountId ?? null
  await writeSeat(tx, held, { place, id, personId, accountId, event: event.is, moved, given })
  return 'enrolled'
}

/** Of a record that was merged since, the person kept. */
async function keptPerson(tx: Tx, personId: string): Promise<string> {
  const [row] = await tx.select({ mergedInto: person.mergedInto }).from(person).where(eq(person.id, personId))
  return row?.mergedInto ?? personId
}

type Places = GroupAsk & { places: readonly { id: string; name: string }[] }

/** Runs over those of `places` that the union took itself; others are passed over. */
const eachOwn = (
  viewer: Viewer,
  { places, ...ask }: Places,
  one: (tx: Tx, held: HeldClass, place: PlaceRow) => Promise<{ isNew: boolean } | GroupRefusal>,
): Promise<GroupAnswer | Reused | null> =>
  atUnion(
    viewer,
    ask,
    async () => null,
    async (tx, held, own) => {
      const answer: GroupAnswer = { ok: true, changed: 0, added: 0, left: [] }
      const found = await holdPlaces(
        tx,
        held.facts,
        places.map(({ id }) => id),
      )
      for (const place of found.filter(({ enterpriseId }) => enterpriseId === own.id)) {
        const done = await one(tx, held, place)
        const name = places.find(({ id }) => id === place.id)?.name ?? ''
        if (typeof done === 'string') answer.left.push({ name, because: done })
        else if (done.isNew) answer.changed += 1
      }
      return answer
    },
  )

/** Gives back places that the union took in a class, by the rules of withdrawal. */
export const withdrawGroup = (viewer: Viewer, asked: Places) =>
  eachOwn(viewer, asked, async (tx, held, place) => {
    const given = await giveBack(tx, held, place, held.now >= withdrawUntil(held.facts))
    return given.ok ? given : given.reason
  })

/** Takes the seats that are offered to the union's workers: who has no account is told by nobody else. */
export const acceptGroup = (viewer: Viewer, asked: Places) =>
  eachOwn(viewer, asked, async (tx, held, place) => {
    const { facts, academyCode } = held
    const of = { academyCode, classId: facts.id, personId: place.personId, accountId: null }
    if ((await findObstacles(tx, of)).clash) return 'clash'
    const event = { is: 'accept' } as const
    const moved = move(place, event)
    if (!moved.ok) return moved.reason === 'offer_expired' ? 'offer_expired' : 'no_offer'
    if (moved.isNew) await writeSeat(tx, held, { ...place, place, event: event.is, moved, given: null })
    return moved
  })
