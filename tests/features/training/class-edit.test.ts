import { expect, test } from 'vitest'
import {
  type ClassStage,
  changesOf,
  concerns,
  type FieldChange,
  mayEdit,
  needsCheck,
  rings,
  stageOf,
} from '#app/features/training/class-edit.ts'
import { shownRefusal } from '#app/features/training/edit-refusal.ts'

const of = { startsOn: '2026-12-05', endsOn: '2026-12-06' }

test('a class is running from its first day on, and over the day after its last one, or once it is cancelled or closed', () => {
  const stage = (today: string, status: Parameters<typeof stageOf>[0]['status'] = 'published') =>
    stageOf({ ...of, status }, today)
  expect(stage('2026-12-04')).toBe('coming')
  expect(stage('2026-12-05')).toBe('running')
  expect(stage('2026-12-06')).toBe('running')
  expect(stage('2026-12-07')).toBe('over')
  expect(stage('2026-12-04', 'cancelled')).toBe('over')
  expect(stage('2026-12-31', 'draft')).toBe('draft')
})

test('everything of a draft may change; the course only then, the opening of enrolment until the class starts, seats until it is over, its facts always', () => {
  const stages: ClassStage[] = ['draft', 'coming', 'running', 'over']
  const until = (field: Parameters<typeof mayEdit>[0]) => stages.filter((stage) => mayEdit(field, stage)).at(-1)
  expect(until('courseSlug')).toBe('draft')
  expect(until('sessions')).toBe('draft')
  expect(until('enrolOpensAt')).toBe('coming')
  for (const field of ['capacity', 'siteId', 'enrolClosesAt', 'withdrawUntil', 'lunch', 'eligibleLevel'] as const)
    expect(until(field)).toBe('running')
  for (const field of ['name', 'startsOn', 'plannedHours', 'code', 'feeFen', 'certificatesExpectedOn'] as const)
    expect(until(field)).toBe('over')
})

test('each field that differs is a change, from and to; an old phone number is not kept', () => {
  const before = { lunch: null, enrolClosesAt: new Date('2026-12-01T10:00:00Z'), classHeadPhone: '0757-000', feeFen: 0 }
  const after = {
    ...before,
    lunch: '自理',
    enrolClosesAt: new Date('2026-12-02T10:00:00Z'),
    classHeadPhone: '0757-111',
  }
  expect(changesOf(before, after)).toEqual([
    { field: 'enrolClosesAt', before: '2026-12-01T10:00:00.000Z', after: '2026-12-02T10:00:00.000Z' },
    { field: 'lunch', before: null, after: '自理' },
    { field: 'classHeadPhone', before: null, after: null },
  ])
  expect(changesOf(before, { ...before, enrolClosesAt: new Date('2026-12-01T10:00:00Z') })).toEqual([])
})

test('how seats are given concerns those without one; everything else everybody in the class', () => {
  expect(concerns([{ field: 'enrolClosesAt' }, { field: 'eligibleYears' }])).toBe('line')
  expect(concerns([{ field: 'enrolClosesAt' }, { field: 'lunch' }])).toBe('all')
})

test('what changes whether, when or where one comes, pays or hands in rings; what is nice to know does not', () => {
  const by = (...fields: FieldChange['field'][]) => rings(fields.map((field) => ({ field, before: null, after: '' })))
  for (const field of [
    ...([
      'startsOn',
      'endsOn',
      'mode',
      'siteId',
      'feeFen',
      'enrolClosesAt',
      'withdrawUntil',
      'documentsNeeded',
    ] as const),
    ...(['level', 'occupationCode', 'eligibleYears', 'isForMembers', 'sitting'] as const),
  ])
    expect(by(field)).toBe(true)
  expect(by('lunch', 'bring', 'name', 'code', 'classHead', 'classHeadPhone', 'capacity', 'hasWaitlist')).toBe(false)
  expect(by('lunch', 'feeFen')).toBe(true)
})

test('a sitting that was only given other assessors rings nobody', () => {
  const sitting = {
    part: 'theory',
    attempt: 1,
    date: '2026-12-06',
    from: '14:00',
    to: '15:00',
    place: '1号楼',
  } as const
  const change = (after: object) =>
    rings([
      {
        field: 'sitting',
        before: { ...sitting, assessors: ['甲'] },
        after: { ...sitting, assessors: ['乙'], ...after },
      },
    ])
  expect(change({})).toBe(false)
  expect(change({ from: '13:00' })).toBe(true)
})

test('dates, hours, place, level and seats are checked as when it was published; what workers read is not', () => {
  expect(needsCheck([{ field: 'endsOn' }])).toBe(true)
  expect(needsCheck([{ field: 'capacity' }])).toBe(true)
  expect(needsCheck([{ field: 'lunch' }, { field: 'feeFen' }])).toBe(false)
})

test('a class that is not saved says why at the one field that is at fault, and over the form where none is', () => {
  expect(shownRefusal({ ok: false, reason: 'code_taken' })).toEqual({ field: 'code' })
  expect(shownRefusal({ ok: false, reason: 'changed_meanwhile' })).toEqual({ refused: 'changed_meanwhile' })
  expect(shownRefusal({ ok: false, reason: 'reason_needed' })).toEqual({ why: 'reason_needed' })
  const full = { ok: false, reason: 'no_room', limit: { is: 'seats', most: 20 } } as const
  expect(shownRefusal(full)).toEqual({ field: 'capacity', obstacle: full })
})
