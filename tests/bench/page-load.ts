import { Agent, request } from 'node:http'
import { cpuMs, type Running } from './servers.ts'

/**
 * Requests that warm a page up, and those that are measured. V8 goes on compiling what is hot for the first few thousand:
 * the figure is that of a server that has been up for a while.
 */
const WARM_UP = 6000
const MEASURED = 3000
/** At once, as from a few browsers: a busy server, not a queue. */
const CONNECTIONS = 4

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/**
 * CPU time of a server's process per request of one page, in ms. Linux only: it reads /proc.
 * @param options.isAnew every request has an address of its own, so that none shows what an earlier one rendered.
 */
export async function cpuPerRequest(
  site: Running,
  path: string,
  cookie: string,
  { isAnew = false } = {},
): Promise<number> {
  const address = new URL(path, site.url)
  await requests(address, cookie, isAnew, WARM_UP)
  const before = cpuMs(site.child)
  await requests(address, cookie, isAnew, MEASURED)
  return (cpuMs(site.child) - before) / MEASURED
}

let asked = 0

async function requests(address: URL, cookie: string, isAnew: boolean, count: number): Promise<void> {
  let left = count
  const url = new URL(address)
  const work = async () => {
    while (left-- > 0) {
      asked += 1
      if (isAnew) url.searchParams.set('anew', String(asked))
      const { status } = await get(url.href, cookie)
      if (status !== 200) throw new Error(`${url.pathname} answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, work))
}

export function get(url: string, cookie: string): Promise<{ status: number; text: string }> {
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

/** The first link of a page that has this form. */
export async function firstLink(site: string, path: string, cookie: string, pattern: RegExp): Promise<string> {
  const { text } = await get(site + path, cookie)
  const link = pattern.exec(text)?.[1]
  if (!link) throw new Error(`${path} has no link to measure`)
  return link
}

/** Lets go of the connections. */
export const hangUp = (): void => agent.destroy()
