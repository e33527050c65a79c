import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { DEMO_PASSWORD } from '#app/features/ops/demo/accounts.ts'

/**
 * Requests that warm a page up, and those that are measured. V8 goes on compiling what is hot for the first few thousand:
 * the figure is that of a server that has been up for a while.
 */
const WARM_UP = 6000
const MEASURED = 3000
/** At once, as from a few browsers: a busy server, not a queue. */
const CONNECTIONS = 4
/** Linux counts CPU time in ticks of 10 ms. */
const TICK_MS = 10

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/**
 * CPU time of the server's process per request, signed in, on the small demo; the reference is a node:http server that says
 * hello, measured the same way in the same run. Linux only: it reads /proc.
 */
export async function run(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  const site = await start(['build/server.js'], { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', SEED: 'small' })
  const hello = await start(['-e', HELLO], {})
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
      const value = await cpuPerRequest(site, path, cookie)
      print(figure, value, reference)
    }
  } finally {
    await Promise.all([stop(site.child), stop(hello.child)])
    agent.destroy()
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

const HELLO = `require('node:http').createServer((q, r) => r.end('hello')).listen(0, '127.0.0.1', function () {
  console.log('http://127.0.0.1:' + this.address().port) })`

type Running = { child: ChildProcess; url: string }

async function start(args: string[], env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, args, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TZ: 'UTC',
      NODE_ENV: 'production',
      JXT_DECLARED_ENV: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /http:\/\/[\w.:[\]-]+/.exec(line)?.[0]
    if (url) {
      child.stdout?.resume()
      return { child, url }
    }
  }
  throw new Error('a server to be measured did not start')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function cpuPerRequest(site: Running, path: string, cookie: string): Promise<number> {
  await requests(site.url + path, cookie, WARM_UP)
  const before = cpuMs(site.child)
  await requests(site.url + path, cookie, MEASURED)
  return (cpuMs(site.child) - before) / MEASURED
}

async function requests(url: string, cookie: string, count: number): Promise<void> {
  let left = count
  const work = async () => {
    while (left-- > 0) {
      const { status } = await get(url, cookie)
      if (status !== 200) throw new Error(`${new URL(url).pathname} answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}

function get(url: string, cookie: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { cookie, 'accept-encoding': 'identity' } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })
}

async function firstLink(site: string, path: string, cookie: string, pattern: RegExp): Promise<string> {
  const { text } = await get(site + path, cookie)
  const link = pattern.exec(text)?.[1]
  if (!link) throw new Error(`${path} has no link to measure`)
  return link
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

/** User and system time of a process so far. */
function cpuMs({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

function print(figure: string, value: number, reference: number): void {
  const rounded = (number: number) => Math.round(number * 1000) / 1000
  process.stdout.write(
    `${JSON.stringify({
      bench: 'pages',
      figure,
      value: rounded(value),
      unit: 'ms of CPU per request',
      reference: 'node:http hello',
      reference_value: rounded(reference),
      ratio: rounded(value / reference),
    })}\n`,
  )
}
