import type { Viewer } from '#app/features/accounts/actor.ts'
import type { Tx } from '#db/client.server.ts'
import { atUnion, type GroupAnswer, type GroupAsk, type GroupRefusal, type Reused } from './group-command.server.ts'
import { findObstacles } from './obstacles.server.ts'
import { holdPlaces, type PlaceRow } from './places.server.ts'
import type { HeldClass } from './seat-class.server.ts'
import { move } from './seat-machine.ts'
import { withdrawUntil } from './seat-rules.ts'
import { writeSeat } from './seat-write.server.ts'
import { giveBack } from './withdraw.server.ts'

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
