import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip, lengthOf, type Span, subtract, union } from '#app/lib/spans.ts'

const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 12 })
const points = (of: readonly Span[]) => {
  const set = new Set<number>()
  for (const [from, until] of of) for (let at = from; at < until; at++) set.add(at)
  return [...set].sort((a, b) => a - b)
}

test('stretches that overlap or touch become one, and empty ones go', () => {
  expect(union([])).toEqual([])
  expect(
    union([
      [5, 9],
      [0, 2],
      [2, 3],
      [8, 12],
      [4, 4],
      [7, 6],
    ]),
  ).toEqual([
    [0, 3],
    [5, 12],
  ])
})

test('together, without and between mean the same as for sets of points', () => {
  fc.assert(
    fc.property(spans, spans, fc.nat(60), fc.nat(60), (one, other, from, until) => {
      expect(points(union([...one, ...other]))).toEqual(
        [...new Set([...points(one), ...points(other)])].sort((a, b) => a - b),
      )
      const taken = new Set(points(other))
      expect(points(subtract(one, other))).toEqual(points(one).filter((at) => !taken.has(at)))
      expect(points(clip(one, from, until))).toEqual(points(one).filter((at) => at >= from && at < until))
      expect(lengthOf(union(one))).toBe(points(one).length)
    }),
  )
})
