import { and, eq, inArray } from 'drizzle-orm'
import { findWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import type { WorkCalendar } from '#app/lib/work-calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classRequirement, classSession, trainingClass } from '#db/schema/index.ts'
import { findHead, seatHead } from './class-head.server.ts'
import { findNamed, type NamedRefusal } from './class-named.server.ts'
import { commonStations } from './copy-class.ts'
import { classRow, sessionRows } from './open-class-rows.ts'
import { type OpenClassInput, plannedSessions, stationsTyped } from './open-class-shape.ts'
import { findMisfit, type Misfit } from './publish-class.server.ts'
import { insertRequirements } from './requirements.server.ts'
import { requirementsOf } from './requirements.ts'
import { undone } from './retry.server.ts'
import { findRoom } from './room.server.ts'
import type { StationsRefusal } from './room.ts'
import { type HeldSession, holdClass, listSessions } from './session-held.server.ts'
import { giveSession } from './session-instructors.server.ts'
import type { Stations } from './stations.ts'
import { type Planned, type Taken, unlessTaken } from './unless-taken.server.ts'

type Row = typeof trainingClass.$inferSelect
export type DraftAnswer = { ok: true } | { ok: false; reason: NamedRefusal } | Misfit | Taken | StationsRefusal

/**
 * Makes a draft what its form says, as whole as when it was opened; nobody sees it yet, so nothing is kept of what it said. A
 * session at the same time as before stays the one that it was, elsewhere and with its own instructors where the timetable has it so.
 * `row` is locked. Runs as the academy's administrator.
 */
export async function editDraft(
  tx: Tx,
  { row, form, now }: { row: Row; form: OpenClassInput; now: Date },
): Promise<DraftAnswer> {
  const { academyId, id: classId } = row
  const found = await findNamed(tx, { academyId, classId, form })
  if (!found.ok) return found
  const { named } = found
  const said = classRow(form, { ...named, stations: null, academyId, classId, isPublished: false, now })
  const before = await listSessions(tx, { academyId, classId })
  const calendar = await findWorkCalendar(tx)
  const wanted = planOfDraft({ before, form, calendar, siteId: named.siteId, formerSiteId: row.siteId })
  const placed = wanted.map((one) => ({ ...one, instructors: one.instructorIds.length }))
  const here = { academyId, classId, mode: form.mode, sessions: placed.filter(({ siteId }) => siteId === named.siteId) }
  const room = named.siteId && (await findRoom(tx, { ...here, siteId: named.siteId }))
  if (room && 'reason' in room) return room
  const ids = [...new Set(wanted.flatMap((one) => one.instructorIds))]
  const planned: Planned = {
    academyId,
    classId,
    sessions: wanted.filter((one) => !isAsBefore(one)),
    instructorIds: ids,
  }
  const { createdAt: _, ...columns } = said
  return undone(tx, async (tx) => {
    const taken = await unlessTaken(tx, (tx) => writeSessions(tx, { academyId, classId, before, wanted }), planned)
    if (taken) return taken
    const isThis = and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))
    await tx.update(trainingClass).set(columns).where(isThis)
    const head = await findHead(tx, { academyId, classId })
    await seatHead(tx, { academyId, classId }, { before: head, after: named.head?.id ?? null })
    await tx
      .delete(classRequirement)
      .where(and(eq(classRequirement.academyId, academyId), eq(classRequirement.classId, classId)))
    await insertRequirements(tx, { academyId, classId }, requirementsOf(form))
    const held = await holdClass(tx, { academyId, classId, now })
    return (held && (await findMisfit(tx, held, classId))) ?? { ok: true }
  })
}

type Wanted = ReturnType<typeof plannedSessions>[number] & {
  /** The session that stays; null: a new one. */
  kept: HeldSession | null
  siteId: string | null
  stations: Stations | null
  instructorIds: string[]
}

const isAsBefore = ({ kept, siteId, stations, instructorIds }: Wanted) =>
  kept !== null &&
  kept.siteId === siteId &&
  isSame(kept.stations, stations) &&
  instructorIds.every((id) => kept.instructorIds.includes(id))

const isSame = (one: Stations | null, other: Stations | null) =>
  one?.first === other?.first && one?.last === other?.last

function planOfDraft(of: {
  before: readonly HeldSession[]
  form: OpenClassInput
  calendar: WorkCalendar
  siteId: string | null
  formerSiteId: string | null
}): Wanted[] {
  const { before, form, calendar, siteId, formerSiteId } = of
  if (form.mode === 'online') return []
  const chosen = form.instructorIds ?? []
  const taught = new Set(before.flatMap((one) => one.instructorIds))
  const come = chosen.filter((id) => !taught.has(id))
  const typed = stationsTyped(form)
  const isOtherPart = siteId !== formerSiteId || !isSame(typed, commonStations(formerSiteId, before))
  return plannedSessions(form, calendar).map((one) => {
    const kept = before.find(({ date, from, to }) => date === one.date && from === one.from && to === one.to) ?? null
    if (!kept) return { ...one, kept, siteId, stations: typed, instructorIds: chosen }
    const isHere = kept.siteId === formerSiteId
    const own = kept.instructorIds.filter((id) => chosen.includes(id))
    return {
      ...one,
      kept,
      siteId: isHere ? siteId : kept.siteId,
      stations: isHere && isOtherPart ? typed : kept.stations,
      instructorIds: [...own, ...come],
    }
  })
}

async function writeSessions(
  tx: Tx,
  of: { academyId: string; classId: string; before: readonly HeldSession[]; wanted: readonly Wanted[] },
): Promise<void> {
  const { academyId, classId, before, wanted } = of
  const gone = before.filter(({ id }) => !wanted.some(({ kept }) => kept?.id === id)).map(({ id }) => id)
  const isOf = (id: string) => and(eq(classSession.academyId, academyId), eq(classSession.id, id))
  if (gone.length > 0)
    await tx.delete(classSession).where(and(eq(classSession.academyId, academyId), inArray(classSession.id, gone)))
  for (const one of wanted) {
    const [row] = sessionRows([one], { academyId, classId, ...one })
    const { id, ...columns } = row!
    if (one.kept) await tx.update(classSession).set(columns).where(isOf(one.kept.id))
    else await tx.insert(classSession).values(row!)
    await giveSession(tx, { academyId, sessionId: one.kept?.id ?? id, ids: one.instructorIds })
  }
}
