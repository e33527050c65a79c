import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { ownClassOf } from '#app/features/training/desk.server.ts'
import { shanghaiDate, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, attendanceSheet, classSession, site, trainingClass } from '#db/schema/index.ts'
import type { ClassStatus, Mode } from '#db/values.ts'
import { heldOn, sheetOfSession } from './joins.server.ts'
import { type SessionTimes, type SheetState, sheetState } from './rules.ts'

/** A session with its sheet, as far as one who may take or correct it needs it. */
export type HeldSheet = {
  academyId: string
  academyCode: string
  sessionId: string
  classId: string
  className: string
  mode: Mode
  endsOn: string
  classStatus: ClassStatus
  session: SessionTimes & { topic: string | null; site: string | null }
  /** The day of the session that was held and that it makes up for, for those alone who lack hours of that; null: it is everybody's. */
  makesUpOn: string | null
  closedAt: Date | null
  closedBy: string | null
  state: SheetState
  graceMinutes: number
  objectDays: number
  lockDays: number
  sendHours: number
}

/** Whether the viewer is a second person outside the academy: its sponsor's reviewer, or the province's in that place. */
export const isFromAbove = ({ role }: Viewer): boolean => role === 'sponsor_reviewer' || role === 'provincial_reviewer'

/**
 * Whose sheets the viewer has: an instructor's own classes', an administrator's academy's, those a sponsor's union recommends; the
 * province's reviewer those that the province recommends itself, or whose union has no reviewer.
 */
export function scopeOf(tx: Tx, viewer: Viewer): SQL {
  if (viewer.role === 'sponsor_reviewer') return sql`${academy.sponsorId} = ${viewer.unionId}`
  if (viewer.role === 'provincial_reviewer') return sql`${academy.id} in (select stood_in_academies())`
  const own = sql`${trainingClass.academyId} = ${viewer.academyId}`
  return viewer.role === 'instructor' ? sql`(${own} and ${ownClassOf(tx, viewer)})` : own
}

type Asked = { viewer: Viewer; academyCode: string; sessionId: string; now: Date }

/** The sheet of a session that takes place, of a class that workers see. Null: none of the viewer's. */
export async function findHeldSheet(tx: Tx, { viewer, academyCode, sessionId, now }: Asked): Promise<HeldSheet | null> {
  const [row] = await tx
    .select({
      academyId: classSession.academyId,
      classId: classSession.classId,
      className: trainingClass.name,
      mode: trainingClass.mode,
      endsOn: trainingClass.endsOn,
      status: trainingClass.status,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      topic: classSession.topic,
      makesUpOn: heldOn,
      site: site.name,
      closedAt: attendanceSheet.closedAt,
      closedBy: attendanceSheet.closedBy,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .innerJoin(academy, eq(academy.id, classSession.academyId))
    .leftJoin(site, and(eq(site.academyId, classSession.academyId), eq(site.id, classSession.siteId)))
    .leftJoin(attendanceSheet, sheetOfSession)
    .where(
      and(
        eq(academy.code, academyCode),
        eq(classSession.id, sessionId),
        eq(classSession.status, 'planned'),
        eq(trainingClass.origin, 'system'),
        ne(trainingClass.status, 'draft'),
        scopeOf(tx, viewer),
      ),
    )
  if (!row) return null
  const { startsAt, endsAt, hours, topic, site: place, mode, status, closedAt, ...of } = row
  const classStatus = status as ClassStatus
  const { graceMinutes, objectDays, lockDays, sendHours } = await attendancePolicy(tx, yearOf(of.endsOn))
  const session = { startsAt, endsAt, hours, topic, site: place }
  const state = sheetState({
    ...{ session, closedAt, endsOn: of.endsOn, lockDays, today: shanghaiDate(now), classStatus, now },
  })
  return {
    ...of,
    academyCode,
    sessionId,
    mode: mode as Mode,
    classStatus,
    session,
    closedAt,
    state,
    graceMinutes,
    objectDays,
    lockDays,
    sendHours,
  }
}

/**
 * Makes the session's sheet if there is none, and holds it open until the end of the transaction: nobody closes it meanwhile,
 * many may mark at once. @returns false: it is closed.
 */
export const holdOpen = async (tx: Tx, of: Of): Promise<boolean> => (await holdSheet(tx, of)) === null

/** The same, of a sheet that may be closed already. @returns when it was; null: it is open. */
export async function holdSheet(tx: Tx, { academyId, sessionId, classId }: Of): Promise<Date | null> {
  await tx.insert(attendanceSheet).values({ academyId, sessionId, classId }).onConflictDoNothing()
  const [row] = await tx
    .select({ closedAt: attendanceSheet.closedAt })
    .from(attendanceSheet)
    .where(isSheet({ academyId, sessionId }))
    .for('share')
  return row!.closedAt
}

/**
 * Whether the session takes place, as it does then until the end of the transaction: whoever cancels it meanwhile waits, and so does
 * whoever closes its class. Before a mark is kept; after {@link findHeldSheet}, which may have found it before it was cancelled.
 */
export async function holdPlanned(tx: Tx, { academyId, sessionId }: Omit<Of, 'classId'>): Promise<boolean> {
  const [row] = await tx.execute<{ isPlanned: boolean }>(
    sql`select hold_planned(${academyId}::uuid, ${sessionId}::uuid) as "isPlanned"`,
  )
  return row?.isPlanned === true
}

export type Of = { academyId: string; sessionId: string; classId: string }

export const isSheet = ({ academyId, sessionId }: Omit<Of, 'classId'>) =>
  and(eq(attendanceSheet.academyId, academyId), eq(attendanceSheet.sessionId, sessionId))
