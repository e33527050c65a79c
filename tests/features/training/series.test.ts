import { parseWithZod } from '@conform-to/zod/v4'
import { expect, test } from 'vitest'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { plannedSessions } from '#app/features/training/open-class-shape.ts'
import { previewPlan } from '#app/features/training/plan-preview.ts'
import { expandSeries } from '#app/features/training/series.ts'

const evenings = { weekdays: [2, 4], from: '19:00', to: '21:30', hours: 3, skipsHolidays: true }
const autumn = { startsOn: '2026-09-22', endsOn: '2026-10-15' }
const dates = (sessions: readonly { date: string }[]) => sessions.map(({ date }) => date.slice(5))

test('a weekly series meets on its weekdays from the first to the last day, both included', () => {
  const { sessions } = expandSeries(evenings, { startsOn: '2026-11-03', endsOn: '2026-11-12' }, referenceCalendar)
  expect(dates(sessions)).toEqual(['11-03', '11-05', '11-10', '11-12'])
})

test('public holidays are skipped on wish and named; without the wish they are planned and named all the same', () => {
  const skipping = expandSeries(evenings, autumn, referenceCalendar)
  expect(dates(skipping.sessions)).toEqual(['09-22', '09-24', '09-29', '10-08', '10-13', '10-15'])
  expect(skipping.holidays.map(({ date, day }) => [date.slice(5), day.name])).toEqual([
    ['10-01', '国庆节'],
    ['10-06', '国庆节'],
  ])
  const through = expandSeries({ ...evenings, skipsHolidays: false }, autumn, referenceCalendar)
  expect(dates(through.sessions)).toContain('10-01')
  expect(through.holidays).toHaveLength(2)
})

test('so many times means so many meetings: a skipped holiday is not one of them', () => {
  expect(dates(expandSeries({ ...evenings, times: 4 }, autumn, referenceCalendar).sessions)).toEqual([
    '09-22',
    '09-24',
    '09-29',
    '10-08',
  ])
})

const typed = {
  ...{ code: 'A', name: '晚间班', mode: 'practical', startsOn: '2026-11-03', endsOn: '2026-11-14', plannedHours: '20' },
  ...{ capacity: '30', siteName: '实训楼', siteAddress: '示例路1号' },
  'series[0].weekdays': ['2', '4'],
  ...{ 'series[0].from': '19:00', 'series[0].to': '21:30', 'series[0].hours': '3', 'series[0].skipsHolidays': 'on' },
  'series[1].weekdays': '6',
  ...{ 'series[1].from': '09:00', 'series[1].to': '16:30', 'series[1].hours': '8', 'series[1].kind': 'theory' },
  // As the form opens: a single row that nobody filled in.
  ...{
    'sessions[0].date': '',
    'sessions[0].from': '',
    'sessions[0].to': '',
    'sessions[0].hours': '',
    'sessions[0].kind': '',
  },
}

function read(changes: Record<string, string | string[] | undefined> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...typed, ...changes }))
    for (const one of [value ?? []].flat()) form.append(name, one)
  return parseWithZod(form, { schema: openClassForm(referenceCalendar) })
}
const errorsOf = (changes: Record<string, string | string[] | undefined>) => {
  const submission = read(changes)
  return submission.status === 'error' ? submission.error : {}
}

test('two rows are a whole timetable: evenings and Saturdays in order, the empty single row left out', () => {
  const submission = read()
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  expect(
    plannedSessions(submission.value, referenceCalendar).map(({ date, hours, kind }) => [date.slice(5), hours, kind]),
  ).toEqual([
    ['11-03', 3, 'practical'],
    ['11-05', 3, 'practical'],
    ['11-07', 8, 'theory'],
    ['11-10', 3, 'practical'],
    ['11-12', 3, 'practical'],
    ['11-14', 8, 'theory'],
  ])
})

test('what is wrong with a row of a series is said at its field', () => {
  const cases: [Record<string, string | string[] | undefined>, string, string][] = [
    [{ 'series[0].weekdays': undefined }, 'series[0].weekdays', 'weekdays'],
    [{ 'series[0].to': '18:00' }, 'series[0].to', 'session_order'],
    [{ 'series[0].hours': '2.3' }, 'series[0].hours', 'hours'],
    [{ 'series[0].hours': '3.5' }, 'series[0].hours', 'hours_clock:3'],
    [{ 'series[0].times': '5' }, 'series[0].times', 'series_short'],
    [{ 'series[1].weekdays': '4', 'series[1].to': '19:01' }, 'series[1].from', 'session_overlap'],
    [{ endsOn: '2026-11-05' }, 'series[1].weekdays', 'series_none'],
    [{ mode: 'mixed', plannedPracticalHours: '10' }, 'series[0].kind', 'kind'],
  ]
  for (const [changes, field, error] of cases)
    expect(errorsOf(changes), JSON.stringify(changes)).toMatchObject({ [field]: [error] })
  expect(errorsOf({ 'series[0].times': '4' })).toEqual({})
  expect(errorsOf({ 'series[1].weekdays': '4', 'series[1].to': '19:00' })).toEqual({})
})

test('a row that was left as it was opened asks for nothing, and without any meeting one is asked for', () => {
  const none = Object.fromEntries(
    Object.keys(typed)
      .filter((name) => /^(series|sessions)/.test(name))
      .map((name) => [name, undefined]),
  )
  expect(errorsOf({ ...none, 'series[0].skipsHolidays': 'on' })).toEqual({ sessions: ['session_needed'] })
})

test('while it is typed the plan is added up, incomplete rows left out', () => {
  const typed = {
    ...{ mode: 'practical', ...autumn, plannedHours: '20' },
    series: [{ ...evenings, weekdays: ['2', '4'], hours: '3', skipsHolidays: 'on' }, { skipsHolidays: 'on' }],
    sessions: [{ date: '2026-10-03', from: '09:00', to: '12:00', hours: '4', kind: 'theory' }, {}, { date: '2026' }],
  }
  const plan = previewPlan(typed, referenceCalendar)
  expect(plan).toMatchObject({ hours: 22, practical: 18, plannedHours: 20 })
  expect([plan?.sessions.length, plan?.skipped.length]).toEqual([7, 2])
  expect(plan?.onHoliday.map(({ date }) => date)).toEqual(['2026-10-03'])
  expect(previewPlan({ mode: 'online', series: [{}] }, referenceCalendar)).toBeNull()
})

test('a year that nobody has entered yet still skips what rests by law: no class is planned on New Year’s Day', () => {
  const days = { startsOn: '2026-12-31', endsOn: '2027-01-08' }
  const fridays = expandSeries({ ...evenings, weekdays: [5] }, days, referenceCalendar)
  expect([dates(fridays.sessions), fridays.holidays.map(({ day }) => day.name)]).toEqual([['01-08'], ['元旦']])
})
