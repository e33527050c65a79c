import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession } from '#db/schema/index.ts'
import { overRefusal, withLastDay } from './extend-class.server.ts'
import { listLacking } from './make-up.server.ts'
import { toMakeUp } from './make-up.ts'
import { findTightness } from './room.server.ts'
import { tellChange } from './session-changes.server.ts'
import {
  factsOf,
  longDay,
  plannedOf,
  planOf,
  type SessionAnswer,
  type SessionRefusal,
  type SessionRequest,
  siteNameOf,
  stored,
  trail,
} from './session-command.server.ts'
import { type PlacedSessionFault, readSession, type SessionEntry, type SessionTyped } from './session-entry.ts'
import { type HeldClass, type HeldSession, holdClass } from './session-held.server.ts'
import { giveSession, readInstructors } from './session-instructors.server.ts'
import { saidReason } from './session-say.ts'
import { listTaken } from './taken.server.ts'
import { unlessTaken } from './unless-taken.server.ts'

type Request = SessionRequest & {
  entry: SessionEntry
  makesUpForId?: string
  /** After the class's last day it ends with this session instead. */
  mayExtend?: boolean
}

/**
 * Plans one more session; with `makesUpForId` in the place of a cancelled one, whose hours it brings back, or for those who missed hours of
 * one that was held, which it brings back to them. Null: no such class or session.
 */
export async function addSession(tx: Tx, request: Request): Promise<SessionAnswer | null> {
  const held = await holdClass(tx, request)
  if (!held) return null
  const { makesUpForId, entry, now } = request
  const asked = makesUpForId === undefined ? null : held.sessions.find(({ id }) => id === makesUpForId)
  if (asked === undefined) return null
  const original = asked && toMakeUp(asked, held.sessions)
  const over = await overRefusal(tx, held, now)
  if (over) return { ok: false, reason: over }
  const lacking = original?.status === 'planned' ? await listLacking(tx, { ...request, sessionId: original.id }) : null
  const refusal = original && (await makeUpRefusal(tx, held, { ...request, original, lacking }))
  if (refusal) return refusal
  const date = entry.date.trim()
  const isExtending = request.mayExtend === true && date > held.endsOn
  const ground = isExtending ? { ...held, endsOn: date } : held
  const read = readSession(entry, ground, { others: plannedOf(held), before: null, now })
  const faults = 'faults' in read ? read.faults : faultsOf(read.session, { held, isExtending })
  if ('faults' in read || faults.length > 0) return { ok: false, reason: 'faults', faults, why: null }
  const long = longDay(held, read.session, { others: plannedOf(held), reason: entry.reason })
  if (long) return long
  const plan = (tx: Tx) => planSession(tx, request, { held, session: read.session, original, lacking })
  if (!isExtending) return plan(tx)
  return withLastDay(tx, { ...request, held, endsOn: read.session.date, reason: saidReason(original) }, plan)
}

type Original = { original: HeldSession; lacking: string[] | null }

/** One make-up at a time: of a session that was held another one, for those who missed that too, once its sheet is closed. */
async function makeUpRefusal(
  tx: Tx,
  held: HeldClass,
  { original, lacking, academyId, classId }: Original & { academyId: string; classId: string },
): Promise<SessionRefusal | null> {
  const taken = await listTaken(tx, { academyId, classId })
  const isHeld = original.status === 'planned'
  if (isHeld && taken.get(original.id) !== 'sheet_closed') return { ok: false, reason: 'sheet_open' }
  const others = held.sessions.filter((one) => one.status === 'planned' && one.makesUpForId === original.id)
  if (others.some(({ id }) => !isHeld || taken.get(id) !== 'sheet_closed')) return { ok: false, reason: 'made_up' }
  return lacking?.length === 0 ? { ok: false, reason: 'nobody_lacks' } : null
}

type Place = { held: HeldClass; isExtending: boolean }

function faultsOf(session: SessionTyped, { held, isExtending }: Place): PlacedSessionFault[] {
  const { certificatesExpectedOn: expected } = held
  return isExtending && expected !== null && expected < session.date
    ? [{ field: 'date', fault: 'certificates_early' }]
    : []
}

type Plan = { held: HeldClass; session: SessionTyped; original: HeldSession | null; lacking: string[] | null }

async function planSession(
  tx: Tx,
  request: Request,
  { held, session, original, lacking }: Plan,
): Promise<SessionAnswer> {
  const siteName = await siteNameOf(tx, held, session)
  if (siteName === undefined) return { ok: false, reason: 'site_unknown' }
  const sessionId = newId()
  const { academyId, classId } = request
  const row = { academyId, id: sessionId, classId, makesUpForId: original?.id ?? null, ...stored(session, held) }
  const ids = session.instructorIds
  const teaching = await readInstructors(tx, { academyId, ids, taught: held, dates: [session.date] })
  if (!teaching.ok) return teaching
  const planned = { ...session, siteId: row.siteId, instructors: ids.length }
  const room = lacking ? { ...held, capacity: null, taken: lacking.length } : held
  const tight = await findTightness(tx, { held: room, classId, planned, before: null })
  if (tight) return tight
  const write = async (tx: Tx) => {
    await tx.insert(classSession).values(row)
    await giveSession(tx, { academyId, sessionId, ids })
  }
  const taken = await unlessTaken(tx, write, planOf(held, session))
  if (taken) return taken
  const change = original ? 'made_up' : 'added'
  await tellChange(tx, {
    ...request,
    held,
    sessionId,
    change,
    before: original ? factsOf(original) : null,
    after: factsOf({ ...session, site: siteName, instructors: teaching.instructors }),
    reason: request.entry.reason.trim() || (original?.cancelReason ?? null),
    toLacking: lacking,
  })
  await trail(tx, request, sessionId, change)
  return { ok: true, isNew: true }
}
