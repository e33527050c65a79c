import { and, asc, eq } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { brand, brandOccupation, occupation } from '#db/schema/index.ts'
import { isBrandValid } from './figures.server.ts'

export type BrandBehind = { name: string; validFrom: string | null; validUntil: string | null; occupations: string[] }

/** The brands behind the figure of an academy and year, by name, with their occupations. */
export async function listBrands(
  tx: Tx,
  { academyId, year, today }: { academyId: string; year: number; today: string },
): Promise<BrandBehind[]> {
  const rows = await tx
    .select({
      id: brand.id,
      name: brand.name,
      validFrom: brand.validFrom,
      validUntil: brand.validUntil,
      occupation: occupation.name,
    })
    .from(brand)
    .leftJoin(
      brandOccupation,
      and(eq(brandOccupation.academyId, brand.academyId), eq(brandOccupation.brandId, brand.id)),
    )
    .leftJoin(
      occupation,
      and(
        eq(occupation.code, brandOccupation.occupationCode),
        eq(occupation.edition, brandOccupation.occupationEdition),
      ),
    )
    .where(and(eq(brand.academyId, academyId), isBrandValid({ year, today })))
    .orderBy(asc(brand.name), asc(occupation.code))
  const brands = new Map<string, BrandBehind>()
  for (const { id, occupation: inOccupation, ...row } of rows) {
    const found = brands.get(id) ?? { ...row, occupations: [] }
    if (inOccupation) found.occupations.push(inOccupation)
    brands.set(id, found)
  }
  return [...brands.values()]
}
