import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfClock, mostHours, mostOfFault } from '#app/features/training/session-hours.ts'
import { saidFault } from '#app/features/training/session-say.ts'

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

test('a class hour is 45 minutes of the clock: from 9 to 12 a session has 4 at most, and half an hour more is refused', () => {
  const morning = { from: '09:00', to: '12:00' }
  expect(faultOfClock({ ...morning, hours: 4 })).toBeNull()
  expect(faultOfClock({ ...morning, hours: 4.5 })).toBe('hours_clock:4')
  expect(faultOfClock({ from: '09:00', to: '11:59', hours: 4 })).toBe('hours_clock:3.5')
  expect(faultOfClock({ from: '03:00', to: '23:00', hours: 40 })).toBe('hours_clock:26.5')
})

test('fewer hours than the clock has are nobody’s fault: there are breaks', () => {
  expect(faultOfClock({ from: '09:00', to: '17:00', hours: 8 })).toBeNull()
  expect(faultOfClock({ from: '09:00', to: '17:00', hours: 0.5 })).toBeNull()
})

test('time too short for half a class hour has none', () => {
  expect(mostHours({ from: '09:00', to: '09:22' })).toBe(0)
  expect(mostHours({ from: '09:00', to: '09:23' })).toBe(0.5)
})

test('the most hours fit into the time, and half an hour more would not', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 })
  fc.assert(
    fc.property(minute, minute, (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      const most = mostHours({ from: clock(from), to: clock(to) })
      expect(most * 45).toBeLessThanOrEqual(to - from)
      expect((most + 0.5) * 45).toBeGreaterThan(to - from)
      const fault = faultOfClock({ from: clock(from), to: clock(to), hours: most + 0.5 })
      expect(mostOfFault(fault ?? '')).toBe(most)
    }),
  )
})

test('the sentence says how many hours the time has', () => {
  expect(saidFault('zh-CN', 'hours_clock:3.5')).toBe('这段时间最多3.5学时（1学时是45分钟）')
  expect(saidFault('en', 'hours_clock:3.5')).toBe('That time has 3.5 class hours of 45 minutes at most')
})
