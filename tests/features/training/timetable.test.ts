import { expect, test } from 'vitest'
import { dailyTimes, hoursToCredit, namedDays } from '#app/features/training/timetable.ts'
import { words as dateWords } from '#app/lib/date-words.ts'

const session = (date: string, from: string, to: string) => ({ date, from, to, hours: 4, topic: null })

test('times that every day shares are said once; days that differ are not summed up', () => {
  const two = [session('2026-11-21', '09:00', '12:00'), session('2026-11-22', '09:00', '12:00')]
  expect(dailyTimes(two)).toEqual([{ from: '09:00', to: '12:00' }])
  expect(dailyTimes([...two, session('2026-11-22', '14:00', '17:00')])).toBeNull()
  expect(dailyTimes([])).toBeNull()
})

test('a few days are named by weekday, a whole month of them is not', () => {
  const days = ['21', '22', '22'].map((day) => session(`2026-11-${day}`, '09:00', '12:00'))
  expect(namedDays(days)).toEqual(['2026-11-21', '2026-11-22'])
  expect(namedDays([...days, session('2026-11-23', '09:00', '12:00')], 2)).toEqual([])
})

test('the hours that credit a class are the next half hour above the share', () => {
  expect(hoursToCredit(16, 80)).toBe(13) // 12.8
  expect(hoursToCredit(10, 80)).toBe(8)
  expect(hoursToCredit(10.5, 80)).toBe(8.5) // 8.4
})

test('a year is said only where it is not this one, and a month once where both days share it', () => {
  const zh = dateWords['zh-CN']
  expect(zh.period('2026-11-21', '2026-11-22', 2026)).toBe('11月21日—22日')
  expect(zh.period('2026-11-21', '2026-12-02', 2026)).toBe('11月21日—12月2日')
  expect(zh.period('2027-01-02', '2027-01-02', 2026)).toBe('2027年1月2日')
  expect(zh.period('2026-12-30', '2027-01-02', 2026)).toBe('2026年12月30日—2027年1月2日')
  const { en } = dateWords
  expect(en.period('2026-11-21', '2026-11-22', 2026)).toBe('21–22 Nov')
  expect(en.period('2026-11-21', '2026-12-02', 2026)).toBe('21 Nov – 2 Dec')
  expect(en.period('2026-12-30', '2027-01-02', 2026)).toBe('30 Dec 2026 – 2 Jan 2027')
  expect(en.period('2027-01-02', '2027-01-03', 2026)).toBe('2–3 Jan 2027')
})

test('an instant is shown in Shanghai’s time', () => {
  expect(dateWords['zh-CN'].instant(new Date('2026-11-17T22:00:00Z'), 2026)).toBe('11月18日6:00')
  expect(dateWords.en.instant(new Date('2026-12-31T16:00:00Z'), 2026)).toBe('1 Jan 2027, 0:00')
})
