import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { type ReasonFault, readReason } from '#app/features/audit/reason.ts'
import { findOccupation } from '#app/features/occupations/find.server.ts'
import { attendancePolicy, countingPolicy } from '#app/features/policy/policy.server.ts'
import { addDays, shanghaiDate, shanghaiInstant, yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, Mode } from '#db/values.ts'
import { creditedOn } from './bulk.server.ts'
import { changePublished } from './change-published.server.ts'
import { countedHours } from './credit.ts'
import { hoursComeFromCourse } from './hours.server.ts'
import {
  type ClassFacts,
  type ClassGround,
  changedFields,
  classMark,
  faultsOnGround,
  isCreditTouched,
  type MendEffect,
  type MendEntry,
  type PlacedFault,
  readMend,
} from './mend.ts'
import type { Misfit } from './publish-class.server.ts'

export type MendRefusal =
  | { ok: false; reason: 'faults'; faults: PlacedFault[]; why: ReasonFault | null }
  | { ok: false; reason: 'changed_meanwhile' | 'unchanged' | 'class_closed' }

/** `isNew` false: it says so already; a second click has the same result as the first. */
export type Mended = { ok: true; isNew: boolean; effect: MendEffect } | MendRefusal

/** What mending a class answers: of one that is published, as it could not be published too. */
export type MendAnswer = Mended | Misfit

type Request = {
  viewer: Viewer
  academyId: string
  classId: string
  entry: MendEntry
  reason: string
  now: Date
  requestId?: string
}

/**
 * Mends the name, mode, occupation, dates or hours of a class, by the academy's administrator or the province: what a ledger
 * must not (domain.md, "The ledger"). Credit of every enrolment is decided again by the rules where mode, last day or hours
 * change; practical hours and own completion dates go where the new mode has none. Everything that changes is kept as it
 * was, with the reason; of a published class those with a place are told. Refused where something that is recorded would
 * contradict it, or where it could not be published like that. Null: no such class.
 */
export async function mendClass(tx: Tx, request: Request): Promise<MendAnswer | null> {
  const held = await holdClass(tx, request)
  return held && changePublished(tx, request, (tx) => mendHeld(tx, request, held))
}

/** {@link mendClass} as part of another change, which tells of it. */
export async function mendFacts(tx: Tx, request: Request): Promise<Mended | null> {
  const held = await holdClass(tx, request)
  return held && mendHeld(tx, request, held)
}

async function mendHeld(tx: Tx, request: Request, held: Held): Promise<Mended> {
  const { academyId, classId, now, viewer } = request
  if (isClosedTo(held, viewer)) return { ok: false, reason: 'class_closed' }
  const decided = await decide(tx, held, request)
  const why = readReason(request.reason)
  if (!decided.ok) return decided.reason === 'faults' ? { ...decided, why: 'fault' in why ? why.fault : null } : decided
  const { next, occupation, effect } = decided
  if (!decided.isNew) return { ok: true, isNew: false, effect }
  if ('fault' in why) return { ok: false, reason: 'faults', faults: [], why: why.fault }

  await createStagedRevisions(tx)
  await tx.execute(sql`
    insert into staged_revision
    select c.academy_id, 'class', c.id, to_jsonb(c) from class c where c.academy_id = ${academyId}::uuid and c.id = ${classId}::uuid`)
  await tx
    .update(trainingClass)
    .set({
      ...next,
      occupationCode: occupation?.code ?? null,
      occupationEdition: occupation?.edition ?? null,
    })
    .where(isThis(request))
  if (isCreditTouched(held.facts, next)) await creditAnew(tx, held, next)
  await keepStagedRevisions(tx, { importId: null, reason: why.reason, accountId: viewer.accountId, now })
  await record(tx, {
    by: viewer,
    now,
    kind: 'class.mended',
    detail: {
      code: held.code,
      fields: changedFields(held.facts, next),
      credited: { before: effect.before, after: effect.after },
    },
    academyId,
    subjectId: classId,
    requestId: request.requestId,
  })
  return { ok: true, isNew: true, effect }
}

/** What mending would do, without doing it; refusals as in {@link mendClass}, the reason aside. */
export async function previewMend(tx: Tx, request: Omit<Request, 'reason'>): Promise<Mended | null> {
  const held = await findHeld(tx, request, false)
  if (!held) return null
  if (isClosedTo(held, request.viewer)) return { ok: false, reason: 'class_closed' }
  const decided = await decide(tx, held, request)
  if (!decided.ok) return decided.reason === 'faults' ? { ...decided, why: null } : decided
  return { ok: true, isNew: decided.isNew, effect: decided.effect }
}

type Of = { academyId: string; classId: string }
const isThis = ({ academyId, classId }: Of) =>
  and(eq(trainingClass.academyId, academyId), eq(trainingClass.id, classId))

type Held = Of & {
  code: string
  facts: ClassFacts
  occupationEdition: number | null
  origin: ClassOrigin
  status: string
  hasCourse: boolean
  deliveredHours: number | null
}

/** Of a closed class (结班) the province alone mends what it says; its academy has it opened again first. */
const isClosedTo = ({ status }: Held, viewer: Viewer) => status === 'closed' && viewer.role === 'academy_admin'

/** Locked like a seat: hours, seats and imports of the class wait. */
const holdClass = (tx: Tx, of: Of) => findHeld(tx, of, true)

async function findHeld(tx: Tx, of: Of, isLocked: boolean): Promise<Held | null> {
  const query = tx.select().from(trainingClass).where(isThis(of))
  const [row] = isLocked ? await query.for('no key update') : await query
  if (!row) return null
  const { name, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours } = row
  const mode = row.mode as Mode
  return {
    academyId: of.academyId,
    classId: of.classId,
    code: row.code,
    facts: { name, mode, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours },
    occupationEdition: row.occupationEdition,
    origin: row.origin as ClassOrigin,
    status: row.status,
    hasCourse: hoursComeFromCourse({ ...row, mode }),
    deliveredHours: row.deliveredHours,
  }
}

type Occupation = { code: string; edition: number } | null
type Decided =
  | { ok: true; isNew: boolean; next: ClassFacts; occupation: Occupation; effect: MendEffect }
  | { ok: false; reason: 'faults'; faults: PlacedFault[] }
  | { ok: false; reason: 'changed_meanwhile' | 'unchanged' }

type Asked = Pick<Request, 'entry' | 'now' | 'viewer'>

async function decide(tx: Tx, held: Held, { entry, now, viewer }: Asked): Promise<Decided> {
  const read = readMend(entry)
  if ('faults' in read) return { ok: false, reason: 'faults', faults: read.faults }
  const next = read.facts
  const isStale = entry.was !== classMark(held.facts)
  const isSame = changedFields(held.facts, next).length === 0
  if (isSame && !isStale) return { ok: false, reason: 'unchanged' }
  if (isStale && !isSame) return { ok: false, reason: 'changed_meanwhile' }
  const occupation = await occupationOf(tx, held, next)
  if (occupation === undefined)
    return { ok: false, reason: 'faults', faults: [{ field: 'occupationCode', fault: 'occupation_unknown' }] }
  const effect = await effectOf(tx, held, next)
  if (isSame) return { ok: true, isNew: false, next, occupation, effect }
  const today = shanghaiDate(now)
  const isLocked = viewer.role !== 'provincial_handler' && (await isLockedFor(tx, held, today))
  const faults = faultsOnGround(held.facts, next, { ...(await groundOf(tx, held, next)), isLocked }, today)
  return faults.length > 0
    ? { ok: false, reason: 'faults', faults }
    : { ok: true, isNew: true, next, occupation, effect }
}

/** Whether the class has closed sheets that its academy's own people may not change any more. */
async function isLockedFor(tx: Tx, { academyId, classId, facts: { endsOn } }: Held, today: string): Promise<boolean> {
  const { lockDays } = await attendancePolicy(tx, yearOf(endsOn))
  if (today <= addDays(endsOn, lockDays)) return false
  const [row] = await tx.execute(sql`select exists (select from attendance_sheet a
    where a.academy_id = ${academyId}::uuid and a.class_id = ${classId}::uuid and a.closed_at is not null) as "isClosed"`)
  return row?.isClosed === true
}

/** The edition stays where the code does. Undefined: no such occupation. */
async function occupationOf(tx: Tx, held: Held, next: ClassFacts): Promise<Occupation | undefined> {
  if (next.occupationCode === null) return null
  if (next.occupationCode === held.facts.occupationCode && held.occupationEdition !== null)
    return { code: next.occupationCode, edition: held.occupationEdition }
  return (await findOccupation(tx, next.occupationCode)) ?? undefined
}

async function groundOf(
  tx: Tx,
  { academyId, classId, origin, hasCourse }: Held,
  next: ClassFacts,
): Promise<Omit<ClassGround, 'isLocked'>> {
  const from = shanghaiInstant(next.startsOn).toISOString()
  const to = shanghaiInstant(addDays(next.endsOn, 1)).toISOString()
  const [row] = (await tx.execute(sql`
    select e.*, s.*, m.*
    from (
      select count(*) filter (where credited_on is not null)::int as credited,
        count(*) filter (where hours_attended is not null)::int as recorded,
        count(*) filter (where completed_on < ${next.startsOn}::date)::int as completed_before,
        count(*) filter (where hours_attended > ${next.plannedHours}::numeric)::int as above,
        max(hours_attended)::float as most,
        count(*) filter (where practical_hours_attended > ${next.plannedPracticalHours}::numeric)::int as practical_above,
        max(practical_hours_attended)::float as practical_most
      from enrolment where academy_id = ${academyId}::uuid and class_id = ${classId}::uuid and seat = 'enrolled') e
    cross join (
      select count(*)::int as assessed, count(*) filter (where a.assessed_on < ${next.startsOn}::date)::int as assessed_before,
        min(a.assessed_on)::text as first
      from assessment a join enrolment n on n.academy_id = a.academy_id and n.id = a.enrolment_id
      where n.academy_id = ${academyId}::uuid and n.class_id = ${classId}::uuid) s
    cross join (
      select count(*)::int as outside from class_session c
      where c.academy_id = ${academyId}::uuid and c.class_id = ${classId}::uuid and c.status = 'planned'
        and (c.starts_at < ${from}::timestamptz or c.ends_at > ${to}::timestamptz)) m`)) as unknown as Record<
    | 'credited'
    | 'recorded'
    | 'completed_before'
    | 'above'
    | 'practical_above'
    | 'assessed'
    | 'assessed_before'
    | 'outside',
    number
  >[] &
    { most: number | null; practical_most: number | null; first: string | null }[]
  return {
    origin,
    hasCourse,
    credited: row!.credited,
    recorded: row!.recorded + row!.assessed,
    assessedBefore: { count: row!.assessed_before, first: row!.first },
    completedBefore: row!.completed_before,
    attendedAbove: { count: row!.above, most: row!.most },
    practicalAbove: { count: row!.practical_above, most: row!.practical_most },
    sessionsOutside: row!.outside,
  }
}

/** The credit that the class's enrolments `e` would have; by the policy of the year in which it ends. */
async function creditOf(tx: Tx, { deliveredHours }: Held, next: ClassFacts): Promise<SQL> {
  const year = yearOf(next.endsOn)
  const { attendancePercent } = await countingPolicy(tx, year)
  const { deliveredPercent } = await attendancePolicy(tx, year)
  const plannedHours = countedHours({ ...next, deliveredHours, deliveredPercent })
  return creditedOn({
    mode: sql`${next.mode}::text`,
    plannedHours: sql`${plannedHours}::numeric`,
    endsOn: sql`${next.endsOn}::date`,
    hoursAttended: sql`e.hours_attended`,
    completedOn: sql`e.completed_on`,
    attendancePercent: sql`${attendancePercent}::int`,
  })
}

const practicalOf = ({ mode }: ClassFacts): SQL =>
  mode === 'mixed' ? sql`e.practical_hours_attended` : sql`null::numeric`
const completionOf = ({ mode }: ClassFacts): SQL => (mode === 'online' ? sql`e.completed_on` : sql`null::date`)
const isPractical = (mode: Mode, hours: SQL): SQL =>
  mode === 'practical' ? sql`true` : mode === 'mixed' ? sql`coalesce(${hours} > 0, false)` : sql`false`

async function effectOf(tx: Tx, held: Held, next: ClassFacts): Promise<MendEffect> {
  const { academyId, classId, facts } = held
  const credit = isCreditTouched(facts, next) ? await creditOf(tx, held, next) : sql`e.credited_on`
  const [row] = (await tx.execute(sql`
    select count(e.credited_on)::int as before, count(n.credited_on)::int as after,
      count(*) filter (where e.credited_on is null and n.credited_on is not null)::int as gained,
      count(*) filter (where e.credited_on is not null and n.credited_on is null)::int as lost,
      count(*) filter (where e.credited_on <> n.credited_on)::int as moved,
      count(e.credited_on) filter (where ${isPractical(facts.mode, sql`e.practical_hours_attended`)})::int as "practicalBefore",
      count(n.credited_on) filter (where ${isPractical(next.mode, practicalOf(next))})::int as "practicalAfter",
      (count(e.practical_hours_attended) - count(${practicalOf(next)}))::int as "practicalCleared",
      (count(e.completed_on) - count(${completionOf(next)}))::int as "completionCleared",
      count(*) filter (where ${next.mode}::text = 'mixed' and e.hours_attended is not null
        and e.practical_hours_attended is null)::int as "practicalMissing"
    from enrolment e cross join lateral (select ${credit} as credited_on) n
    where e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.seat = 'enrolled'`)) as unknown as MendEffect[]
  return row!
}

/** Credits the class's enrolments by its new values; those that change are kept as they were. */
async function creditAnew(tx: Tx, held: Held, next: ClassFacts): Promise<void> {
  const { academyId, classId } = held
  const credit = await creditOf(tx, held, next)
  const changed = sql`e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.seat = 'enrolled'
    and (e.credited_on is distinct from ${credit} or e.practical_hours_attended is distinct from ${practicalOf(next)}
      or e.completed_on is distinct from ${completionOf(next)})`
  await tx.execute(sql`
    insert into staged_revision
    select e.academy_id, 'enrolment', e.id, to_jsonb(e) from enrolment e where ${changed} order by e.id for update of e`)
  await tx.execute(sql`
    update enrolment e set credited_on = ${credit}, practical_hours_attended = ${practicalOf(next)},
      completed_on = ${completionOf(next)}
    where ${changed}`)
}
