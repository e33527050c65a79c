import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { academy, brand, brandOccupation, city, designation, occupation, site, tradeUnion } from '#db/schema/index.ts'
import type { AcademyKind } from '#db/values.ts'

export type AcademyCard = {
  code: string
  name: string
  kind: AcademyKind
  /** Null: of no single city. */
  cityName: string | null
  cityNameEn: string | null
}

export type CityChoice = { code: string; name: string; nameEn: string }

/** The place in the official order of the cities; academies of no single city stand first. */
const position = sql<number>`coalesce(${city.position}, 0)`

/**
 * Academies by city in the official order, then by code. Keyset paging: `after` is the code of the last academy of the
 * page before; an unknown one gives an empty page.
 */
export async function listAcademies(
  tx: Tx,
  input: { city: string | null; after: string | null; limit: number },
): Promise<{ academies: AcademyCard[]; hasMore: boolean }> {
  const behind = input.after
    ? sql`(${position}, ${academy.code}) > (select coalesce(ci.position, 0), ac.code from academy ac
        left join city ci on ci.code = ac.city_code where ac.code = ${input.after})`
    : undefined
  const rows = await tx
    .select({
      code: academy.code,
      name: academy.name,
      kind: academy.kind,
      cityName: city.name,
      cityNameEn: city.nameEn,
    })
    .from(academy)
    .leftJoin(city, eq(city.code, academy.cityCode))
    .where(and(input.city ? eq(academy.cityCode, input.city) : undefined, behind))
    .orderBy(asc(position), asc(academy.code))
    .limit(input.limit + 1)
  const academies = rows.slice(0, input.limit).map((row) => ({ ...row, kind: row.kind as AcademyKind }))
  return { academies, hasMore: rows.length > input.limit }
}

/** The cities in their official order: what lists are filtered by. */
export async function listCityChoices(tx: Tx): Promise<CityChoice[]> {
  return tx.select({ code: city.code, name: city.name, nameEn: city.nameEn }).from(city).orderBy(asc(city.position))
}

export type AcademyChoice = { code: string; name: string; cityName: string | null; cityNameEn: string | null }

/** Every academy to choose from, by city in the official order; those of no single city stand first. */
export async function listAcademyChoices(tx: Tx): Promise<AcademyChoice[]> {
  return tx
    .select({ code: academy.code, name: academy.name, cityName: city.name, cityNameEn: city.nameEn })
    .from(academy)
    .leftJoin(city, eq(city.code, academy.cityCode))
    .orderBy(asc(position), asc(academy.code))
}

export type AcademyPage = AcademyCard & {
  id: string
  sponsor: string
  /** The designation in force in `year`; null: not a provincial academy then. */
  designation: { from: number; until: number | null } | null
  /** Approved and valid on `today`. */
  brands: { name: string; occupations: string[] }[]
  sites: { name: string; address: string }[]
}

/** An academy as the public sees it: no figures. Null where no academy has this code. */
export async function findAcademyPage(
  tx: Tx,
  { code, today, year }: { code: string; today: string; year: number },
): Promise<AcademyPage | null> {
  const [found] = await tx
    .select({
      id: academy.id,
      code: academy.code,
      name: academy.name,
      kind: academy.kind,
      cityName: city.name,
      cityNameEn: city.nameEn,
      sponsor: tradeUnion.name,
      fromYear: designation.fromYear,
      untilYear: designation.untilYear,
    })
    .from(academy)
    .innerJoin(tradeUnion, eq(tradeUnion.id, academy.sponsorId))
    .leftJoin(city, eq(city.code, academy.cityCode))
    .leftJoin(
      designation,
      and(
        eq(designation.academyId, academy.id),
        lte(designation.fromYear, year),
        or(isNull(designation.untilYear), gte(designation.untilYear, year)),
      ),
    )
    .where(eq(academy.code, code))
    .limit(1)
  if (!found) return null
  const [brands, sites] = await Promise.all([listBrands(tx, found.id, today), listSites(tx, found.id)])
  const { fromYear, untilYear, ...rest } = found
  return {
    ...rest,
    kind: found.kind as AcademyKind,
    designation: fromYear === null ? null : { from: fromYear, until: untilYear },
    brands,
    sites,
  }
}

async function listBrands(tx: Tx, academyId: string, today: string) {
  return tx
    .select({
      name: brand.name,
      occupations: sql<string[]>`array_agg(${occupation.name} order by ${occupation.code})`,
    })
    .from(brand)
    .innerJoin(
      brandOccupation,
      and(eq(brandOccupation.academyId, brand.academyId), eq(brandOccupation.brandId, brand.id)),
    )
    .innerJoin(
      occupation,
      and(
        eq(occupation.code, brandOccupation.occupationCode),
        eq(occupation.edition, brandOccupation.occupationEdition),
      ),
    )
    .where(
      and(
        eq(brand.academyId, academyId),
        eq(brand.status, 'approved'),
        or(isNull(brand.validFrom), lte(brand.validFrom, today)),
        or(isNull(brand.validUntil), gte(brand.validUntil, today)),
      ),
    )
    .groupBy(brand.id, brand.name)
    .orderBy(asc(brand.name))
}

/** The places of an academy that are in use, by name; with `isEvery` retired ones too. */
export async function listSites(
  tx: Tx,
  academyId: string,
  { isEvery = false } = {},
): Promise<{ id: string; name: string; address: string }[]> {
  return tx
    .select({ id: site.id, name: site.name, address: site.address })
    .from(site)
    .where(and(eq(site.academyId, academyId), isEvery ? undefined : isNull(site.retiredAt)))
    .orderBy(asc(site.name))
}
