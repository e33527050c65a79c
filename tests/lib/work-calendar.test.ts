import { expect, test } from 'vitest'
import { referenceCalendar as calendar } from '#app/features/policy/reference-calendar.ts'
import { addDays, weekday } from '#app/lib/calendar.ts'
import { isAnnounced, isWorkday, kindOfDay, nthWorkday } from '#app/lib/work-calendar.ts'
import years from '#db/reference/work-calendar.json'

test('a holiday rests on every one of its days, and its name is said', () => {
  for (const first of ['2024-02-10', '2025-01-29', '2026-02-17'])
    expect(kindOfDay(calendar, first)).toEqual({ is: 'holiday', name: '春节', nameEn: 'Spring Festival' })
  expect(isWorkday(calendar, '2026-09-30')).toBe(true)
  expect(kindOfDay(calendar, '2026-10-01').is).toBe('holiday')
  expect(kindOfDay(calendar, '2026-10-07').is).toBe('holiday')
  expect(isWorkday(calendar, '2026-10-08')).toBe(true)
})

test('a weekend day that is worked for a holiday (调休) is a working day, other weekends are not', () => {
  expect(kindOfDay(calendar, '2026-10-10')).toEqual({ is: 'made_up', name: '国庆节', nameEn: 'National Day' })
  expect(isWorkday(calendar, '2026-10-10')).toBe(true)
  expect(kindOfDay(calendar, '2026-10-11').is).toBe('weekend')
  // The eve of Spring Festival 2024 was left to employers: a working day by the notice.
  expect(isWorkday(calendar, '2024-02-09')).toBe(true)
})

test('working days are counted from the next day on, over holidays and with 调休 days', () => {
  expect(nthWorkday(calendar, '2026-09-30', 1)).toBe('2026-10-08')
  expect(nthWorkday(calendar, '2026-10-08', 2)).toBe('2026-10-10')
  expect(nthWorkday(calendar, '2026-10-10', 1)).toBe('2026-10-12')
  expect(nthWorkday(calendar, '2026-10-10', 0)).toBe('2026-10-10')
})

test('of a year that is not entered weekends rest and what rests by law on a fixed date, and it is said that nobody knows the others', () => {
  for (const day of ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])
    expect(kindOfDay(calendar, `2031-${day}`).is).toBe('holiday')
  expect(kindOfDay(calendar, '2031-05-01')).toEqual({ is: 'holiday', name: '劳动节', nameEn: 'Labour Day' })
  expect([kindOfDay(calendar, '2031-05-05').is, kindOfDay(calendar, '2031-10-06').is]).toEqual(['workday', 'workday'])
  // The second day of Labour Day is a legal one since 2025.
  expect(kindOfDay(calendar, '2019-05-02').is).toBe('workday')
  expect([isAnnounced(calendar, '2026-12-31'), isAnnounced(calendar, '2031-01-01')]).toEqual([true, false])
})

test('two holidays that fall together are named together, in English too', () => {
  expect(kindOfDay(calendar, '2025-10-06')).toMatchObject({
    name: '国庆节、中秋节',
    nameEn: 'National Day and Mid-Autumn Festival',
  })
})

test('each notice is named, its holidays lie in its year in order, and only weekends are worked in return', () => {
  for (const { year, document, source, issuedOn, holidays } of years) {
    expect([document, source, issuedOn].every(Boolean)).toBe(true)
    expect(issuedOn < `${year}-01-01`).toBe(true)
    let before = `${year - 1}-12-31`
    for (const { from, to, workdays } of holidays) {
      expect(from > before && to >= from).toBe(true)
      before = to
      for (const day of workdays) expect([0, 6]).toContain(weekday(day))
    }
    // Of the days off that are no weekend, all but the statutory ones are worked in return: the weekends that are worked
    // and the working days that rest differ by the days that the law gives (11 until 2024, 13 since), less those on weekends.
    const resting = holidays.flatMap(({ from, to }) => days(from, to)).filter((day) => weekday(day) % 6 !== 0)
    const worked = holidays.flatMap(({ workdays }) => workdays)
    expect(resting.length - worked.length).toBeLessThanOrEqual(year < 2025 ? 11 : 13)
    expect(new Set([...resting, ...worked]).size).toBe(resting.length + worked.length)
  }
})

function days(from: string, to: string): string[] {
  const all = []
  for (let day = from; day <= to; day = addDays(day, 1)) all.push(day)
  return all
}
