import { and, asc, eq, exists, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { notify } from '#app/features/notices/notices.server.ts'
import { attendancePolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiYear } from '#app/lib/calendar.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import {
  academy,
  account,
  attendanceSheet,
  classSession,
  classStaff,
  enrolment,
  instructor,
  sessionInstructor,
  trainingClass,
} from '#db/schema/index.ts'
import { sheetOfSession } from './joins.server.ts'
import { isTimeToRemind } from './session-reminders.ts'
import { sessionTitle } from './session-title.ts'

const PAUSE_MS = 5 * 60_000
const HOUR_MS = 3_600_000
let nextAt = 0

/** Reminds who teaches a session that is over of its sheet, before the clock closes what was begun of it. */
export const dueSheetReminders: Queue = {
  name: 'reminders of attendance sheets that are open',
  waiting: async () => {
    if (Date.now() < nextAt) return []
    nextAt = Date.now() + PAUSE_MS
    const open = await as(system('attendance'), (tx) => listOpenSheets(tx, new Date()))
    return open.map(({ sessionId }) => sessionId)
  },
  run: async (sessionId) => {
    await remindOfSheet({ sessionId, now: new Date() })
    return false
  },
}

/** Reminds of one sheet, each instructor once. @returns whether it is open and due. */
export function remindOfSheet({ sessionId, now }: { sessionId: string; now: Date }): Promise<boolean> {
  return as(system('attendance'), async (tx) => {
    // Another process that is at it waits, and then finds everybody told.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sheet.remind ${sessionId}`}, 0))`)
    const [open] = await listOpenSheets(tx, now, sessionId)
    if (!open) return false
    const { academyId, academyCode, classId, closesAt } = open
    const accountIds = await listTeaching(tx, open)
    const detail = {
      ...{ academyCode, classId, sessionId, until: closesAt.toISOString() },
      ...{ title: sessionTitle('zh-CN', open), titleEn: sessionTitle('en', open) },
    }
    const isNew = await notify(tx, { accountIds, kind: 'sheet.open', subjectId: sessionId, detail, academyId, now })
    if (isNew) {
      const event = { by: system('attendance'), now, academyId, subjectId: sessionId }
      await record(tx, { ...event, kind: 'sheet.reminded', detail: { classId, instructors: accountIds.length } })
    }
    return true
  })
}

/** Sessions with workers whose sheet nobody closed, the policy's hours after their end, until the clock would close it. */
async function listOpenSheets(tx: Tx, now: Date, sessionId?: string) {
  if (!isTimeToRemind(now)) return []
  const { sheetHours, closeHours } = await attendancePolicy(tx, shanghaiYear(now))
  const before = (hours: number) => new Date(now.getTime() - hours * HOUR_MS)
  const seated = tx
    .select({ one: sql`1` })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.academyId, classSession.academyId),
        eq(enrolment.classId, classSession.classId),
        eq(enrolment.seat, 'enrolled'),
      ),
    )
  const rows = await tx
    .select({
      academyId: classSession.academyId,
      academyCode: academy.code,
      classId: classSession.classId,
      className: trainingClass.name,
      sessionId: classSession.id,
      startsAt: classSession.startsAt,
      endsAt: classSession.endsAt,
    })
    .from(classSession)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, classSession.academyId), eq(trainingClass.id, classSession.classId)),
    )
    .innerJoin(academy, eq(academy.id, classSession.academyId))
    .leftJoin(attendanceSheet, sheetOfSession)
    .where(
      and(
        eq(trainingClass.origin, 'system'),
        eq(trainingClass.status, 'published'),
        eq(classSession.status, 'planned'),
        isNull(attendanceSheet.closedAt),
        lte(classSession.endsAt, before(sheetHours)),
        gt(classSession.endsAt, before(closeHours)),
        exists(seated),
        sessionId ? eq(classSession.id, sessionId) : undefined,
      ),
    )
    .orderBy(asc(classSession.endsAt))
  return rows.map((row) => ({ ...row, closesAt: new Date(row.endsAt.getTime() + closeHours * HOUR_MS) }))
}

type Session = { academyId: string; classId: string; sessionId: string }

/** The accounts of those who teach a session; where none of them has one, of those who teach or head its class. */
async function listTeaching(tx: Tx, { academyId, classId, sessionId }: Session): Promise<string[]> {
  const isTeaching = tx
    .select({ one: sql`1` })
    .from(sessionInstructor)
    .innerJoin(
      instructor,
      and(eq(instructor.academyId, sessionInstructor.academyId), eq(instructor.id, sessionInstructor.instructorId)),
    )
    .where(
      and(
        eq(sessionInstructor.academyId, academyId),
        eq(sessionInstructor.sessionId, sessionId),
        eq(instructor.accountId, account.id),
      ),
    )
  const isStaff = tx
    .select({ one: sql`1` })
    .from(classStaff)
    .where(
      and(eq(classStaff.academyId, academyId), eq(classStaff.classId, classId), eq(classStaff.accountId, account.id)),
    )
  const rows = await tx
    .select({ id: account.id, teaches: sql<boolean>`${exists(isTeaching)}` })
    .from(account)
    .where(and(eq(account.academyId, academyId), isNull(account.disabledAt), or(exists(isTeaching), exists(isStaff))))
  const teaching = rows.filter(({ teaches }) => teaches)
  return (teaching.length > 0 ? teaching : rows).map(({ id }) => id)
}
