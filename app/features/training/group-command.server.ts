import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { once, type SentForm } from '#app/features/once/once.server.ts'
import type { Tx } from '#db/client.server.ts'
import type { Approved } from './desk-seats.server.ts'
import { retried } from './retry.server.ts'
import { type Enterprise, findOwnEnterprise } from './roll.server.ts'
import { type HeldClass, lockClass } from './seat-class.server.ts'
import type { EnrolRefusal, WithdrawRefusal } from './seat-rules.ts'
import { finish } from './seat-write.server.ts'
import { settle } from './settle.server.ts'

/** Why one of the group was left as before. */
export type GroupRefusal = EnrolRefusal | WithdrawRefusal | 'no_offer' | 'offer_expired' | 'has_place' // by the worker or the academy: nothing of the union's

/** Of those whom the union enrolled just now: how many have a seat, how many a place in line, and of how many the academy is asked. */
export type Came = Approved & { requested: number }

/** What became of a group: how many were changed (`came`: enrolled, and to what), and who was left as before; `added`: how many are new on the roll. */
export type GroupAnswer = {
  ok: true
  changed: number
  came?: Came
  added: number
  /** `most`, of the limit: how many classes one may have in the year; never which ones a worker has. */
  left: { name: string; because: GroupRefusal; most?: number }[]
}

export type GroupAsk = { academyCode: string; classId: string; sent: SentForm | null; now: Date; requestId?: string }

/** The form was sent before with something else in it. */
export type Reused = { ok: false; reason: 'form_reused' }

/**
 * Runs a command of an enterprise's union once for a form, after the guard `group.enrol`, under the class's lock and for the purpose
 * `seats`; `before` runs as the viewer. Null: no such class for the public, or the viewer has no enterprise.
 */
export async function atUnion<P, A>(
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
