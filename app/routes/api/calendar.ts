import type { LoaderFunctionArgs } from '@remix-run/node'
import { readFeed } from '#app/features/calendar/feed.server.ts'
import { calendarTag, toICalendar } from '#app/features/calendar/ical.server.ts'
import { hasTag, notFound } from '#app/lib/http.ts'
import { toLocale } from '#app/lib/i18n.ts'

/**
 * A calendar for a phone's own, which cannot sign in: `key`, the secret of /me/calendar, says whose. In the query, which
 * is never logged. 404: there is no such address, or it was ended.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams, origin } = new URL(request.url)
  const meetings = await readFeed(searchParams.get('key'), new Date())
  if (!meetings) throw notFound('calendar')
  const text = toICalendar(meetings, { site: origin, locale: toLocale(searchParams.get('lang')) })
  const tag = calendarTag(text)
  const headers = { ETag: tag, 'Cache-Control': 'private, max-age=900', 'Referrer-Policy': 'no-referrer' }
  if (hasTag(request.headers.get('If-None-Match'), tag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'Content-Type': 'text/calendar; charset=utf-8' } })
}
