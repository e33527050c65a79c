import { and, desc, eq, gt, isNotNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { isOwnEnrolment } from '#app/features/training/own-enrolment.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  attendanceMark,
  attendanceObjection,
  attendanceSheet,
  classSession,
  enrolment,
  trainingClass,
} from '#db/schema/index.ts'
import type { AttendanceMark, ObjectionState } from '#db/values.ts'
import {
  classOfEnrolment,
  correctedAt,
  markOf,
  objectionOf,
  sessionsOfEnrolment,
  sheetOfSession,
} from './joins.server.ts'
import { isObjectedTo, mayObject, objectFrom, objectUntil } from './objection.ts'

/** A session whose sheet is closed, as its worker sees it, and what became of an objection. */
export type OwnSheet = {
  academyId: string
  academyCode: string
  classId: string
  className: string
  sessionId: string
  enrolmentId: string
  startsAt: Date
  endsAt: Date
  hours: number
  mark: AttendanceMark | null
  checkedInAt: Date | null
  checkedOutAt: Date | null
  counted: number
  /** The last day on which it may be objected to. */
  until: string
  mayObject: boolean
  /** When somebody else last corrected the mark; null: nobody did. */
  correctedAt: Date | null
  /** The last one. */
  objection: {
    text: string
    mark: AttendanceMark | null
    state: ObjectionState
    objectedAt: Date
    answer: string | null
  } | null
}

const DAY_MS = 86_400_000
/** Longer than any policy's days (policy.ts): older sheets need not be looked at. */
const LONGEST_DAYS = 92
const SHOWN = 60

/** The worker's sheets that may be objected to, and those that were, the latest first; `sessionId`: that one alone. */
export async function listOwnSheets(
  tx: Tx,
  { viewer, sessionId, now }: { viewer: Viewer; sessionId: string | null; now: Date },
): Promise<OwnSheet[]> {
  const oldest = new Date(now.getTime() - LONGEST_DAYS * DAY_MS)
  const rows = await tx
    .select({
      academyId: classSession.academyId,
      academyCode: academy.code,
      classId: classSession.classId,
      className: trainingClass.name,
      endsOn: trainingClass.endsOn,
      sessionId: classSession.id,
      enrolmentId: enrolment.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
      hours: classSession.hours,
      mark: attendanceMark.mark,
      checkedInAt: attendanceMark.checkedInAt,
      checkedOutAt: attendanceMark.checkedOutAt,
      counted: attendanceMark.hours,
      closedAt: attendanceSheet.closedAt,
      correctedAt,
      objection: attendanceObjection,
    })
    .from(enrolment)
    .innerJoin(classSession, sessionsOfEnrolment)
    .innerJoin(trainingClass, classOfEnrolment)
    .innerJoin(academy, eq(academy.id, enrolment.academyId))
    .innerJoin(attendanceSheet, and(sheetOfSession, isNotNull(attendanceSheet.closedAt)))
    .leftJoin(attendanceMark, markOf())
    .leftJoin(attendanceObjection, objectionOf)
    .where(
      and(
        isOwnEnrolment(viewer),
        eq(enrolment.seat, 'enrolled'),
        eq(classSession.status, 'planned'),
        sessionId ? eq(classSession.id, sessionId) : undefined,
        or(
          isNotNull(attendanceObjection.id),
          gt(attendanceSheet.closedAt, oldest),
          sql`${correctedAt} > ${oldest.toISOString()}::timestamptz`,
        ),
      ),
    )
    .orderBy(desc(classSession.startsAt))
    .limit(SHOWN)
  const sheets: OwnSheet[] = []
  // The policy of a year is read once a transaction.
  for (const { endsOn, closedAt, correctedAt, counted, objection, ...row } of rows) {
    const { objectDays } = await attendancePolicy(tx, yearOf(endsOn))
    const from = objectFrom(closedAt!, correctedAt)
    const isOpen = mayObject(from, { objectDays, now })
    if (!isOpen && !objection && !sessionId) continue
    sheets.push({
      ...row,
      mark: row.mark as AttendanceMark | null,
      counted: counted ?? 0,
      until: objectUntil(from, objectDays),
      mayObject: isOpen && !isObjectedTo(objection?.objectedAt ?? null, correctedAt),
      correctedAt,
      objection: objection && {
        text: objection.text,
        mark: objection.mark as AttendanceMark | null,
        state: objection.state as ObjectionState,
        objectedAt: objection.objectedAt,
        answer: objection.answer,
      },
    })
  }
  return sheets
}
