import { z } from 'zod'
import places from '#db/reference/city-map.json'

const at = z.int().min(1).max(8)

/** Where the cities stand on the tile map: row and column from 1, by the city's code; of db/reference/city-map.json. */
export const cityMap: ReadonlyMap<string, { row: number; column: number }> = new Map(
  Object.entries(z.record(z.string(), z.strictObject({ row: at, column: at })).parse(places)),
)
