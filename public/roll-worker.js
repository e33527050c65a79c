/**
 * The service worker of the instructor's roll (app/features/attendance/roll/page-cache.ts registers it, for the pages of a day's
 * sessions alone). With a network it hands everything through, so that nobody sees a page of yesterday. Without one, the roll
 * opens from the device: a page that names nobody, which reads the names from a sealed store. The day's page and a
 * session's sheet lead there.
 */
const CACHE = 'jxt-roll'
/** One bar of signal is none: so long it may take until the device's own copy is shown. */
const PATIENCE_MS = 6000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    const [, academy, place] =
      /^(\/academies\/[^/]+)\/(roll|manage\/today|manage\/sessions\/[^/]+)$/.exec(url.pathname) ?? []
    if (academy) event.respondWith(open(request, academy, place))
    return
  }
  // Files with a digest of what they hold in their name never change.
  if (url.pathname.startsWith('/assets/') || url.pathname === '/favicon.svg') event.respondWith(read(request))
})

async function open(request, academy, place) {
  const isRoll = place === 'roll'
  const kept = await caches.match(`${academy}/roll`, { cacheName: CACHE })
  if (!kept) return fetch(request)
  const asked = fetch(request)
  const patience = new Promise((_, fail) => setTimeout(fail, PATIENCE_MS))
  try {
    const response = await (isRoll ? Promise.race([asked, patience]) : asked)
    return isRoll && response.status >= 500 ? kept : response
  } catch {
    asked.catch(() => undefined)
    if (isRoll) return kept
    const [, session] = /^manage\/sessions\/(.+)$/.exec(place) ?? []
    return Response.redirect(`${academy}/roll${session ? `?session=${session}` : ''}`)
  }
}

async function read(request) {
  const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true })
  return kept ?? fetch(request)
}
