import { createHash } from 'node:crypto'
import ical, { ICalEventStatus } from 'ical-generator'
import { namedSitting } from '#app/features/training/assessment-say.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { oneLine } from '#app/lib/written.ts'
import { calendarWords } from './calendar-words.ts'
import type { Versioned } from './meeting.ts'

const REFRESH_SECONDS = 60 * 60

/** A calendar must hold something (RFC 5545, section 3.6), or some phones refuse it: where there is no session, the time zone. */
const SHANGHAI = {
  name: 'Asia/Shanghai',
  generator: (name: string) =>
    [
      ...['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
      ...['TZOFFSETFROM:+0800', 'TZOFFSETTO:+0800', 'END:STANDARD', 'END:VTIMEZONE'],
    ].join('\r\n'),
}

/**
 * A calendar as iCalendar (RFC 5545): instants in UTC, a UID per session that never changes, SEQUENCE and DTSTAMP as they
 * last changed, so that the same sessions are the same bytes. `site`: where the class's page is, without a slash at the end.
 */
export function toICalendar(
  meetings: readonly Versioned[],
  { site, locale }: { site: string; locale: Locale },
): string {
  const w = calendarWords[locale]
  const calendar = ical({
    name: w.name,
    prodId: { company: 'jiangxuetang', product: 'training', language: locale === 'en' ? 'EN' : 'ZH' },
    ttl: REFRESH_SECONDS,
    timezone: meetings.length === 0 ? SHANGHAI : null,
  })
  for (const of of meetings) {
    const title = of.sitting ? `${of.sitting.className} · ${namedSitting(locale, of.sitting)}` : of.title
    calendar.createEvent({
      id: `${of.sessionId}@jiangxuetang`,
      sequence: of.sequence,
      stamp: of.changedAt,
      lastModified: of.changedAt,
      start: of.startsAt,
      end: of.endsAt,
      summary: oneLine(of.isCancelled ? w.cancelled(title) : title),
      location: of.place && oneLine(of.place),
      description: of.academyName || null,
      url: of.path ? site + of.path : null,
      status: of.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  return calendar.toString()
}

/** Names the bytes: who asks again with it and has them gets none. */
export const calendarTag = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
