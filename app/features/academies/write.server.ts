import { and, asc, eq, or, sql } from 'drizzle-orm'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { academy, city, designation, tradeUnion } from '#db/schema/index.ts'
import type { AcademyKind } from '#db/values.ts'
import {
  type AcademyFacts,
  type Designation,
  type KnownCity,
  type KnownUnion,
  replacedDesignations,
} from './academy-rows.ts'

export type RecordedAcademy = AcademyFacts & { id: string; designations: Designation[] }

export async function listCities(tx: Tx): Promise<KnownCity[]> {
  return tx.select({ code: city.code, name: city.name }).from(city).orderBy(asc(city.position))
}

export async function listUnions(tx: Tx): Promise<KnownUnion[]> {
  return tx.select({ id: tradeUnion.id, name: tradeUnion.name, kind: tradeUnion.kind }).from(tradeUnion)
}

/** Every academy by its code, as a table would say it. There are some hundreds at most. */
export async function recordedAcademies(tx: Tx): Promise<Map<string, RecordedAcademy>> {
  const rows = await tx
    .select({
      id: academy.id,
      code: academy.code,
      name: academy.name,
      kind: academy.kind,
      cityCode: academy.cityCode,
      sponsor: tradeUnion.name,
    })
    .from(academy)
    .innerJoin(tradeUnion, eq(tradeUnion.id, academy.sponsorId))
  const periods = await tx.select().from(designation).orderBy(asc(designation.fromYear))
  return new Map(
    rows.map((row) => [
      row.code,
      {
        ...row,
        kind: row.kind as AcademyKind,
        designations: periods
          .filter((period) => period.academyId === row.id)
          .map((period) => ({ from: period.fromYear, until: period.untilYear })),
      },
    ]),
  )
}

/** The known unions with those added that `names` names and nobody knows yet, as industrial unions. */
export async function makeUnions(
  tx: Tx,
  unions: readonly KnownUnion[],
  names: readonly string[],
): Promise<KnownUnion[]> {
  const known = new Set(unions.map((union) => union.name))
  const added = [...new Set(names)]
    .filter((name) => !known.has(name))
    .map((name) => ({ id: newId(), name, kind: 'industrial_union' as const }))
  if (added.length > 0) await tx.insert(tradeUnion).values(added)
  return [...unions, ...added]
}

/** Writes new academies and corrected ones with their designations. Decided before: see {@link replacedDesignations}. */
export async function writeAcademies(
  tx: Tx,
  {
    academies,
    recorded,
    unions,
    now,
  }: {
    academies: readonly AcademyFacts[]
    recorded: ReadonlyMap<string, RecordedAcademy>
    unions: readonly KnownUnion[]
    now: Date
  },
): Promise<void> {
  if (academies.length === 0) return
  const sponsorIds = new Map(unions.map((union) => [union.name, union.id]))
  const rows = academies.map(({ code, name, kind, cityCode, sponsor }) => {
    const sponsorId = sponsorIds.get(sponsor)
    if (!sponsorId) throw new Error('a sponsor was not made')
    return { id: recorded.get(code)?.id ?? newId(), code, name, kind, cityCode, sponsorId, createdAt: now }
  })
  await tx
    .insert(academy)
    .values(rows)
    .onConflictDoUpdate({
      target: academy.code,
      set: {
        name: sql`excluded.name`,
        kind: sql`excluded.kind`,
        cityCode: sql`excluded.city_code`,
        sponsorId: sql`excluded.sponsor_id`,
      },
    })

  const idOf = new Map(rows.map((row) => [row.code, row.id]))
  const removed = academies.flatMap(({ code, designations }) =>
    replacedDesignations(designations, recorded.get(code)?.designations ?? []).map(({ from }) =>
      and(eq(designation.academyId, idOf.get(code)!), eq(designation.fromYear, from)),
    ),
  )
  if (removed.length > 0) await tx.delete(designation).where(or(...removed))
  const added = academies.flatMap(({ code, designations }) =>
    (designations ?? []).map(({ from, until }) => ({ academyId: idOf.get(code)!, fromYear: from, untilYear: until })),
  )
  if (added.length > 0) await tx.insert(designation).values(added).onConflictDoNothing()
}
