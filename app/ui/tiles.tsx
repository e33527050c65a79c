import type { ReactNode } from 'react'

/** Figures side by side. */
export function Tiles({ children }: { children: ReactNode }) {
  return <div className="tiles">{children}</div>
}

/** A figure with what it means: `bar` (a BulletBar), `badge` and `note` keep it from standing alone. */
export function Tile({
  label,
  value,
  unit,
  badge,
  bar,
  note,
}: {
  label: ReactNode
  value: ReactNode
  unit?: ReactNode
  badge?: ReactNode
  bar?: ReactNode
  note?: ReactNode
}) {
  return (
    <div className="tile">
      <p className="tile-label">
        {label}
        {badge}
      </p>
      <p className="tile-value">
        {value}
        {unit && <small>{unit}</small>}
      </p>
      {bar}
      {note && <p className="tile-note">{note}</p>}
    </div>
  )
}
