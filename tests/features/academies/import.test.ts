import { beforeAll, expect, test } from 'vitest'
import { academiesImport } from '#app/features/academies/import.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadReference)
})

const HEADER = '学院代码,学院名称,学院类型,城市代码,推荐工会,省级认定起,省级认定止'
const run = (text: string | Buffer) => reportsOf(academiesImport, fileOf(text))
const table = (...rows: string[]) => run([HEADER, ...rows].join('\n'))
const first = async (...rows: string[]) => (await table(...rows)).reports[0]!
const recorded = async (code: string) => {
  const [row] = await db.owner`
    select a.name, a.kind, a.city_code, u.name as sponsor, u.kind as sponsor_kind, u.city_code as sponsor_city,
      array(select concat_ws('-', d.from_year, d.until_year) from designation d where d.academy_id = a.id order by 1) as years
    from academy a join trade_union u on u.id = a.sponsor_id where a.code = ${code}`
  return row
}

test('reference data holds the 21 cities in their official order, their unions and the province’s', async () => {
  await as(system('setup'), loadReference)
  const [counts] = await db.owner`
    select (select count(*)::int from city) as cities, (select name from city where position = 1) as first,
      (select count(*)::int from trade_union where kind = 'city_union') as city_unions,
      (select count(*)::int from trade_union where kind = 'provincial_union') as provincial,
      (select count(*)::int from occupation) as occupations`
  expect(counts).toEqual({ cities: 21, first: '广州市', city_unions: 21, provincial: 1, occupations: 58 })
})

test('academies are added once: the same file a second time changes nothing', async () => {
  const rows = [
    'A1,深圳集成电路工匠学院,地方,440300,深圳市总工会,2024,2028',
    'A2,广东省综合性工匠学院,综合性,,省总工会,,',
    'A3,网上工匠学院,网上,440000,广东省总工会,2024,',
  ]
  expect(await table(...rows)).toMatchObject({
    status: 0,
    reports: [{ rows: 3, created: 3, rejected: 0, errors: [], warnings: [] }],
  })
  expect(await table(...rows)).toMatchObject({ status: 0, reports: [{ created: 0, unchanged: 3, corrected: 0 }] })
  expect(await recorded('A1')).toMatchObject({ kind: 'local', city_code: '440300', years: ['2024-2028'] })
  expect(await recorded('A2')).toMatchObject({ kind: 'comprehensive', sponsor_kind: 'provincial_union', years: [] })
  expect(await recorded('A3')).toMatchObject({ kind: 'online', city_code: null, years: ['2024'] })
})

test('an unknown sponsor is made as an industrial union, with one warning for it', async () => {
  const report = await first('B1,石化工匠学院,产业,440900,省石化工会,,', 'B2,石化第二工匠学院,企业,440900,省石化工会,,')
  expect(report).toMatchObject({ created: 2, errors: [], warnings: [{ row: 2, column: '推荐工会' }] })
  expect(await recorded('B2')).toMatchObject({ sponsor: '省石化工会', sponsor_kind: 'industrial_union' })
  expect(await first('B1,石化工匠学院,产业,440900,省石化工会,,')).toMatchObject({ unchanged: 1, warnings: [] })
})

test('short forms of a city’s and the province’s union are recognised, not made anew', async () => {
  const names = ['佛山总工会', '佛山市总工会', '广东省佛山市总工会']
  for (const [index, name] of names.entries())
    expect(await first(`C${index},佛山第${index}工匠学院,地方,440600,${name},,`)).toMatchObject({ warnings: [] })
  expect(await recorded('C2')).toMatchObject({
    sponsor: '佛山市总工会',
    sponsor_kind: 'city_union',
    sponsor_city: '440600',
  })
})

test('changed values are corrections', async () => {
  await table('D1,旧名工匠学院,地方,440100,广州市总工会,2024,2026')
  expect(await first('D1,新名工匠学院,企业,440300,深圳市总工会,2025,2026')).toMatchObject({ created: 0, corrected: 1 })
  expect(await recorded('D1')).toMatchObject({
    name: '新名工匠学院',
    kind: 'enterprise',
    city_code: '440300',
    sponsor: '深圳市总工会',
    years: ['2025-2026'],
  })
})

test('a renewed designation stands beside the one that ended; overlapping years replace it', async () => {
  await table('E1,东莞工匠学院,地方,441900,东莞市总工会,2021,2023')
  expect(await first('E1,东莞工匠学院,地方,441900,东莞市总工会,2024,2026')).toMatchObject({ corrected: 1 })
  expect((await recorded('E1'))?.years).toEqual(['2021-2023', '2024-2026'])
  expect(await first('E1,东莞工匠学院,地方,441900,东莞市总工会,2024,2027')).toMatchObject({ corrected: 1 })
  expect((await recorded('E1'))?.years).toEqual(['2021-2023', '2024-2027'])
})

test('empty years say that an academy is not provincial; a table without those columns says nothing about it', async () => {
  await table('F1,中山工匠学院,地方,442000,中山市总工会,2024,2026')
  const without = '学院代码,学院名称,学院类型,城市代码,推荐工会\nF1,中山工匠学院,地方,442000,中山市总工会\n'
  expect((await run(without)).reports[0]).toMatchObject({ unchanged: 1 })
  const report = await first('F1,中山工匠学院,地方,442000,中山市总工会,,')
  expect(report).toMatchObject({ corrected: 1, warnings: [{ row: 2, column: '省级认定起' }] })
  expect((await recorded('F1'))?.years).toEqual([])
})

test('one bad cell refuses the whole file, and every bad cell is named by its row and header', async () => {
  const report = await first(
    'G1,好的工匠学院,地方,440300,深圳市总工会,2024,2026',
    '学院二,,大学,999999,,24,',
    'G3,第三工匠学院,地方,440300,深圳市总工会,,2026',
    'G4,第四工匠学院,地方,440300,深圳市总工会,2026,2024',
  )
  expect(report).toMatchObject({ rows: 4, created: 0, rejected: 3 })
  expect(report.errors.map(({ row, column }) => [row, column])).toEqual([
    [3, '学院代码'],
    [3, '学院名称'],
    [3, '学院类型'],
    [3, '城市代码'],
    [3, '推荐工会'],
    [3, '省级认定起'],
    [4, '省级认定止'],
    [5, '省级认定止'],
  ])
  expect(await recorded('G1')).toBeUndefined()
})

test('GB18030, title rows, shuffled columns and marks for required fields are understood', async () => {
  const text =
    '省级工匠学院名单,,,,,,\n填报日期：2026年3月,,,,,,\n' +
    '*推荐工会,*学院名称（必填）,学院代码,备注,省级认定止,学院类型,省级认定起,城市代码\n' +
    '惠州市总工会,惠州石化工匠学院,H1,,2026年,地方工匠学院,2024年,惠州市\n'
  const encoded = gb18030(text)
  expect(encoded.equals(Buffer.from(text))).toBe(false)
  expect((await run(encoded)).reports[0]).toMatchObject({ rows: 1, created: 1, errors: [] })
  expect(await recorded('H1')).toMatchObject({ kind: 'local', city_code: '441300', years: ['2024-2026'] })
})

test('two names for one code in a file are errors, identical rows are not', async () => {
  const row = 'I1,江门工匠学院,地方,440700,江门市总工会,,'
  expect((await first(row, row.replace('江门工匠', '新会工匠'))).errors.map((error) => error.row)).toEqual([2, 3])
  expect(await first(row, row)).toMatchObject({ rows: 2, created: 1, unchanged: 1, errors: [] })
})

test('several files are several transactions: a bad one does not undo a good one', async () => {
  const good = fileOf(`${HEADER}\nJ1,汕头工匠学院,地方,440500,汕头市总工会,,\n`)
  const bad = fileOf(`${HEADER}\nJ2,,地方,440500,汕头市总工会,,\n`)
  const result = await reportsOf(academiesImport, bad, good)
  expect(result).toMatchObject({
    status: 1,
    reports: [
      { file: bad, rejected: 1 },
      { file: good, created: 1 },
    ],
  })
  expect(await recorded('J1')).toBeDefined()
})

/** Node decodes GB18030 but does not encode it: a table of the characters in `text`, made by decoding pairs. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytesOf = new Map<string, Buffer>()
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) {
      const pair = Buffer.from([high, low])
      const character = decoder.decode(pair)
      if (character.length === 1 && !bytesOf.has(character)) bytesOf.set(character, pair)
    }
  return Buffer.concat(
    [...text].map((character) => (character < '\x80' ? Buffer.from(character) : bytesOf.get(character)!)),
  )
}
