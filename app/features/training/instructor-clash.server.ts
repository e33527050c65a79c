import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { shanghaiInstant } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classStaff, instructor, instructorTime, trainingClass } from '#db/schema/index.ts'
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
  /** Assesses then. */
  isSitting: boolean
}

/** Looks province-wide for whose time is not free; for the refusal of what the database has refused. */
export async function findInstructorClash(
  tx: Tx,
  asked: {
    academyId: string
    sessions: readonly Pick<PlannedSession, 'date' | 'from' | 'to'>[]
    instructorIds: readonly string[]
    besides?: string
    besidesSitting?: string
  },
): Promise<InstructorClash | null> {
  const { academyId, sessions, instructorIds, besides, besidesSitting } = asked
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
        classId: instructorTime.classId,
        sittingId: instructorTime.sittingId,
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
          besides ? sql`${instructorTime.sessionId} is distinct from ${besides}` : undefined,
          besidesSitting ? sql`${instructorTime.sittingId} is distinct from ${besidesSitting}` : undefined,
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
  const isSitting = taken.sittingId !== null
  return { name, date, from, to, className: held?.name ?? null, classCode: held?.code ?? null, isSitting }
}

const spanOf = ({ date, from, to }: Pick<PlannedSession, 'date' | 'from' | 'to'>) =>
  sql`tstzrange(${shanghaiInstant(date, from).toISOString()}::timestamptz, ${shanghaiInstant(date, to).toISOString()}::timestamptz)`

const classOf = (tx: Tx, { academyId, classId }: { academyId: string; classId: string }) =>
  tx
    .select({ name: trainingClass.name, code: trainingClass.code })
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))

/** Who of the chosen instructors has the other part in a class already (考培分离); null: nobody. */
export async function findBothParts(
  tx: Tx,
  of: { academyId: string; classId: string; instructorIds: readonly string[]; to: 'teach' | 'assess' },
): Promise<{ name: string } | null> {
  const { academyId, classId, instructorIds, to } = of
  if (instructorIds.length === 0) return null
  const own = await tx
    .select({ personId: instructor.personId, name: instructor.name })
    .from(instructor)
    .where(and(eq(instructor.academyId, academyId), inArray(instructor.id, [...instructorIds])))
  const persons = own.map(({ personId }) => personId)
  const [held] = await within(tx, system('timetable'), (tx) =>
    tx
      .select({ personId: instructorTime.personId })
      .from(instructorTime)
      .where(
        and(
          eq(instructorTime.academyId, academyId),
          eq(instructorTime.classId, classId),
          inArray(instructorTime.personId, persons),
          to === 'teach' ? isNotNull(instructorTime.sittingId) : isNull(instructorTime.sittingId),
        ),
      )
      .limit(1),
  )
  const ofStaff = held || to === 'teach' ? null : await findOfStaff(tx, of)
  const personId = held?.personId ?? ofStaff?.personId
  const name = own.find((one) => one.personId === personId)?.name
  return name === undefined ? null : { name }
}

/** Who of instructors is on a class's staff as one and teaches none of its sessions, cancelled ones neither (trigger `class_staff_apart`). */
async function findOfStaff(
  tx: Tx,
  of: { academyId: string; classId: string; instructorIds: readonly string[] },
): Promise<{ personId: string } | null> {
  const { academyId, classId, instructorIds } = of
  const [row] = await within(tx, system('timetable'), (tx) =>
    tx
      .select({ personId: instructor.personId })
      .from(instructor)
      .innerJoin(
        classStaff,
        and(eq(classStaff.academyId, instructor.academyId), eq(classStaff.accountId, instructor.accountId)),
      )
      .where(
        and(
          eq(instructor.academyId, academyId),
          inArray(instructor.id, [...instructorIds]),
          eq(classStaff.classId, classId),
          eq(classStaff.role, 'instructor'),
          sql`not exists (select 1 from session_instructor t
            join class_session m on m.academy_id = t.academy_id and m.id = t.session_id
            where t.academy_id = ${instructor.academyId} and t.instructor_id = ${instructor.id} and m.class_id = ${classId})`,
        ),
      )
      .limit(1),
  )
  return row ?? null
}
