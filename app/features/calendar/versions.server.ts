import { createHash } from 'node:crypto'
import { and, gte, inArray, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { calendarEvent } from '#db/schema/index.ts'
import { contentOf, type Meeting, type Versioned } from './meeting.ts'
import { keptFrom } from './meetings.server.ts'

/**
 * Gives each session its sequence, one higher where it changed since a calendar last read it, and adds those that calendars
 * know and that are there no more, as cancelled. For the purpose `calendar`. What nobody has read yet has no old version to be told from, so it is enough to look when somebody reads.
 */
export async function versionsOf(
  tx: Tx,
  { meetings, classIds, now }: { meetings: readonly Meeting[]; classIds: readonly string[]; now: Date },
): Promise<Versioned[]> {
  if (classIds.length === 0) return []
  const known = await tx
    .select()
    .from(calendarEvent)
    .where(and(inArray(calendarEvent.classId, [...classIds]), gte(calendarEvent.endsAt, keptFrom(now))))
  const byId = new Map(known.map((event) => [event.sessionId, event]))
  const gone = goneOf(known, meetings)
  const all = [...meetings, ...gone].map((meeting) => ({ meeting, digest: digestOf(meeting) }))
  const changed = all.filter(({ meeting, digest }) => !byId.get(meeting.sessionId)?.digest.equals(digest))
  const written = changed.length === 0 ? [] : await write(tx, changed, now)
  for (const event of written) byId.set(event.sessionId, event)
  return all.map(({ meeting }) => {
    const { sequence, changedAt } = byId.get(meeting.sessionId)!
    return { ...meeting, sequence, changedAt }
  })
}

/**
 * The sessions of classes that somebody left, as far as calendars know them, as cancelled: for this one calendar, so with a sequence
 * above everybody's that is kept nowhere. For the purpose `calendar`.
 */
export async function leftOf(
  tx: Tx,
  { classIds, now }: { classIds: readonly string[]; now: Date },
): Promise<Versioned[]> {
  if (classIds.length === 0) return []
  const known = await tx
    .select()
    .from(calendarEvent)
    .where(and(inArray(calendarEvent.classId, [...classIds]), gte(calendarEvent.endsAt, keptFrom(now))))
    .orderBy(calendarEvent.startsAt, calendarEvent.sessionId)
  return known.map((event) => {
    const [meeting] = goneOf([event], [])
    return { ...meeting!, sequence: event.sequence + 1, changedAt: event.changedAt }
  })
}

/** Sessions that a calendar has and the timetable has no more. Their place and page are those of their class no more. */
function goneOf(known: readonly (typeof calendarEvent.$inferSelect)[], meetings: readonly Meeting[]): Meeting[] {
  const there = new Set(meetings.map(({ sessionId }) => sessionId))
  return known
    .filter(({ sessionId }) => !there.has(sessionId))
    .map(({ academyId, sessionId, classId, title, startsAt, endsAt }) => ({
      ...{ academyId, sessionId, classId, title, startsAt, endsAt },
      ...{ place: null, academyName: '', path: '', isCancelled: true },
    }))
}

const digestOf = (meeting: Meeting) => createHash('sha256').update(contentOf(meeting)).digest()

/** Two readers at once write the same: who comes second finds the digest and raises nothing. */
function write(tx: Tx, changed: readonly { meeting: Meeting; digest: Buffer }[], now: Date) {
  const rows = changed.map(({ meeting: { academyId, sessionId, classId, title, startsAt, endsAt }, digest }) => ({
    ...{ academyId, sessionId, classId, title, startsAt, endsAt },
    ...{ digest, changedAt: now },
  }))
  const isNew = sql`${calendarEvent.digest} is distinct from excluded.digest`
  return tx
    .insert(calendarEvent)
    .values(rows.sort((one, other) => (one.sessionId < other.sessionId ? -1 : 1)))
    .onConflictDoUpdate({
      target: [calendarEvent.academyId, calendarEvent.sessionId],
      set: {
        sequence: sql`${calendarEvent.sequence} + case when ${isNew} then 1 else 0 end`,
        changedAt: sql`case when ${isNew} then excluded.changed_at else ${calendarEvent.changedAt} end`,
        digest: sql`excluded.digest`,
        title: sql`excluded.title`,
        startsAt: sql`excluded.starts_at`,
        endsAt: sql`excluded.ends_at`,
      },
    })
    .returning()
}
