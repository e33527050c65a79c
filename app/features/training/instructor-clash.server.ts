import { and, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, instructor, instructorTime, trainingClass } from '#db/schema/index.ts'
import type { PlannedSession } from './series.ts'

/**
 * The instructor who teaches elsewhere at the time of a session that was planned (date and times are that session's own).
 * `className` null: at another academy, of which an administrator is told no more than that.
 */
export type InstructorClash = {
  name: string
  date: string
  from: string
  to: string
  className: string | null
  classCode: string | null
}

/** Looks province-wide for whose time is not free; for the refusal of what the database has refused. */
export async function findInstructorClash(
  tx: Tx,
  asked: {
    academyId: string
    sessions: readonly Pick<PlannedSession, 'date' | 'from' | 'to'>[]
    instructorIds: readonly string[]
    besides?: string
  },
): Promise<InstructorClash | null> {
  const { academyId, sessions, instructorIds, besides } = asked
  if (instructorIds.length === 0 || sessions.length === 0) return null
  const own = await tx
    .select({ personId: instructor.personId, name: instructor.name })
    .from(instructor)
    .where(and(eq(instructor.academyId, academyId), inArray(instructor.id, [...instructorIds])))
  const spans = sessions.map((one) => ({ ...one, span: spanOf(one) }))
  const [taken] = await within(tx, system('timetable'), (tx) =>
    tx
      .select({
        academyId: instructorTime.academyId,
        sessionId: instructorTime.sessionId,
        personId: instructorTime.personId,
        at: sql<string[]>`array[${sql.join(
          spans.map(({ span }) => sql`(${instructorTime.during} && ${span})::text`),
          sql`, `,
        )}]`,
      })
      .from(instructorTime)
      .where(
        and(
          inArray(
            instructorTime.personId,
            own.map(({ personId }) => personId),
          ),
          besides ? ne(instructorTime.sessionId, besides) : undefined,
          or(...spans.map(({ span }) => sql`${instructorTime.during} && ${span}`)),
        ),
      )
      .orderBy(instructorTime.during)
      .limit(1),
  )
  const at = spans[taken?.at.indexOf('true') ?? -1]
  const name = own.find(({ personId }) => personId === taken?.personId)?.name
  if (!taken || !at || name === undefined) return null
  const [held] = taken.academyId === academyId ? await classOf(tx, taken) : []
  const { date, from, to } = at
  return { name, date, from, to, className: held?.name ?? null, classCode: held?.code ?? null }
}

const spanOf = ({ date, from, to }: Pick<PlannedSession, 'date' | 'from' | 'to'>) =>
  sql`tstzrange(${shanghaiInstant(date, from).toISOString()}::timestamptz, ${shanghaiInstant(date, to).toISOString()}::timestamptz)`

const classOf = (tx: Tx, { academyId, sessionId }: { academyId: string; sessionId: string }) =>
  tx
    .select({ name: trainingClass.name, code: trainingClass.code })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .where(and(eq(classSession.academyId, academyId), eq(classSession.id, sessionId)))
