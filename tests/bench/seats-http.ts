import { Agent, request } from 'node:http'
import { newId } from '#app/lib/ids.ts'
import { cpuPerRequest } from './page-load.ts'
import { ACADEMY, type SeatsWorld, SPREAD } from './seats-world.ts'
import type { Figure, Running } from './servers.ts'

/** Open at once, as from many phones. */
const CONNECTIONS = 24
const PER_SECOND = 'requests a second'
const REFERENCE = 'node:http hello, posted to alike'

type Measured = {
  site: Running
  hello: Running
  world: SeatsWorld
  tell: (figure: Omit<Figure, 'bench'>) => void
}

/** How many forms a second the whole product answers, the load coming from the same two cores. */
export async function measureHttp(of: Measured): Promise<void> {
  const { site, hello, world, tell } = of
  const { classes, workers, admin } = world
  const post = (classId: string) => (index: number) =>
    send(`${site.url}/academies/${ACADEMY}/classes/${classId}.data`, workers[index]!.cookie, site.url)
  const bare = () => rate(workers.length, () => send(hello.url, '', hello.url), [200])
  const measure = async (figure: string, send: (index: number) => Promise<number>, statuses: number[]) => {
    const measured = await bare()
    const value = await rate(workers.length, send, statuses)
    tell({ figure, value, unit: PER_SECOND, reference: REFERENCE, measured })
  }
  // V8 compiles what is hot on the way: the first round over the full class is not counted.
  await rate(workers.length, post(classes.full), [409])
  await measure('full_http_per_s', post(classes.full), [409])
  await measure('hot_http_per_s', post(classes.hot), [202])
  await measure('spread_http_per_s', (index) => post(classes.spread[index % SPREAD]!)(index), [202])

  const path = `/academies/${ACADEMY}/manage/classes/${classes.roster}`
  const measured = await cpuPerRequest(hello, '/', '')
  const value = await cpuPerRequest(site, path, admin.cookie)
  tell({
    figure: 'roster_500_cpu_ms',
    value,
    unit: 'ms of CPU per request',
    reference: 'node:http hello',
    measured,
  })
  agent.destroy()
}

async function rate(count: number, work: (index: number) => Promise<number>, statuses: number[]): Promise<number> {
  let next = 0
  const one = async () => {
    for (let index = next++; index < count; index = next++) {
      const status = await work(index)
      if (!statuses.includes(status)) throw new Error(`a form was answered ${status}`)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  return (count * 1000) / (performance.now() - started)
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/** Sends the form of a class's page as a phone with script does. @returns the status. */
function send(url: string, cookie: string, origin: string): Promise<number> {
  const body = `intent=enrol&form=${newId()}`
  const headers = {
    cookie,
    origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    'content-length': body.length,
  }
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', reject)
      .end(body)
  })
}
