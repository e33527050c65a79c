import { Agent, request } from 'node:http'
import type { LearnFigure, LearnWorld } from './learn.ts'
import { COURSE, enrolLearners, type LearnerAtWork } from './learners.ts'
import { cpuMs, type Running } from './servers.ts'

/** Each sends a heartbeat every few seconds at the speed that is asked for: as many as are needed for it. */
const LEARNERS = 8000
const CONNECTIONS = 16
const WARM_UP_MS = 12_000
const MEASURED_MS = 10_000

/**
 * Heartbeats a second that one server's process takes, its database on the same machine, from eight thousand learners who
 * read the same lesson: sessions looked up, openings checked, time written. The reference answers hello to the same requests.
 */
export async function measureHeartbeats({ site, hello, dataDir }: LearnWorld): Promise<LearnFigure[]> {
  const learners = await enrolLearners(dataDir, LEARNERS)
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const load = { agent, learners, next: 0 }
  const reference = await perSecond(load, hello, MEASURED_MS)
  await perSecond(load, site, WARM_UP_MS)
  const value = await perSecond(load, site, MEASURED_MS)
  agent.destroy()
  const of = { reference: 'node:http hello' }
  return [
    { ...of, figure: 'heartbeats_per_s', value: value.count, unit: 'heartbeats per second', measured: reference.count },
    { ...of, figure: 'heartbeat_cpu_ms', value: value.cpu, unit: 'ms of CPU per heartbeat', measured: reference.cpu },
  ]
}

type Load = { agent: Agent; learners: LearnerAtWork[]; next: number }

async function perSecond(load: Load, server: Running, forMs: number): Promise<{ count: number; cpu: number }> {
  const [began, cpuBefore] = [performance.now(), cpuMs(server.child)]
  let count = 0
  const work = async () => {
    while (performance.now() - began < forMs) {
      const learner = load.learners[load.next++ % load.learners.length]!
      const status = await beat(load.agent, server.url, learner)
      if (status !== 200) throw new Error(`a heartbeat was answered ${status}`)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
  const seconds = (performance.now() - began) / 1000
  return { count: count / seconds, cpu: (cpuMs(server.child) - cpuBefore) / count }
}

function beat(agent: Agent, url: string, learner: LearnerAtWork): Promise<number> {
  const now = Date.now()
  const body = `c=${COURSE.courseSlug}&l=${COURSE.lessonSlug}&o=${learner.opening}&i=900&s=${now - learner.toldAt}-0`
  learner.toldAt = now
  const headers = {
    ...{ cookie: learner.cookie, origin: url, 'sec-fetch-site': 'same-origin' },
    ...{ 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length },
  }
  return new Promise((resolve, reject) => {
    request(`${url}/learn/heartbeats`, { agent, method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', reject)
      .end(body)
  })
}
