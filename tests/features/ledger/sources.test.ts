import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { COLUMNS, FIELDS, type Field } from '#app/features/ledger/columns.ts'
import { ledgerImport } from '#app/features/ledger/commands.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'
import { base, type Cells, certified, importRows, ledgerText, makeAcademies, worker } from './ledgers.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

const rows = [
  { ...base, ...worker(1), ...certified(1) },
  { ...base, ...worker(2) },
]
const text = ledgerText(rows)
const dry = { dryRun: true }
const fine = { rows: 2, created: 2, rejected: 0, errors: [] }

/** Characters that GB18030 writes in two and in four bytes; Node can read it but not write it. */
const gb18030 = (content: string) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: content })

describe('encodings', () => {
  test('UTF-8, with and without a byte order mark', async () => {
    expect(await importRows(text, dry)).toMatchObject(fine)
    expect(await importRows(`\uFEFF${text}`, dry)).toMatchObject(fine)
  })

  test('GB18030, rare characters included, is the same file', async () => {
    const rare = ledgerText([{ ...base, classCode: 'rare', ...worker(9), name: '𠀀𬭸' }])
    await importRows(rare)
    expect(await importRows(gb18030(rare))).toMatchObject({ unchanged: 1, errors: [] })
    expect(await db.owner`select name from enrolment`).toEqual([{ name: '𠀀𬭸' }])
  })

  test('one wrong byte in a UTF-8 file makes the whole file GB18030, and if it is none either, it is refused', async () => {
    const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xff])])
    expect((await importRows(broken, dry)).errors).toMatchObject([
      { row: null, column: null, message: expect.stringContaining('GB18030') },
    ])
  })

  test.each([
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'UTF-16'],
    ['a workbook cut short', Buffer.from('504b030414000600', 'hex'), '已损坏'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xlsx'],
    ['NULs', Buffer.from('a\0b\n'), 'NUL'],
    ['nothing', Buffer.alloc(0), '空的'],
    ['a header alone', Buffer.from(ledgerText([])), '空的'],
    ['blank lines', Buffer.from('\n\n,,\n'), '找不到表头'],
    ['prose', Buffer.from('台账\n第一季度\n'), '找不到表头'],
  ])('%s is a clear error of the file', async (_, content, said) => {
    const outcome = await importRows(content)
    expect(outcome).toMatchObject({ rows: 0, created: 0, rejected: 0, errors: [{ row: null, column: null }] })
    expect(outcome.errors[0]!.message).toContain(said)
  })
})

describe('headers', () => {
  test('stand below title rows, and rows keep their place in the file', async () => {
    const titled = `深圳市工匠学院培训台账,,\n填报单位：某学院,,填报日期：2026年11月\n\n${ledgerText([...rows, { ...rows[0]!, phone: '1' }])}`
    const outcome = await importRows(titled, dry)
    expect(outcome).toMatchObject({ rows: 3, rejected: 1 })
    expect(outcome.errors).toMatchObject([{ row: 7, column: '手机号' }])
  })

  test('may be shuffled, with other columns between them', async () => {
    const fields = [...FIELDS].reverse()
    const lines = ledgerText(rows, fields).split('\n').filter(Boolean)
    const wider = lines.map((line, n) => (n === 0 ? `序号,${line},备注` : `${n},${line},无`)).join('\n')
    expect(await importRows(wider, dry)).toMatchObject(fine)
  })

  test('may be synonyms, marked as required, with remarks', async () => {
    const header = FIELDS.map((field) => COLUMNS[field].header)
    const named: Partial<Record<Field, string>> = {
      documentNumber: '*身份证号',
      employer: '单位',
      phone: '手机号码',
      endsOn: '结束日期（必填）',
      plannedHours: '计划学时\n(学时)',
      name: ' 姓 名 ',
    }
    const changed = FIELDS.map((field, n) => `"${named[field] ?? header[n]}"`).join(',')
    expect(await importRows(text.replace(header.join(','), changed), dry)).toMatchObject(fine)
  })

  test('身份证号 without a column for the type means 居民身份证; 证件号码 does not', async () => {
    const fields = FIELDS.filter((field) => field !== 'documentType')
    const without = ledgerText(rows, fields)
    expect(await importRows(without.replace('证件号码', '身份证号'), dry)).toMatchObject(fine)
    expect((await importRows(without, dry)).errors).toMatchObject([{ row: 1, column: '证件类型' }])
  })

  test('optional columns may be missing; each required one is named', async () => {
    const required = FIELDS.filter((field) => COLUMNS[field].required)
    expect(await importRows(ledgerText([base], required), dry)).toMatchObject({ created: 1, errors: [] })
    for (const field of ['academyCode', 'name', 'hoursAttended'] as const) {
      const outcome = await importRows(
        ledgerText(
          [base],
          required.filter((one) => one !== field),
        ),
      )
      expect(outcome).toMatchObject({ rows: 0, created: 0, errors: [{ row: 1, column: COLUMNS[field].header }] })
    }
  })

  test('twice the same column is an error, a header beside its synonym is not', async () => {
    const doubled = (name: string) =>
      text
        .split('\n')
        .map((line, n) => (n === 0 ? `${line},${name}` : line && `${line},x`))
        .join('\n')
    expect((await importRows(doubled('姓名'), dry)).errors).toMatchObject([{ row: 1, column: '姓名' }])
    expect(await importRows(doubled('学员姓名'), dry)).toMatchObject(fine)
  })
})

describe('csv as it is met', () => {
  test.each([
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['lone CR', text.replaceAll('\n', '\r')],
    ['no line end at the end', text.trimEnd()],
    ['semicolons', text.replaceAll(',', ';')],
    ['tabs', text.replaceAll(',', '\t')],
    ['empty cells behind the rows', text.replaceAll('\n', ',,,\n')],
    ['blank lines and lines of commas', text.replaceAll('\n', '\n\n,,,,\n')],
  ])('%s', async (_, content) => expect(await importRows(content, dry)).toMatchObject(fine))

  test('sums, signatures and remarks at the foot are no rows; what may be a worker is one', async () => {
    const row = (...cells: string[]) => `${cells.join(',')}\n`
    const foot = [
      row('合计', '', '', '', '', '', '', '', '', '2人', '', '', '', '', '', '', '80'),
      row('', '小计：'),
      row('填表人：张三', '', '', '审核人：李四', '', '填报日期：2026-11-03'),
      row('制表', '张三', '', '联系电话', '13800000000'),
      row('注：本表一式两份'),
    ]
    const outcome = await importRows(`${text}${foot.join('')}`, dry)
    expect(outcome).toMatchObject(fine)
    expect(outcome.warnings.filter(({ column }) => column === null).map(({ row }) => row)).toEqual([4, 5, 6, 7, 8])
    const workers: Cells[] = [
      { ...base, documentNumber: '', documentType: '', classCode: '' }, // without a number, but with no word of the foot
      { ...base, ...worker(3), academyCode: '合计' },
      { classCode: '2026-P-001', name: '小计' },
      { academyCode: '合计', documentType: '居民身份证', name: '李四' },
    ]
    for (const lost of workers) expect(await importRows([lost], dry)).toMatchObject({ rows: 1, rejected: 1 })
  })

  test('the example of the template, left in, is no row', async () => {
    const example = { ...base, classCode: '示例-2026-12', name: '示例（请删去本行）' }
    expect(await importRows([...rows, example], dry)).toMatchObject({ ...fine, warnings: [{ row: 4, column: null }] })
  })

  test('rows behind quoted line breaks, commas and blank lines keep their physical row', async () => {
    const content = ledgerText([
      { ...rows[0]!, employer: '甲公司,\n"乙"部\r\n' },
      { ...rows[1]!, phone: '1' },
    ]).replace('\n', '\n\n')
    expect((await importRows(content, dry)).errors).toMatchObject([{ row: 6, column: '手机号' }])
  })

  test('a quotation mark that never closes is an error of the file at its row: nothing is imported, not even --valid-only', async () => {
    const content = `${ledgerText(rows)}GD01,"2026-P-001,焊工\n${ledgerText(rows).split('\n').slice(1).join('\n')}`
    const outcome = await importRows(content, { validOnly: true })
    expect(outcome).toMatchObject({ rows: 3, created: 0, rejected: 1, importId: null, errors: [{ row: 4 }] })
  })

  test('text behind a closing quotation mark is an error of its row', async () => {
    const outcome = await importRows(`${text}"GD01"x,1\n`, dry)
    expect(outcome.errors).toMatchObject([{ row: 4, column: null }])
  })

  test('a comma that was not quoted is noticed', async () => {
    const full = ledgerText([{ ...rows[0]!, certificateStatus: '有效' }])
    const outcome = await importRows(full.replace('深圳市某某有限公司', '深圳市,某某有限公司'), dry)
    expect(outcome.errors).toMatchObject([{ row: 2, column: null }])
  })
})

describe('from the shell', () => {
  test('a line of JSON per file, in this order; exit status 1 if a file had errors', async () => {
    const good = fileOf(text)
    const bad = fileOf(
      ledgerText([
        { ...base, ...worker(3), mode: '直播' },
        { ...base, ...worker(4), employer: '' },
      ]),
    )
    const { status, reports } = await reportsOf(ledgerImport, good, bad, '/nowhere/ledger.csv', '--dry-run')
    expect(status).toBe(1)
    expect(reports.map((report) => Object.keys(report).slice(0, 8))).toEqual(
      Array.from({ length: 3 }, () => [
        'file',
        'rows',
        'created',
        'unchanged',
        'corrected',
        'rejected',
        'errors',
        'warnings',
      ]),
    )
    expect(reports).toMatchObject([
      { file: good, rows: 2, errors: [] },
      {
        file: bad,
        rows: 2,
        created: 0,
        rejected: 1,
        errors: [{ row: 2, column: '培训方式' }],
        warnings: [{ row: 3, column: '工作单位' }],
      },
      { file: '/nowhere/ledger.csv', rows: 0, errors: [{ row: null, column: null }] },
    ])
    expect((await reportsOf(ledgerImport, good, '--dry-run')).status).toBe(0)
  })

  test('what was not understood is exit status 2', async () => {
    expect((await reportsOf(ledgerImport)).status).toBe(2)
    expect((await reportsOf(ledgerImport, fileOf(text), '--force')).status).toBe(2)
  })

  test('a folder is an error, not a stack trace', async () => {
    const { status, reports } = await reportsOf(ledgerImport, '/tmp')
    expect(status).toBe(1)
    expect(reports[0]!.errors).toHaveLength(1)
  })
})
