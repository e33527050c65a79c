import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DEMO_PASSWORD } from '#app/features/ops/demo/accounts.ts'
import { cpuPerRequest, firstLink, hangUp } from './page-load.ts'
import { printFigure, startHello, startServer, stop } from './servers.ts'

/**
 * CPU time of the server's process per request, signed in, on the small demo; the reference is a node:http server that says
 * hello, measured the same way in the same run. `…_anew…`: at addresses that nobody asked for before, so that every document is
 * rendered; the others show what looks the same as it was rendered (rendered.server.ts). Linux only: it reads /proc.
 */
export async function run(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  const site = await startServer({ DATA_DIR: dataDir, SEED: 'small' })
  const hello = await startHello()
  try {
    await fillProvince(dataDir)
    const worker = await signIn(site.url, 'worker')
    const official = await signIn(site.url, 'province')
    const lesson = await firstLink(
      site.url,
      '/courses/electrical-safety',
      worker,
      /href="(\/courses\/electrical-safety\/[^"?#]+)"/,
    )
    const openClass = await firstLink(site.url, '/classes', worker, /href="(\/academies\/[^"]+\/classes\/[^"?#]+)"/)
    const pages = [
      ['lesson_cpu_ms', lesson, worker],
      ['course_cpu_ms', '/courses/electrical-safety', worker],
      ['class_cpu_ms', openClass, worker],
      ['overview_cpu_ms', '/province?year=2026', official],
      ['academy_cpu_ms', '/academies/GZQC/figures?year=2026', official],
    ] as const
    for (const [figure, path, cookie] of pages) {
      // Beside each page: a machine's clock drifts by half within minutes.
      const reference = await cpuPerRequest(hello, '/', '')
      print(figure, await cpuPerRequest(site, path, cookie), reference)
      const anew = await cpuPerRequest(site, path, cookie, { isAnew: true })
      print(figure.replace('_cpu_ms', '_anew_cpu_ms'), anew, reference)
    }
  } finally {
    await Promise.all([stop(site.child), stop(hello.child)])
    hangUp()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** With the six of the small demo as many as the plan has with the others: 74. */
const ADDED = 68

/** Adds academies to the demo's own, by the command that an operator uses, so that the overview has its 74 rows. */
async function fillProvince(dataDir: string): Promise<void> {
  const lines = Array.from({ length: ADDED }, (_, index) => {
    const code = `BENCH${String(index + 1).padStart(2, '0')}`
    return `${code},第${index + 1}工匠学院（演示）,地方,广州市,广州市总工会,2024`
  })
  const file = join(dataDir, 'academies.csv')
  await writeFile(file, `学院代码,学院名称,学院类型,城市代码,推荐工会,省级认定起\n${lines.join('\n')}\n`)
  const env = { ...process.env, DATA_DIR: dataDir, NODE_ENV: 'production' as const, LOG_LEVEL: 'silent' }
  await promisify(execFile)(process.execPath, ['build/cli.js', 'academies:import', file], { env })
}

async function signIn(site: string, login: string): Promise<string> {
  const response = await fetch(`${site}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: site, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ name: login, password: DEMO_PASSWORD }),
  })
  const cookie = response.headers.getSetCookie().map((value) => value.split(';')[0]!)
  if (cookie.length === 0) throw new Error(`${login} could not sign in: ${response.status}`)
  return cookie.join('; ')
}

function print(figure: string, value: number, reference: number): void {
  printFigure({
    bench: 'pages',
    figure,
    value,
    unit: 'ms of CPU per request',
    reference: 'node:http hello',
    measured: reference,
  })
}
