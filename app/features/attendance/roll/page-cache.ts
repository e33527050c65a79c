import { rollPage } from '../roll.ts'
import { loadReader } from './camera.ts'

/** The worker's script (public/roll-worker.js), and the cache that it answers from. */
const WORKER = '/roll-worker.js'
const CACHE = 'jxt-roll'
/** Asked with it, the server answers as for somebody who is not signed in (accounts/pages.server.ts). */
const AS_VISITOR = { 'X-As-Visitor': '1' }

/**
 * Keeps the page of the roll on the device, so that it opens without a network: the page as everybody gets it, which names nobody,
 * and the files it is made of. Asked for again at each visit with a network, so that what is kept is what the server has.
 * @returns whether it will open.
 */
export async function keepPage(academyCode: string): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis)) return false
  const path = rollPage(academyCode)
  try {
    const page = await fetch(path, { headers: AS_VISITOR, cache: 'reload' })
    if (!page.ok || page.redirected) throw new Error('no page')
    await loadReader()
    const files = filesOf(await page.clone().text())
    const cache = await caches.open(CACHE)
    const had = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
    await cache.addAll(files.filter((file) => !had.has(file)))
    await cache.put(path, page)
    const needed = new Set([path, ...files])
    await Promise.all([...had].filter((file) => !needed.has(file)).map((file) => cache.delete(file)))
    const manage = `/academies/${academyCode}/manage`
    const scopes = [path, `${manage}/today`, `${manage}/sessions/`]
    await Promise.all(scopes.map((scope) => navigator.serviceWorker.register(WORKER, { scope })))
    return true
  } catch {
    return (await caches.match(path, { cacheName: CACHE })) !== undefined
  }
}

/** What a page names of our files, and what this page has loaded of them: what only a press would load is among it. */
function filesOf(html: string): string[] {
  const named = [...html.matchAll(/["'](\/assets\/[\w.-]+)["']/g)].map(([, path]) => path!)
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
  const ours = loaded.filter((path) => /^\/assets\/[\w.-]+$/.test(path))
  return [...new Set([...named, ...ours, '/favicon.svg'])]
}
