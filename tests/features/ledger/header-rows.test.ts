import { beforeAll, expect, test } from 'vitest'
import { importFile } from '#app/features/ledger/commands.server.ts'
import { headerReader } from '#app/features/ledger/header.ts'
import { findHeader, joinHeaders } from '#app/features/ledger/header-rows.ts'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fileOf } from '#tests/support/table-files.ts'
import { base, certified, documentOf, importRows, makeAcademies, options, worker } from './ledgers.ts'
import { bookFile, type Cell } from './workbooks.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

const read = headerReader()
const records = (...rows: string[]) => rows.map((row, at) => ({ row: at + 1, cells: row.split(',') }))

/** A class list as offices print it: groups above, what is alone in its group merged over both rows. */
const GROUPS = '学院代码,班次信息,,,,,,,学员信息,,,学时,考核情况,,证书信息,,,,'
const BELOW =
  ',编号,名称,培训方式,职业编码,开始日期,结束日期,计划学时,姓名,身份证号,单位,实到,日期,结果,类型,编号,等级,发证机构,发证日期'
const cells = (n: number) => {
  const row = { ...base, ...worker(n), ...certified(n) }
  const { academyCode, classCode, className, mode, occupationCode, startsOn, endsOn, plannedHours } = row
  const { name, documentNumber, employer, hoursAttended, assessedOn, result } = row
  const { certificateType, certificateNumber, level, issuer, issuedOn } = row
  return [
    ...[academyCode, classCode, className, mode, occupationCode, startsOn, endsOn, plannedHours, name, documentNumber],
    ...[employer, hoursAttended, assessedOn, result, certificateType, certificateNumber, level, issuer, issuedOn],
  ].map((cell) => cell ?? '')
}
const fine = { rows: 2, created: 2, rejected: 0, errors: [], warnings: [] }

test('groups above a header say what its columns are: 考核 above 日期 and 结果', async () => {
  const text = `某某工匠学院2026年培训台账\n${GROUPS}\n${BELOW}\n${cells(1)}\n${cells(2)}\n`
  expect(await importRows(text, { dryRun: true })).toMatchObject(fine)
})

test('merged cells over the two rows of a header, and the header once more on the next page, are no workers', async () => {
  const top: Cell[] = GROUPS.split(',').map((cell) => cell || null)
  const below: Cell[] = BELOW.split(',').map((cell) => cell || null)
  const file = await bookFile({
    sheets: [
      {
        name: '台账',
        rows: [['2026年培训台账'], top, below, cells(1), top, below, cells(2)],
        merges: ['A1:S1', 'A2:A3', 'B2:H2', 'I2:K2', 'M2:N2', 'O2:S2', 'A5:A6'],
      },
    ],
  })
  expect(await importFile(file, { ...options, dryRun: true })).toMatchObject(fine)
})

test.each([
  ['考核,', '日期,结果', ['考核日期', '考核结果']],
  ['学时,', '计划,实到', ['计划学时', '实到学时']],
  ['取证情况,,姓名', '日期,机构,', ['取证日期', '取证情况机构', '姓名']],
  ['学员信息,,备注', '姓名,电话,备注', ['学员姓名', '电话', '备注']],
  // Another level than the certificate's, and the examiner is no employer: somebody says what they are.
  ['培训前,鉴定', '等级,单位', ['培训前等级', '鉴定单位']],
  ['姓名,,证书', ',单位,编号', ['姓名', '单位', '证书编号']],
])('%s above %s', (top, below, joined) => {
  expect(joinHeaders(top.split(','), below.split(','), read)).toEqual(joined)
})

test('a title or a line of remarks above a header is no group', () => {
  const found = findHeader(records('考核登记表,,', '姓名,证件号码,考核日期,日期'), read)
  expect(found).toMatchObject({ row: 2, top: 2, isKnown: true, cells: ['姓名', '证件号码', '考核日期', '日期'] })
  const remarked = findHeader(records('填报单位：某学院,填报日期：2026年', '姓名,证件号码,考核日期'), read)
  expect(remarked).toMatchObject({ row: 2, top: 2 })
})

test('the first worker below a header is no second row of it', () => {
  const known = records('姓名,证件号码,单位', `张三,${documentOf(1)},某公司`)
  expect(findHeader(known, read)).toMatchObject({ row: 1, isKnown: true })
})

test('where no header is known, the row that looks most like one is taken, and said to be a guess', () => {
  const rows = [
    '2026年名单,,',
    '填报人：某某,日期：2026-01-01,',
    'Name,ID card,Company',
    `张三,${documentOf(1)},某公司`,
  ]
  expect(findHeader(records(...rows), read)).toMatchObject({ row: 3, isKnown: false })
  expect(findHeader(records('工友名称,身份证,所属公司', '张三,不详,某公司'), read)).toMatchObject({
    row: 1,
    isKnown: false,
  })
})

test('what looks like a header over two rows counts by what both say', () => {
  const rows = ['证件,人,班组,培训前,考核,', ',,,等级,日子,结论', `${documentOf(1)},张三,一组,无,2026-03-25,合格`]
  const cells = ['证件', '人', '班组', '培训前等级', '考核日子', '考核结论']
  expect(findHeader(records(...rows), read)).toMatchObject({ row: 2, top: 1, isKnown: false, cells })
})

test.each([
  ['prose', ['今天,天气', '很好,是吗']],
  ['workers without a header', [`张三,${documentOf(1)}`, `李四,${documentOf(2)}`]],
  ['a header alone', ['工友名称,身份证,所属公司']],
])('%s is not taken for a header with workers', (_, rows) => {
  expect(findHeader(records(...rows), read)).toBeNull()
})

test('a header that is only guessed imports nothing by itself; with what somebody said of it, it does', async () => {
  const text = `工友;证件;公司\n${[3, 4].map((n) => `${worker(n).name};${documentOf(n)};某公司`).join('\n')}\n`
  expect(await importRows(text)).toMatchObject({
    rows: 0,
    errors: [{ row: null, message: expect.stringContaining('表头') }],
  })
  const { name: _, documentNumber: __, employer: ___, ...constants } = { ...base, ...worker(3) }
  const opened = await openLedger(fileOf(text), {
    constants,
    mapping: { 工友: 'name', 证件: 'documentNumber', 公司: 'employer' },
    headerRows: { '': { row: 1, lines: 1 } },
  })
  expect(opened).toMatchObject({ ok: true, source: { sheets: [{ headerRow: 1, missing: [], problems: [] }] } })
})
