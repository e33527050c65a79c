import type { LearnFigure, LearnWorld } from './learn.ts'
import { COURSE, enrolLearners, type LearnerAtWork } from './learners.ts'
import { type Line, openLine } from './lines.ts'
import { cpuMs, type Running } from './servers.ts'

/** At the speed that is asked for each of them sends a heartbeat every ten seconds, as pages do. */
const LEARNERS = 15_000
/** Heartbeats on their way at once. */
const LINES = 64
const WARM_UP_MS = 10_000
const MEASURED_MS = 15_000

/**
 * Heartbeats a second that one server's process takes and answers, with its database and what sends them on the same machine,
 * from learners who read the same lesson: sessions looked up, openings checked, time written. All have it open already: the
 * first heartbeat of a page is one of a hundred. The reference answers hello to the same requests.
 */
export async function measureHeartbeats({ site, hello, dataDir }: LearnWorld): Promise<LearnFigure[]> {
  const load = { learners: await enrolLearners(dataDir, LEARNERS), next: 0 }
  const reference = await perSecond(load, hello, { forMs: MEASURED_MS })
  await perSecond(load, site, { beats: LEARNERS })
  await perSecond(load, site, { forMs: WARM_UP_MS })
  const value = await perSecond(load, site, { forMs: MEASURED_MS })
  const of = { reference: 'node:http hello' }
  return [
    { ...of, figure: 'heartbeats_per_s', value: value.count, unit: 'heartbeats per second', measured: reference.count },
    { ...of, figure: 'heartbeat_cpu_ms', value: value.cpu, unit: 'ms of CPU per heartbeat', measured: reference.cpu },
  ]
}

type Load = { learners: LearnerAtWork[]; next: number }

async function perSecond(
  load: Load,
  server: Running,
  { forMs = Number.POSITIVE_INFINITY, beats = Number.POSITIVE_INFINITY }: { forMs?: number; beats?: number },
): Promise<{ count: number; cpu: number }> {
  const lines = await Promise.all(Array.from({ length: LINES }, () => openLine(server.url)))
  const [began, cpuBefore] = [performance.now(), cpuMs(server.child)]
  let [count, left] = [0, beats]
  const work = async (line: Line) => {
    while (left-- > 0 && performance.now() - began < forMs) {
      const learner = load.learners[load.next++ % load.learners.length]!
      const { status } = await line.ask(beatRequest(server.url, learner))
      if (status !== 200) throw new Error(`a heartbeat was answered ${status}`)
      count += 1
    }
  }
  await Promise.all(lines.map(work))
  const seconds = (performance.now() - began) / 1000
  for (const line of lines) line.close()
  return { count: count / seconds, cpu: (cpuMs(server.child) - cpuBefore) / count }
}

/** A heartbeat about everything since the one before, as a browser sends it. */
export function beatRequest(url: string, learner: LearnerAtWork, { hasLeft = false } = {}): string {
  const now = Date.now()
  const body = `c=${COURSE.courseSlug}&l=${COURSE.lessonSlug}&o=${learner.opening}&i=900&s=${now - learner.toldAt}-0${hasLeft ? '&e=1' : ''}`
  learner.toldAt = now
  return [
    ...['POST /learn/heartbeats HTTP/1.1', `Host: ${new URL(url).host}`, `Cookie: ${learner.cookie}`, `Origin: ${url}`],
    ...['Sec-Fetch-Site: same-origin', 'Content-Type: application/x-www-form-urlencoded;charset=UTF-8'],
    ...[`Content-Length: ${body.length}`, '', body],
  ].join('\r\n')
}
