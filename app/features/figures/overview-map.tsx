import { useLocale, useWords } from '#app/ui/locale.tsx'
import { type MapTile, TileMap } from '#app/ui/tile-map.tsx'
import type { CityTile } from './overview.server.ts'
import { type OverviewView, writeView } from './overview-view.ts'
import { overviewWords } from './overview-words.ts'

/** The cities where they lie, tinted by how many academies they have; a city opens its academies, and closes them again. */
export function CityMap({ map, view, rest }: { map: readonly CityTile[]; view: OverviewView; rest: number }) {
  const o = useWords(overviewWords)
  const isEnglish = useLocale() === 'en'
  const nameOf = (city: CityTile) => (isEnglish ? city.nameEn : city.name)
  const tiles = map.map((city): MapTile => {
    const isCurrent = view.city === city.code
    return {
      key: city.code,
      name: isEnglish ? city.nameEn : o.short(city.name),
      count: city.academies,
      row: city.row,
      column: city.column,
      to: city.academies > 0 ? `${writeView(view, { city: isCurrent ? null : city.code })}#academies` : null,
      isCurrent,
    }
  })
  const full = new Map(map.map((city) => [city.code, nameOf(city)]))
  return (
    <section className="card" aria-label={o.map}>
      <div className="section-head">
        <h2>{o.map}</h2>
        <span className="tiny muted">{o.mapUnit}</span>
      </div>
      <TileMap
        label={o.map}
        tiles={tiles}
        describe={(tile) => o.tile(full.get(tile.key) ?? '', tile.count)}
        legend={o.legendTile}
      />
      {rest > 0 && <p className="tiny muted">{o.mapRest(rest)}</p>}
    </section>
  )
}
