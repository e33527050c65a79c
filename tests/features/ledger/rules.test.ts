import { beforeAll, describe, expect, test } from 'vitest'
import { COLUMNS, FIELDS, type Field } from '#app/features/ledger/columns.ts'
import { layOut } from '#app/features/ledger/layout.ts'
import { type ProblemCode, toMessage } from '#app/features/ledger/problem.ts'
import { rowReader } from '#app/features/ledger/row.ts'
import { checkDigit } from '#app/features/persons/documents.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { base, type Cells, certified, documentOf, importRows, makeAcademies, worker } from './ledgers.ts'

const header = FIELDS.map((field) => COLUMNS[field].header)
const sheet = layOut({ name: null, isHidden: false, rows: null, head: [{ row: 1, cells: header }] }, {})

const read = rowReader(sheet, {
  today: '2026-12-01',
  academies: new Map([['GD01', 'first']]),
  onlyAcademyId: null,
  occupations: new Map([['6-18-02-04', 2022]]),
})
const problemsOf = (cells: Cells) =>
  read({ row: 2, cells: FIELDS.map((field) => cells[field] ?? '') }).problems.map(({ field, code }) => [field, code])
const warningsOf = (cells: Cells) =>
  read({ row: 2, cells: FIELDS.map((field) => cells[field] ?? '') }).warnings.map(({ field, code }) => [field, code])

const mixed: Cells = {
  ...base,
  mode: '混合',
  plannedPracticalHours: '24',
  hoursAttended: '40',
  practicalHoursAttended: '24',
}
const online: Cells = { ...base, mode: '线上' }
const passed: Cells = { ...base, ...certified(1) }
const qualified: Cells = { ...passed, certificateType: '职业资格证书', certificateNumber: '1234567890123456' }
const licensed: Cells = {
  ...passed,
  certificateType: '特种作业操作证',
  certificateNumber: `T${documentOf(1)}`,
  level: '',
}
const long = (length: number) => '长'.repeat(length)
const resident = (first17: string) => first17 + checkDigit(first17)

/** Both sides of every edge: what is accepted, and what is refused with which problem in which column. */
const accepted: [string, Cells][] = [
  ['a plain row', base],
  ['a class without an occupation', { ...base, occupationCode: '无' }],
  ['a class of one day', { ...base, endsOn: '2026-03-02' }],
  ['a class that began today', { ...base, startsOn: '2026-12-01', endsOn: '2026-12-01' }],
  ['a class whose end lies ahead', { ...base, startsOn: '2026-11-20', endsOn: '2027-01-20' }],
  ['half an hour planned', { ...base, plannedHours: '0.5', hoursAttended: '0.5' }],
  ['9999 hours planned', { ...base, plannedHours: '9999' }],
  ['no hours attended', { ...base, hoursAttended: '0' }],
  ['half hours attended', { ...base, hoursAttended: '39.5' }],
  ['half an hour practical', { ...mixed, plannedPracticalHours: '0.5', practicalHoursAttended: '0' }],
  ['all hours practical', { ...mixed, plannedPracticalHours: '40', practicalHoursAttended: '40' }],
  ['practical hours as many as attended', { ...mixed, hoursAttended: '20', practicalHoursAttended: '20' }],
  ['a name of two characters', { ...base, name: '张三' }],
  ['a name of fifty characters', { ...base, name: long(50) }],
  ['15 digits', { ...base, documentNumber: '110105491231002' }],
  ['a small x', { ...base, documentNumber: '11010519491231002x' }],
  ['a permit', { ...base, documentType: '港澳居民来往内地通行证', documentNumber: 'H12345678' }],
  ['no phone', { ...base, phone: '' }],
  ['a phone', { ...base, phone: '13912345678' }],
  ['a category', { ...base, category: '新就业形态' }],
  ['a declared level', { ...base, declaredLevel: '五级' }],
  ['declared that none is held', { ...base, declaredLevel: '无' }],
  ['completed on the first day', { ...online, completedOn: '2026-03-02' }],
  ['completed after the end', { ...online, completedOn: '2026-04-02' }],
  ['online without a completion date', online],
  ['assessed on the first day', { ...base, assessedOn: '2026-03-02', result: '不合格' }],
  ['assessed today', { ...base, assessedOn: '2026-12-01', result: '缺考' }],
  ['passed without a certificate', { ...base, assessedOn: '2026-03-25', result: '合格' }],
  ['a certificate', passed],
  ['issued on the day of the assessment', { ...passed, issuedOn: '2026-03-25' }],
  ['issued today', { ...passed, issuedOn: '2026-12-01' }],
  ['a revoked certificate', { ...passed, certificateStatus: '撤销' }],
  ['small letters in a number', { ...passed, certificateNumber: 'y000044030000264000001' }],
  ['a number with S', { ...passed, certificateNumber: 'S000044030000264000001' }],
  ['two letters for 特级技师', { ...passed, level: '特级技师', certificateNumber: 'GD44030000026400000123' }],
  ['16 digits', qualified],
  ['four characters', { ...licensed, certificateType: '培训合格证书', certificateNumber: 'PX-1' }],
  ['forty characters', { ...licensed, certificateType: '其他证书', certificateNumber: 'A'.repeat(40) }],
  ['a licence with its item', { ...licensed, workItem: '低压电工作业' }],
  ['a level that is not looked at', { ...licensed, level: '九级' }],
  ['a level without a certificate', { ...base, level: '九级' }],
  ['the digit 4', { ...passed, level: '4' }],
  ['学徒工', { ...passed, level: '学徒工' }],
]

const refused: [string, Cells, Field, ProblemCode][] = [
  ['no academy', { ...base, academyCode: '' }, 'academyCode', 'required'],
  ['an unknown academy', { ...base, academyCode: 'GD99' }, 'academyCode', 'academyUnknown'],
  ['no class', { ...base, classCode: ' ' }, 'classCode', 'required'],
  ['a class that Excel mangled', { ...base, classCode: '2.02603E+11' }, 'classCode', 'mangled'],
  ['a class of 65 characters', { ...base, classCode: 'A'.repeat(65) }, 'classCode', 'tooLong'],
  ['no class name', { ...base, className: '' }, 'className', 'required'],
  ['a class name of 201 characters', { ...base, className: long(201) }, 'className', 'tooLong'],
  ['a control character', { ...base, className: '焊工\u0007班' }, 'className', 'control'],
  ['no mode', { ...base, mode: '' }, 'mode', 'required'],
  ['an unknown mode', { ...base, mode: '直播' }, 'mode', 'oneOf'],
  ['no occupation', { ...base, occupationCode: '' }, 'occupationCode', 'required'],
  ['an unknown occupation', { ...base, occupationCode: '9-99-99-99' }, 'occupationCode', 'occupationUnknown'],
  ['no first day', { ...base, startsOn: '' }, 'startsOn', 'required'],
  ['a class that begins tomorrow', { ...base, startsOn: '2026-12-02', endsOn: '2026-12-03' }, 'startsOn', 'dateAhead'],
  ['a day that does not exist', { ...base, startsOn: '2026-02-29' }, 'startsOn', 'dateUnreal'],
  ['a date in words', { ...base, startsOn: '三月二日' }, 'startsOn', 'dateForm'],
  ['no last day', { ...base, endsOn: '' }, 'endsOn', 'required'],
  ['an end before the beginning', { ...base, endsOn: '2026-03-01' }, 'endsOn', 'dateBefore'],
  ['no planned hours', { ...base, plannedHours: '' }, 'plannedHours', 'required'],
  ['0 planned hours', { ...base, plannedHours: '0', hoursAttended: '0' }, 'plannedHours', 'hoursLeast'],
  ['planned quarters', { ...base, plannedHours: '40.25' }, 'plannedHours', 'hoursStep'],
  ['10000 planned hours', { ...base, plannedHours: '10000' }, 'plannedHours', 'hoursMost'],
  ['mixed without practical hours', { ...mixed, plannedPracticalHours: '' }, 'plannedPracticalHours', 'requiredFor'],
  ['mixed with 0 practical hours', { ...mixed, plannedPracticalHours: '0' }, 'plannedPracticalHours', 'hoursLeast'],
  ['more practical than planned', { ...mixed, plannedPracticalHours: '40.5' }, 'plannedPracticalHours', 'hoursAbove'],
  ['practical hours of another mode', { ...base, plannedPracticalHours: '40' }, 'plannedPracticalHours', 'onlyFor'],
  ['no name', { ...base, name: '' }, 'name', 'required'],
  ['a name of one character', { ...base, name: '张' }, 'name', 'name'],
  ['a name of 51 characters', { ...base, name: long(51) }, 'name', 'name'],
  ['no document type', { ...base, documentType: '' }, 'documentType', 'required'],
  ['an unknown document type', { ...base, documentType: '军官证' }, 'documentType', 'oneOf'],
  ['no document', { ...base, documentNumber: '' }, 'documentNumber', 'required'],
  [
    'a document of 17 digits',
    { ...base, documentNumber: documentOf(1).slice(0, 17) },
    'documentNumber',
    'documentForm',
  ],
  ['a document that Excel mangled', { ...base, documentNumber: '4.40308E+17' }, 'documentNumber', 'mangled'],
  ['a wrong check digit', { ...base, documentNumber: '110105194912310021' }, 'documentNumber', 'documentCheck'],
  [
    'a document that Excel rounded',
    { ...base, documentNumber: '440308199001010000' },
    'documentNumber',
    'documentRounded',
  ],
  ['a birth tomorrow', { ...base, documentNumber: resident('44030820261202001') }, 'documentNumber', 'documentBirth'],
  ['a phone of 10 digits', { ...base, phone: '1391234567' }, 'phone', 'phone'],
  ['a phone that begins with 12', { ...base, phone: '12912345678' }, 'phone', 'phone'],
  ['a phone that Excel mangled', { ...base, phone: '1.39E+10' }, 'phone', 'mangled'],
  ['an unknown category', { ...base, category: '农民工' }, 'category', 'oneOf'],
  ['an unknown declared level', { ...base, declaredLevel: '六级' }, 'declaredLevel', 'oneOf'],
  ['no hours', { ...base, hoursAttended: '' }, 'hoursAttended', 'required'],
  ['more hours than planned', { ...base, hoursAttended: '40.5' }, 'hoursAttended', 'hoursAbove'],
  ['quarters attended', { ...base, hoursAttended: '0.25' }, 'hoursAttended', 'hoursStep'],
  ['hours below 0', { ...base, hoursAttended: '-1' }, 'hoursAttended', 'hoursForm'],
  [
    'mixed without practical hours attended',
    { ...mixed, practicalHoursAttended: '' },
    'practicalHoursAttended',
    'requiredFor',
  ],
  [
    'more practical hours than planned',
    { ...mixed, practicalHoursAttended: '24.5' },
    'practicalHoursAttended',
    'hoursAbove',
  ],
  [
    'more practical hours than attended',
    { ...mixed, hoursAttended: '20', practicalHoursAttended: '20.5' },
    'practicalHoursAttended',
    'hoursAbove',
  ],
  [
    'practical hours attended of another mode',
    { ...base, practicalHoursAttended: '0' },
    'practicalHoursAttended',
    'onlyFor',
  ],
  ['a completion date of another mode', { ...base, completedOn: '2026-03-20' }, 'completedOn', 'onlyFor'],
  ['completed before the beginning', { ...online, completedOn: '2026-03-01' }, 'completedOn', 'dateBefore'],
  ['completed tomorrow', { ...online, completedOn: '2026-12-02' }, 'completedOn', 'dateAhead'],
  ['assessed before the beginning', { ...base, assessedOn: '2026-03-01', result: '合格' }, 'assessedOn', 'dateBefore'],
  ['assessed tomorrow', { ...base, assessedOn: '2026-12-02', result: '合格' }, 'assessedOn', 'dateAhead'],
  ['assessed without a result', { ...base, assessedOn: '2026-03-25' }, 'result', 'requiredWith'],
  ['a result without a date', { ...base, result: '合格' }, 'result', 'onlyWith'],
  ['an unknown result', { ...base, assessedOn: '2026-03-25', result: '优秀' }, 'result', 'oneOf'],
  ['a certificate of a failed assessment', { ...passed, result: '不合格' }, 'certificateType', 'onlyFor'],
  ['a certificate without an assessment', { ...passed, assessedOn: '', result: '' }, 'certificateType', 'onlyFor'],
  ['an unknown certificate type', { ...passed, certificateType: '荣誉证书' }, 'certificateType', 'oneOf'],
  [
    'a number without a type',
    { ...passed, certificateType: '', level: '', issuer: '', issuedOn: '' },
    'certificateNumber',
    'onlyWith',
  ],
  ['an item without a type', { ...base, workItem: '低压电工作业' }, 'workItem', 'onlyWith'],
  ['an issuer without a type', { ...base, issuer: '中心' }, 'issuer', 'onlyWith'],
  ['an issue date without a type', { ...base, issuedOn: '2026-03-25' }, 'issuedOn', 'onlyWith'],
  ['a status without a type', { ...base, certificateStatus: '有效' }, 'certificateStatus', 'onlyWith'],
  ['no number', { ...passed, certificateNumber: '' }, 'certificateNumber', 'requiredWith'],
  [
    '20 digits behind Y',
    { ...passed, certificateNumber: `Y${'1'.repeat(20)}` },
    'certificateNumber',
    'certificateSkill',
  ],
  [
    '22 digits behind Y',
    { ...passed, certificateNumber: `Y${'1'.repeat(22)}` },
    'certificateNumber',
    'certificateSkill',
  ],
  ['another letter', { ...passed, certificateNumber: `Z${'1'.repeat(21)}` }, 'certificateNumber', 'certificateSkill'],
  [
    'two letters for another level',
    { ...passed, certificateNumber: `GD${'1'.repeat(20)}` },
    'certificateNumber',
    'certificateSkill',
  ],
  [
    '15 digits of a qualification',
    { ...qualified, certificateNumber: '1'.repeat(15) },
    'certificateNumber',
    'certificateQualification',
  ],
  ['three characters', { ...licensed, certificateNumber: 'T12' }, 'certificateNumber', 'certificateOther'],
  ['41 characters', { ...licensed, certificateNumber: 'T'.repeat(41) }, 'certificateNumber', 'certificateOther'],
  ['Chinese in a number', { ...licensed, certificateNumber: '粤培2026-1' }, 'certificateNumber', 'certificateOther'],
  ['a number that Excel mangled', { ...qualified, certificateNumber: '1.23457E+15' }, 'certificateNumber', 'mangled'],
  ['no level', { ...passed, level: '' }, 'level', 'requiredFor'],
  ['no level of a qualification', { ...qualified, level: '' }, 'level', 'requiredFor'],
  ['an unknown level', { ...passed, level: '6' }, 'level', 'oneOf'],
  ['无 as a level', { ...passed, level: '无' }, 'level', 'oneOf'],
  ['no issue date', { ...passed, issuedOn: '' }, 'issuedOn', 'requiredWith'],
  ['issued before the assessment', { ...passed, issuedOn: '2026-03-24' }, 'issuedOn', 'dateBefore'],
  ['issued tomorrow', { ...passed, issuedOn: '2026-12-02' }, 'issuedOn', 'dateAhead'],
  ['an unknown status', { ...passed, certificateStatus: '过期' }, 'certificateStatus', 'oneOf'],
]

test.each(accepted)('%s is accepted', (_, cells) => expect(problemsOf(cells)).toEqual([]))

test.each(refused)('%s is refused, and nothing else is said', (_, cells, field, code) =>
  expect(problemsOf(cells)).toEqual([[field, code]]),
)

test('every column that must be there is missed', () => {
  const missed = problemsOf({}).map(([field]) => field)
  expect(missed).toEqual(expect.arrayContaining(FIELDS.filter((field) => COLUMNS[field].required)))
})

test('all problems of a row are told at once', () =>
  expect(problemsOf({ ...base, mode: '直播', phone: '1', hoursAttended: '41', level: '' })).toHaveLength(3))

test('what is wrong with a class is said of each of its rows, and of none of the next class', () => {
  const wrong = { ...base, plannedHours: '0' }
  for (const cells of [wrong, wrong]) expect(problemsOf(cells)).toEqual([['plannedHours', 'hoursLeast']])
  for (const cells of [base, base]) expect(problemsOf(cells)).toEqual([])
  expect(problemsOf({ ...base, hoursAttended: '41' })).toEqual([['hoursAttended', 'hoursAbove']])
})

test('a row with more cells than the header is out of step; empty ones behind it do not matter', () => {
  const cells = FIELDS.map((field) => base[field] ?? '')
  expect(read({ row: 2, cells: [...cells, '', ' '] }).problems).toEqual([])
  expect(read({ row: 2, cells: [...cells, '多'] }).problems).toMatchObject([{ field: null, code: 'tooManyCells' }])
  expect(read({ row: 2, cells: cells.slice(0, 17) }).problems).toEqual([])
})

describe('what only looks odd is a warning', () => {
  test('no employer', () => expect(warningsOf({ ...base, employer: '' })).toEqual([['employer', 'noEmployer']]))

  test.each([
    ['五级/初级工', '5', true],
    ['四级/中级工', '4', true],
    ['一级', '1', true],
    ['四级/中级工', '3', false],
    ['高级技师', '2', false],
    ['学徒工', '4', true],
    ['首席技师', '1', true],
  ])('a number whose 16th character is not the level: %s and %s', (level, digit, fits) =>
    expect(warningsOf({ ...passed, level, certificateNumber: `Y00004403000026${digit}000001` })).toEqual(
      fits ? [] : [['certificateNumber', 'levelDigit']],
    ),
  )
})

describe('whatever the rules accept, the database takes', () => {
  beforeAll(async () => makeAcademies(await freshDatabase()))

  test('all accepted rows in one file', async () => {
    const rows = accepted.map(([, cells], n) => ({
      ...cells,
      classCode: `C${n}`,
      ...(cells.certificateType === '职业技能等级证书' && cells.level !== '特级技师'
        ? { certificateNumber: `Y0000440300002640${String(n).padStart(5, '0')}` }
        : {}),
      ...(cells.certificateType === '特种作业操作证' && { workItem: `项目${n}` }),
      ...(cells.documentNumber === base.documentNumber && worker(n)),
    }))
    expect(await importRows(rows)).toMatchObject({ rows: rows.length, created: rows.length, errors: [] })
  })
})

describe('what a message says of a number', () => {
  const said = (cells: Cells) =>
    read({ row: 2, cells: FIELDS.map((field) => cells[field] ?? '') }).problems.map(
      (found) => toMessage({ row: 2, ...found }, 'zh-CN').message,
    )

  test('a wrong birth date is at digits 7 to 14, in an old number of 15 digits at 7 to 12', () => {
    expect(said({ ...base, documentNumber: resident('44030820261202001') })[0]).toContain('第7至14位')
    expect(said({ ...base, documentNumber: '440308991302001' })[0]).toContain('第7至12位')
  })

  test('what Excel left of a document number is not repeated whole', () => {
    const [message] = said({ ...base, documentNumber: '4.40308198503121E+17' })
    expect(message).not.toContain('40308198503121')
    expect(message).not.toMatch(/\d{8}/)
    expect(message).toContain('文本')
  })

  test('a formula that failed and one without a result are told apart', () => {
    expect(said({ ...base, employer: '#REF!' })[0]).toContain('#REF!')
    expect(said({ ...base, employer: '#FORMULA!' })[0]).toContain('还没有计算')
    expect(said({ ...base, employer: '#1车间' })).toEqual([])
  })
})
