import { eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { person } from '#db/schema/index.ts'
import { type Declared, knownOf } from './declared.ts'
import { barredByRules } from './enrol.server.ts'
import {
  atUnion,
  type Came,
  type GroupAnswer,
  type GroupAsk,
  type GroupRefusal,
  type Reused,
} from './group-command.server.ts'
import { findObstacles } from './obstacles.server.ts'
import { holdPlace } from './places.server.ts'
import { type Enterprise, enterOnRoll, findOnRoll } from './roll.server.ts'
import type { RollEntry } from './roll.ts'
import type { HeldClass } from './seat-class.server.ts'
import { move } from './seat-machine.ts'
import { decideEnrol, isHeld } from './seat-rules.ts'
import { writeSeat } from './seat-write.server.ts'
import { roomIn } from './settle.server.ts'

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
      const came: Came = { enrolled: 0, waitlisted: 0, requested: 0 }
      const answer: GroupAnswer = { ok: true, changed: 0, came, added, left: [] }
      for (const worker of workers) {
        const done = await enrolOne(tx, held, own, worker, declared)
        if (done === 'same') continue
        if (isPlace(done)) {
          answer.changed += 1
          came[done] += 1
        } else
          answer.left.push({
            name: worker.name,
            because: done,
            ...(done === 'limit' && { most: held.policy.mostSeats }),
          })
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
): Promise<keyof Came | 'same' | GroupRefusal> {
  const { facts, academyCode, now } = held
  const personId = await keptPerson(tx, worker.personId)
  const of = { academyCode, classId: facts.id, personId, accountId: null }
  const [place, obstacles] = await Promise.all([holdPlace(tx, of), findObstacles(tx, of)])
  if (place && isHeld(place.seat)) return place.enterpriseId === own.id ? 'same' : 'has_place'
  const decision = decideEnrol(facts, place && { seat: place.seat, isRecorded: false }, false, now)
  if (!decision.ok) return decision.reason
  if (obstacles.clash) return 'clash'
  const declared: Declared = { category: 'employed', ...said, employer: own.name }
  // By what the union says alone: whether a worker holds a certificate is not for it to find out.
  const barred = barredByRules(held, { own: null, declared, obstacles, heldLevel: null })
  if (barred) return barred.reason
  const event = { is: 'request', needsApproval: facts.needsApproval, room: await roomIn(tx, held) } as const
  const moved = move(place, event)
  if (!moved.ok) return moved.reason === 'not_accepted' ? 'not_accepted' : 'full'
  const id = place?.id ?? newId()
  const { name, phone } = worker
  const sealed = phone && { phoneSealed: seal('enrolment.phone', id, phone), phoneIndex: indexOf('phone', phone) }
  const given = { name, enterpriseId: own.id, ...knownOf(declared), ...sealed }
  const accountId = place?.accountId ?? null
  await writeSeat(tx, held, { place, id, personId, accountId, event: event.is, moved, given })
  return moved.seat as keyof Came
}

const isPlace = (done: keyof Came | GroupRefusal): done is keyof Came =>
  done === 'enrolled' || done === 'waitlisted' || done === 'requested'

/** Of a record that was merged since, the person kept. */
async function keptPerson(tx: Tx, personId: string): Promise<string> {
  const [row] = await tx.select({ mergedInto: person.mergedInto }).from(person).where(eq(person.id, personId))
  return row?.mergedInto ?? personId
}
