import { expect, test } from 'vitest'
import {
  countLacking,
  KEPT_DAYS,
  keptUntil,
  LARGEST_FILE,
  largestStream,
  mayHandIn,
  mostFiles,
  readNumber,
  takesKind,
  wantedBy,
} from '#app/features/materials/rules.ts'
import { readRequirements, requirementsOf, typedRequirements } from '#app/features/training/requirements.ts'
import { SEATS } from '#db/values.ts'

const of = { seat: 'enrolled', status: 'published', endsOn: '2026-11-22' } as const

test('who asked for a seat, is offered or has one hands in; who waits in line, left or was refused does not', () => {
  const may = SEATS.filter((seat) => mayHandIn({ ...of, seat }, '2026-11-01'))
  expect(may).toEqual(['requested', 'enrolled', 'offered'])
})

test('it is taken until the 180th day after the class, and not for one that was cancelled', () => {
  expect([keptUntil('2026-11-22'), KEPT_DAYS]).toEqual(['2027-05-21', 180])
  expect(mayHandIn(of, '2027-05-21')).toBe(true)
  expect(mayHandIn(of, '2027-05-22')).toBe(false)
  expect(mayHandIn({ ...of, status: 'cancelled' }, '2026-11-01')).toBe(false)
})

test('a one-inch photo is one picture, anything else up to four pictures or PDF, nothing an office document', () => {
  expect([mostFiles('photo'), mostFiles('work_years'), mostFiles('other')]).toEqual([1, 4, 4])
  const kinds = ['jpg', 'png', 'webp', 'pdf', 'docx', 'xlsx']
  expect(kinds.filter((kind) => takesKind('photo', kind))).toEqual(['jpg', 'png', 'webp'])
  expect(kinds.filter((kind) => takesKind('earlier_certificate', kind))).toEqual(['jpg', 'png', 'webp', 'pdf'])
})

test('what was sent back is lacking again, what waits to be looked at is not', () => {
  const items = (['missing', 'handed_in', 'accepted', 'refused'] as const).map((standing) => ({ standing }))
  expect(countLacking(items)).toBe(2)
})

test('a certificate’s number of 4 to 40 letters, digits or hyphens is kept in capitals without spaces, none is none', () => {
  expect(readNumber(' y0044 0300 ')).toEqual({ number: 'Y00440300' })
  expect(readNumber('ＡＢ１２')).toEqual({ number: 'AB12' })
  expect(readNumber('  ')).toEqual({ number: null })
  expect([readNumber('AB1'), readNumber('A'.repeat(41)), readNumber('编号1234')]).toEqual(
    Array.from({ length: 3 }, () => ({ fault: 'number' })),
  )
  expect(readNumber('A'.repeat(40))).toEqual({ number: 'A'.repeat(40) })
})

test('only the form that hands in may bring a large body', () => {
  expect(largestStream('/academies/GZQC/classes/1/materials')).toBe(5 * LARGEST_FILE)
  expect(largestStream('/academies/GZQC/classes/1/materials.data')).toBe(5 * LARGEST_FILE)
  expect(largestStream('/academies/GZQC/classes/1/materials/2')).toBeNull()
  expect(largestStream('/academies/GZQC/manage/classes/1/materials')).toBeNull()
})

const form = (...fields: [string, string][]) => {
  const made = new FormData()
  for (const [name, value] of fields) made.append(name, value)
  return made
}

test('a class asks for what is ticked and for at most five things in the academy’s own words, one a line', () => {
  const lines = (n: number) => Array.from({ length: n }, (_, at) => `材料${at}`).join('\n')
  expect(
    readRequirements(form(['requirements', 'work_years'], ['requirements', 'photo'], ['requirements', 'x'])),
  ).toEqual({
    asked: [
      { kind: 'photo', name: null },
      { kind: 'work_years', name: null },
    ],
  })
  expect(readRequirements(form(['otherRequirements', ' 体检表 \n\n体检表；学历证明']))).toEqual({
    asked: [
      { kind: 'other', name: '体检表' },
      { kind: 'other', name: '学历证明' },
    ],
  })
  expect(readRequirements(form(['otherRequirements', lines(5)]))).toHaveProperty('asked.length', 5)
  expect(readRequirements(form(['otherRequirements', lines(6)]))).toEqual({ fault: 'others' })
  expect(readRequirements(form(['otherRequirements', '表']))).toEqual({ fault: 'others' })
  expect(readRequirements(form(['otherRequirements', '表'.repeat(41)]))).toEqual({ fault: 'others' })
  expect(readRequirements(form(['otherRequirements', '表'.repeat(40)]))).toHaveProperty('asked.length', 1)
})

test('what a class asks for comes back into its form as it was', () => {
  const asked = requirementsOf({ requirements: ['photo'], otherRequirements: ['体检表', '学历证明'] })
  expect(typedRequirements(asked)).toEqual({ requirements: ['photo'], otherRequirements: '体检表\n学历证明' })
})

test('what a class asks for is wanted by the day before it; who joins later has three days, and no longer than the class', () => {
  const by = (seated: string | null, endsOn = '2026-11-30') =>
    wantedBy({ startsOn: '2026-11-21', endsOn, seatedAt: seated ? new Date(`2026-11-${seated}:00+08:00`) : null })
  expect([by(null), by('01T09:00'), by('17T23:59')]).toEqual(['2026-11-20', '2026-11-20', '2026-11-20'])
  expect([by('18T00:00'), by('20T20:00'), by('22T09:00')]).toEqual(['2026-11-21', '2026-11-23', '2026-11-25'])
  expect(by('22T09:00', '2026-11-22')).toBe('2026-11-22')
})
