import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { readFormRows } from '#app/lib/form-rows.ts'
import type { Tx } from '#db/client.server.ts'
import { site } from '#db/schema/index.ts'
import { ROOM_FIELDS, type RoomField, readRoom } from './site-rooms.ts'
import { type HeldStation, holdStations, listHeldStations } from './site-stations.server.ts'

export type SiteWithRoom = { id: string; name: string; address: string; retiredAt: Date | null } & Record<
  RoomField,
  number | null
>

/** The places of an academy with what they take, by name; retired ones too. */
export async function listSiteRooms(tx: Tx, academyId: string): Promise<SiteWithRoom[]> {
  const { id, name, address, retiredAt, seats, workstations, workersPerInstructor } = site
  return tx
    .select({ id, name, address, retiredAt, seats, workstations, workersPerInstructor })
    .from(site)
    .where(eq(site.academyId, academyId))
    .orderBy(asc(site.name))
}

/**
 * `faults`: fields of the form (`seats.<id>`) that are no whole number from 1 to 10,000; `held`: places that were to have fewer workstations
 * than sessions to come hold. Nothing was written then.
 */
export type RoomsAnswer = { ok: true; changed: number } | { ok: false; faults: string[]; held: HeldStation[] }

/** Says how many workers places take, as the rows of one form have it; rows of no place here are ignored. */
export async function measureSites(
  tx: Tx,
  request: { viewer: Viewer; academyId: string; form: FormData; now: Date; requestId?: string },
): Promise<RoomsAnswer> {
  const { viewer, academyId, now, requestId } = request
  const rows = readFormRows(request.form, ROOM_FIELDS)
  const faults = rows.flatMap((row) =>
    ROOM_FIELDS.filter((field) => readRoom(row[field]) === undefined).map((field) => `${field}.${row.id}`),
  )
  if (faults.length > 0) return { ok: false, faults, held: [] }
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return { ok: true, changed: 0 }
  const held = await tx
    .select()
    .from(site)
    .where(and(eq(site.academyId, academyId), inArray(site.id, ids)))
    .orderBy(asc(site.id))
    .for('no key update')
  const tooFew = await listTooFew(tx, request, { held, rows })
  if (tooFew.length > 0) return { ok: false, faults: [], held: tooFew }
  let changed = 0
  for (const one of held) {
    const row = rows.find(({ id }) => id === one.id)
    const wanted = Object.fromEntries(
      ROOM_FIELDS.map((field) => [field, readRoom(row?.[field] ?? '') ?? null]),
    ) as Record<RoomField, number | null>
    if (ROOM_FIELDS.every((field) => wanted[field] === one[field])) continue
    await tx
      .update(site)
      .set(wanted)
      .where(and(eq(site.academyId, academyId), eq(site.id, one.id)))
    await record(tx, {
      by: viewer,
      now,
      kind: 'site.measured',
      detail: wanted,
      academyId,
      subjectId: one.id,
      requestId,
    })
    changed += 1
  }
  return { ok: true, changed }
}

/** Places whose workstations are cut below what sessions hold; whoever plans there meanwhile waits. */
async function listTooFew(
  tx: Tx,
  { academyId, now }: { academyId: string; now: Date },
  { held, rows }: { held: readonly SiteWithRoom[]; rows: readonly ({ id: string } & Record<RoomField, string>)[] },
): Promise<HeldStation[]> {
  const wanted = (siteId: string) => readRoom(rows.find(({ id }) => id === siteId)?.workstations ?? '') ?? null
  const cut = held.filter(({ id, workstations }) => {
    const most = wanted(id)
    return most !== null && most < (workstations ?? Number.POSITIVE_INFINITY)
  })
  if (cut.length === 0) return []
  const siteIds = cut.map(({ id }) => id)
  await holdStations(tx, siteIds)
  const stations = await listHeldStations(tx, { academyId, siteIds, now })
  return stations.filter(({ siteId, station }) => station > (wanted(siteId) ?? station))
}
