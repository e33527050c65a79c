import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigit, checkDocument, normaliseDocument, normalisePhone } from '#app/features/persons/documents.ts'
import { maskDocument, maskName, maskPhone, quotable } from '#app/features/persons/masking.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import type { DocumentType } from '#db/values.ts'

const TODAY = '2026-12-01'
const resident = (first17: string) => first17 + checkDigit(first17)
const check = (type: DocumentType, number: string) => checkDocument(type, number, TODAY)

test('the check digit is that of GB 11643: the standard’s own examples', () => {
  expect(checkDigit('11010519491231002')).toBe('X')
  expect(checkDigit('44052418800101001')).toBe('4')
})

describe('a resident identity number', () => {
  test('is normalised: full-width digits, spaces, a small x', () => {
    expect(check('resident_id', ' 110105 1949 1231 002x ')).toEqual({
      ok: true,
      number: '11010519491231002X',
      birthDate: '1949-12-31',
    })
    expect(check('resident_id', '１１０１０５１９４９１２３１００２Ｘ')).toMatchObject({ ok: true })
  })

  test('of 15 digits becomes one of 18, so that both are one person', () => {
    expect(normaliseDocument('resident_id', '110105491231002')).toBe('11010519491231002X')
  })

  test.each([
    ['110105194912310021', 'check_digit'],
    [resident('44030819990230001'), 'birth_date'], // 30 February
    [resident('44030819991301001'), 'birth_date'],
    [resident('44030820261202001'), 'birth_date'], // tomorrow
    ['11010519491231002', 'form'],
    ['1101051949123100211', 'form'],
    ['11010519491231002Y', 'form'],
    ['110105491331002', 'birth_date'], // 15 digits, month 13
    ['', 'form'],
  ])('%s is refused: %s', (number, reason) => expect(check('resident_id', number)).toEqual({ ok: false, reason }))

  test('somebody born today has one', () =>
    expect(check('resident_id', resident('44030820261201001'))).toMatchObject({ ok: true, birthDate: '2026-12-01' }))

  test('is never refused for its region', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{5}$/), (region) => {
        expect(check('resident_id', resident(`${region}19900101001`))).toMatchObject({ ok: true })
      }),
    ))

  test('one mistyped digit never passes', () =>
    fc.assert(
      fc.property(fc.nat(16), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const right = resident('44030819900101123')
        const wrong = `${right.slice(0, at)}${(Number(right[at]) + by) % 10}${right.slice(at + 1)}`
        expect(check('resident_id', wrong).ok).toBe(false)
      }),
    ))
})

describe('other documents', () => {
  test.each<[DocumentType, string]>([
    ['hk_mo_residence', resident('81000019900101001')],
    ['tw_residence', resident('83000019900101001')],
    ['hk_mo_permit', 'H12345678'],
    ['hk_mo_permit', 'm1234567890'],
    ['tw_permit', '12345678'],
    ['tw_permit', '1234567890'],
    ['tw_permit', '1234567890（B）'],
    ['foreign_pr', resident('91100019900101001')],
    ['foreign_pr', 'USA123456789012'],
    ['passport', 'E1234'],
    ['passport', 'E12345678'],
    ['passport', 'ABCDEFGHJ12345678'],
  ])('%s %s is accepted', (type, number) => expect(check(type, number)).toMatchObject({ ok: true }))

  test.each<[DocumentType, string, string]>([
    [
      'hk_mo_residence',
      `${resident('81000019900101001').slice(0, 17)}${resident('81000019900101001').endsWith('1') ? '2' : '1'}`,
      'check_digit',
    ],
    ['tw_residence', '830000900101001', 'form'],
    ['hk_mo_permit', 'A12345678', 'form'],
    ['hk_mo_permit', 'H1234567', 'form'],
    ['hk_mo_permit', 'H123456789', 'form'],
    ['tw_permit', '1234567', 'form'],
    ['tw_permit', '123456789', 'form'],
    ['foreign_pr', resident('81000019900101001'), 'form'],
    ['foreign_pr', 'US1234567890123', 'form'],
    ['passport', 'E123', 'form'],
    ['passport', 'ABCDEFGHJ123456789', 'form'],
    ['passport', 'E1234-678', 'form'],
  ])('%s %s is refused: %s', (type, number, reason) => expect(check(type, number)).toEqual({ ok: false, reason }))

  test('a passport of 18 places would be none, so that no birth date is read out of a passport', () =>
    expect(check('passport', '12345678901234567')).toEqual({ ok: true, number: '12345678901234567', birthDate: null }))
})

test.each([
  ['13812345678', '13812345678'],
  ['138 1234 5678', '13812345678'],
  ['+86-138-1234-5678', '13812345678'],
  ['１３８１２３４５６７８', '13812345678'],
  ['19912345678', '19912345678'],
  ['12812345678', null],
  ['1381234567', null],
  ['138123456789', null],
  ['075512345678', null],
])('the phone %s is read as %s', (written, phone) => expect(normalisePhone(written)).toBe(phone))

test.each([
  ['阿卜杜拉•买买提', '阿卜杜拉·买买提'],
  ['阿卜杜拉・买买提', '阿卜杜拉·买买提'],
  ['阿卜杜拉‧买买提', '阿卜杜拉·买买提'],
  ['阿卜杜拉･买买提', '阿卜杜拉·买买提'],
  ['阿卜杜拉．买买提', '阿卜杜拉·买买提'],
  ['阿卜杜拉.买买提', '阿卜杜拉·买买提'],
  ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
  ['张　三', '张三'],
  [' 张 三 ', '张三'],
  ['John  Smith', 'John Smith'],
  ['John Smith Jr.', 'John Smith Jr.'],
])('the name “%s” is stored as “%s”', (written, name) => expect(normaliseName(written)).toBe(name))

test('a name has 2 to 50 characters, whatever they weigh', () => {
  expect(isName('三')).toBe(false)
  expect(isName('张三')).toBe(true)
  expect(isName('𠀀𠮷')).toBe(true)
  expect(isName('名'.repeat(50))).toBe(true)
  expect(isName('名'.repeat(51))).toBe(false)
  expect(isName('张\0三')).toBe(false)
})

test.each([
  '张三',
  '𠀀𠮷𬭸',
  '㐂\u{31350}',
  '李〇一',
  '阿卜杜拉·买买提',
  "Seán O'Brien",
  'Seán O’Brien',
  'Jean-Luc Müller',
  'John Smith Jr.',
  'Nguye\u0302\u0303n Văn',
  'ئابدۇللا ساۋۇت',
  'བསྟན་འཛིན'.replaceAll('་', ' '),
  '김철수',
  'มานี รักไทย',
  '张伟2',
])('“%s” is a name', (name) => expect(isName(normaliseName(name))).toBe(true))

test.each([
  '=cmd|calc',
  '=张三',
  '+张三',
  '-张三',
  '@张三',
  '·张三',
  "'张三",
  '.张三',
  '\u0302张三',
  '张三110',
  '12',
  '张三<b>',
  '张三（班长）',
  '张三,李四',
  '张三/李四',
  '张三|李四',
  '张"三',
  '张三😀',
  '张\u202E三',
  '张\n三\t',
  '¥¥',
  '--',
])('“%s” is no name, however it is normalised', (written) => {
  expect(isName(written)).toBe(false)
  if (!/\s/.test(written)) expect(isName(normaliseName(written))).toBe(false)
})

test('masking keeps what the glossary says', () => {
  expect(maskDocument('440308199001011234', 'working')).toBe('440308********1234')
  expect(maskDocument('440308199001011234')).toBe('440***********1234')
  expect(maskDocument('E12345678', 'working')).toBe('E******78')
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(['张三', '李小明', '欧阳锋', '欧阳振华'].map(maskName)).toEqual(['张*', '李*明', '欧阳*', '欧阳*华'])
})

test('whatever was typed into the wrong column, a message repeats no document and no phone', () => {
  expect(quotable('440308199001011234')).not.toContain('19900101')
  expect(quotable('138-1234-5678')).not.toContain('1234')
  expect(quotable('张三 44030819900101123X 请核')).not.toContain('19900101')
  expect(quotable('E12345678')).not.toContain('12345678')
  expect(quotable('2026-02-30')).toBe('2026-02-30')
  expect(quotable('二〇二六年三月')).toBe('二〇二六年三月')
  expect(quotable('x'.repeat(100))).toHaveLength(25)
})
