import { and, asc, eq, inArray } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, attendanceLeave, trainingClass } from '#db/schema/index.ts'
import { warnOfLeave } from './hours.server.ts'
import { type LeaveOutcome, tellOfAnswer } from './leave-told.server.ts'
import { keepEntries, lockStandings } from './record.server.ts'
import { findHeldSheet, type HeldSheet, holdOpen, scopeOf } from './sheet-held.server.ts'

/** `left`: that were answered or withdrawn meanwhile, or whose sheet is closed, session cancelled or seat gone. */
export type LeaveAnswer =
  | { ok: true; answered: number; left: number }
  | { ok: false; reason: 'none_chosen' | ReasonFault }

export type Chosen = {
  viewer: Viewer
  academyCode: string
  leaveIds: readonly string[]
  now: Date
  requestId?: string
}
/** `reason`: why it is refused; of no matter where it is granted. */
type Request = Chosen & { isGranted: boolean; reason: string }

type Row = typeof attendanceLeave.$inferSelect
export type Answered = Row & { held: HeldSheet }

/**
 * Grants or refuses leave, for one who takes the attendance of its session, and tells the workers. Granted it is an entry of the
 * sheet, so that who does not come is excused; whoever cannot miss another session by it is told. Null: nothing of the viewer's.
 */
export async function answerLeaves(tx: Tx, request: Request): Promise<LeaveAnswer | null> {
  const { viewer, isGranted, now } = request
  if (request.leaveIds.length === 0) return { ok: false, reason: 'none_chosen' }
  const why = isGranted ? null : readReason(request.reason)
  if (why && 'fault' in why) return { ok: false, reason: why.fault }
  const rows = await lockLeaves(tx, request)
  if (rows.length === 0) return null
  const answered: Answered[] = []
  for (const sessionId of [...new Set(rows.map((row) => row.sessionId))].sort()) {
    const asked = rows.filter((row) => row.sessionId === sessionId && row.state === 'asked')
    const held = asked.length > 0 ? await findHeldSheet(tx, { ...request, sessionId }) : null
    if (!held || held.closedAt) continue
    const done = isGranted ? await excuse(tx, held, asked, request) : asked
    answered.push(...done.map((row) => ({ ...row, held })))
  }
  const left = rows.length - answered.length
  if (answered.length === 0) return { ok: true, answered: 0, left }
  const state = isGranted ? 'granted' : 'refused'
  const ids = answered.map(({ id }) => id)
  await tx
    .update(attendanceLeave)
    .set({ state, answeredAt: now, answeredBy: viewer.accountId, refusedBecause: why?.reason ?? null })
    .where(and(eq(attendanceLeave.academyId, answered[0]!.academyId), inArray(attendanceLeave.id, ids)))
  await tellOutcome(tx, answered, { ...request, kind: `leave.${state}` })
  return { ok: true, answered: answered.length, left }
}

/** Those of the viewer's classes, locked in the order of their ids, so that two who answer take turns. */
export async function lockLeaves(tx: Tx, { viewer, academyCode, leaveIds }: Chosen): Promise<Row[]> {
  const rows = await tx
    .select({ leave: attendanceLeave })
    .from(attendanceLeave)
    .innerJoin(
      trainingClass,
      and(eq(trainingClass.academyId, attendanceLeave.academyId), eq(trainingClass.id, attendanceLeave.classId)),
    )
    .innerJoin(academy, eq(academy.id, attendanceLeave.academyId))
    .where(and(eq(academy.code, academyCode), inArray(attendanceLeave.id, [...leaveIds]), scopeOf(tx, viewer)))
    .orderBy(asc(attendanceLeave.id))
    .for('update', { of: attendanceLeave })
  return rows.map(({ leave }) => leave)
}

/** Keeps that they are on leave. */
function excuse(tx: Tx, held: HeldSheet, asked: readonly Row[], of: Chosen): Promise<Row[]> {
  return keepLeave(tx, held, asked, { ...of, entryOf: ({ reason }) => ({ mark: 'excused', reason }) })
}

/** Keeps an entry of leave for each. @returns those that still have a seat; none where the sheet is closed. */
export async function keepLeave(
  tx: Tx,
  held: HeldSheet,
  asked: readonly Row[],
  { viewer, now, entryOf }: Chosen & { entryOf: (row: Row) => { mark: 'excused' | null; reason: string } },
): Promise<Row[]> {
  if (!(await holdOpen(tx, held))) return []
  const standings = await lockStandings(
    tx,
    held,
    asked.map(({ enrolmentId }) => enrolmentId),
  )
  const seated = asked.filter(({ enrolmentId }) => standings.has(enrolmentId))
  const entries = seated.map((row) => ({
    ...({ enrolmentId: row.enrolmentId, act: 'mark', way: 'leave', at: now } as const),
    ...entryOf(row),
  }))
  await keepEntries(tx, { sheet: held, entries, accountId: viewer.accountId, now })
  return seated
}

/** A notice a worker and class, an event a class, whatever the number of sessions. */
export async function tellOutcome(
  tx: Tx,
  answered: readonly Answered[],
  { viewer, kind, now, requestId }: Chosen & { kind: LeaveOutcome },
): Promise<void> {
  for (const classId of [...new Set(answered.map((one) => one.classId))].sort()) {
    const leaves = answered.filter((one) => one.classId === classId)
    const { academyId, held, id: subjectId } = leaves[0]!
    const of = { academyId, academyCode: held.academyCode, classId, className: held.className, kind, now } as const
    await within(tx, system('attendance'), async (tx) => {
      for (const accountId of new Set(leaves.map(({ askedBy }) => askedBy))) {
        const own = leaves.filter(({ askedBy }) => askedBy === accountId)
        const sessions = own.map(({ held }) => held.session)
        await tellOfAnswer(tx, { ...of, accountId, sessions, subjectId: own[0]!.id })
      }
      if (kind === 'leave.granted') await warnOfLeave(tx, { academyId, classId, now })
    })
    const detail = { classId, leaves: leaves.length }
    await record(tx, { by: viewer, now, kind, detail, academyId, subjectId, requestId })
  }
}
