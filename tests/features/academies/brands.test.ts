import { beforeAll, expect, test } from 'vitest'
import { academiesImport } from '#app/features/academies/import.server.ts'
import { brandsImport } from '#app/features/academies/import-brands.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { occupationsImport } from '#app/features/occupations/import.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadReference)
  const academies =
    '学院代码,学院名称,学院类型,城市代码,推荐工会\nA1,甲工匠学院,地方,440300,深圳市总工会\nA2,乙工匠学院,地方,440600,佛山市总工会\n'
  await reportsOf(academiesImport, fileOf(academies))
})

const HEADER = '学院代码,品牌名称,职业编码,有效期起,有效期止,状态'
const first = async (...rows: string[]) =>
  (await reportsOf(brandsImport, fileOf([HEADER, ...rows].join('\n')))).reports[0]!
const recorded = (code: string, name: string) => db.owner`
  select b.valid_from::text, b.valid_until::text, b.status, array(select occupation_code || '/' || occupation_edition
    from brand_occupation o where o.academy_id = b.academy_id and o.brand_id = b.id order by 1) as occupations
  from brand b join academy a on a.id = b.academy_id where a.code = ${code} and b.name = ${name}`

test('a brand is its academy and its name: the same name at two academies is two brands, and twice is unchanged', async () => {
  const rows = ['A1,焊接,6-18-02-04;6-31-01-03,2024-01-01,,已批准', 'A2,焊接,6-18-02-04,2024年1月1日,20261231,待批准']
  expect(await first(...rows)).toMatchObject({ rows: 2, created: 2, errors: [], warnings: [] })
  expect(await first(...rows)).toMatchObject({ created: 0, unchanged: 2, corrected: 0 })
  expect(await recorded('A1', '焊接')).toEqual([
    {
      valid_from: '2024-01-01',
      valid_until: null,
      status: 'approved',
      occupations: ['6-18-02-04/2022', '6-31-01-03/2022'],
    },
  ])
})

test('dates, state and occupations that changed are corrections, and an empty end means open', async () => {
  await first('A1,数控,6-18-01-01;6-18-01-02,2024-01-01,2024-12-31,待批准')
  expect(await first('A1,数控,6-18-01-02；6-18-01-07,2024/2/1,,已批准')).toMatchObject({ created: 0, corrected: 1 })
  expect(await recorded('A1', '数控')).toEqual([
    {
      valid_from: '2024-02-01',
      valid_until: null,
      status: 'approved',
      occupations: ['6-18-01-02/2022', '6-18-01-07/2022'],
    },
  ])
})

test('an empty start means open, too', async () => {
  expect(await first('A1,钳工,6-18-02-04,,2026-12-31,已批准')).toMatchObject({ created: 1, errors: [] })
  expect(await first('A1,钳工,6-18-02-04,,2026-12-31,已批准')).toMatchObject({ unchanged: 1, errors: [] })
  expect(await recorded('A1', '钳工')).toMatchObject([{ valid_from: null, valid_until: '2026-12-31' }])
})

test('the order in which a brand’s occupations are written is no change', async () => {
  await first('A1,模具,6-18-04-01;6-18-04-06,2024-01-01,,已批准')
  expect(await first('A1,模具,6-18-04-06、6-18-04-01,2024-01-01,,已批准')).toMatchObject({ unchanged: 1, corrected: 0 })
})

test('a later edition of its occupation is no change of a brand', async () => {
  await first('A1,电池,6-24-04-00,2024-01-01,,已批准')
  await reportsOf(occupationsImport, fileOf('职业编码,职业名称,版本\n6-24-04-00,电池制造工,2027\n'))
  expect(await first('A1,电池,6-24-04-00,2024-01-01,,已批准')).toMatchObject({ unchanged: 1 })
})

test('an unknown academy, an unknown occupation, a wrong date or state refuses the file, each by row and header', async () => {
  const report = await first('A9,新,6-18-02-04,2024-01-01,,已批准', 'A1,错,6-99-99-99;焊工,2024-02-30,2023-01-01,批准')
  expect(report).toMatchObject({ created: 0, rejected: 2 })
  expect(report.errors.map(({ row, column }) => [row, column])).toEqual([
    [2, '学院代码'],
    [3, '职业编码'],
    [3, '职业编码'],
    [3, '有效期起'],
    [3, '状态'],
  ])
  expect(await first('A1,早,6-18-02-04,2024-02-01,2024-01-31,已批准')).toMatchObject({
    errors: [{ column: '有效期止' }],
  })
  expect(await first('A1,同日,6-18-02-04,2024-02-01,2024-02-01,已批准')).toMatchObject({ created: 1 })
})
