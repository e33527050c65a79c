/** Where the points of small lines stand; pure, so that a component and a text draw the same line. */
export type Point = { x: number; y: number }

/** One decimal is a tenth of a pixel. */
const round = (number: number) => Math.round(number * 10) / 10

/** The path through points, broken where a value is missing; a lone point is a dot of no length. */
export function pathThrough(points: readonly (Point | null)[]): string {
  let path = ''
  let isOpen = false
  for (const point of points) {
    if (point) path += `${isOpen ? 'L' : 'M'}${point.x} ${point.y}`
    isOpen = point !== null
  }
  return path
}

/**
 * Points of a series within a box: evenly from left to right, values between the lowest and the highest of all (the goal
 * among them). All alike stand in the middle.
 */
export function pointsIn(
  values: readonly (number | null)[],
  goal: number | undefined,
  box: { left: number; right: number; top: number; bottom: number },
): { points: (Point | null)[]; goalY: number | null } {
  const known = values.filter((value) => value !== null)
  const all = goal === undefined ? known : [...known, goal]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const step = values.length > 1 ? (box.right - box.left) / (values.length - 1) : 0
  const yOf = (value: number) =>
    round(
      high === low ? (box.top + box.bottom) / 2 : box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top),
    )
  return {
    points: values.map((value, index) =>
      value === null ? null : { x: round(box.left + step * index), y: yOf(value) },
    ),
    goalY: goal === undefined ? null : yOf(goal),
  }
}

/** A line of 100 × 28 for a cell; each point over the middle of its number, where as many columns stand beneath. */
export function sparkGeometry(
  values: readonly (number | null)[],
  goal?: number,
): { line: string; goalLine: string | null; last: Point | null } {
  const half = 50 / Math.max(1, values.length)
  const { points, goalY } = pointsIn(values, goal, { left: half, right: 100 - half, top: 5, bottom: 23 })
  return {
    line: pathThrough(points),
    goalLine: goalY === null ? null : `M0 ${goalY}H100`,
    last: points.findLast((point) => point !== null) ?? null,
  }
}
