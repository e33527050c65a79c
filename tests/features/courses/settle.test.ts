import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBeat } from '#app/features/courses/time/beat.ts'
import { isTimeGiven, neededMs, playedPercentOf, playedTogether } from '#app/features/courses/time/needed.ts'
import { type Claim, type Clock, IDLE_CLOCK, SILENT_MS, settle } from '#app/features/courses/time/settle.ts'
import { lengthOf, type Span, union } from '#app/lib/spans.ts'

const RULES = { lateMs: 30 * 60_000, fullSpeed: 1.5 }
const MINUTE = 60_000
/** 100 minutes after the beginning of time. */
const NOW = 100 * MINUTE

const claim = (given: Partial<Claim>): Claim => ({
  ...{ page: 'A', lesson: 'trial/first', openedAt: NOW - 20 * MINUTE, hasLeft: false, spans: [], runs: [] },
  ...{ touchedAt: NOW - 1000, seenAt: NOW },
  ...given,
})
const worth = (clock: Clock, ...claims: Claim[]) => settle(clock, claims, RULES, NOW).credits.map(({ ms }) => ms)

test('time counts once, however often it is told', () => {
  const spans: Span[] = [[NOW - 10_000, NOW]]
  const first = settle(IDLE_CLOCK, [claim({ spans })], RULES, NOW)
  expect(first.credits[0]?.ms).toBe(10_000)
  expect(worth(first.clock, claim({ spans }))).toEqual([0])
  expect(worth(first.clock, claim({ spans: [[NOW - 15_000, NOW]] }))).toEqual([5000])
})

test('time before the page was opened, after now, or longer ago than the policy believes does not count', () => {
  expect(worth(IDLE_CLOCK, claim({ openedAt: NOW - 5000, spans: [[NOW - 9000, NOW + 9000]] }))).toEqual([5000])
  const old = claim({ openedAt: NOW - 90 * MINUTE, spans: [[NOW - 40 * MINUTE, NOW - 29 * MINUTE]] })
  expect(worth(IDLE_CLOCK, old)).toEqual([MINUTE])
})

test('of two pages open at once the one counts on which something was done last; the other is told so', () => {
  const spans: Span[] = [[NOW - 10_000, NOW]]
  const { clock, credits } = settle(
    IDLE_CLOCK,
    [
      claim({ page: 'A', touchedAt: NOW - 9000, spans }),
      claim({ page: 'B', touchedAt: NOW - 2000, lesson: 'x/y', spans }),
    ],
    RULES,
    NOW,
  )
  expect(lengthOf(clock.counted)).toBe(10_000)
  expect(credits.reduce((sum, { ms }) => sum + ms, 0)).toBe(10_000)
  expect(clock.page).toBe('B')
})

test('a page whose turn it is not keeps what it had before the other one began', () => {
  const onB = settle(IDLE_CLOCK, [claim({ page: 'B', spans: [[NOW - 8000, NOW]] })], RULES, NOW).clock
  const late = claim({ page: 'A', touchedAt: NOW - 9000, spans: [[NOW - 20_000, NOW]] })
  expect(worth(onB, late)).toEqual([12_000])
  expect(settle(onB, [late], RULES, NOW).clock.page).toBe('B')
})

test('touching the other page takes the turn back', () => {
  const onB = settle(IDLE_CLOCK, [claim({ page: 'B', spans: [[NOW - 8000, NOW]] })], RULES, NOW).clock
  const { clock, credits } = settle(
    onB,
    [claim({ page: 'A', touchedAt: NOW, spans: [[NOW - 20_000, NOW]] })],
    RULES,
    NOW,
  )
  expect(clock.page).toBe('A')
  expect(credits[0]?.ms).toBe(12_000)
})

test('a page that was put away, or not heard of for forty seconds, makes room for one that was touched before', () => {
  const other = claim({ page: 'A', touchedAt: NOW - 60_000, spans: [[NOW - 1000, NOW]] })
  const left = settle(IDLE_CLOCK, [claim({ page: 'B', hasLeft: true, seenAt: NOW - 1000 })], RULES, NOW).clock
  expect(settle(left, [other], RULES, NOW).clock.page).toBe('A')
  const heard = (seenAt: number) => settle(IDLE_CLOCK, [claim({ page: 'B', seenAt })], RULES, NOW).clock
  expect(settle(heard(NOW - SILENT_MS), [other], RULES, NOW).clock.page).toBe('B')
  expect(settle(heard(NOW - SILENT_MS - 1), [other], RULES, NOW).clock.page).toBe('A')
})

test('however pages, devices and moments are mixed, no more is counted than the time that has passed', () => {
  const told = fc.record({
    page: fc.constantFrom('A', 'B', 'C'),
    at: fc.nat(300),
    from: fc.nat(300),
    length: fc.nat(300),
    touched: fc.nat(300),
    hasLeft: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(told, { maxLength: 30 }), (all) => {
      let clock: Clock = IDLE_CLOCK
      let credited = 0
      for (const one of [...all].sort((a, b) => a.at - b.at)) {
        const now = NOW + one.at * 1000
        const from = NOW + one.from * 1000
        const told = claim({ ...one, openedAt: NOW, touchedAt: NOW + one.touched * 1000, seenAt: now })
        const settled = settle(clock, [{ ...told, spans: [[from, from + one.length * 1000]] }], RULES, now)
        clock = settled.clock
        credited += settled.credits[0]?.ms ?? 0
        expect(credited).toBeLessThanOrEqual(one.at * 1000)
        expect(lengthOf(clock.counted)).toBe(credited)
      }
    }),
  )
})

test('a thousand crumbs of time forget none of the time that was counted', () => {
  const crumbs = Array.from(
    { length: 1000 },
    (_, n): Span => [NOW - 1_000_000 + n * 1000, NOW - 1_000_000 + n * 1000 + 1],
  )
  const { clock } = settle(IDLE_CLOCK, [claim({ spans: crumbs })], RULES, NOW)
  expect(clock.counted.length).toBeLessThanOrEqual(200)
  expect(worth(clock, claim({ spans: crumbs }))).toEqual([0])
})

const played = (ms: number, ...runs: Span[]) =>
  settle(IDLE_CLOCK, [claim({ spans: [[NOW - ms, NOW]], runs: [['film.mp4', runs]] })], RULES, NOW).credits[0]
    ?.plays[0]?.[1]

test('what was played counts as far as the time holds it at one and a half times', () => {
  expect(played(10_000, [0, 100])).toEqual([[0, 100]])
  expect(played(10_000, [0, 150])).toEqual([[0, 150]])
  expect(played(10_000, [0, 200])).toEqual([[0, 157]]) // half a second for the player's clock
  expect(played(0, [0, 100])).toEqual([])
})

test('a skipped part does not count, and what was played twice counts once', () => {
  const all = playedTogether(played(20_000, [0, 50], [250, 300]) ?? [], [[0, 50]])
  const film = { name: 'film.mp4', title: '', seconds: 30 }
  expect(playedPercentOf(film, all)).toBe(33)
  expect(playedPercentOf(film, [[0, 9000]])).toBe(100)
  expect(playedPercentOf(film, [[0, 269]])).toBe(89)
  expect(playedPercentOf(film, [[0, 270]])).toBe(90)
})

test('a lesson needs half of its minutes unless its author says otherwise, and nine tenths of each recording', () => {
  const shares = { activePercent: 50, playedPercent: 90 }
  expect(neededMs({ minutes: 13, activeMinutes: null }, shares)).toBe(390_000)
  expect(neededMs({ minutes: 13, activeMinutes: 0 }, shares)).toBe(0)
  const lesson = { minutes: 2, activeMinutes: null, media: [{ name: 'film.mp4', title: '', seconds: 30 }] }
  const given = (activeMs: number, tenths: number) =>
    isTimeGiven(lesson, { activeMs, plays: new Map([['film.mp4', [[0, tenths]] as Span[]]]) }, shares)
  expect(given(60_000, 270)).toBe(true)
  expect(given(59_999, 270)).toBe(false)
  expect(given(60_000, 269)).toBe(false)
})

test('a form that no page of ours sends is no heartbeat', () => {
  const read = (fields: Record<string, string>) =>
    readBeat(new URLSearchParams({ c: 'a', l: 'b', o: 'x', s: '10000-0', i: '5', ...fields }))
  expect(read({ m: 'film.mp4:0-100,300-320' })).toMatchObject({
    ages: [[10_000, 0]],
    touchedAgo: 5,
    hasLeft: false,
    runs: [
      [
        'film.mp4',
        [
          [0, 100],
          [300, 320],
        ],
      ],
    ],
  })
  const wrong: Record<string, string>[] = [
    { c: '../a' },
    { l: '' },
    { o: '' },
    { o: 'x'.repeat(101) },
    { s: '0-10000' },
    { s: '1e9-0' },
    { s: '-5-0' },
    { s: Array.from({ length: 101 }, () => '2-1').join(',') },
    { i: 'x' },
    { i: '-1' },
    { m: 'film.mp4' },
    { m: 'film.mp4:9-1' },
    { m: 'film.mp4:0-864001' },
    { m: '../film:0-1' },
  ]
  for (const fields of wrong) expect(read(fields), JSON.stringify(fields)).toBeNull()
  expect(union(read({ s: '' })?.ages ?? [[0, 1]])).toEqual([])
})
