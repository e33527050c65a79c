import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvReader } from '#app/lib/csv.ts'

function read(text: string, pieces = [text]) {
  const reader = csvReader()
  const records = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()]
  return { records, brokenAt: reader.brokenAt() }
}
const cells = (text: string) => read(text).records.map((record) => record.cells)

test('line breaks of every system end a record, and the last line needs none', () => {
  for (const eol of ['\n', '\r\n', '\r'])
    expect(cells(['a,b', 'c,d'].join(eol))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  expect(cells('a,b\n')).toEqual([['a', 'b']])
})

test('a quoted cell may hold commas, quotes and line breaks; the row of the next record counts physical lines', () => {
  const { records } = read('"a,1","say ""hi""","two\r\nlines"\nnext')
  expect(records).toEqual([
    { row: 1, cells: ['a,1', 'say "hi"', 'two\r\nlines'] },
    { row: 3, cells: ['next'] },
  ])
})

test('a blank line counts as a row, so that rows are those of a text editor', () => {
  expect(read('a\n\nb').records.map((record) => record.row)).toEqual([1, 2, 3])
})

test('a quote inside an unquoted cell is an ordinary character', () => {
  expect(cells('5"寸,"b"x\n')).toEqual([['5"寸', 'bx']])
})

test('a quote that never closes is named by the row where its record begins', () => {
  const { records, brokenAt } = read('a\n"b\nc\nd')
  expect(records).toHaveLength(1)
  expect(brokenAt).toEqual({ row: 2, reason: 'quote' })
})

/** A record of two million characters in pieces of 100,000, then what ends it. */
function outgrown(before: string, after: string) {
  const reader = csvReader()
  reader.read(`a,b\n${before}`)
  for (let n = 0; n < 20; n++) reader.read('x'.repeat(100_000))
  reader.read(after)
  reader.end()
  return reader.brokenAt()
}

test('a record that is longer than any that is meant is told from a quote that never closes', () => {
  const tooLong = { row: 2, reason: 'tooLong' }
  for (const after of ['",b\n', '"\n', '"', 'say ""x"" ",b\nc,d\n']) expect(outgrown('a,"', after)).toEqual(tooLong)
  expect(outgrown('a,', ',b\n')).toEqual(tooLong)
  expect(outgrown('"a",', ',b\n')).toEqual(tooLong)
  const unclosed = { row: 2, reason: 'quote' }
  for (const after of ['', '\nc,d\n', '\nc,"d",e\n', '""']) expect(outgrown('a,"', after)).toEqual(unclosed)
})

test('however the text is cut into pieces, the records are the same', () => {
  const cell = fc.stringMatching(/^[a甲",\r\n 1]{0,6}$/)
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), fc.nat(7), (rows, size) => {
      const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      const pieces = text.match(new RegExp(`[\\s\\S]{1,${size + 1}}`, 'g')) ?? []
      expect(read(text, pieces).records.map((record) => record.cells)).toEqual(rows)
      expect(read(text, pieces)).toEqual(read(text))
    }),
  )
})
