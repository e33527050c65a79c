import { expect, test } from 'vitest'
import { Badge } from '#app/ui/badge.tsx'
import { BulletBar } from '#app/ui/bullet-bar.tsx'
import { badgeMarkup, bulletMarkup, escaped, sparkMarkup } from '#app/ui/markup.ts'
import { Spark, Trend } from '#app/ui/trend.tsx'
import { pathThrough, pointsIn } from '#app/ui/trend-geometry.ts'
import { niceTop, runningSums } from '#app/ui/year-chart.tsx'
import { html } from './support.tsx'

const HOSTILE = `</td><script>alert('1')</script> & "quoted"`

test('a piece as text is what its component renders, letter for letter, whatever it says', () => {
  for (const tone of ['met', 'warn', 'miss', 'none'] as const)
    expect(badgeMarkup(tone, HOSTILE)).toBe(html(<Badge tone={tone}>{HOSTILE}</Badge>))
  expect(badgeMarkup('miss', '无数据', 'minus')).toBe(
    html(
      <Badge tone="miss" icon="minus">
        无数据
      </Badge>,
    ),
  )
  for (const bar of [
    { value: 1842, target: 2000, label: HOSTILE },
    { value: -30, target: 50, max: 100, label: 'x' },
    { value: 0, label: 'x' },
  ])
    expect(bulletMarkup(bar)).toBe(html(<BulletBar {...bar} />))
  for (const spark of [
    { values: [1, 2, 3], goal: 2, label: HOSTILE },
    { values: [null, 5, null], label: 'x' },
    { values: [], label: 'x' },
    { values: [null], goal: 4, label: 'x' },
  ])
    expect(sparkMarkup(spark)).toBe(html(<Spark {...spark} />))
})

test('text that is put together cannot open a tag or leave its attribute', () => {
  expect(escaped(HOSTILE)).not.toMatch(/[<>"']/)
  expect(escaped('A & B')).toBe('A &amp; B')
})

test('a line is broken where a year has no value, and never leaves its box', () => {
  const box = { left: 0, right: 100, top: 10, bottom: 20 }
  const { points, goalY } = pointsIn([5, null, 50, -50], 40, box)
  expect(points[1]).toBeNull()
  expect(pathThrough(points)).toBe('M0 14.5M66.7 10L100 20')
  expect(goalY).toBe(11)
  expect(pointsIn([7, 7], 7, box).points).toEqual([
    { x: 0, y: 15 },
    { x: 100, y: 15 },
  ])
})

test('the line of a year that still runs is dotted', () => {
  const points = [
    { name: '2025', value: 1, shown: '1' },
    { name: '2026', value: 2, shown: '2' },
  ]
  expect(html(<Trend points={points} isOpen label="x" />)).toContain('line-next')
  expect(html(<Trend points={points} label="x" />)).not.toContain('line-next')
})

test('an axis ends above the highest, in four round steps', () => {
  for (const highest of [0, 3, 12, 999, 2000, 2434, 98_765]) {
    const top = niceTop(highest)
    expect(top).toBeGreaterThanOrEqual(highest)
    expect(Number.isInteger(top / 4)).toBe(true)
  }
  expect(runningSums([3, 5, 2])).toEqual([3, 8, 10])
})
