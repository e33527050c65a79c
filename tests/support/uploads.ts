import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Site } from './site.ts'

/** Somebody at the desk of an academy: what a browser without JavaScript would send. */
export type Desk = {
  /** Address of the ledger's page. */
  page: string
  get: (path?: string) => Promise<{ status: number; text: string }>
  post: (
    path: string,
    form: Record<string, string | string[]>,
  ) => Promise<{ status: number; location: string; text: string }>
  /** Uploads a file as the form does; the address of its page, or '' where it was refused. */
  upload: (
    content: string | Uint8Array<ArrayBuffer>,
    name?: string,
  ) => Promise<{ status: number; location: string; text: string }>
  /** Waits until an upload's page no longer says that something is going on. */
  settled: (location: string) => Promise<string>
}

export function deskOf(site: Pick<Site, 'url'>, code: string, cookie: string): Desk {
  const page = `/academies/${code}/manage/ledger`
  const headers = { cookie, origin: site.url, 'sec-fetch-site': 'same-origin' }
  const send = async (path: string, body: BodyInit) => {
    const response = await fetch(site.url + path, { method: 'POST', redirect: 'manual', headers, body })
    const location = response.headers.get('location') ?? ''
    return { status: response.status, location, text: await response.text() }
  }
  const get = async (path = page) => {
    const response = await fetch(site.url + path, { redirect: 'manual', headers: { cookie } })
    return { status: response.status, text: await response.text() }
  }
  return {
    page,
    get,
    post: (path, form) =>
      send(
        path,
        new URLSearchParams(Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))),
      ),
    upload: (content, name = 'ledger.csv') => {
      const form = new FormData()
      form.set('file', new File([content], name))
      return send(page, form)
    },
    settled: async (location) => {
      for (let tries = 0; tries < 300; tries++) {
        const { text, status } = await get(location)
        expect(status).toBe(200)
        if (!text.includes('http-equiv="refresh"')) return text
        await sleep(50)
      }
      throw new Error(`${location} never came to an end`)
    },
  }
}
