import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectText, readText } from '#app/lib/encoding.server.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encoding-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(bytes: Buffer) {
  const path = join(folder, 'file.csv')
  await writeFile(path, bytes)
  return inspectText(path)
}
async function textOf(bytes: Buffer) {
  const file = await fileOf(bytes)
  if (!file) return null
  let text = ''
  for await (const piece of readText(file)) text += piece
  return { encoding: file.encoding, text }
}

/** 焊工 in GB18030; 㐂 (outside GBK) in its four bytes. */
const WELDER = Buffer.from([0xba, 0xb8, 0xb9, 0xa4])
const FOUR_BYTES = Buffer.from([0x81, 0x39, 0xef, 0x31])

test('UTF-8 is read with and without a byte order mark', async () => {
  expect(await textOf(Buffer.from('焊工'))).toEqual({ encoding: 'utf-8', text: '焊工' })
  expect(await textOf(Buffer.from('\ufeff焊工'))).toEqual({ encoding: 'utf-8', text: '焊工' })
})

test('what is not strict UTF-8 is read as GB18030, its four-byte characters too', async () => {
  expect(await textOf(WELDER)).toEqual({ encoding: 'gb18030', text: '焊工' })
  const read = await textOf(Buffer.concat([WELDER, FOUR_BYTES]))
  expect(read?.encoding).toBe('gb18030')
  expect([...(read?.text ?? '')]).toHaveLength(3)
})

test('a character cut in two by the end of a chunk is put together, in either encoding', async () => {
  for (const [character, encoding] of [
    [Buffer.from('焊'), 'utf-8'],
    [WELDER.subarray(0, 2), 'gb18030'],
  ] as const)
    for (const offset of [0, 1, 2]) {
      const repeated = Buffer.concat(Array.from({ length: 150_000 }, () => character))
      const read = await textOf(Buffer.concat([Buffer.from('a'.repeat(offset)), repeated]))
      expect(read?.encoding).toBe(encoding)
      expect(read?.text.slice(offset)).toBe('焊'.repeat(150_000))
    }
})

test('UTF-16, a cut-off character and a workbook under a false name are not read as text', async () => {
  expect(await fileOf(Buffer.from('\ufeff学院', 'utf16le'))).toBeNull()
  expect(await fileOf(Buffer.from('code,name', 'utf16le'))).toBeNull()
  expect(await fileOf(Buffer.concat([WELDER, Buffer.from([0xba])]))).toBeNull()
  expect(await fileOf(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]))).toBeNull()
})

test('an empty file is text', async () => {
  expect(await textOf(Buffer.alloc(0))).toEqual({ encoding: 'utf-8', text: '' })
})
