import { setTimeout as sleep } from 'node:timers/promises'
import type { LearnFigure, LearnWorld } from './learn.ts'
import { beatRequest } from './learn-heartbeats.ts'
import { enrolLearners, type LearnerAtWork } from './learners.ts'
import { type Line, openLine } from './lines.ts'
import { asOwner } from './own-database.ts'
import { cpuMs, type Running } from './servers.ts'

const LEARNERS = 1000
/** As pages send them. */
const BEAT_MS = 10_000
const BEATS = 4
/** Until when everything must be written: fifteen seconds, and what a look and a round take. */
const WRITTEN_MS = 20_000

/**
 * A thousand learners who read at the same time, each on a connection of their own, at the pace of their pages: how long a
 * heartbeat takes at most in 95 of 100 cases, and which share of one core the server's process has to work for it.
 * @throws where one heartbeat is refused, or where afterwards one learner has a millisecond more than passed, or
 * another time than was acknowledged.
 */
export async function measureThousand({ site, hello, dataDir }: LearnWorld): Promise<LearnFigure[]> {
  const learners = await enrolLearners(dataDir, LEARNERS)
  const reference = await readTogether(hello, learners, { beats: 1 })
  // What hello was told, nobody counts.
  for (const learner of learners) learner.toldAt = learner.openedAt
  const value = await readTogether(site, learners, { beats: BEATS })
  await assertExact(dataDir, learners, value.told)
  const of = { reference: 'node:http hello' }
  return [
    { ...of, figure: 'learners_1000_p95_ms', value: value.p95, unit: 'ms per heartbeat', measured: reference.p95 },
    { ...of, figure: 'learners_1000_cpu', value: value.cpu, unit: 'percent of one core', measured: reference.cpu },
  ]
}

/**
 * What is known here of a learner: how long the first heartbeat was on its way (its beginning moves by that), when the last
 * one was sent and answered, and what the answer said.
 */
type Told = { firstMs: number; sentAt: number; answeredAt: number; activeMs: number }

async function readTogether(server: Running, learners: readonly LearnerAtWork[], { beats }: { beats: number }) {
  const [lines, took, told]: [Line[], number[], Told[]] = [[], [], []]
  const [began, cpuBefore] = [performance.now(), cpuMs(server.child)]
  const read = async (learner: LearnerAtWork, index: number) => {
    for (let beat = 0; beat < beats; beat++) {
      const due = began + BEAT_MS * (index / learners.length + beat)
      await sleep(Math.max(0, due - performance.now()))
      // Opened with the first heartbeat: a connection that asks nothing for ten seconds is hung up.
      lines[index] ??= await openLine(server.url)
      const asked = performance.now()
      const request = beatRequest(server.url, learner, { hasLeft: beat === BEATS - 1 })
      const { status, body } = await lines[index].ask(request)
      if (status !== 200) throw new Error(`a heartbeat was answered ${status}`)
      const ms = performance.now() - asked
      took.push(ms)
      const activeMs = body.startsWith('{') ? (JSON.parse(body) as Told).activeMs : 0
      told[index] = {
        firstMs: told[index]?.firstMs ?? Math.ceil(ms),
        sentAt: learner.toldAt,
        answeredAt: Date.now(),
        activeMs,
      }
    }
  }
  await Promise.all(learners.map(read))
  const cpu = (100 * (cpuMs(server.child) - cpuBefore)) / (performance.now() - began)
  for (const line of lines) line.close()
  took.sort((one, other) => one - other)
  return { p95: took[Math.floor(took.length * 0.95)]!, cpu, told }
}

async function assertExact(dataDir: string, learners: readonly LearnerAtWork[], told: readonly Told[]): Promise<void> {
  await sleep(WRITTEN_MS)
  const ids = learners.map(({ accountId }) => accountId)
  const rows = await asOwner(
    dataDir,
    (owner) => owner<{ id: string; ms: number }[]>`
      select account_id as id, active_ms as ms from lesson_time where account_id = any(${ids}::uuid[])`,
  )
  const written = new Map(rows.map(({ id, ms }) => [id, ms]))
  for (const [index, { accountId, openedAt }] of learners.entries()) {
    const { firstMs, sentAt, answeredAt, activeMs } = told[index]!
    const ms = written.get(accountId)
    if (ms !== activeMs) throw new Error(`a learner was told ${activeMs} ms and has ${ms}`)
    if (ms < sentAt - openedAt - firstMs || ms > answeredAt - openedAt)
      throw new Error(`a learner read for ${sentAt - openedAt} to ${answeredAt - openedAt} ms and has ${ms}`)
  }
}
