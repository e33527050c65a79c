import { expect, test } from 'vitest'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { readClassForm } from '#app/features/training/sent-class.server.ts'

const typed = {
  ...{ code: '2026-DG-07', name: '低压电工实操班', mode: 'practical', plannedHours: '4', capacity: '30' },
  ...{ startsOn: '2026-12-05', endsOn: '2026-12-06', siteName: '实训楼', siteAddress: '示例路1号', seats: 'open' },
  ...{ enrolOpensAt: '2026-11-20T08:00', enrolClosesAt: '2026-12-01T18:00', as: 'draft', form: 'a key' },
  ...{ 'series[0].skipsHolidays': 'on', 'sessions[0].date': '2026-12-05', 'sessions[0].from': '09:00' },
  ...{ 'sessions[0].to': '12:00', 'sessions[0].hours': '4' },
}

const read = (changes: Record<string, string>, twice: [string, string][] = []) => {
  const form = new FormData()
  for (const [name, value] of [...Object.entries({ ...typed, ...changes }), ...twice]) form.append(name, value)
  return readClassForm(form, openClassForm(referenceCalendar))
}
const statusOf = (...of: Parameters<typeof read>) => {
  try {
    return read(...of).status
  } catch (thrown) {
    return thrown instanceof Response ? thrown.status : thrown
  }
}
const button = (type: string, payload: object) => ({ __intent__: JSON.stringify({ type, payload }) })

test('the form of a class is read as its page sends it, the buttons for rows among it', () => {
  expect(statusOf({})).toBe('success')
  const added = read(button('insert', { name: 'sessions' }))
  expect(added.payload.sessions).toHaveLength(2)
  expect(read(button('remove', { name: 'sessions', index: 0 })).payload.sessions).toEqual([])
})

test('a row with a number in the millions, which would fill the memory, is refused before rows are made of it', () => {
  for (const name of [
    'sessions[99999999].date',
    'series[0].weekdays[1000000]',
    'instructorIds[100]',
    'sessions[-1].date',
  ])
    expect(statusOf({ [name]: 'x' }), name).toBe(400)
  expect(statusOf(button('insert', { name: 'sessions', index: 99_999_999 }))).toBe(400)
  expect(statusOf(button('insert', { name: 'sessions[99999999].date' }))).toBe(400)
  expect(statusOf(button('update', { name: 'sessions', index: 99_999_999, value: {} }))).toBe(400)
})

test('too many rows are said to be too many', () => {
  const submission = read({ 'sessions[99].date': '2026-12-06' })
  expect(submission.status === 'error' && submission.error).toMatchObject({ sessions: ['too_many'] })
})

test('a button that is none, two of them, a state or a name that no form has are refused, and are no fault of the site', () => {
  for (const __intent__ of ['x', 'null', '{}', '[]', JSON.stringify({ type: 'insert', payload: null })])
    expect(statusOf({ __intent__ }), __intent__).toBe(400)
  expect(
    statusOf(
      {},
      Object.entries({ ...button('insert', { name: 'sessions' }) }).flatMap((one) => [one, one]),
    ),
  ).toBe(400)
  for (const name of ['__state__', '__proto__', '__proto__.a', 'a..b', 'x'.repeat(101), ''])
    expect(statusOf({}, [[name, '{']]), name).toBe(400)
})

test('what is no day is said at its field, whichever day it is', () => {
  for (const field of ['startsOn', 'endsOn', 'certificatesExpectedOn', 'sessions[0].date'])
    for (const typed of ['2026-12', 'x', '2026-02-30', '9999-12-31', '1e400', 'a\r\nb']) {
      const submission = read({ [field]: typed })
      expect(submission.status === 'error' && submission.error, `${field} ${typed}`).toMatchObject({
        [field]: ['date'],
      })
    }
  const weekly = {
    'series[0].weekdays': '5',
    'series[0].from': '13:00',
    'series[0].to': '14:00',
    'series[0].hours': '1',
  }
  expect(statusOf({ ...weekly, startsOn: '9999-12-20', endsOn: '9999-12-31' })).toBe('error')
})

test('a text where rows are meant is a fault of the form', () => {
  for (const name of ['sessions', 'series']) {
    const form = new FormData()
    for (const [one, value] of Object.entries({ ...typed, [name]: 'x' }))
      if (!one.startsWith(`${name}[`)) form.set(one, value)
    expect(readClassForm(form, openClassForm(referenceCalendar)).status, name).toBe('error')
  }
})
