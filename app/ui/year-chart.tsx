import { useId } from 'react'
import { pathThrough } from './trend-geometry.ts'

const BOX = { left: 44, right: 500, top: 28, bottom: 240 }

/**
 * What a year adds up to, month by month: this year as a line, the year before in grey, the goal and the straight way to
 * it dashed. Under the months what each of them added: not on a phone, where every other month is named and the table tells. `current` ends with the month that runs.
 */
export function YearChart({
  title,
  description,
  months,
  current,
  past,
  goal,
  goalName,
  addedName,
  show,
}: {
  title: string
  description: string
  /** Names of the months. */
  months: readonly string[]
  /** Added in each month so far. */
  current: readonly number[]
  past: readonly number[]
  goal: number
  goalName: string
  addedName: string
  show: (count: number) => string
}) {
  const id = useId()
  const sums = [runningSums(current), runningSums(past)] as const
  const top = niceTop(Math.max(goal, ...sums[0], ...sums[1]))
  const x = (month: number) => Math.round(BOX.left + ((BOX.right - BOX.left) / (months.length - 0.5)) * (month + 0.5))
  const y = (value: number) => Math.round((BOX.bottom - (value / top) * (BOX.bottom - BOX.top)) * 10) / 10
  const line = (values: readonly number[]) => pathThrough(values.map((value, month) => ({ x: x(month), y: y(value) })))
  const last = sums[0].length - 1
  const reached = sums[0][last]
  return (
    <svg className="chart chart-year" viewBox="0 0 540 290" role="img" aria-labelledby={`${id}-t ${id}-d`}>
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{description}</desc>
      {[0, 1, 2, 3, 4].map((quarter) => {
        const value = (top / 4) * quarter
        return (
          <g key={quarter}>
            <path className={quarter === 0 ? 'axis' : 'grid'} d={`M${BOX.left} ${y(value)}H${BOX.right}`} />
            <text x={BOX.left - 6} y={y(value) + 4} textAnchor="end">
              {show(value)}
            </text>
          </g>
        )
      })}
      <path className="goal" d={`M${BOX.left} ${y(goal)}H${BOX.right}`} />
      <text className="strong" x={BOX.left + 4} y={y(goal) - 6}>
        {`${goalName} ${show(goal)}`}
      </text>
      <path className="line-even" d={`M${BOX.left} ${BOX.bottom}L${x(months.length - 1)} ${y(goal)}`} />
      <path className="line-past" d={line(sums[1])} />
      <path className="line" d={line(sums[0])} />
      {reached !== undefined && (
        <>
          <circle className="dot" cx={x(last)} cy={y(reached)} r="4.5" />
          <text className="strong" x={x(last) + 8} y={y(reached) + 14}>
            {show(reached)}
          </text>
        </>
      )}
      {months.map((month, index) => (
        <text
          key={month}
          className={index % 2 === 1 ? 'every-other' : undefined}
          x={x(index)}
          y="260"
          textAnchor="middle"
        >
          {month}
        </text>
      ))}
      <text className="added" x={BOX.left - 6} y="282" textAnchor="end">
        {addedName}
      </text>
      {current.map((count, index) => (
        <text key={months[index]} className="added strong" x={x(index)} y="282" textAnchor="middle">
          {show(count)}
        </text>
      ))}
    </svg>
  )
}

/** 3, 5, 2 becomes 3, 8, 10. */
export function runningSums(counts: readonly number[]): number[] {
  let sum = 0
  return counts.map((count) => {
    sum += count
    return sum
  })
}

/** The end of an axis that four equal, round steps reach: 1,842 → 2,000; 2,100 → 4,000 would waste half, so 2,400. */
export function niceTop(highest: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(highest, 1))) - 1)
  return Math.max(4, Math.ceil(highest / (4 * unit)) * 4 * unit)
}
