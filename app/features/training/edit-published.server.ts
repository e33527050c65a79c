import { and, eq, gt } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { classSession, trainingClass } from '#db/schema/index.ts'
import { CLASS_CHANGE_FIELDS, type ClassChangeField, type ClassStatus, type Mode } from '#db/values.ts'
import { changePublished } from './change-published.server.ts'
import { changesOf, mayEdit, stageOf } from './class-edit.ts'
import { findHead, seatHead } from './class-head.server.ts'
import { findNamed, type NamedRefusal } from './class-named.server.ts'
import { type Mended, mendFacts, previewMend } from './mend.server.ts'
import { CLASS_FIELDS, type ClassFacts, classMark, type MendEntry } from './mend.ts'
import { classRow } from './open-class-rows.ts'
import type { OpenClassInput } from './open-class-shape.ts'
import type { Misfit } from './publish-class.server.ts'
import { lockClass } from './seat-class.server.ts'
import { finish } from './seat-write.server.ts'
import { offerFreeSeats, settle } from './settle.server.ts'
import { stationColumns } from './stations.ts'
import { type Taken, unlessTaken } from './unless-taken.server.ts'

type Row = typeof trainingClass.$inferSelect
type MendRefusal = Extract<Mended, { ok: false }>
export type PublishedAnswer =
  | { ok: true }
  | { ok: false; reason: NamedRefusal }
  | { ok: false; reason: ReasonFault }
  | MendRefusal
  | Misfit
  | Taken

type Edit = { viewer: Viewer; row: Row; form: OpenClassInput; reason: string; now: Date; requestId?: string }

/**
 * Makes a published class what its form says, in what may still change (class-edit.ts), with a reason. Nobody loses a seat by it: who
 * sits in the class stays, whatever is asked of those who come now; seats that it gains go to those who wait. `row` is locked. Runs as the
 * academy's administrator.
 */
export async function editPublished(tx: Tx, edit: Edit): Promise<PublishedAnswer> {
  const { viewer, row, form, now } = edit
  const { academyId, id: classId } = row
  const found = await findNamed(tx, { academyId, classId, form })
  if (!found.ok) return found
  const { siteId, occupation, head } = found.named
  const headBefore = await findHead(tx, { academyId, classId })
  // Typed was the name of who headed it before; it follows the account.
  const isFormer = head !== null && head.id !== headBefore && form.classHead === row.classHead
  const said = classRow(
    { ...form, classHead: isFormer ? head.name : form.classHead },
    { ...{ academyId, classId, siteId, stations: null, occupation, head }, isPublished: true, now },
  )
  const columns = editable(row, said, now)
  const changes = changesOf(row, columns)
  if (changes.length === 0 && headBefore === (head?.id ?? null)) return { ok: false, reason: 'unchanged' }
  const why = readReason(edit.reason)
  if ('fault' in why) return { ok: false, reason: why.fault }
  const change = { viewer, academyId, classId, reason: why.reason, now }
  const answer = await changePublished<PublishedAnswer>(tx, change, async (tx) => {
    const mended = await mend(tx, edit, columns)
    if (mended && !mended.ok) return mended
    const taken = await moveSessions(tx, { row, siteId: columns.siteId, now })
    if (taken) return taken
    const isThis = and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))
    await tx.update(trainingClass).set(withoutFacts(columns)).where(isThis)
    await seatHead(tx, { academyId, classId }, { before: headBefore, after: head?.id ?? null })
    return { ok: true }
  })
  if (!answer.ok) return answer
  const detail = { code: columns.code, fields: changes.map(({ field }) => field) }
  const event = { by: viewer, now, academyId, subjectId: classId, requestId: edit.requestId }
  await record(tx, { ...event, kind: 'class.edited', detail })
  await offerWhatIsFree(tx, edit)
  return { ok: true }
}

type Columns = Pick<Row, ClassChangeField>

/** What the form says, in what may be changed now; all else as it is. */
function editable(row: Row, said: typeof trainingClass.$inferInsert, now: Date): Columns {
  const stage = stageOf({ ...row, status: row.status as ClassStatus }, shanghaiDate(now))
  const entries = CLASS_CHANGE_FIELDS.map((field) => [
    field,
    mayEdit(field, stage) ? (said[field] ?? null) : row[field],
  ])
  return Object.fromEntries(entries) as Columns
}

const factsOf = (of: Columns): ClassFacts => ({
  ...{ name: of.name, mode: of.mode as Mode, occupationCode: of.occupationCode },
  ...{ startsOn: of.startsOn, endsOn: of.endsOn },
  ...{ plannedHours: of.plannedHours, plannedPracticalHours: of.plannedPracticalHours },
})

/** What credit hangs on is mended by the rules of mending; null: nothing of it changes. */
async function mend(tx: Tx, edit: Edit, columns: Columns): Promise<Mended | null> {
  const request = mendOf(edit.row, columns)
  return request && mendFacts(tx, { ...edit, ...request })
}

/** A class's facts as they shall be, as {@link mendFacts} takes them. Null: as they are. */
function mendOf(row: Row, columns: Columns) {
  const [before, after] = [factsOf(row), factsOf(columns)]
  if (classMark(before) === classMark(after)) return null
  const typed = CLASS_FIELDS.map((field) => [field, String(after[field] ?? '')])
  const entry = { ...Object.fromEntries(typed), was: classMark(before) } as MendEntry
  return { academyId: row.academyId, classId: row.id, entry }
}

/** The mending's columns are written by it, with the edition of the occupation. */
const withoutFacts = (columns: Columns): Partial<Columns> =>
  Object.fromEntries(Object.entries(columns).filter(([field]) => !CLASS_FIELDS.some((one) => one === field)))

/** Sessions that are still to come at the class's own place go with it, and hold all of the new one: its workstations have other numbers. */
async function moveSessions(
  tx: Tx,
  { row, siteId, now }: { row: Row; siteId: string | null; now: Date },
): Promise<Taken | null> {
  const { academyId, id: classId } = row
  if (siteId === row.siteId || siteId === null || row.siteId === null) return null
  const isMoved = and(
    ...[eq(classSession.academyId, academyId), eq(classSession.classId, classId)],
    ...[eq(classSession.siteId, row.siteId), eq(classSession.status, 'planned'), gt(classSession.startsAt, now)],
  )
  const moved = await tx.select().from(classSession).where(isMoved)
  const sessions = moved.map(({ startsAt, endsAt }) => ({
    ...{ date: shanghaiDate(startsAt), from: shanghaiTime(startsAt), to: shanghaiTime(endsAt), siteId, stations: null },
  }))
  const write = (tx: Tx) =>
    tx
      .update(classSession)
      .set({ siteId, holdsSite: true, ...stationColumns(null) })
      .where(isMoved)
  return unlessTaken(tx, write, { academyId, sessions, instructorIds: [] })
}

/** Seats that a class gained go to those who wait and may now have one. */
async function offerWhatIsFree(tx: Tx, { viewer, row, now, requestId }: Edit): Promise<void> {
  const { academyCode, accountId } = viewer
  if (row.status !== 'published' || !academyCode) return
  await within(tx, system('seats'), async (tx) => {
    const by = { voice: 'academy', accountId, requestId } as const
    const held = await lockClass(tx, { academyCode, classId: row.id, by, now })
    if (!held) return
    await settle(tx, held)
    await offerFreeSeats(tx, held)
    await finish(tx, held)
  })
}

/** What editing would do to the class's workers, without doing it; null: nothing, or a refusal would say so. */
export async function previewEdit(
  tx: Tx,
  { viewer, row, form, now }: Pick<Edit, 'viewer' | 'row' | 'form' | 'now'>,
): Promise<Mended | null> {
  const { academyId, id: classId } = row
  const named = { siteId: row.siteId, stations: null, occupation: null, head: null }
  const said = classRow(form, { ...named, academyId, classId, isPublished: true, now })
  const columns = editable(row, { ...said, occupationCode: form.occupationCode ?? null }, now)
  const request = mendOf(row, columns)
  return request && previewMend(tx, { ...request, viewer, now })
}
