import { newId } from '#app/lib/ids.ts'
import { asOwner } from './own-database.ts'
import { cpuPerRequest } from './page-load.ts'
import { askForSeat, checkIn, forEach, hangUpForms, send } from './seats-send.ts'
import { ACADEMY, type SeatsWorld, SPREAD } from './seats-world.ts'
import type { Figure, Running } from './servers.ts'

const PER_SECOND = 'requests a second'
const REFERENCE = 'node:http hello, posted to alike'

type Measured = {
  site: Running
  hello: Running
  dataDir: string
  world: SeatsWorld
  tell: (figure: Omit<Figure, 'bench'>) => void
}

/** How many forms a second the whole product answers, the load coming from the same two cores. */
export async function measureHttp(of: Measured): Promise<void> {
  const { site, hello, dataDir, world, tell } = of
  const { classes, workers, admin } = world
  const ask = (classId: string) => (index: number) =>
    askForSeat(site.url, { classId, cookie: workers[index]!.cookie, key: newId() })
  const bare = () => send(hello.url, { cookie: '', origin: hello.url }, { intent: 'enrol', form: newId() })
  const measure = async (figure: string, one: (index: number) => Promise<number>, status: number) => {
    const measured = await rate(workers.length, bare, 200)
    tell({ figure, value: await rate(workers.length, one, status), unit: PER_SECOND, reference: REFERENCE, measured })
  }
  // V8 compiles what is hot on the way: the first round over the full class is not counted.
  await rate(workers.length, ask(classes.full), 409)
  await measure('full_http_per_s', ask(classes.full), 409)
  await measure('hot_http_per_s', ask(classes.hot), 202)
  await measure('spread_http_per_s', (index) => ask(classes.spread[index % SPREAD]!)(index), 202)
  await asOwner(dataDir, () =>
    measure(
      'checkins_per_s',
      (index) => {
        const { id: accountId, cookie } = workers[index]!
        return checkIn(site.url, { sessionId: world.now, accountId, cookie })
      },
      202,
    ),
  )

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
  hangUpForms()
}

async function rate(count: number, work: (index: number) => Promise<number>, expected: number): Promise<number> {
  const started = performance.now()
  await forEach(count, async (index) => {
    const status = await work(index)
    if (status !== expected) throw new Error(`a form was answered ${status}`)
  })
  return (count * 1000) / (performance.now() - started)
}
