import { beforeAll, expect, test } from 'vitest'
import { occupationsImport } from '#app/features/occupations/import.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})

const run = (text: string | Buffer) => reportsOf(occupationsImport, fileOf(text))
const HEADER = '职业编码,职业名称,版本'

test('occupations are added once: the same file a second time changes nothing', async () => {
  const text = `${HEADER}\n6-18-02-04,焊工,2022\n6-31-01-03,电工,2022\n`
  expect(await run(text)).toMatchObject({ status: 0, reports: [{ rows: 2, created: 2, unchanged: 0, errors: [] }] })
  expect(await run(text)).toMatchObject({ status: 0, reports: [{ rows: 2, created: 0, unchanged: 2, corrected: 0 }] })
})

test('the same code in another edition is another occupation, and a changed name is a correction', async () => {
  const report = await run(`${HEADER}\n6-18-02-04,焊工,2015年版\n6-18-02-04,电焊工,2022\n`)
  expect(report).toMatchObject({ status: 0, reports: [{ created: 1, corrected: 1 }] })
  const rows = await db.owner`select name from occupation where code = '6-18-02-04' order by edition`
  expect(rows.map((row) => row.name)).toEqual(['焊工', '电焊工'])
})

test('title rows, another column order, extra columns and unusual hyphens are understood', async () => {
  const text = '职业目录,,,\n,,,\n版本,备注,职业编码,职业名称\n2022,,４-０３－02—01,中式烹调师\n'
  expect(await run(text)).toMatchObject({ status: 0, reports: [{ rows: 1, created: 1 }] })
})

test('one bad row refuses the whole file and names its physical row and column', async () => {
  const result = await run(`标题\n\n${HEADER}\n4-02-07-08,快递员,2022\n4-2-7,错,2022\n4-04-04-02,,二〇二二\n`)
  expect(result).toMatchObject({ status: 1, reports: [{ rows: 3, created: 0, rejected: 2 }] })
  expect(result.reports[0]?.errors.map(({ row, column }) => [row, column])).toEqual([
    [5, '职业编码'],
    [6, '职业名称'],
    [6, '版本'],
  ])
  expect(await db.owner`select 1 from occupation where code = '4-02-07-08'`).toHaveLength(0)
})

test('rows of one file that disagree about an occupation are errors, all of them', async () => {
  const result = await run(`${HEADER}\n4-12-01-01,汽车维修工,2022\n4-12-01-01,修车工,2022\n`)
  expect(result.reports[0]?.errors.map((error) => error.row)).toEqual([2, 3])
})

test('a file without the header, an empty one and a missing one are errors of the file', async () => {
  for (const text of ['1,2,3\n', '', HEADER]) {
    const result = await run(text)
    expect(result).toMatchObject({ status: 1, reports: [{ rows: 0, created: 0, rejected: 0 }] })
    expect(result.reports[0]?.errors[0]?.row).toBeNull()
  }
  expect(await reportsOf(occupationsImport, '/nowhere/x.csv')).toMatchObject({ status: 1 })
})

test('an unknown option is refused before any file is read', async () => {
  expect(await reportsOf(occupationsImport, '--force')).toEqual({ status: 2, reports: [] })
})
