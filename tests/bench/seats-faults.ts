import { join } from 'node:path'
import type postgres from 'postgres'
import { newId } from '#app/lib/ids.ts'
import { findRunning } from '#db/embedded-process.server.ts'
import { asOwner } from './own-database.ts'
import { askForSeat, checkIn, forEach } from './seats-send.ts'
import { type BenchWorker, makeAcademy, makeClass, makeClassNow, makeWorkers } from './seats-world.ts'
import { type Running, startServer, stop } from './servers.ts'

const SEATS = 30
/** Who asks for a seat, and who checks in, in one round. */
const ASKING = 100
const COMING = 50
/** Answers after which something is killed: never before the first, never after the last. */
const killedAfter = (round: number) => 20 + ((round * 37) % (ASKING + COMING - 40))

/** `acknowledged`: answers that the product gave before it was killed; `lost`: of those, what is not there afterwards. */
export type Faults = { rounds: number; acknowledged: number; lost: number; oversold: number }

/**
 * Kills the product, and in every second round its database, while workers ask for the last seats of a class and others check
 * in; starts it again and looks whether everything that was acknowledged is there. Whoever got no answer sends the form again
 * and has one seat, or one place in line. Its own data folder, which must exist.
 */
export async function killUnderLoad({ dataDir, rounds }: { dataDir: string; rounds: number }): Promise<Faults> {
  const faults: Faults = { rounds, acknowledged: 0, lost: 0, oversold: 0 }
  const start = () => startServer({ DATA_DIR: dataDir, SEED: 'none' })
  let site = await start()
  try {
    const world = await asOwner(dataDir, async (owner) => ({
      academyId: await makeAcademy(owner),
      asking: await makeWorkers(owner, ASKING),
    }))
    for (let round = 0; round < rounds; round++) {
      const made = await asOwner(dataDir, async (owner) => {
        const coming = await makeWorkers(owner, COMING)
        const sessionId = await makeClassNow(owner, world.academyId, coming)
        const classId = await makeClass(owner, world.academyId, { capacity: SEATS, days: 30, hasWaitlist: true })
        return { coming, sessionId, classId }
      })
      const load = { ...world, ...made, keys: world.asking.map(() => newId()) }
      const got = await sendUntilKilled(site, load, { round, dataDir })
      faults.acknowledged += got.seats.length + got.marks.length
      site = await start()
      await asOwner(dataDir, async (owner) => {
        await sendAgain(site, load)
        faults.lost += await lostOf(owner, load, got)
        faults.oversold += await oversoldOf(owner, load.classId)
        await owner`delete from enrolment where class_id = ${load.classId}` // a worker has so many classes a year
      })
    }
  } finally {
    await stop(site.child)
  }
  return faults
}

type Load = {
  asking: BenchWorker[]
  coming: BenchWorker[]
  /** Of the forms of those who ask, in their order. */
  keys: string[]
  sessionId: string
  classId: string
}
/** Accounts that were told yes. */
type Got = { seats: string[]; marks: string[] }

/** Sends every form, some of each kind by turns, and kills after so many answers. The keys are those of the owner before. */
async function sendUntilKilled(
  site: Running,
  load: Load,
  { round, dataDir }: { round: number; dataDir: string },
): Promise<Got> {
  const got: Got = { seats: [], marks: [] }
  let answered = 0
  let isKilled = false
  const ended = new Promise((resolve) => site.child.once('exit', resolve))
  const kill = () => {
    isKilled = true
    if (round % 2 === 1) process.kill(findRunning(join(dataDir, 'postgres'))!.pid, 'SIGKILL')
    site.child.kill('SIGKILL')
  }
  await forEach(ASKING + COMING, async (index) => {
    if (isKilled) return
    const isComing = index % 3 === 2
    const worker = isComing ? load.coming[(index - 2) / 3]! : load.asking[index - Math.floor((index + 1) / 3)]!
    const status = await (isComing ? comeIn(site, load, worker) : ask(site, load, worker)).catch(() => 0)
    if (status === 202) (isComing ? got.marks : got.seats).push(worker.id)
    else if (!isKilled) throw new Error(`a form was answered ${status}`)
    answered += 1
    if (answered === killedAfter(round) && !isKilled) kill()
  })
  if (!isKilled) throw new Error('nothing was killed')
  await ended
  return got
}

const ask = (site: Running, { asking, keys, classId }: Load, worker: BenchWorker) =>
  askForSeat(site.url, { classId, cookie: worker.cookie, key: keys[asking.indexOf(worker)]! })
const comeIn = (site: Running, { sessionId }: Load, { id, cookie }: BenchWorker) =>
  checkIn(site.url, { sessionId, accountId: id, cookie })

/** The same forms, all of them: who was told yes before is told so again, and everybody has an answer now. */
async function sendAgain(site: Running, load: Load): Promise<void> {
  await forEach(ASKING + COMING, async (index) => {
    const status = await (index < ASKING
      ? ask(site, load, load.asking[index]!)
      : comeIn(site, load, load.coming[index - ASKING]!))
    if (status !== 202) throw new Error(`a form that was sent again was answered ${status}`)
  })
}

async function lostOf(owner: postgres.Sql, { classId, sessionId }: Load, { seats, marks }: Got): Promise<number> {
  const [row] = await owner<{ lost: number }[]>`
    select (
      select count(*)::int from unnest(${seats}::uuid[]) a where 1 <> (
        select count(*) from enrolment e
        where e.class_id = ${classId} and e.account_id = a and e.seat in ('enrolled', 'waitlisted'))
    ) + (
      select count(*)::int from unnest(${marks}::uuid[]) a where not exists (
        select 1 from attendance_mark m join enrolment e on e.academy_id = m.academy_id and e.id = m.enrolment_id
        where m.session_id = ${sessionId} and e.account_id = a and m.checked_in_at is not null)
    ) as lost`
  return row!.lost
}

/** Seats above the capacity, and what the class's own count is off by. */
async function oversoldOf(owner: postgres.Sql, classId: string): Promise<number> {
  const [row] = await owner<{ enrolled: number; waiting: number; taken: number }[]>`
    select taken, (select count(*)::int from enrolment e where e.class_id = c.id and e.seat = 'enrolled') as enrolled,
      (select count(*)::int from enrolment e where e.class_id = c.id and e.seat = 'waitlisted') as waiting
    from class c where c.id = ${classId}`
  const { enrolled, waiting, taken } = row!
  if (enrolled + waiting !== ASKING) throw new Error('somebody who asked has no place, or two')
  return Math.abs(enrolled - SEATS) + Math.abs(taken - enrolled)
}
