import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, enrolment } from '#db/schema/index.ts'
import type { Category, DeclaredLevel, Seat, SeatEnding } from '#db/values.ts'
import type { SeatedClass } from './seat-class.server.ts'
import type { AskingWorker } from './seat-request.ts'

/** A worker's place in a class, as the commands of seats see it. */
export type PlaceRow = {
  id: string
  personId: string
  accountId: string | null
  /** Whose union enrolled the worker; null: nobody's. */
  enterpriseId: string | null
  seat: Seat
  ending: SeatEnding | null
  lineNumber: number | null
  answerDueAt: Date | null
  hoursAttended: number | null
  creditedOn: string | null
  category: Category | null
  employer: string | null
  declaredLevel: DeclaredLevel | null
  yearsOfWork: number | null
  isUnionMember: boolean | null
}

export const placeColumns = {
  id: enrolment.id,
  personId: enrolment.personId,
  accountId: enrolment.accountId,
  enterpriseId: enrolment.enterpriseId,
  seat: enrolment.seat,
  ending: enrolment.seatEnding,
  lineNumber: enrolment.lineNumber,
  answerDueAt: enrolment.answerDueAt,
  hoursAttended: enrolment.hoursAttended,
  creditedOn: enrolment.creditedOn,
  category: enrolment.category,
  employer: enrolment.employer,
  declaredLevel: enrolment.declaredLevel,
  yearsOfWork: enrolment.yearsOfWork,
  isUnionMember: enrolment.isUnionMember,
}

/** Made by this account; or of the person whom an academy has confirmed to be behind it. */
export const isOwn = (place: PlaceRow, worker: AskingWorker): boolean =>
  worker.isConfirmed || place.accountId === worker.accountId

/** Hours or a credit stand on it. */
export const isRecorded = (place: PlaceRow): boolean => place.hoursAttended !== null || place.creditedOn !== null

const academyOf = (db: Tx) =>
  db
    .select({ id: academy.id })
    .from(academy)
    .where(eq(academy.code, sql.placeholder('academyCode')))

const ofPerson = (db: Tx) =>
  db
    .select(placeColumns)
    .from(enrolment)
    .where(
      and(
        sql`${enrolment.academyId} = (${academyOf(db)})`,
        eq(enrolment.classId, sql.placeholder('classId')),
        eq(enrolment.personId, sql.placeholder('personId')),
      ),
    )

const readPlace = statement((db) => ofPerson(db))
const lockPlace = statement((db) => ofPerson(db).for('no key update'))

type Of = { academyCode: string; classId: string; personId: string }

/** The person's row in a class, whoever made it. */
export const findPlace = async (tx: Tx, of: Of) => toPlace((await readPlace(tx, of))[0])

/** The same, locked: an administrator may be recording hours on it. */
export const holdPlace = async (tx: Tx, of: Of) => toPlace((await lockPlace(tx, of))[0])

const toPlace = (row: unknown): PlaceRow | null => (row as PlaceRow | undefined) ?? null

const inClass = ({ academyId, id }: SeatedClass) => and(eq(enrolment.academyId, academyId), eq(enrolment.classId, id))

/** Places of a class by their ids, those who came first at the top; what is none of its is passed over. */
export async function holdPlaces(tx: Tx, of: SeatedClass, ids: readonly string[]): Promise<PlaceRow[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select(placeColumns)
    .from(enrolment)
    .where(and(inClass(of), inArray(enrolment.id, [...ids])))
    .orderBy(asc(enrolment.lineNumber), asc(enrolment.id))
    .for('no key update')
  return rows as PlaceRow[]
}

/** Everybody who holds a place in a class, or asks or waits for one. */
export async function holdAllPlaces(tx: Tx, of: SeatedClass): Promise<PlaceRow[]> {
  const held = inArray(enrolment.seat, ['requested', 'waitlisted', 'offered', 'enrolled'])
  const rows = await tx
    .select(placeColumns)
    .from(enrolment)
    .where(and(inClass(of), held))
    .orderBy(asc(enrolment.id))
    .for('no key update')
  return rows as PlaceRow[]
}

/** Those whom nobody answered in time, or who did not answer: the first to be due at the top. */
export async function listDuePlaces(tx: Tx, of: SeatedClass, now: Date): Promise<PlaceRow[]> {
  const rows = await tx
    .select(placeColumns)
    .from(enrolment)
    .where(and(inClass(of), inArray(enrolment.seat, ['requested', 'offered']), lte(enrolment.answerDueAt, now)))
    .orderBy(asc(enrolment.answerDueAt), asc(enrolment.lineNumber))
    .for('no key update')
  return rows as PlaceRow[]
}

/** When the next answer of a class is due; null: none is. */
export async function nextDueAt(tx: Tx, of: SeatedClass): Promise<Date | null> {
  const [row] = await tx
    .select({ at: enrolment.answerDueAt })
    .from(enrolment)
    .where(and(inClass(of), inArray(enrolment.seat, ['requested', 'offered'])))
    .orderBy(asc(enrolment.answerDueAt))
    .limit(1)
  return row?.at ?? null
}

/**
 * The places in line of those of an enterprise's workers who wait, from 1, by place: counted among all who wait, of whom the enterprise's
 * union may see its own alone. Runs for the purpose `seats`.
 */
export async function listLinePlaces(
  tx: Tx,
  of: { academyId: string; classId: string; enterpriseId: string },
): Promise<Map<string, number>> {
  const position = sql<number>`row_number() over (order by ${enrolment.lineNumber})::int`.as('position')
  const line = tx
    .select({ id: enrolment.id, enterpriseId: enrolment.enterpriseId, position })
    .from(enrolment)
    .where(
      and(eq(enrolment.academyId, of.academyId), eq(enrolment.classId, of.classId), eq(enrolment.seat, 'waitlisted')),
    )
    .as('line')
  const rows = await tx.select().from(line).where(eq(line.enterpriseId, of.enterpriseId))
  return new Map(rows.map(({ id, position }) => [id, position]))
}
