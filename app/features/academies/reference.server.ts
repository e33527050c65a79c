import { sql } from 'drizzle-orm'
import { loadOccupations } from '#app/features/occupations/load.server.ts'
import { csvReader } from '#app/lib/csv.ts'
import { newId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { referenceText } from '#db/reference.server.ts'
import { city, tradeUnion } from '#db/schema/index.ts'

/**
 * Loads what every installation needs to know: the cities in their official order, the unions of the province and its
 * cities, the occupations. Safe at every start and from several processes; what was imported since is left alone.
 * Runs as system('setup').
 */
export async function loadReference(tx: Tx): Promise<void> {
  const cities = recordsOf('cities.csv').map(([code = '', name = '', nameEn = ''], index) => ({
    code,
    name,
    nameEn,
    position: index + 1,
  }))
  await tx
    .insert(city)
    .values(cities)
    .onConflictDoUpdate({
      target: city.code,
      set: { name: sql`excluded.name`, nameEn: sql`excluded.name_en`, position: sql`excluded.position` },
      setWhere: sql`(${city.name}, ${city.nameEn}, ${city.position}) is distinct from (excluded.name, excluded.name_en, excluded.position)`,
    })
  const unions = recordsOf('unions.csv').map(([name = '', kind = '', cityCode = '']) => ({
    id: newId(),
    name,
    kind,
    cityCode: cityCode || null,
  }))
  await tx.insert(tradeUnion).values(unions).onConflictDoNothing()
  const occupations = recordsOf('occupations.csv').map(([code = '', name = '', edition = '']) => ({
    code,
    name,
    edition: Number(edition),
  }))
  await loadOccupations(tx, occupations)
}

/** The records of a reference file without its header. */
function recordsOf(name: string): string[][] {
  const reader = csvReader()
  const records = [...reader.read(referenceText(name)), ...reader.end()]
  return records.slice(1).map((record) => record.cells)
}
