import { expect, test } from 'vitest'
import { cleanCode, cleanText, isMangled, readDate, readHours } from '#app/features/ledger/cells.ts'
import { defused } from '#app/lib/sheet-text.ts'

test.each([
  '2026-11-03',
  '2026-11-3',
  '2026/11/3',
  '2026/11/03',
  '2026.11.3',
  '20261103',
  '2026年11月3日',
  '2026年11月03日',
  '２０２６－１１－０３',
  '2026-11-03 00:00:00',
  '2026/11/3 0:00',
  '2026-11-03T00:00:00.000',
])('%s is a date', (written) => expect(readDate(written)).toEqual({ ok: true, date: '2026-11-03' }))

test.each([
  ['2026-02-29', 'dateUnreal'],
  ['2026-13-01', 'dateUnreal'],
  ['20261131', 'dateUnreal'],
  ['1899-12-31', 'dateFar'],
  ['2100-01-01', 'dateFar'],
  ['0001-01-01', 'dateFar'],
  ['9999-12-31', 'dateFar'],
  ['46329', 'dateSerial'],
  ['2026-11', 'dateForm'],
  ['11/3/2026', 'dateForm'],
  ['2026-11/3', 'dateForm'],
  ['2026-11-03 08:30', 'dateForm'],
  ['26-11-03', 'dateForm'],
  ['昨天', 'dateForm'],
])('%s is none: %s', (written, code) => expect(readDate(written)).toEqual({ ok: false, code }))

test('29 February exists in leap years only', () => {
  expect(readDate('2024-02-29').ok).toBe(true)
  expect(readDate('2026-02-29').ok).toBe(false)
})

test.each([
  ['0', 0],
  ['16', 16],
  ['16.0', 16],
  ['16.5', 16.5],
  ['16.50', 16.5],
  ['40学时', 40],
])('%s is %d hours', (written, hours) => expect(readHours(written)).toEqual({ ok: true, hours }))

test.each([
  ['16.25', 'hoursStep'],
  ['0.1', 'hoursStep'],
  ['-1', 'hoursForm'],
  ['1,000', 'hoursForm'],
  ['16小时', 'hoursForm'],
  ['1e1', 'hoursForm'],
  ['.5', 'hoursForm'],
])('%s is none: %s', (written, code) => expect(readHours(written)).toEqual({ ok: false, code }))

test('what Excel makes of a long number is noticed, and a passport with an E in it is not taken for one', () => {
  for (const mangled of ['4.40308E+17', '4.40308e+17', '1.38E+10', '4E+17']) expect(isMangled(mangled)).toBe(true)
  for (const fine of ['12E45678', 'E12345678', '440308199001011234']) expect(isMangled(fine)).toBe(false)
})

test('a cell is cleaned of what nobody meant', () => {
  expect(cleanText('\t深圳 公司\u200B　')).toBe('深圳 公司')
  expect(cleanText('="440308199001011234"')).toBe('440308199001011234')
  expect(cleanText("'440308199001011234")).toBe('440308199001011234')
  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
    expect(defused(`${sign}公司`)).toBe(`'${sign}公司`)
    expect(cleanText(`'${sign}公司`)).toBe(`${sign}公司`)
  }
  expect(cleanText('甲\n乙')).toBe('甲 乙')
  expect(cleanCode(' ４ ０ ')).toBe('40')
  expect(cleanCode('五级／初级工')).toBe('五级/初级工')
})
