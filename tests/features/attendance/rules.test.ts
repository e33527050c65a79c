import { expect, test } from 'vitest'
import { type Entry, hoursOf, isLocked, sheetState, standingOf } from '#app/features/attendance/rules.ts'
import { readSheetRow, sheetMark } from '#app/features/attendance/sheet-entry.ts'
import { countedHours } from '#app/features/training/credit.ts'

const at = (time: string) => new Date(`2026-11-21T${time}:00+08:00`)
/** 9:00 to 12:00, four class hours. */
const session = { startsAt: at('09:00'), endsAt: at('12:00'), hours: 4 }
const rule = { session, graceMinutes: 10 }
let serial = 0
const entry = (given: Partial<Entry> & Pick<Entry, 'act' | 'at'>): Entry => ({
  ...{ id: String(++serial), mark: null, checkedInAt: null, checkedOutAt: null, way: 'code', ...given },
})
const came = (time: string) => entry({ act: 'in', at: at(time) })
const went = (time: string) => entry({ act: 'out', at: at(time) })
const said = (mark: Entry['mark'], time: string) => entry({ act: 'mark', mark, way: 'hand', at: at(time) })
const standing = (...entries: Entry[]) => standingOf(entries, rule)
const hours = (...entries: Entry[]) => hoursOf(standing(...entries), rule)

test('within ten minutes of the beginning one is present, a minute later late', () => {
  expect(standing(came('09:10'))).toMatchObject({ mark: 'present', checkedInAt: at('09:10') })
  expect(standing(came('09:11'))).toMatchObject({ mark: 'late' })
  expect(standing()).toMatchObject({ mark: null })
})

test('who goes more than ten minutes before the end left early; late and early at once is left early', () => {
  expect(standing(came('08:55'), went('11:50')).mark).toBe('present')
  expect(standing(came('08:55'), went('11:49')).mark).toBe('left_early')
  expect(standing(came('09:30'), went('11:00')).mark).toBe('left_early')
})

test('the late and the early have the share of the time that they were there, down to the half hour', () => {
  expect(hours(came('09:10'))).toBe(4)
  expect(hours(came('09:22'))).toBe(3.5) // 158 of 180 minutes: 3.51
  expect(hours(came('09:23'))).toBe(3) // 157 of 180 minutes: 3.49
  expect(hours(came('09:45'), went('11:15'))).toBe(2)
  expect(hours(came('12:30'))).toBe(0)
})

test('unmarked, absent and on leave earn nothing', () => {
  expect([hours(), hours(said('absent', '10:00')), hours(said('excused', '10:00'))]).toEqual([0, 0, 0])
})

test('what holds does not depend on the order in which entries arrive', () => {
  const entries = [came('09:05'), said('absent', '09:20'), came('09:40'), went('11:58')]
  expect(standingOf(entries, rule)).toEqual(standingOf([...entries].reverse(), rule))
  expect(standing(...entries)).toMatchObject({ mark: 'late', checkedInAt: at('09:40'), checkedOutAt: at('11:58') })
})

test('the first check-in counts, the last check-out; checking in does not undo that somebody was marked present', () => {
  expect(standing(came('09:00'), came('09:30'), went('11:00'), went('12:00'))).toMatchObject({
    ...{ mark: 'present', checkedInAt: at('09:00'), checkedOutAt: at('12:00') },
  })
  expect(standing(said('present', '09:05'), came('09:30')).mark).toBe('present')
})

test('who checks out without having checked in is not marked by it', () => {
  expect(standing(went('12:00'))).toMatchObject({ mark: null, checkedOutAt: at('12:00') })
})

test('a sheet opens an hour before its session, and locks when the days after the class have passed or it is closed', () => {
  const of = {
    session,
    closedAt: null,
    endsOn: '2026-11-22',
    lockDays: 15,
    today: '2026-11-21',
    classStatus: 'published' as const,
  }
  expect(sheetState({ ...of, now: new Date(at('08:00').getTime() - 1) })).toBe('ahead')
  expect(sheetState({ ...of, now: at('08:00') })).toBe('open')
  expect(sheetState({ ...of, closedAt: at('12:00'), now: at('12:00') })).toBe('closed')
  expect(isLocked({ ...of, today: '2026-12-07' })).toBe(false)
  expect(isLocked({ ...of, today: '2026-12-08' })).toBe(true)
  expect(isLocked({ ...of, classStatus: 'closed' })).toBe(true)
})

test('hours count over those delivered if they are 80 % of the plan, else over the plan; more than the plan asks no more', () => {
  const counted = (deliveredHours: number | null) =>
    countedHours({ plannedHours: 20, deliveredHours, deliveredPercent: 80 })
  expect([counted(16), counted(15.5), counted(20), counted(24), counted(null)]).toEqual([16, 20, 20, 20, 20])
})

test('a late worker needs the time of coming, an early one of going; an unknown time is refused', () => {
  const row = (given: { mark?: string; in?: string; out?: string }) =>
    readSheetRow({ enrolmentId: 'x', mark: '', in: '', out: '', was: '//', ...given }, session, standing())
  const fault = (cell: string, fault: string) => ({ faults: [{ enrolmentId: 'x', cell, fault }] })
  expect(row({ mark: 'late' })).toEqual(fault('in', 'in_needed'))
  expect(row({ mark: 'late', in: '9:00' })).toEqual(fault('in', 'in_needed'))
  expect(row({ mark: 'late', in: '9:01' })).toMatchObject({ said: { mark: 'late', checkedInAt: at('09:01') } })
  expect(row({ mark: 'left_early', out: '12:00' })).toEqual(fault('out', 'out_needed'))
  expect(row({ mark: 'present', in: '7:59' })).toEqual(fault('in', 'time'))
  expect(row({ mark: 'present', in: '9:00', out: '9:00' })).toEqual(fault('out', 'order'))
  expect(row({ mark: 'present', in: 'soon' })).toEqual(fault('in', 'time'))
  expect(row({ mark: 'sleeping' })).toEqual(fault('mark', 'mark'))
  expect(row({})).toEqual({ said: null })
})

test('what somebody else changed meanwhile is not overwritten; a time that was not touched keeps its seconds', () => {
  const now = { ...standing(came('09:30')), checkedInAt: new Date(at('09:30').getTime() + 31_000) }
  const typed = { enrolmentId: 'x', mark: 'present', in: '09:30', out: '' }
  expect(readSheetRow({ ...typed, was: '//' }, session, now)).toMatchObject({
    faults: [{ fault: 'changed_meanwhile' }],
  })
  expect(readSheetRow({ ...typed, was: sheetMark(now) }, session, now)).toEqual({
    said: { mark: 'present', checkedInAt: now.checkedInAt, checkedOutAt: null },
  })
})
