import { and, asc, type Column, eq, gte, inArray, sql } from 'drizzle-orm'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { academy, city, occupation, trainingClass } from '#db/schema/index.ts'
import type { ClassOrigin, ClassStatus, Mode } from '#db/values.ts'
import type { ClassFilters } from './class-filters.ts'
import { type ClassState, stateOf } from './class-state.ts'
import type { SeatClass } from './seat-rules.ts'

/** A class in a list for the public. Dates `YYYY-MM-DD`, hours of 45 minutes. */
export type ClassCard = {
  id: string
  academyCode: string
  academyName: string
  cityName: string | null
  cityNameEn: string | null
  name: string
  mode: Mode
  startsOn: string
  endsOn: string
  plannedHours: number
  state: ClassState
}

const inAcademy = eq(academy.id, trainingClass.academyId)
const inCity = eq(city.code, academy.cityCode)
/** What the public sees, whoever asks: row-level security would show an administrator the drafts too. */
const isPublic = and(eq(trainingClass.origin, 'system'), sql`${trainingClass.status} <> 'draft'`)

const cardColumns = {
  id: trainingClass.id,
  academyCode: academy.code,
  academyName: academy.name,
  cityName: city.name,
  cityNameEn: city.nameEn,
  name: trainingClass.name,
  mode: trainingClass.mode,
  startsOn: trainingClass.startsOn,
  endsOn: trainingClass.endsOn,
  plannedHours: trainingClass.plannedHours,
  origin: trainingClass.origin,
  status: trainingClass.status,
  capacity: trainingClass.capacity,
  taken: trainingClass.taken,
  needsApproval: trainingClass.needsApproval,
  hasWaitlist: trainingClass.hasWaitlist,
  enrolOpensAt: trainingClass.enrolOpensAt,
  enrolClosesAt: trainingClass.enrolClosesAt,
  withdrawUntil: trainingClass.withdrawUntil,
}

/** A filter that is not set is null and lets everything through. */
const nextCards = statement((db) => {
  const given = (name: string) => sql`${sql.placeholder(name)}::text`
  const lets = (name: string, column: Column) => sql`(${given(name)} is null or ${column} = ${given(name)})`
  const place = sql`(${sql.placeholder('startsOn')}::date, ${sql.placeholder('id')}::uuid)`
  return db
    .select(cardColumns)
    .from(trainingClass)
    .innerJoin(academy, inAcademy)
    .leftJoin(city, inCity)
    .where(
      and(
        isPublic,
        eq(trainingClass.status, 'published'),
        gte(trainingClass.endsOn, sql.placeholder('today')),
        lets('city', academy.cityCode),
        lets('mode', trainingClass.mode),
        lets('occupation', trainingClass.occupationCode),
        lets('academy', academy.code),
        sql`(not ${sql.placeholder('isOffline')}::boolean or ${trainingClass.mode} <> 'online')`,
        sql`(${sql.placeholder('id')}::uuid is null or (${trainingClass.startsOn}, ${trainingClass.id}) > ${place})`,
      ),
    )
    .orderBy(asc(trainingClass.startsOn), asc(trainingClass.id))
    .limit(sql.placeholder('most'))
})

/**
 * Published classes that are not over, those that begin first at the top. Keyset paging: `after` is the last class of the
 * page before (its first day and id). `isOffline`: without the online ones. One more than `limit` is read to know whether a page follows.
 */
export async function listClassCards(
  tx: Tx,
  input: {
    filters: Partial<ClassFilters>
    after: { startsOn: string; id: string } | null
    limit: number
    now: Date
    isOffline?: boolean
  },
): Promise<{ classes: ClassCard[]; hasMore: boolean }> {
  const { filters, after, limit, now, isOffline = false } = input
  const { city = null, mode = null, occupation = null, academy = null } = filters
  const from = { startsOn: after?.startsOn ?? null, id: after?.id ?? null }
  const narrowed = { city, mode, occupation, academy, isOffline, ...from }
  const rows = await nextCards(tx, { ...narrowed, today: shanghaiDate(now), most: limit + 1 })
  return { classes: rows.slice(0, limit).map((row) => toCard(row, now)), hasMore: rows.length > limit }
}

/** Public classes by their academies' codes and their ids, in no order; what is none is passed over. */
export async function listClassCardsOf(
  tx: Tx,
  { of, now }: { of: readonly { academyCode: string; id: string }[]; now: Date },
): Promise<ClassCard[]> {
  if (of.length === 0) return []
  const rows = await tx
    .select(cardColumns)
    .from(trainingClass)
    .innerJoin(academy, inAcademy)
    .leftJoin(city, inCity)
    .where(
      and(
        isPublic,
        inArray(
          academy.code,
          of.map((one) => one.academyCode),
        ),
        inArray(
          trainingClass.id,
          of.map((one) => one.id),
        ),
      ),
    )
  return rows.map((row) => toCard(row, now))
}

type CardRow = Omit<ClassCard, 'state' | 'mode'> & Omit<SeatClass, 'origin' | 'status' | 'mode'> & StoredWords
type StoredWords = { origin: string; status: string; mode: string }

function toCard(row: CardRow, now: Date): ClassCard {
  const { id, academyCode, academyName, cityName, cityNameEn, name, startsOn, endsOn, plannedHours } = row
  const facts = factsOf(row)
  const card = { id, academyCode, academyName, cityName, cityNameEn, name, startsOn, endsOn, plannedHours }
  return { ...card, mode: facts.mode, state: stateOf(facts, now) }
}

const factsOf = (row: Omit<SeatClass, keyof StoredWords> & StoredWords): SeatClass => ({
  ...row,
  origin: row.origin as ClassOrigin,
  status: row.status as ClassStatus,
  mode: row.mode as Mode,
})

/** The occupations that a visitor may filter by: those of classes that are not over. */
export async function listClassOccupations(tx: Tx, now: Date): Promise<{ code: string; name: string }[]> {
  return tx
    .selectDistinct({ code: occupation.code, name: occupation.name })
    .from(trainingClass)
    .innerJoin(
      occupation,
      and(eq(occupation.code, trainingClass.occupationCode), eq(occupation.edition, trainingClass.occupationEdition)),
    )
    .where(and(isPublic, eq(trainingClass.status, 'published'), gte(trainingClass.endsOn, shanghaiDate(now))))
    .orderBy(asc(occupation.code))
}
