import { csvReader } from '#app/lib/csv.ts'
import { referenceText } from '#db/reference.server.ts'

/** Where the cities stand on the tile map: row and column from 1, by code; of db/reference/cities.csv. */
export type CityMap = ReadonlyMap<string, { row: number; column: number }>

let read: CityMap | undefined

export function cityMap(): CityMap {
  read ??= parse(referenceText('cities.csv'))
  return read
}

function parse(text: string): CityMap {
  const reader = csvReader()
  const [head, ...records] = [...reader.read(text), ...reader.end()].map(({ cells }) => cells)
  const at = (name: string) => head?.indexOf(name) ?? -1
  const [row, column] = [at('map_row'), at('map_column')]
  return new Map(
    records.flatMap((cells) => {
      const place = { row: Number(cells[row]), column: Number(cells[column]) }
      return place.row > 0 && place.column > 0 ? [[cells[0] ?? '', place] as const] : []
    }),
  )
}
