import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classRequirement, material, materialFile } from '#db/schema/index.ts'
import type { MaterialState } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let worker: Viewer
let place: { academyId: string; classId: string; enrolmentId: string }
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  const academy = await world.academy()
  const of = await world.classOf(academy)
  worker = await world.worker()
  const { id } = await world.enrolment(of, { accountId: worker.accountId })
  place = { academyId: academy.id, classId: of.id, enrolmentId: id }
})

const soon = new Date('2030-01-01T00:00:00Z')

/** What the worker handed in, in this state, with its file and one that was sent but never claimed. */
async function handedIn(state: MaterialState) {
  const requirementId = newId()
  const { academyId, classId } = place
  await world.db
    .insert(classRequirement)
    .values({ academyId, classId, id: requirementId, kind: 'other', name: `材料${state}` })
  const answered = state === 'handed_in' ? {} : { answeredAt: soon, answeredBy: newId() }
  const handed = {
    ...place,
    requirementId,
    id: newId(),
    state,
    handedAt: soon,
    handedBy: worker.accountId,
    ...answered,
  }
  await world.db.insert(material).values({ ...handed, refusedBecause: state === 'refused' ? '不清楚' : null })
  const file = { ...place, requirementId, kind: 'pdf', bytes: 1 }
  const [kept, sent] = [newId(), newId()]
  await world.db.insert(materialFile).values([
    { ...file, id: kept, dropAt: null },
    { ...file, id: sent, dropAt: soon },
  ])
  return { kept, sent }
}
/** What the worker does to a file past every command, by row-level security alone: the number of rows, or the status of a refusal. */
const set = (id: string, dropAt: Date | null) =>
  as(worker, (tx) =>
    tx.update(materialFile).set({ dropAt }).where(eq(materialFile.id, id)).returning({ id: materialFile.id }),
  ).then(
    (rows) => rows.length,
    (refused: Response) => refused.status,
  )

test('row-level security alone keeps a worker from marking the files of what was accepted for removal, and from putting one beside them', async () => {
  const { kept, sent } = await handedIn('accepted')
  expect(await set(kept, soon)).toBe(0)
  expect(await set(sent, null)).toBe(404)
  const rows =
    await db.owner`select drop_at is null as kept from material_file where id in (${kept}, ${sent}) order by id`
  expect(rows.map((row) => row.kept)).toEqual([true, false])
  // What came too late goes: it is nothing that was accepted.
  expect(await set(sent, new Date('2029-01-01T00:00:00Z'))).toBe(1)
})

test('what waits to be looked at, or came back, its worker replaces', async () => {
  for (const state of ['handed_in', 'refused'] as const) {
    const { kept, sent } = await handedIn(state)
    expect([await set(kept, soon), await set(sent, null)], state).toEqual([1, 1])
  }
})
