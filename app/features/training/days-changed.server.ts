import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { notifyEach } from '#app/features/notices/notices.server.ts'
import { type ChangedDay, type Concerned, NOBODY } from '#app/features/policy/changed-days.ts'
import { grouped } from '#app/lib/grouped.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessmentSitting, classSession, sessionDayChange, trainingClass } from '#db/schema/index.ts'
import type { DayIs } from '#db/values.ts'
import { listAnswering } from './class-concerned.server.ts'
import { doubtOfDay, type Meets, onceEach } from './day-change.ts'
import { saidDays } from './day-say.ts'

/**
 * Follows the work calendar after days of it were changed: each session or sitting to come of a published class for which that matters is
 * kept as one to be looked at ({@link sessionDayChange}), and those who answer for its class are told, once a class and change. Drafts are
 * told nothing: they are asked about before they are published. Runs after the change, in its transaction, whoever made it.
 */
export function followCalendar(
  tx: Tx,
  { changed, now }: { changed: readonly ChangedDay[]; now: Date },
): Promise<Concerned> {
  return within(tx, system('timetable'), async (tx) => {
    const found = [
      ...(await listDoubted(tx, 'session', { changed, now })),
      ...(await listDoubted(tx, 'sitting', { changed, now })),
    ]
    if (found.length === 0) return NOBODY
    for (let from = 0; from < found.length; from += AT_ONCE)
      await tx.insert(sessionDayChange).values(
        found.slice(from, from + AT_ONCE).map(({ id, academyId, classId, meetingId, was, doubt }) => ({
          ...{ id, academyId, classId, was, at: now },
          ...(doubt.meets === 'sitting' ? { sittingId: meetingId } : { sessionId: meetingId }),
          ...{ day: doubt.date, becomes: doubt.is, name: doubt.name },
        })),
      )
    const byAcademy = grouped(found, ({ academyId }) => academyId)
    for (const [academyId, meetings] of byAcademy) await tell(tx, academyId, meetings, now)
    const sittings = found.filter(({ doubt }) => doubt.meets === 'sitting').length
    return {
      classes: new Set(found.map(({ classId }) => classId)).size,
      ...{ sessions: found.length - sittings, sittings },
    }
  })
}

/** Rows of ten values: far below what a statement may carry. */
const AT_ONCE = 1000

type Doubted = Awaited<ReturnType<typeof listDoubted>>[number]

/** Sessions, or sittings, to come of published classes whose day became another one in a way that matters to them, in order. */
async function listDoubted(tx: Tx, meets: Meets, { changed, now }: { changed: readonly ChangedDay[]; now: Date }) {
  const days = new Map(changed.map((one) => [one.date, one]))
  if (days.size === 0) return []
  const [meeting, isIts] =
    meets === 'session'
      ? [classSession, sql`f.session_id = class_session.id and f.academy_id = class_session.academy_id`]
      : [assessmentSitting, sql`f.sitting_id = assessment_sitting.id and f.academy_id = assessment_sitting.academy_id`]
  const date = sql<string>`(${meeting.startsAt} at time zone 'Asia/Shanghai')::date::text`
  const rows = await tx
    .select({
      ...{ academyId: meeting.academyId, academyCode: academy.code, meetingId: meeting.id, date },
      ...{ classId: trainingClass.id, name: trainingClass.name },
      // What the day was before an earlier change of the calendar: one that is taken back leaves nothing to ask.
      first: sql<DayIs | null>`(select f.was from session_day_change f
        where ${isIts} and f.day = ${date}::date order by f.at, f.id limit 1)`,
    })
    .from(meeting)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, meeting.academyId), eq(trainingClass.id, meeting.classId)),
    )
    .innerJoin(academy, eq(academy.id, meeting.academyId))
    .where(
      and(
        eq(trainingClass.status, 'published'),
        eq(meeting.status, 'planned'),
        gt(meeting.startsAt, now),
        inArray(date, [...days.keys()]),
      ),
    )
    .orderBy(asc(meeting.startsAt), asc(meeting.id))
  return rows.flatMap(({ first, date, ...row }) => {
    const day = days.get(date)
    if (!day) return []
    const was = first ?? day.was
    const doubt = doubtOfDay(day, was, meets)
    return doubt ? [{ ...row, id: newId(), was, doubt }] : []
  })
}

/** Tells the administrators of an academy and the heads of its classes, each once of each class. */
async function tell(tx: Tx, academyId: string, meetings: readonly Doubted[], now: Date): Promise<void> {
  const classes = grouped(meetings, ({ classId }) => classId)
  const answering = await listAnswering(tx, { academyId, classIds: [...classes.keys()] })
  const notices = [...classes].flatMap(([classId, of]) => {
    const [first] = of
    if (!first) return []
    const doubts = onceEach(of.map(({ doubt }) => doubt))
    const title = (locale: 'zh-CN' | 'en') => `${first.name} · ${saidDays(locale, doubts)}`
    const detail = {
      ...{ academyCode: first.academyCode, classId, title: title('zh-CN'), titleEn: title('en'), until: null },
      ...{ className: first.name, what: saidDays('zh-CN', doubts), whatEn: saidDays('en', doubts) },
    }
    return (answering.get(classId) ?? []).map((accountId) => ({ accountId, subjectId: first.id, detail }))
  })
  await notifyEach(tx, { notices, kind: 'class.days_changed', academyId, now })
}
