import { expect, test } from 'vitest'
import { hoursToCredit, meetingDays, nextSession, sharedTimes } from '#app/features/training/timetable.ts'
import { words as dateWords } from '#app/lib/date-words.ts'

const session = (date: string, from: string, to: string) => ({ date, from, to, hours: 4, topic: null })

const on = (...dates: string[]) => dates.map((date) => session(date, '09:00', '12:00'))

test('times that all days share are said once; days that differ are not summed up', () => {
  const two = on('2026-11-21', '2026-11-22')
  expect(sharedTimes(two)).toEqual([{ from: '09:00', to: '12:00' }])
  expect(sharedTimes([...two, session('2026-11-22', '14:00', '17:00')])).toBeNull()
  expect(sharedTimes([])).toBeNull()
})

test('the next session is the one that runs until its last minute, then the one after it; not one that is cancelled', () => {
  const [morning, evening] = ['09:00', '14:00'].map((from) => ({
    ...session('2026-11-21', from, from === '09:00' ? '12:00' : '17:00'),
    cancelReason: null,
    isForLacking: false,
  }))
  const at = (instant: string) => ({ now: new Date(`${instant}+08:00`) })
  const next = (instant: string) => nextSession([morning!, evening!], at(instant))
  expect([next('2026-11-20T08:00'), next('2026-11-21T11:59'), next('2026-11-21T12:00')]).toEqual([
    ...[morning, morning, evening],
  ])
  expect([next('2026-11-21T17:00'), next('2026-11-22T00:00')]).toEqual([null, null])
  const early = at('2026-11-21T08:00')
  expect(nextSession([{ ...morning!, cancelReason: '台风' }, evening!], early)).toBe(evening)
})

test('a make-up of a held session is the next one for who lacks hours of that, and for nobody else', () => {
  const [makeUp, evening] = ['09:00', '14:00'].map((from) => ({
    ...session('2026-11-21', from, from === '09:00' ? '12:00' : '17:00'),
    cancelReason: null,
    isForLacking: from === '09:00',
  }))
  const early = { now: new Date('2026-11-21T08:00+08:00') }
  const [its, another] = ['2026-11-21T09:00+08:00', '2026-11-28T09:00+08:00'].map((instant) => new Date(instant))
  expect(nextSession([makeUp!, evening!], early)).toBe(evening)
  expect(nextSession([makeUp!, evening!], { ...early, lacked: [another!] })).toBe(evening)
  expect(nextSession([makeUp!, evening!], { ...early, lacked: [another!, its!] })).toBe(makeUp)
})

test('a class meets every day only where each day of its period has a session', () => {
  const two = on('2026-11-21', '2026-11-22')
  expect(meetingDays(two, { startsOn: '2026-11-21', endsOn: '2026-11-22' })).toEqual({ on: 'daily' })
  // One day before the first session, on which nobody should come.
  const early = { startsOn: '2026-11-20', endsOn: '2026-11-22' }
  expect(meetingDays(two, early)).toEqual({ on: 'days', days: ['2026-11-21', '2026-11-22'] })
})

test('a class meets every week on the weekdays that always have a session, not where one of them falls out', () => {
  const period = { startsOn: '2026-12-28', endsOn: '2027-01-20' }
  const fridays = on('2027-01-01', '2027-01-08', '2027-01-15')
  const sundays = on('2027-01-03', '2027-01-10', '2027-01-17')
  expect(meetingDays([...fridays, ...sundays], period)).toEqual({ on: 'weekly', days: ['2027-01-15', '2027-01-17'] })
  expect(meetingDays([...fridays, ...sundays.slice(1)], period)).toEqual({ on: 'some' })
})

test('five days of one week that is not all of the class are no weekly days', () => {
  const week = on('2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10', '2026-12-11')
  expect(meetingDays(week, { startsOn: '2026-12-07', endsOn: '2026-12-12' })).toEqual({ on: 'some' })
  expect(meetingDays([], { startsOn: '2026-12-07', endsOn: '2026-12-12' })).toEqual({ on: 'some' })
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
