import { pathThrough, pointsIn, sparkGeometry } from './trend-geometry.ts'

/** A small line without numbers, for a cell that has them beside it. */
export function Spark({ values, goal, label }: { values: readonly (number | null)[]; goal?: number; label: string }) {
  const { line, goalLine, last } = sparkGeometry(values, goal)
  return (
    <svg className="chart spark" viewBox="0 0 100 28" role="img" aria-label={label}>
      {goalLine && <path className="goal" d={goalLine} />}
      <path className="line" d={line} />
      {last && <circle className="dot" cx={last.x} cy={last.y} r="3" />}
    </svg>
  )
}

export interface TrendPoint {
  /** Under the line: the year. */
  name: string
  /** Null: nothing to show. */
  value: number | null
  /** Over the point. */
  shown: string
}

/** Over the point, or under it where the line falls: on the other side where the goal would strike through the number. */
function labelY(y: number, isFalling: boolean, goalY: number | null): number {
  const [over, under] = [y - 9, y + 18]
  const isStruck = (at: number) => goalY !== null && goalY > at - 11 && goalY < at + 1
  const [usual, other] = isFalling ? [under, over] : [over, under]
  return isStruck(usual) && !isStruck(other) ? other : usual
}

const BOX = { left: 24, right: 136, top: 22, bottom: 52 }

/** A line of a few years with every number on it; `goal` a dashed line; `isOpen`: the last year still runs. */
export function Trend({
  points,
  goal,
  isOpen,
  label,
}: {
  points: readonly TrendPoint[]
  goal?: number
  isOpen?: boolean
  label: string
}) {
  const values = points.map((point) => point.value)
  const { points: places, goalY } = pointsIn(values, goal, BOX)
  const end = places.length - 1
  return (
    <svg className="chart" viewBox="0 0 160 92" role="img" aria-label={label}>
      {goalY !== null && <path className="goal" d={`M4 ${goalY}H156`} />}
      <path className="line" d={pathThrough(isOpen ? places.slice(0, -1) : places)} />
      {isOpen && <path className="line-next" d={pathThrough(places.slice(-2))} />}
      {points.map(({ name, shown }, index) => {
        const place = places[index]
        const x = place?.x ?? BOX.left + ((BOX.right - BOX.left) / Math.max(1, end)) * index
        const isLast = index === end
        const previous = places[index - 1]
        const isFalling = place !== null && place !== undefined && previous ? place.y > previous.y : false
        return (
          <g key={name}>
            {place && (
              <circle className={isLast ? 'dot' : 'dot-past'} cx={place.x} cy={place.y} r={isLast ? 4.5 : 3.5} />
            )}
            <text
              className={isLast ? 'strong' : undefined}
              x={x}
              y={place ? labelY(place.y, isFalling, goalY) : 46}
              textAnchor="middle"
            >
              {shown}
            </text>
            <text x={x} y="86" textAnchor="middle">
              {name}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
