import { and, asc, eq, getTableColumns, gt, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listUnproven } from '#app/features/accounts/identity.server.ts'
import { maskDocument, maskPhone } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { countingPolicy } from '#app/features/policy/policy.server.ts'
import { yearOf } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment, material, person, trainingClass } from '#db/schema/index.ts'
import type { Category, ClassOrigin, ClassStatus, Level, Mode, Seat } from '#db/values.ts'
import { actsAsHead } from './class-head.server.ts'
import type { Meets } from './day-change.ts'
import { type DayDoubts, findDayDoubts, NO_DOUBTS } from './day-doubts.server.ts'
import { ownClassOf } from './desk.server.ts'
import { hasSessions } from './hours.server.ts'
import { type DraftOpening, findOpening } from './opening-find.server.ts'
import { type AffirmedPlan, type DraftPlan, findAffirmed, findDraftPlan } from './plan-affirm.server.ts'
import { isDue } from './settle.server.ts'

/** A class as its roster's head shows it. */
export type RosterClass = {
  id: string
  code: string
  name: string
  mode: Mode
  origin: ClassOrigin
  status: ClassStatus
  occupationCode: string | null
  /** The skill level that it prepares for; null: none, or not said. */
  level: Level | null
  startsOn: string
  endsOn: string
  plannedHours: number
  plannedPracticalHours: number | null
  /** Its hours come from its attendance sheets (hours.server.ts). */
  hasSessions: boolean
  capacity: number | null
  taken: number
  courseSlug: string | null
  attendancePercent: number
  total: number
  /** Requests that wait for an answer; workers who wait for a seat, or are to confirm one. */
  requests: number
  waiting: number
  /** What workers handed in and nobody looked at yet. */
  materials: number
  /** The viewer acts as its head (class-head.server.ts). */
  isHeaded: boolean
  /** Where the approval of a draft stands; null: none is asked for. */
  opening: DraftOpening | null
  /** What speaks against the timetable of a draft; null: it is none. And what was said for it before it was published. */
  plan: DraftPlan | null
  affirmed: AffirmedPlan | null
  /** What the work calendar changed under its sessions and sittings to come. */
  days: Record<Meets, DayDoubts>
  /** Time has run out for somebody: seats have to be settled before this is shown. */
  isDue: boolean
}

/** A worker on the roster. Document and phone are masked for those who work with the person. */
export type RosterRow = {
  enrolmentId: string
  name: string
  document: string | null
  phone: string | null
  employer: string | null
  category: Category | null
  seat: Seat
  hoursAttended: number | null
  practicalHoursAttended: number | null
  creditedOn: string | null
  /** An account says to be this person, and no academy has seen the document yet. */
  isUnconfirmed: boolean
}

export const ROSTER_PAGE = 50

/** A class of the viewer's academy, an instructor's own alone; null for any other. */
export async function findRosterClass(
  tx: Tx,
  { viewer, classId, now }: { viewer: Viewer; classId: string; now: Date },
): Promise<RosterClass | null> {
  if (!viewer.academyId) return null
  const isThis = and(eq(trainingClass.academyId, viewer.academyId), eq(trainingClass.id, classId))
  const [row] = await tx
    .select({ ...getTableColumns(trainingClass), hasSessions })
    .from(trainingClass)
    .where(viewer.role === 'instructor' ? and(isThis, ownClassOf(tx, viewer)) : isThis)
  if (!row) return null
  const of = { academyId: row.academyId, classId: row.id }
  const [counting, [counted], materials, isHeaded, opening, plan, affirmed, days] = await Promise.all([
    countingPolicy(tx, yearOf(row.endsOn)),
    tx
      .select({
        total: sql<number>`count(*)::int`,
        requests: sql<number>`count(*) filter (where ${enrolment.seat} = 'requested')::int`,
        waiting: sql<number>`count(*) filter (where ${enrolment.seat} in ('waitlisted', 'offered'))::int`,
      })
      .from(enrolment)
      .where(ofClass(row.academyId, row.id)),
    tx.$count(
      material,
      and(eq(material.academyId, row.academyId), eq(material.classId, row.id), eq(material.state, 'handed_in')),
    ),
    actsAsHead(tx, viewer, row.id),
    findOpening(tx, { ...row, classId: row.id }),
    findDraftPlan(tx, { ...of, now }),
    findAffirmed(tx, of),
    row.status === 'published' ? findDayDoubts(tx, { ...of, now }) : NO_DOUBTS,
  ])
  const { id, code, name, occupationCode, startsOn, endsOn, plannedHours, plannedPracticalHours } = row
  const { capacity, taken, courseSlug, hasSessions: isTaught } = row
  return {
    ...{
      id,
      code,
      name,
      occupationCode,
      startsOn,
      endsOn,
      plannedHours,
      plannedPracticalHours,
      hasSessions: isTaught,
      capacity,
      taken,
      courseSlug,
    },
    mode: row.mode as Mode,
    level: row.level as Level | null,
    origin: row.origin as ClassOrigin,
    status: row.status as ClassStatus,
    attendancePercent: counting.attendancePercent,
    total: counted?.total ?? 0,
    requests: counted?.requests ?? 0,
    waiting: counted?.waiting ?? 0,
    materials,
    isHeaded,
    opening,
    plan,
    affirmed,
    days,
    isDue: isDue(row, now),
  }
}

const ofClass = (academyId: string, classId: string) =>
  and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId))

/**
 * A page of a class's workers in the order in which they came, for a viewer who has found the class. `after`: the enrolment
 * where the page before ended. `isSeated`: those with a seat alone, for recording hours and results. `size`: how many a page has.
 */
export async function listRoster(
  viewer: Viewer,
  { size = ROSTER_PAGE, ...input }: { classId: string; after: string | null; isSeated: boolean; size?: number },
): Promise<{ rows: RosterRow[]; hasMore: boolean }> {
  const rows = await as(viewer, (tx) => selectRoster(tx, { ...input, size, academyId: viewer.academyId ?? NO_ACADEMY }))
  const shown = rows.slice(0, size)
  // An academy may not read workers' accounts; whether a document was checked it must know.
  const unproven = await as(system('identity'), (tx) => listUnproven(tx, shown.map(placeOf)))
  const unconfirmed = new Set(unproven.map(({ id }) => id))
  return {
    rows: shown.map(({ id, phoneSealed, personId, documentSealed, accountId: _, ofPerson: __, ...row }) => ({
      ...row,
      enrolmentId: id,
      seat: row.seat as Seat,
      category: row.category as Category | null,
      document:
        personId && documentSealed && maskDocument(open('person.document', personId, documentSealed), 'working'),
      phone: phoneSealed && maskPhone(open('enrolment.phone', id, phoneSealed)),
      isUnconfirmed: unconfirmed.has(id),
    })),
    hasMore: rows.length > size,
  }
}

const placeOf = ({ id, accountId, ofPerson }: Awaited<ReturnType<typeof selectRoster>>[number]) => ({
  ...{ id, accountId, personId: ofPerson },
})

const NO_ACADEMY = '00000000-0000-0000-0000-000000000000'

async function selectRoster(
  tx: Tx,
  input: { academyId: string; classId: string; after: string | null; isSeated: boolean; size: number },
) {
  return tx
    .select({
      id: enrolment.id,
      name: enrolment.name,
      phoneSealed: enrolment.phoneSealed,
      employer: enrolment.employer,
      category: enrolment.category,
      seat: enrolment.seat,
      hoursAttended: enrolment.hoursAttended,
      practicalHoursAttended: enrolment.practicalHoursAttended,
      creditedOn: enrolment.creditedOn,
      accountId: enrolment.accountId,
      ofPerson: enrolment.personId,
      personId: person.id,
      documentSealed: person.documentSealed,
    })
    .from(enrolment)
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(
        ofClass(input.academyId, input.classId),
        input.isSeated ? eq(enrolment.seat, 'enrolled') : undefined,
        input.after ? gt(enrolment.id, input.after) : undefined,
      ),
    )
    .orderBy(asc(enrolment.id))
    .limit(input.size + 1)
}
