import { and, eq, inArray } from 'drizzle-orm'
import { listInstructors } from '#app/features/academies/instructors-find.server.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { instructor, occupation, sessionInstructor } from '#db/schema/index.ts'
import type { Level } from '#db/values.ts'
import { type Lack, lackOn, type Taught } from './qualification.ts'

/** Who may not teach what was planned, on the first day on which it is so; what the class is about. */
export type Unfit = {
  name: string
  date: string
  lack: Lack
  endedOn: string | null
  occupation: string | null
  level: Level | null
}

export type NamedInstructor = { id: string; name: string }

/** `instructor_unfit`: by the rule of qualification.ts; `instructor_unknown`: not all are of this academy. */
export type InstructorRefusal =
  | { ok: false; reason: 'instructor_unknown' }
  | { ok: false; reason: 'instructor_unfit'; unfit: Unfit }

/**
 * The instructors that a form names, once each may teach the class on each of the days; whoever changes one of them meanwhile
 * waits.
 */
export function readInstructors(
  tx: Tx,
  { ids, dates, ...of }: { academyId: string; ids: readonly string[]; taught: Taught; dates: readonly string[] },
): Promise<TeachingAnswer> {
  // Without a day they are known by name alone.
  const lessons = dates.length > 0 ? dates.map((date) => ({ date, ids })) : [{ date: null, ids }]
  return readLessons(tx, { ...of, lessons })
}

type TeachingAnswer = { ok: true; instructors: NamedInstructor[] } | InstructorRefusal

/** The same of lessons, each with its own instructors. */
export async function readLessons(
  tx: Tx,
  asked: {
    academyId: string
    taught: Taught
    lessons: readonly { date: string | null; ids: readonly string[] }[]
  },
): Promise<TeachingAnswer> {
  const { academyId, taught, lessons } = asked
  const ids = [...new Set(lessons.flatMap((lesson) => lesson.ids))].sort()
  if (ids.length === 0) return { ok: true, instructors: [] }
  if (!ids.every(isId)) return { ok: false, reason: 'instructor_unknown' }
  await tx
    .select({ id: instructor.id })
    .from(instructor)
    .where(and(eq(instructor.academyId, academyId), inArray(instructor.id, ids)))
    .orderBy(instructor.id)
    .for('share')
  const known = await listInstructors(tx, { academyId })
  const chosen = ids.flatMap((id) => known.find((one) => one.id === id) ?? [])
  if (chosen.length < ids.length) return { ok: false, reason: 'instructor_unknown' }
  for (const { date, ids } of [...lessons].sort((one, other) => ((one.date ?? '') < (other.date ?? '') ? -1 : 1)))
    for (const one of chosen.filter(({ id }) => ids.includes(id))) {
      const lack = date && lackOn(taught, one, date)
      if (!date || !lack) continue
      const { name, endedOn } = one
      const about = { occupation: await occupationName(tx, taught.occupationCode), level: taught.level }
      return { ok: false, reason: 'instructor_unfit', unfit: { name, date, lack, endedOn, ...about } }
    }
  return { ok: true, instructors: chosen.map(({ id, name }) => ({ id, name })) }
}

async function occupationName(tx: Tx, code: string | null): Promise<string | null> {
  if (code === null) return null
  const [row] = await tx.select({ name: occupation.name }).from(occupation).where(eq(occupation.code, code)).limit(1)
  return row?.name ?? code
}

/** Says who teaches sessions that were just planned, all of them. */
export async function giveSessions(
  tx: Tx,
  { academyId, sessionIds, ids }: { academyId: string; sessionIds: readonly string[]; ids: readonly string[] },
): Promise<void> {
  const rows = sessionIds.flatMap((sessionId) => ids.map((instructorId) => ({ academyId, sessionId, instructorId })))
  if (rows.length > 0) await tx.insert(sessionInstructor).values(rows)
}

/** Says who teaches a session from now on; the database refuses whose time is not free (`instructor_time_once`). */
export async function giveSession(
  tx: Tx,
  { academyId, sessionId, ids }: { academyId: string; sessionId: string; ids: readonly string[] },
): Promise<void> {
  const of = and(eq(sessionInstructor.academyId, academyId), eq(sessionInstructor.sessionId, sessionId))
  const rows = await tx.select({ id: sessionInstructor.instructorId }).from(sessionInstructor).where(of)
  const before = rows.map(({ id }) => id)
  const [gone, come] = [before.filter((id) => !ids.includes(id)), ids.filter((id) => !before.includes(id))]
  if (gone.length > 0) await tx.delete(sessionInstructor).where(and(of, inArray(sessionInstructor.instructorId, gone)))
  if (come.length > 0)
    await tx.insert(sessionInstructor).values(come.map((instructorId) => ({ academyId, sessionId, instructorId })))
}
