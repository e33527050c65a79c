import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { COLUMNS, FIELDS } from '#app/features/ledger/columns.ts'
import { importFile, ledgerImport } from '#app/features/ledger/commands.server.ts'
import { type ExportFormat, exportLedger } from '#app/features/ledger/export.server.ts'
import { ledgerExport, ledgerTemplateFile } from '#app/features/ledger/export-commands.server.ts'
import { type ExportFilter, hasMoreRows } from '#app/features/ledger/export-rows.server.ts'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { openWorkbook } from '#app/lib/workbook/read.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'
import {
  base,
  type Cells,
  certified,
  documentOf,
  importRows,
  makeAcademies,
  NOW,
  options,
  tableCounts,
  worker,
} from './ledgers.ts'

let db: TestDatabase
let academies: { first: string; second: string }
const folder = temporaryFolder('export')

const ledger: Cells[] = [
  { ...base, ...worker(1), ...certified(1), phone: '13812345678', category: '在职职工', declaredLevel: '无' },
  { ...base, ...worker(2), assessedOn: '2026-03-25', result: '不合格', employer: '=HYPERLINK("http://evil.example")' },
  { ...base, ...worker(2), ...certified(2), assessedOn: '2026-03-28', employer: '=HYPERLINK("http://evil.example")' },
  { ...base, ...worker(3), name: '欧阳·明', employer: '+甲公司, "乙"部', hoursAttended: '39.5' },
  {
    ...base,
    ...worker(4),
    employer: '@丙',
    ...certified(4),
    certificateType: '特种作业操作证',
    certificateNumber: `T${documentOf(4)}`,
    level: '',
    workItem: '熔化焊接与热切割作业',
  },
  {
    ...base,
    ...worker(5),
    classCode: '2025-O-001',
    className: '数字素养',
    mode: '线上',
    occupationCode: '无',
    startsOn: '2025-03-02',
    endsOn: '2025-03-20',
    completedOn: '2025-03-10',
  },
  {
    ...base,
    ...worker(6),
    classCode: '2026-M-001',
    mode: '混合',
    plannedPracticalHours: '16',
    practicalHoursAttended: '15.5',
  },
  { ...base, ...worker(1), academyCode: 'GD02', certificateStatus: '', phone: '13900000000' },
  { ...base, ...worker(7), ...certified(7), certificateStatus: '撤销' },
]

beforeAll(async () => {
  db = await freshDatabase()
  academies = await makeAcademies(db)
  const outcome = await importRows(ledger)
  expect(outcome).toMatchObject({ created: ledger.length, errors: [] })
})

async function exported(format: ExportFormat, filter: ExportFilter = {}): Promise<string> {
  const made = await as(system('ledger'), (tx) => exportLedger(tx, { by: system('ledger'), filter, format, now: NOW }))
  if (!made.ok) throw new Error(made.reason)
  const pieces: Uint8Array[] = []
  for await (const piece of made.file.pieces()) pieces.push(piece)
  return fileOf(Buffer.concat(pieces))
}

describe.each(['xlsx', 'csv'] as const)('%s', (format) => {
  test('what was exported imports again unchanged, and leaves no trace', async () => {
    const file = await exported(format)
    const before = await tableCounts(db)
    const outcome = await importFile(file, options)
    expect(outcome).toMatchObject({ rows: ledger.length, unchanged: ledger.length, errors: [] })
    expect(await tableCounts(db)).toEqual(before)
  })

  test('no cell begins like a formula', async () => {
    const found = await openLedger(await exported(format))
    if (!found.ok) throw new Error(found.problem.code)
    for await (const { records } of found.source.read())
      for (const { cells } of records) for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t]/)
  })

  test('only what is asked for: an academy, a year, a class, the persons behind a figure', async () => {
    const rowsOf = async (filter: ExportFilter) => (await importFile(await exported(format, filter), options)).rows
    expect(await rowsOf({ academyId: academies.second })).toBe(1)
    expect(await rowsOf({ year: 2025 })).toBe(1)
    expect(await rowsOf({ classCode: '2026-M-001' })).toBe(1)
    const [person] = await db.owner`select person_id as id from enrolment where name = '欧阳·明'`
    expect(await rowsOf({ personIds: [person!.id as string] })).toBe(1)
  })
})

test('dates, hours and texts are cells of their kind', async () => {
  const book = await openWorkbook(await exported('xlsx'), 100)
  if (typeof book === 'string') throw new Error(book)
  expect(book.sheets.map(({ name }) => name)).toEqual(['台账'])
  const [header, ...rows] = book.sheets[0]!.head
  expect(header!.cells).toEqual(FIELDS.map((field) => COLUMNS[field].header))
  const first = rows.find(({ cells }) => cells[FIELDS.indexOf('phone')] === '13812345678')!
  expect(first.cells[FIELDS.indexOf('startsOn')]).toBe('2026-03-02')
  expect(first.cells[FIELDS.indexOf('documentNumber')]).toBe(documentOf(1))
})

test('each export is an event: who, which filter, how many, the digest; no personal data; an empty one is none', async () => {
  await db.owner`delete from audit_event`
  await exported('csv', { academyId: academies.first, year: 2026 })
  await exported('csv', { year: 1999 })
  const events = await db.owner`select kind, purpose, academy_id, detail from audit_event`
  expect(events).toEqual([
    {
      kind: 'ledger.exported',
      purpose: 'ledger',
      academy_id: academies.first,
      detail: {
        format: 'csv',
        year: 2026,
        classCode: null,
        chosenPersons: null,
        rows: 7,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    },
  ])
})

describe('the template', () => {
  test('left as it is, it brings nothing in; filled in, its rows', async () => {
    const file = join(folder, 'template.xlsx')
    expect(await ledgerTemplateFile(['--out', file, '--academy', 'GD02'])).toBe(0)
    const { reports } = await reportsOf(ledgerImport, file)
    expect(reports).toMatchObject([{ rows: 0, created: 0, errors: [{ row: null }], warnings: [{ row: 2 }] }])
    const found = await openLedger(file)
    if (!found.ok) throw new Error(found.problem.code)
    expect(found.source.sheets.map(({ name, isRead, isHidden }) => [name, isRead, isHidden])).toEqual([
      ['台账', true, false],
      ['填写说明', false, false],
      ['可选内容', false, true],
    ])
    expect(found.source.sheets[0]).toMatchObject({ missing: [], problems: [] })
    expect(found.source.sheets[0]!.headers[0]!.samples).toEqual(['GD02'])
  })
})

test('the shell exports by academy, year and class, for the owner’s eyes alone', async () => {
  const file = join(folder, 'all.csv')
  const { status, reports } = await reportsOf(ledgerExport, '--out', file, '--academy', 'GD01', '--year', '2026')
  expect([status, reports]).toMatchObject([0, [{ file, rows: 7 }]])
  expect(readFileSync(file, 'utf8').startsWith('\uFEFF学院代码,')).toBe(true)
  expect((await reportsOf(ledgerExport, '--out', file, '--academy', 'NONE')).status).toBe(1)
  expect((await reportsOf(ledgerExport, '--out', join(folder, 'x.pdf'))).status).toBe(2)
})

test('an export is too long from the first row beyond on, counted within its filter', async () => {
  const isLonger = (filter: ExportFilter, most: number) =>
    as(system('ledger'), (tx) => hasMoreRows(tx, filter, '2026-12-01', most))
  const filter = { academyId: academies.first }
  const { rows } = await importFile(await exported('csv', filter), options)
  expect(await isLonger(filter, rows - 1)).toBe(true)
  expect(await isLonger(filter, rows)).toBe(false)
  expect(await isLonger({ ...filter, year: 2025 }, 1)).toBe(false)
})
