import { and, asc, eq } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { actsAsHead } from '#app/features/training/class-head.server.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import type { Tx } from '#db/client.server.ts'
import { attendanceLocation, attendanceLocationAsked } from '#db/schema/index.ts'
import type { CodeAct } from './codes.server.ts'
import type { Location } from './location.ts'
import type { HeldSheet } from './sheet-held.server.ts'

/** Whether a class asks those who check in for their rough position: it does not unless somebody said so. */
export async function asksLocation(tx: Tx, of: { academyId: string; classId: string }): Promise<boolean> {
  const [row] = await tx
    .select({ isAsked: attendanceLocationAsked.isAsked })
    .from(attendanceLocationAsked)
    .where(and(eq(attendanceLocationAsked.academyId, of.academyId), eq(attendanceLocationAsked.classId, of.classId)))
  return row?.isAsked ?? false
}

/** Says whether a class asks for it; by an administrator of the academy or the class's head. Null: no such class of theirs. */
export async function askLocation(
  tx: Tx,
  change: { viewer: Viewer; classId: string; isAsked: boolean; now: Date; requestId?: string },
): Promise<{ ok: true } | null> {
  const { viewer, classId, isAsked, now, requestId } = change
  const { academyId } = viewer
  const held = await findRosterClass(tx, change)
  if (!held || !academyId || !(await actsAsHead(tx, viewer, classId))) return null
  if ((await asksLocation(tx, { academyId, classId })) === isAsked) return { ok: true }
  const said = { isAsked, changedBy: viewer.accountId, changedAt: now }
  await tx
    .insert(attendanceLocationAsked)
    .values({ academyId, classId, ...said })
    .onConflictDoUpdate({ target: [attendanceLocationAsked.academyId, attendanceLocationAsked.classId], set: said })
  const event = { by: viewer, now, academyId, subjectId: classId, requestId }
  await record(tx, { ...event, kind: 'attendance.location_asked', detail: { isAsked } })
  return { ok: true }
}

/** Keeps where a worker was who has just checked in or out, if the class asks for it. For the purpose `attendance`. */
export async function keepLocation(
  tx: Tx,
  of: { academyId: string; classId: string; sessionId: string; enrolmentId: string },
  { act, at, location }: { act: CodeAct; at: Date; location: Location | null },
): Promise<void> {
  if (!location || !(await asksLocation(tx, of))) return
  const { academyId, classId, sessionId, enrolmentId } = of
  await tx
    .insert(attendanceLocation)
    .values({ academyId, classId, sessionId, enrolmentId, act, at, ...location })
    .onConflictDoNothing()
}

/** Where the workers of a sheet checked in and out, by enrolment; for the class's own people alone. */
export async function findLocations(
  tx: Tx,
  { academyId, sessionId }: HeldSheet,
): Promise<Map<string, (Location & { act: CodeAct })[]>> {
  const rows = await tx
    .select()
    .from(attendanceLocation)
    .where(and(eq(attendanceLocation.academyId, academyId), eq(attendanceLocation.sessionId, sessionId)))
    .orderBy(asc(attendanceLocation.at))
  const found = new Map<string, (Location & { act: CodeAct })[]>()
  for (const { enrolmentId, act, latitude, longitude, accuracy } of rows) {
    const one = { act: act as CodeAct, latitude, longitude, accuracy }
    found.set(enrolmentId, [...(found.get(enrolmentId) ?? []), one])
  }
  return found
}
