import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { bookSeat } from '#app/features/training/seats.server.ts'
import { asOwner } from './own-database.ts'
import { ACADEMY, makeClass, type SeatsWorld } from './seats-world.ts'
import type { Figure } from './servers.ts'

const RUNS = 100
const SEATS = 30
/** The reference is measured beside every so many runs. */
const PER_REFERENCE = 10

type Told = Omit<Figure, 'bench'>

/**
 * All workers ask at once for the few seats of one class, again and again: how fast it goes beside a bare transaction that locks a
 * row and updates it, and whether ever more sit than there are seats, or somebody stands in line before who came first.
 */
export function measureCommands({ dataDir, world }: { dataDir: string; world: SeatsWorld }): Promise<Told[]> {
  const viewers = world.workers.map(viewerOf)
  return asOwner(dataDir, async (owner) => {
    const bareClass = await makeClass(owner, world.academyId, { capacity: 1, days: 104 })
    let [oversold, misplaced, runs, commands, commandMs, bares, bareMs] = [0, 0, 0, 0, 0, 0, 0]
    for (; runs < RUNS; runs++) {
      if (runs % PER_REFERENCE === 0) {
        bareMs += await timed(() => Promise.all(viewers.map(() => lockAndUpdate(bareClass))))
        bares += viewers.length
      }
      const classId = await makeClass(owner, world.academyId, { capacity: SEATS, days: 105, hasWaitlist: true })
      const ask = { academyCode: ACADEMY, classId, now: new Date() }
      let answers: Awaited<ReturnType<typeof bookSeat>>[] = []
      commandMs += await timed(async () => {
        answers = await Promise.all(viewers.map((viewer) => bookSeat(viewer, ask)))
      })
      commands += answers.length
      if (!answers.every((answer) => answer?.ok)) throw new Error('a worker was refused where one may wait')
      const found = await look(owner, classId)
      oversold += Math.max(0, found.enrolled - SEATS) + Math.abs(found.taken - found.enrolled)
      if (found.enrolled !== SEATS || found.waiting !== viewers.length - SEATS) throw new Error('a seat was lost')
      misplaced += found.misplaced
      await owner`delete from enrolment where class_id = ${classId}` // a worker has so many classes a year
    }
    if (misplaced > 0) throw new Error('somebody stands in line before who came first')
    const none = { reference: 'none', measured: 1 }
    return [
      {
        figure: 'hot_command_per_s',
        value: (commands * 1000) / commandMs,
        unit: 'commands a second',
        reference: 'bare transaction: lock a row, update it',
        measured: (bares * 1000) / bareMs,
      },
      { figure: 'oversold', value: oversold, unit: 'seats', ...none },
      { figure: 'runs', value: runs, unit: `runs of ${viewers.length} workers`, ...none },
    ]
  })
}

async function look(owner: postgres.Sql, classId: string) {
  const [row] = await owner<{ enrolled: number; waiting: number; taken: number; misplaced: number }[]>`
    with line as (
      select e.line_number, row_number() over (order by v.id) as came from enrolment e
      join audit_event v on v.subject_id = e.id and v.kind = 'seat.waitlisted' where e.class_id = ${classId})
    select (select count(*)::int from enrolment where class_id = c.id and seat = 'enrolled') as enrolled,
      (select count(*)::int from enrolment where class_id = c.id and seat = 'waitlisted') as waiting, c.taken,
      (select count(*)::int from line where line_number <> came) as misplaced
    from class c where c.id = ${classId}`
  return row!
}

/** What any command on a hot class must do at least. */
const lockAndUpdate = (classId: string) =>
  as(system('seats'), async (tx) => {
    await tx.execute(sql`select taken from class where id = ${classId}::uuid for no key update`)
    await tx.execute(sql`update class set line_numbers = line_numbers + 1 where id = ${classId}::uuid`)
  })

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const viewerOf = ({ id: accountId }: { id: string }): Viewer => ({
  ...{ kind: 'user', accountId, role: 'worker', name: '', personId: null, academyId: null },
  ...{ academyCode: null, academyName: null, unionId: null, unionName: null },
})
