import { beforeAll, describe, expect, test } from 'vitest'
import { FIELDS, type Field } from '#app/features/ledger/columns.ts'
import { importFile, ledgerImport } from '#app/features/ledger/commands.server.ts'
import type { ImportOptions } from '#app/features/ledger/import.server.ts'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { toMessage } from '#app/features/ledger/problem.ts'
import type { LedgerOptions } from '#app/features/ledger/source.ts'
import { numberStyle } from '#app/lib/workbook/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { reportsOf } from '#tests/support/table-files.ts'
import {
  base,
  type Cells,
  certified,
  documentOf,
  facts,
  importRows,
  makeAcademies,
  options,
  worker,
} from './ledgers.ts'
import {
  type BookSpec,
  bookFile,
  type Cell,
  chineseDate,
  date,
  error,
  formula,
  ledgerRows,
  padded,
  shared,
  textFormula,
} from './workbooks.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

const rows = [
  { ...base, ...worker(1), ...certified(1) },
  { ...base, ...worker(2) },
]

async function importBook(book: BookSpec, changed: Partial<ImportOptions & LedgerOptions> = { dryRun: true }) {
  const outcome = await importFile(await bookFile(book), { ...options, ...changed })
  const said = (found: typeof outcome.errors) => found.map((problem) => toMessage(problem, 'zh-CN'))
  return { ...outcome, errors: said(outcome.errors), warnings: said(outcome.warnings) }
}
const one = (cells: Cell[][], more: Partial<BookSpec> = {}): BookSpec => ({
  sheets: [{ name: '台账', rows: cells }],
  ...more,
})

/** A ledger in which some cells of its one row are other than text. */
function withCells(changed: Partial<Record<Field, Cell>>, row: Cells = rows[0]!): Cell[][] {
  const [header, cells] = ledgerRows([row])
  return [header!, cells!.map((cell, at) => (FIELDS[at]! in changed ? changed[FIELDS[at]!]! : cell))]
}

test.each([
  ['General', 'number'],
  ['Standard', 'number'],
  ['0.00E+00', 'number'],
  ['#,##0.00_ ;[Red]\\-#,##0.00', 'number'],
  ['@', 'number'],
  ['"第"0"期"', 'number'],
  ['h:mm', 'number'],
  ['000000', 'padded'],
  ['yyyy/m/d;@', 'date'],
  ['yyyy"年"m"月"d"日"', 'date'],
  ['[$-804]yyyy年m月d日', 'date'],
  ['[$-F800]dddd, mmmm dd, yyyy', 'date'],
  ['m/d/yy h:mm AM/PM', 'date'],
  ['e"年"', 'date'],
])('the number format %s makes a %s', (code, kind) => expect(numberStyle(164, code).kind).toBe(kind))

describe('values', () => {
  test('the same ledger as csv and as a workbook makes the same records', async () => {
    await importRows(rows)
    const recorded = await facts(db)
    expect(await importBook(one(ledgerRows(rows)), {})).toMatchObject({ rows: 2, unchanged: 2, errors: [] })
    expect(await facts(db)).toEqual(recorded)
  })

  test('real dates, in whatever format, and dates as text are the same', async () => {
    const cells = withCells({
      startsOn: date(base.startsOn!),
      endsOn: chineseDate(base.endsOn!),
      assessedOn: date('2026-03-25', 0.375),
      issuedOn: '2026年4月10日',
    })
    await importRows(rows)
    expect(await importBook(one(cells))).toMatchObject({ rows: 1, unchanged: 1, errors: [] })
  })

  test('dates of a workbook that counts from 1904', async () => {
    const early = {
      xml: ` s="1"><v>${Date.parse('2026-03-02T00:00:00Z') / 86_400_000 - Date.parse('1904-01-01T00:00:00Z') / 86_400_000}</v>`,
    }
    expect(await importBook(one(withCells({ startsOn: early }), { is1904: true }))).toMatchObject({ unchanged: 1 })
  })

  test('numbers where text was meant: phones, class numbers with leading zeros, hours', async () => {
    const cells = withCells(
      { classCode: padded(12), phone: 13_812_345_678, plannedHours: 40, hoursAttended: 39.5 },
      rows[1]!,
    )
    expect(await importBook(one(cells))).toMatchObject({ created: 1, errors: [] })
    const { sheets } = await opened(one(cells))
    expect(sheets[0]!.headers[1]!.samples).toEqual(['0012'])
  })

  test('a document number that became a number is refused, and told how to write it, without its digits', async () => {
    const { errors } = await importBook(one(withCells({ documentNumber: Number(documentOf(1).slice(0, 17)) * 10 })))
    expect(errors).toMatchObject([{ row: 2, column: '证件号码', message: expect.stringContaining('文本') }])
    expect(errors[0]!.message).not.toContain(documentOf(1).slice(0, 10))
  })

  test('full-width digits, spaces and line breaks within numbers', async () => {
    const wide = documentOf(1).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    const cells = withCells({ documentNumber: `${wide.slice(0, 6)}  ${wide.slice(6)}\n`, phone: ' 138 1234 5678 ' })
    expect(await importBook(one(cells))).toMatchObject({ errors: [], corrected: 1 })
  })

  test('stored results of formulas count; one without a result, and errors, are told at their cell', async () => {
    expect(await importBook(one(withCells({ hoursAttended: formula(40), name: textFormula('工人乙') })))).toMatchObject(
      {
        errors: [],
      },
    )
    const { errors } = await importBook(one(withCells({ hoursAttended: formula(null), employer: error('#N/A') })))
    expect(errors).toMatchObject([
      { row: 2, column: '工作单位', message: expect.stringContaining('#N/A') },
      { row: 2, column: '实到学时', message: expect.stringContaining('公式') },
    ])
  })

  test('shared, rich and escaped texts; how a name is pronounced is no part of it', async () => {
    const strings = [
      '<r><t>深圳市</t></r><r><rPr><b/></rPr><t xml:space="preserve">某某&amp;有限公司</t></r>',
      '<t>工人乙</t><rPh sb="0" eb="1"><t>gong</t></rPh>',
      '<t>焊工实操班_x000D_</t>',
    ]
    const cells = withCells({ employer: shared(0), name: shared(1), className: shared(2) })
    const { sheets } = await opened(one(cells, { strings }))
    const sample = (field: Field) => sheets[0]!.headers[FIELDS.indexOf(field)]!.samples
    expect([sample('employer'), sample('name'), sample('className')]).toEqual([
      ['深圳市某某&有限公司'],
      ['工人乙'],
      ['焊工实操班'],
    ])
  })
})

describe('rows', () => {
  const titled = (cells: Cell[][]): Cell[][] => [
    ['培训台账'],
    ['填报单位：某学院', null, '填报日期：2026年11月'],
    [],
    ...cells,
  ]

  test('title rows, blank rows and a sum with signatures at the foot are no rows; the others keep their place', async () => {
    const wrong = { ...rows[1]!, ...worker(3), phone: '1' }
    const foot: Cell[][] = [
      ['合计', ...Array(15).fill(null), formula(80)],
      [],
      ['填表人：张三', null, null, '审核人：李四', null, '填报日期：2026-11-03'],
      ['注：本表一式两份'],
    ]
    const outcome = await importBook(one(titled([...ledgerRows([...rows, wrong]), [], ...foot])))
    expect(outcome).toMatchObject({ rows: 3, rejected: 1, errors: [{ row: 7, column: '手机号' }] })
    expect(outcome.warnings.filter(({ column }) => column === null).map(({ row }) => row)).toEqual([9, 11, 12])
  })

  test('a class merged down counts for each of its rows; a blank row within it stays blank', async () => {
    const cells = ledgerRows([...rows, {}, { ...base, ...worker(3) }])
    for (const row of cells.slice(2)) for (let column = 0; column < 8; column++) row[column] = null
    const merges = 'ABCDEFGH'.split('').map((column) => `${column}2:${column}5`)
    expect(await importBook({ sheets: [{ name: '台账', rows: cells, merges }] })).toMatchObject({ rows: 3, errors: [] })
  })

  test('a header over two rows: cells merged down beside a group of two', async () => {
    const [header, ...body] = ledgerRows(rows)
    const above = header!.map((cell) => (cell === '考核日期' ? '考核' : cell === '考核结果' ? null : cell))
    const below = header!.map((cell) => (cell === '考核日期' || cell === '考核结果' ? cell : null))
    const at = FIELDS.indexOf('assessedOn')
    const merges = FIELDS.flatMap((_, n) => (n === at || n === at + 1 ? [] : [`${name(n)}1:${name(n)}2`]))
    const outcome = await importBook({ sheets: [{ name: '台账', rows: [above, below, ...body], merges }] })
    expect(outcome).toMatchObject({ rows: 2, errors: [] })
  })

  test('the header once more on every page is no row', async () => {
    const [header, ...body] = ledgerRows(rows)
    expect(await importBook(one([header!, body[0]!, header!, body[1]!]))).toMatchObject({ rows: 2, errors: [] })
  })
})

const name = (column: number) =>
  column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(39 + column)}`

async function opened(book: BookSpec, wanted: LedgerOptions = {}) {
  const found = await openLedger(await bookFile(book), wanted)
  if (!found.ok) throw new Error(found.problem.code)
  return found.source
}

describe('sheets', () => {
  const without = (...left: Field[]) => FIELDS.filter((field) => !left.includes(field))

  test('one sheet per class: the class in title rows, or in the name of the sheet; findings name the sheet', async () => {
    const fields = without('classCode', 'className', 'mode')
    const second = { ...rows[1]!, ...worker(4), phone: '1' }
    const outcome = await importBook({
      sheets: [
        {
          name: '一班',
          rows: [['班次编号：S-001  班次名称：焊工一班'], ['培训方式', '实操'], ...ledgerRows([rows[1]!], fields)],
        },
        { name: 'S-002 焊工二班', rows: [['培训方式：实操'], ...ledgerRows([second], fields)] },
      ],
    })
    expect(outcome).toMatchObject({ rows: 2, rejected: 1 })
    expect(outcome.errors).toMatchObject([{ sheet: 'S-002 焊工二班', row: 3, column: '手机号' }])
  })

  test('rows of two sheets that disagree name each other with the sheet', async () => {
    const other = { ...rows[1]!, hoursAttended: '8' }
    const { errors } = await importBook({
      sheets: [
        { name: '一月', rows: ledgerRows([{ ...rows[1]!, ...worker(7), classCode: 'T-1' }]) },
        { name: '二月', rows: ledgerRows([{ ...other, ...worker(7), classCode: 'T-1' }]) },
      ],
    })
    expect(errors).toMatchObject([
      { sheet: '一月', row: 2, column: '实到学时', message: expect.stringContaining('“二月”第2行') },
      { sheet: '二月', row: 2, column: '实到学时', message: expect.stringContaining('“一月”第2行') },
    ])
  })

  test('a sheet without a header goes on with the one before; one with workers and no such place is an error', async () => {
    const [, ...body] = ledgerRows([{ ...rows[1]!, ...worker(5) }])
    const first = { name: '一', rows: ledgerRows(rows) }
    expect(await importBook({ sheets: [first, { name: '续', rows: body }] })).toMatchObject({ rows: 3, errors: [] })
    const shifted = body.map((cells) => ['1', ...cells])
    const { errors } = await importBook({ sheets: [first, { name: '续', rows: shifted }] })
    expect(errors).toMatchObject([{ sheet: '续', row: null, column: null }])
  })

  test('explanations are left out with a warning, empty sheets without, hidden ones with one where they hold a ledger', async () => {
    const outcome = await importBook({
      sheets: [
        { name: '台账', rows: ledgerRows(rows) },
        { name: '说明', rows: [['请按月填写']] },
        { name: '空', rows: [] },
        { name: '旧', state: 'veryHidden', rows: ledgerRows([{ ...base, mode: '直播' }]) },
      ],
    })
    expect(outcome).toMatchObject({ rows: 2, errors: [] })
    expect(outcome.warnings.map(({ sheet }) => sheet)).toEqual(['说明', '旧'])
  })

  test('only the sheets asked for are read, a hidden one too', async () => {
    const book = {
      sheets: [
        { name: '一', rows: ledgerRows([{ ...base, mode: '直播' }]) },
        { name: '二', state: 'hidden', rows: ledgerRows(rows) },
      ],
    }
    expect(await importBook(book, { dryRun: true, sheets: ['二'] })).toMatchObject({ rows: 2, errors: [] })
    expect((await importBook(book, { dryRun: true, sheets: ['三'] })).errors[0]!.message).toContain('三')
  })
})

describe('what the file does not say', () => {
  test('headers mapped by hand, values given once: the source tells what is missing', async () => {
    const fields = FIELDS.filter((field) => field !== 'mode')
    const cells = ledgerRows(rows, fields)
    cells[0] = cells[0]!.map((header) => (header === '姓名' ? '人员' : header === '实到学时' ? '上课时数' : header))
    const before = await opened(one(cells))
    expect(before.sheets[0]).toMatchObject({ headerRow: 1, missing: ['mode', 'name', 'hoursAttended'] })
    expect(before.sheets[0]!.headers.filter(({ field }) => field === null)).toMatchObject([
      { text: '人员', samples: ['工人乙', '工人丙'] },
      { text: '上课时数', samples: ['40'] },
    ])
    const mapping = { 人员: 'name', 上课时数: 'hoursAttended', 证书状态: 'ignored' } as const
    expect(await importBook(one(cells), { dryRun: true, mapping, constants: { mode: '实操' } })).toMatchObject({
      rows: 2,
      errors: [],
    })
  })
})

test('the shell takes a workbook, and writes the rejected rows to mend and import again', async () => {
  const bad = { ...rows[1]!, ...worker(8), phone: '1', employer: '=1+1' }
  const file = await bookFile({
    sheets: [
      { name: '甲', rows: [['标题'], ...ledgerRows([rows[0]!, bad])] },
      { name: '乙', rows: ledgerRows([{ ...base, ...worker(9), mode: '直播' }]) },
    ],
  })
  const target = `${file}.rejected.xlsx`
  const { status, reports } = await reportsOf(ledgerImport, file, '--valid-only', '--rejected', target)
  expect(status).toBe(1)
  expect(reports).toMatchObject([
    {
      rows: 3,
      rejected: 2,
      errors: [
        { sheet: '甲', row: 4, column: '手机号' },
        { sheet: '乙', row: 2, column: '培训方式' },
      ],
    },
  ])
  const found = await openLedger(target)
  if (!found.ok) throw new Error(found.problem.code)
  const { sheets } = found.source
  expect(sheets.map((sheet) => [sheet.name, sheet.rows, sheet.problems])).toEqual([
    ['甲', 2, []],
    ['乙', 2, []],
  ])
  expect(sheets[0]!.headers.at(-2)!.samples).toEqual(['4'])
  expect(sheets[0]!.headers.at(-1)!.samples[0]).toContain('手机号')
  expect(sheets[0]!.headers[FIELDS.indexOf('employer')]!.samples).toEqual(['=1+1'])
  const again = await reportsOf(ledgerImport, target, '--dry-run')
  expect(again.reports).toMatchObject([{ rows: 2, rejected: 2 }])
})
