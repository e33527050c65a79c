/** A half-open stretch of numbers: of time in milliseconds, of a recording in tenths of a second. */
export type Span = readonly [from: number, until: number]

/** The same stretches in order, without overlaps; what touches becomes one, what is empty goes. */
export function union(spans: readonly Span[]): Span[] {
  const sorted = spans.filter(([from, until]) => until > from).sort((one, other) => one[0] - other[0])
  const merged: [number, number][] = []
  for (const [from, until] of sorted) {
    const last = merged.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], until)
    else merged.push([from, until])
  }
  return merged
}

/** What of `spans` is not in `taken`; in order, without overlaps. */
export function subtract(spans: readonly Span[], taken: readonly Span[]): Span[] {
  const gone = union(taken)
  return union(spans).flatMap(([from, until]) => {
    const left: Span[] = []
    let at = from
    for (const [start, end] of gone) {
      if (end <= at) continue
      if (start >= until) break
      if (start > at) left.push([at, start])
      at = Math.max(at, end)
    }
    if (at < until) left.push([at, until])
    return left
  })
}

/** What of `spans` lies between two numbers. */
export const clip = (spans: readonly Span[], from: number, until: number): Span[] =>
  union(spans.map(([start, end]) => [Math.max(start, from), Math.min(end, until)]))

/** How long they are together; where they overlap it counts each time. */
export const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, [from, until]) => sum + Math.max(0, until - from), 0)
