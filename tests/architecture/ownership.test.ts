import { expect, test } from 'vitest'
import { ownedTables, writesOf } from '#tests/support/ownership.ts'
import { sourceFiles, withoutComments } from '#tests/support/sources.ts'

test('only the owner of a table writes it', async () => {
  const tables = await ownedTables()
  expect(tables.length).toBeGreaterThan(20)
  const trespasses = sourceFiles('app').flatMap(({ path, text }) =>
    writesOf(text, tables)
      .filter(({ owner }) => !path.startsWith(`app/features/${owner}/`))
      .map(({ table }) => `${path} writes ${table}`),
  )
  expect(trespasses).toEqual([])
})

test('a write through drizzle and a write in a statement are both noticed', () => {
  const owned = [{ table: 'certificate', export: 'certificate', owner: 'certification' }]
  expect(writesOf('tx.insert(certificate).values({})', owned)).toHaveLength(1)
  expect(writesOf('tx.update(schema.certificate)', owned)).toHaveLength(1)
  expect(writesOf('sql`insert into certificate (id) select 1`', owned)).toHaveLength(1)
  expect(writesOf('sql`delete from $' + '{certificate} where true`', owned)).toHaveLength(1)
  expect(writesOf('// tx.insert(certificate)', owned)).toHaveLength(0)
  expect(writesOf('tx.select().from(certificate)', owned)).toHaveLength(0)
})

test('no SQL is built from strings', () => {
  const found = sourceFiles('app')
    .concat(sourceFiles('db'))
    .filter(({ text }) => /\bsql\.raw\s*\(/.test(withoutComments(text)))
  expect(found.map(({ path }) => path)).toEqual([])
})
