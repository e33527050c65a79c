import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as, within } from '#app/features/accounts/as.server.ts'
import { maskDocument } from '#app/features/persons/masking.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { type ClassState, stateOf } from '#app/features/training/class-state.ts'
import { settleClass } from '#app/features/training/due-seats.server.ts'
import { type EligibilityRule, rulesOf } from '#app/features/training/eligibility.ts'
import { listLinePlaces } from '#app/features/training/places.server.ts'
import { countRoll, findOwnEnterprise, listRoll, type RollRow } from '#app/features/training/roll.server.ts'
import { findSeatedClass } from '#app/features/training/seat-class.server.ts'
import { withdrawUntil } from '#app/features/training/seat-rules.ts'
import { isDue } from '#app/features/training/settle.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, assessment, certificate, enrolment, person, trainingClass } from '#db/schema/index.ts'
import type { Mode, Result, Seat, SeatEnding } from '#db/values.ts'

/** A worker whom the union enrolled, with what has come of it. The document is masked. */
export type GroupRow = {
  enrolmentId: string
  name: string
  document: string | null
  seat: Seat
  /** How a place that is held no more came to that. */
  ending: SeatEnding | null
  /** What the academy said to those whom it did not accept, or took out. */
  rejectedBecause: string | null
  answerDueAt: Date | null
  /** The place in line of who waits, from 1; null: does not. */
  position: number | null
  hoursAttended: number | null
  creditedOn: string | null
  /** Of the attempt that was passed, else of the last one; null: none is confirmed. */
  result: Result | null
  isCertified: boolean
}

export type GroupPage = {
  academyCode: string
  academyName: string
  classId: string
  name: string
  mode: Mode
  startsOn: string
  endsOn: string
  plannedHours: number
  state: ClassState
  isCancelled: boolean
  /** What the academy said when it cancelled the class. */
  cancelledBecause: string | null
  /** Places can still be given back. */
  mayWithdraw: boolean
  /** What the class asks of workers, but for the employer, which is the union's. */
  rules: EligibilityRule[]
  rows: GroupRow[]
  /** Those on the roll who hold no place of the union's here. */
  roll: RollRow[]
  /** More are on the roll than are listed. */
  isRollCut: boolean
  isRollEmpty: boolean
}

type Of = { academyCode: string; classId: string; now: Date }

/** A class as an enterprise's union sees it: its own workers alone. Null: no such class for the public, or no enterprise. */
export async function findGroupPage(viewer: Viewer, of: Of): Promise<GroupPage | null> {
  const { academyCode, classId, now } = of
  const read = () =>
    as(viewer, async (tx) => {
      const own = await findOwnEnterprise(tx, viewer)
      const facts = own && (await findSeatedClass(tx, { academyCode, classId }))
      if (!facts) return null
      if (isDue(facts, now)) return 'due'
      const rows = await listPlaces(tx, { academyId: facts.academyId, classId, enterpriseId: own.id })
      const roll = await listRoll(tx, own.id)
      const here = await listPersonsHere(tx, { classId, enterpriseId: own.id })
      const [said] = await tx
        .select({
          academyName: academy.name,
          plannedHours: trainingClass.plannedHours,
          because: trainingClass.cancelledBecause,
        })
        .from(trainingClass)
        .innerJoin(academy, eq(academy.id, trainingClass.academyId))
        .where(and(eq(trainingClass.academyId, facts.academyId), eq(trainingClass.id, classId)))
      const { name, mode, startsOn, endsOn, status } = facts
      return {
        ...{ academyCode, classId, name, mode, startsOn, endsOn },
        academyName: said?.academyName ?? '',
        plannedHours: said?.plannedHours ?? 0,
        state: stateOf(facts, now),
        isCancelled: status === 'cancelled',
        cancelledBecause: status === 'cancelled' ? (said?.because ?? null) : null,
        mayWithdraw: status !== 'cancelled' && status !== 'closed' && now < withdrawUntil(facts),
        rules: rulesOf(facts).filter((rule) => rule !== 'employer'),
        rows,
        roll: roll.filter(({ personId }) => !here.has(personId)).map(({ personId: _, ...row }) => row),
        isRollEmpty: roll.length === 0,
        isRollCut: (await countRoll(tx, own.id)) > roll.length,
      }
    })
  const found = await read()
  if (found !== 'due') return found
  await settleClass({ academyCode, classId, now })
  const again = await read()
  return again === 'due' ? null : again
}

type Here = { classId: string; enterpriseId: string }

/** Who of the roll has a place of the union's here that is held. */
async function listPersonsHere(tx: Tx, { classId, enterpriseId }: Here): Promise<Set<string>> {
  const rows = await tx
    .select({ personId: enrolment.personId })
    .from(enrolment)
    .where(
      and(
        eq(enrolment.enterpriseId, enterpriseId),
        eq(enrolment.classId, classId),
        inArray(enrolment.seat, ['requested', 'enrolled', 'waitlisted', 'offered']),
      ),
    )
  return new Set(rows.map(({ personId }) => personId))
}

async function listPlaces(tx: Tx, of: Here & { academyId: string }): Promise<GroupRow[]> {
  const { academyId, classId, enterpriseId } = of
  const attempts = sql`select s.result from ${assessment} s where s.academy_id = ${enrolment.academyId} and s.enrolment_id = ${enrolment.id}`
  const isCertified = sql<boolean>`exists (select 1 from ${certificate} k join ${assessment} s
    on s.academy_id = k.academy_id and s.id = k.assessment_id
    where s.academy_id = ${enrolment.academyId} and s.enrolment_id = ${enrolment.id} and k.status = 'valid')`
  const rows = await tx
    .select({
      enrolmentId: enrolment.id,
      name: enrolment.name,
      personId: person.id,
      sealed: person.documentSealed,
      seat: enrolment.seat,
      rejectedBecause: sql<
        string | null
      >`case when ${enrolment.seat} = 'rejected' or ${enrolment.seatEnding} = 'removed' then ${enrolment.rejectedBecause} end`,
      ending: enrolment.seatEnding,
      answerDueAt: enrolment.answerDueAt,
      hoursAttended: enrolment.hoursAttended,
      creditedOn: enrolment.creditedOn,
      result: sql<Result | null>`(${attempts} order by s.result = 'passed' desc, s.assessed_on desc limit 1)`,
      isCertified,
    })
    .from(enrolment)
    .leftJoin(person, eq(person.id, enrolment.personId))
    .where(
      and(eq(enrolment.academyId, academyId), eq(enrolment.classId, classId), eq(enrolment.enterpriseId, enterpriseId)),
    )
    .orderBy(asc(enrolment.name), desc(enrolment.id))
    .limit(MOST)
  const waits = rows.some(({ seat }) => seat === 'waitlisted')
  const inLine = waits ? await within(tx, system('seats'), (tx) => listLinePlaces(tx, of)) : null
  return rows.map(({ personId, sealed, ...row }) => ({
    ...row,
    position: inLine?.get(row.enrolmentId) ?? null,
    seat: row.seat as Seat,
    ending: row.ending as SeatEnding | null,
    document: personId && sealed && maskDocument(open('person.document', personId, sealed), 'working'),
  }))
}

const MOST = 500
