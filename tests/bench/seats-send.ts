import { Agent, request } from 'node:http'
import { openedProof, screenCode } from '#app/features/attendance/codes.server.ts'
import { ACADEMY } from './seats-world.ts'

/** Open at once, as from many phones. */
export const CONNECTIONS = 24

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/** Lets go of the connections. */
export const hangUpForms = (): void => agent.destroy()

/** Asks for a seat as the form of a class's page does, sent by its script; `key`: the form's own. @returns the status. */
export const askForSeat = (site: string, { classId, cookie, key }: { classId: string; cookie: string; key: string }) =>
  send(`${site}/academies/${ACADEMY}/classes/${classId}.data`, { cookie, origin: site }, { intent: 'enrol', form: key })

/**
 * Checks a worker in as the page behind the code on the instructor's screen does. The code is made here: a process that is
 * the owner (own-database.ts) has the site's keys. @returns the status.
 */
export function checkIn(site: string, of: { sessionId: string; accountId: string; cookie: string }): Promise<number> {
  const now = new Date()
  const opened = { sessionId: of.sessionId, act: 'in', accountId: of.accountId } as const
  const form = { intent: 'code', code: screenCode(opened, now).code, proof: openedProof(opened, now) }
  return send(`${site}/learn/check-in.data`, { cookie: of.cookie, origin: site }, form)
}

/** Sends a form as a phone with script does. @returns the status. @throws where no answer came. */
export function send(
  url: string,
  { cookie, origin }: { cookie: string; origin: string },
  form: Record<string, string>,
): Promise<number> {
  const body = new URLSearchParams(form).toString()
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
      response.on('error', reject)
    })
      .on('error', reject)
      .end(body)
  })
}

/** Does work for each of so many, at most {@link CONNECTIONS} at once. */
export async function forEach(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const one = async () => {
    for (let index = next++; index < count; index = next++) await work(index)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
}
