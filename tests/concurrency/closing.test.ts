import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { actOnRoster } from '#app/features/certification/roster-acts.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { holdToClose, writeClosing } from '#app/features/training/close-class.server.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: 10 })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-24T10:00:00+08:00')

const send = (classId: string, typed: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  return actOnRoster(admin, { academyId: academy.id, classId, form, now })
}

test.each([
  ['hours', { attended: '16', practical: '', was: '' }],
  ['results', { theory: '80', practical: '80', result: 'passed', was: '' }],
])('a class that is closed while %s wait for it says that it is closed', async (intent, cells) => {
  const of = await world.classOf(academy)
  const { id } = await world.enrolment(of)
  const rows = Object.entries(cells).map(([name, value]) => [`${name}.${id}`, value])
  const typed = { intent, assessedOn: '2026-11-23', ...Object.fromEntries(rows) }
  const gates = { closed: gate(), commit: gate() }
  const closing = as(admin, async (tx) => {
    const closes = { academyId: academy.id, classId: of.id }
    await holdToClose(tx, closes)
    await writeClosing(tx, { viewer: admin, ...closes, code: of.code, missing: [], because: null, now })
    gates.closed.resolve()
    await gates.commit.promise
  })
  await gates.closed.promise
  const sent = send(of.id, typed)
  await expect
    .poll(async () => {
      const [row] = await db.owner`select count(*)::int as of from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row?.of
    })
    .toBeGreaterThan(0)
  gates.commit.resolve()
  await closing
  expect(await sent).toEqual({ ok: false, isClosed: true })
  // What is not the academy's at all stays unknown.
  expect(await send(newId(), typed)).toBeNull()
})

function gate() {
  let resolve = () => {}
  const promise = new Promise<void>((open) => {
    resolve = open
  })
  return { promise, resolve }
}
