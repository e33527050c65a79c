import { and, asc, eq, lte, notInArray } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, trainingClass } from '#db/schema/index.ts'
import { lockClass } from './seat-class.server.ts'
import { finish } from './seat-write.server.ts'
import { settle } from './settle.server.ts'

type Where = { academyCode: string; classId: string }

const SEPARATOR = '/'

/** Ends requests and offers that nobody answered in time, and offers the seats that are free by it. */
export const dueSeats: Queue = {
  name: 'requests and offers of seats whose time is over',
  waiting: async (resting = []) => {
    const without = resting.map((id) => id.split(SEPARATOR)[1] ?? '')
    const due = await as(system('seats'), (tx) => listDueClasses(tx, new Date(), without))
    return due.map(({ academyCode, classId }) => academyCode + SEPARATOR + classId)
  },
  run: (id) => {
    const [academyCode = '', classId = ''] = id.split(SEPARATOR)
    return settleClass({ academyCode, classId, now: new Date() })
  },
}

/**
 * Settles a class in a transaction of its own: for the job, and for pages that find it due before they say anything about it.
 * @returns whether anything changed.
 */
export function settleClass({ academyCode, classId, now }: Where & { now: Date }): Promise<boolean> {
  return as(system('seats'), async (tx) => {
    const held = await lockClass(tx, { academyCode, classId, by: { voice: 'clock' }, now })
    const isChanged = held !== null && (await settle(tx, held))
    if (held) await finish(tx, held)
    return isChanged
  })
}

const AT_ONCE = 20

function listDueClasses(tx: Tx, now: Date, without: readonly string[]): Promise<Where[]> {
  return tx
    .select({ academyCode: academy.code, classId: trainingClass.id })
    .from(trainingClass)
    .innerJoin(academy, eq(academy.id, trainingClass.academyId))
    .where(
      and(
        lte(trainingClass.answersDueAt, now),
        eq(trainingClass.origin, 'system'),
        notInArray(trainingClass.id, [...without]),
      ),
    )
    .orderBy(asc(trainingClass.answersDueAt))
    .limit(AT_ONCE)
}
