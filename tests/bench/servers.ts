import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A server in a process of its own, so that what it costs can be told apart from what asks it. */
export type Running = { child: ChildProcess; url: string }

/** Linux counts CPU time in ticks of 10 ms. */
const TICK_MS = 10

const HELLO = `require('node:http').createServer((q, r) => q.resume().on('end', () => r.end('hello')))
  .listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port) })`

/** The built product on a free port. */
export const startServer = (env: Record<string, string>): Promise<Running> =>
  start(['build/server.js'], { PORT: '0', LOG_LEVEL: 'silent', ...env })

/** What figures are compared with: a node:http server that says hello. */
export const startHello = (): Promise<Running> => start(['-e', HELLO], {})

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

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** User and system time of a process so far. */
export function cpuMs({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

export type Figure = {
  bench: string
  figure: string
  value: number
  unit: string
  /** What was measured beside it, the same way, in the same run. */
  reference: string
  measured: number
}

/** One line of JSON on stdout (run.ts says which). */
export function printFigure({ value, measured, ...told }: Figure): void {
  const rounded = (number: number) => Math.round(number * 1000) / 1000
  const { bench, figure, unit, reference } = told
  const line = { bench, figure, value: rounded(value), unit, reference, reference_value: rounded(measured) }
  process.stdout.write(`${JSON.stringify({ ...line, ratio: rounded(value / measured) })}\n`)
}
