import { and, asc, eq } from 'drizzle-orm'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, instructor, sessionInstructor, site, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, Level, Mode, SessionKind, SessionStatus } from '#db/values.ts'
import type { SessionTyped } from './session-entry.ts'
import type { NamedInstructor } from './session-instructors.server.ts'
import { stationsOf } from './stations.ts'

/** A class's session as the rules look at it. */
export type HeldSession = SessionTyped & {
  id: string
  status: SessionStatus
  cancelReason: string | null
  makesUpForId: string | null
  site: string | null
  instructors: NamedInstructor[]
}

export type HeldClass = {
  academyId: string
  id: string
  code: string
  name: string
  mode: Mode
  startsOn: string
  endsOn: string
  siteId: string | null
  occupationCode: string | null
  level: Level | null
  status: ClassStatus
  plannedHours: number
  plannedPracticalHours: number | null
  certificatesExpectedOn: string | null
  /** Seats; null: no limit. And those that are taken. */
  capacity: number | null
  taken: number
  /** Workers see it: changes are kept and told. */
  isPublic: boolean
  isOver: boolean
  /** It was cancelled: its sessions stay as they were. */
  isCancelled: boolean
  /** 结班: nothing of it changes any more. */
  isClosed: boolean
  sessions: HeldSession[]
}

/** Locked like a seat: two who plan the same class take turns. Null: not run here, or at no place. */
export async function holdClass(
  tx: Tx,
  { academyId, classId, now }: { academyId: string; classId: string; now: Date },
): Promise<HeldClass | null> {
  const [row] = await tx
    .select()
    .from(trainingClass)
    .where(and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId)))
    .for('no key update')
  if (row?.origin !== 'system' || row.mode === 'online') return null
  const status = row.status as ClassStatus
  return {
    ...row,
    mode: row.mode as Mode,
    status,
    level: row.level as Level | null,
    isPublic: status !== 'draft',
    isCancelled: status === 'cancelled',
    isClosed: status === 'closed',
    isOver: status === 'cancelled' || status === 'closed' || row.endsOn < shanghaiDate(now),
    sessions: await listSessions(tx, { academyId, classId }),
  }
}

/** All sessions of a class, cancelled ones too, in the order in which they take place. */
export async function listSessions(
  tx: Tx,
  { academyId, classId }: { academyId: string; classId: string },
): Promise<HeldSession[]> {
  const rows = await tx
    .select({ session: classSession, site: site.name })
    .from(classSession)
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .where(and(eq(classSession.academyId, academyId), eq(classSession.classId, classId)))
    .orderBy(classSession.startsAt, classSession.id)
  const teaching = await tx
    .select({ sessionId: sessionInstructor.sessionId, id: instructor.id, name: instructor.name })
    .from(sessionInstructor)
    .innerJoin(classSession, ofSession)
    .innerJoin(
      instructor,
      and(eq(instructor.academyId, sessionInstructor.academyId), eq(instructor.id, sessionInstructor.instructorId)),
    )
    .where(and(eq(classSession.academyId, academyId), eq(classSession.classId, classId)))
    .orderBy(asc(instructor.id))
  const instructorsOf = (sessionId: string) =>
    teaching.filter((one) => one.sessionId === sessionId).map(({ id, name }) => ({ id, name }))
  return rows.map(({ session, site }) => ({
    id: session.id,
    date: shanghaiDate(session.startsAt),
    from: shanghaiTime(session.startsAt),
    to: shanghaiTime(session.endsAt),
    hours: session.hours,
    kind: session.kind as SessionKind | null,
    topic: session.topic,
    siteId: session.siteId,
    stations: stationsOf(session),
    status: session.status as SessionStatus,
    cancelReason: session.cancelReason,
    makesUpForId: session.makesUpForId,
    site,
    instructors: instructorsOf(session.id),
    instructorIds: instructorsOf(session.id).map(({ id }) => id),
  }))
}

const ofSession = and(
  eq(classSession.academyId, sessionInstructor.academyId),
  eq(classSession.id, sessionInstructor.sessionId),
)
