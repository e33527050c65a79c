import { and, asc, desc, eq, notInArray, sql } from 'drizzle-orm'
import { lackIn } from '#app/features/training/make-up.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceEntry, attendanceMark, attendanceObjection, enrolment } from '#db/schema/index.ts'
import { markOf } from './joins.server.ts'
import type { HeldSheet } from './sheet-held.server.ts'

const PAGE = 100
const HISTORY = 100

/** Those with a seat in the session's class. */
export const seated = ({ academyId, classId }: Pick<HeldSheet, 'academyId' | 'classId'>) =>
  and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId), eq(enrolment.seat, 'enrolled'))

/** A worker's hours that a session is to bring back; null: the session is everybody's. Read for that session alone. */
export const lackOf = ({ sessionId }: Pick<HeldSheet, 'sessionId'>) =>
  sql<number | null>`(select ${lackIn('class_session', 'enrolment')} from class_session
    where class_session.academy_id = enrolment.academy_id and class_session.id = ${sessionId}::uuid)`

/** Those with a seat who are expected in the session: at a make-up who lacks hours of the session that was held. */
export const expected = (held: Pick<HeldSheet, 'academyId' | 'classId' | 'sessionId' | 'makesUpOn'>) =>
  held.makesUpOn === null ? seated(held) : and(seated(held), sql`${lackOf(held)} > 0`)

/** What the rows of a session are ordered by: the roster, at a make-up first those who are expected. */
export const placeOf = (held: Pick<HeldSheet, 'sessionId' | 'makesUpOn'>) =>
  held.makesUpOn === null ? [sql`${enrolment.id}`] : [sql`${lackOf(held)} = 0`, sql`${enrolment.id}`]

type Which = {
  after: string | null
  of?: string | null
  /** Without those who are not expected, as the sheet that is signed has them. */
  isOnPaper?: boolean
}

/** A page of those with a seat, in their order (`placeOf`); `of`: one alone. */
export async function listRows(tx: Tx, held: HeldSheet, { after, of, isOnPaper }: Which) {
  const place = sql.join(placeOf(held), sql`, `)
  const rows = await tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      employer: enrolment.employer,
      phoneSealed: enrolment.phoneSealed,
      mark: attendanceMark.mark,
      checkedInAt: attendanceMark.checkedInAt,
      checkedOutAt: attendanceMark.checkedOutAt,
      way: attendanceMark.way,
      hours: attendanceMark.hours,
      lack: held.makesUpOn === null ? sql<null>`null` : lackOf(held),
    })
    .from(enrolment)
    .leftJoin(attendanceMark, markOf(held.sessionId))
    .where(
      and(
        isOnPaper ? expected(held) : seated(held),
        after ? sql`(${place}) > (select ${place} from ${enrolment} where ${enrolment.id} = ${after})` : undefined,
        of ? eq(enrolment.id, of) : undefined,
      ),
    )
    .orderBy(...placeOf(held))
    .limit(PAGE + 1)
  return { rows: rows.slice(0, PAGE), hasMore: rows.length > PAGE }
}

export async function countUnmarked(tx: Tx, held: HeldSheet): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(enrolment)
    .leftJoin(attendanceMark, markOf(held.sessionId))
    .where(and(expected(held), sql`${attendanceMark.mark} is null`))
  return row?.count ?? 0
}

/** The latest of what was said by hand about anybody in the session. */
export function listSaid(tx: Tx, { academyId, sessionId }: HeldSheet) {
  return tx
    .select({
      id: attendanceEntry.id,
      name: enrolment.name,
      mark: attendanceEntry.mark,
      checkedInAt: attendanceEntry.checkedInAt,
      checkedOutAt: attendanceEntry.checkedOutAt,
      way: attendanceEntry.way,
      reason: attendanceEntry.reason,
      accountId: attendanceEntry.accountId,
      at: attendanceEntry.at,
      recordedAt: attendanceEntry.recordedAt,
    })
    .from(attendanceEntry)
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, attendanceEntry.academyId), eq(enrolment.id, attendanceEntry.enrolmentId)),
    )
    .where(
      and(
        eq(attendanceEntry.academyId, academyId),
        eq(attendanceEntry.sessionId, sessionId),
        eq(attendanceEntry.act, 'mark'),
        notInArray(attendanceEntry.way, ['code', 'spoken', 'scanned']),
      ),
    )
    .orderBy(desc(attendanceEntry.at), desc(attendanceEntry.id))
    .limit(HISTORY)
}

/** Objections to the session's sheet that nobody answered; an instructor, who does not answer them, sees none. */
export function listOpenObjections(tx: Tx, { academyId, sessionId }: HeldSheet) {
  return tx
    .select({ enrolmentId: enrolment.id, name: enrolment.name, text: attendanceObjection.text })
    .from(attendanceObjection)
    .innerJoin(
      enrolment,
      and(eq(enrolment.academyId, attendanceObjection.academyId), eq(enrolment.id, attendanceObjection.enrolmentId)),
    )
    .where(
      and(
        eq(attendanceObjection.academyId, academyId),
        eq(attendanceObjection.sessionId, sessionId),
        eq(attendanceObjection.state, 'open'),
      ),
    )
    .orderBy(asc(attendanceObjection.objectedAt))
}
