import { classes } from './class-names.ts'

export interface MapTile {
  key: string
  name: string
  /** What is counted there; drawn and tinted. */
  count: number
  /** Place on the grid, from 1: at most 8 columns and 8 rows. */
  row: number
  column: number
  /** Null: nothing to open. */
  to: string | null
  isCurrent?: boolean
}

/** The lower ends of the four tints: one hue by count, never a ranking. */
const TINTS = [1, 2, 3, 5] as const

const tintOf = (count: number): number => TINTS.filter((from) => count >= from).length

/** A map of equal tiles; each opens what it counts. Plain links: a page has many of them. `legend` names the tints. */
export function TileMap({
  label,
  tiles,
  describe,
  legend,
}: {
  label: string
  tiles: readonly MapTile[]
  /** A tile as it is read aloud. */
  describe: (tile: MapTile) => string
  /** What a tint from one count to another is called; null: the last, open one. */
  legend: (from: number, to: number | null) => string
}) {
  return (
    <>
      <ul className="tile-map" aria-label={label}>
        {tiles.map((tile) => {
          const look = classes(`tint-${tintOf(tile.count)}`, `at-r${tile.row}`, `at-c${tile.column}`)
          return (
            <li key={tile.key}>
              {tile.to === null ? (
                <span className={look}>
                  {tile.name}
                  <b>{tile.count}</b>
                </span>
              ) : (
                <a
                  className={look}
                  href={tile.to}
                  aria-label={describe(tile)}
                  aria-current={tile.isCurrent ? 'true' : undefined}
                >
                  {tile.name}
                  <b>{tile.count}</b>
                </a>
              )}
            </li>
          )
        })}
      </ul>
      <div className="legend map-legend" aria-hidden="true">
        {TINTS.map((from, index) => (
          <span key={from}>
            <span className={`swatch tint-${index + 1}`} />
            {legend(from, (TINTS[index + 1] ?? 0) - 1 >= from ? (TINTS[index + 1] ?? 0) - 1 : null)}
          </span>
        ))}
      </div>
    </>
  )
}
