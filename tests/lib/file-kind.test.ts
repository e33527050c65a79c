import { expect, test } from 'vitest'
import { kindOfFile } from '#app/lib/file-kind.server.ts'
import { deflated, type Raw, stored, zipOfRaw } from '#tests/support/raw-zip.ts'
import { fileOf } from '#tests/support/table-files.ts'

const kindOf = (files: Raw[]) => kindOfFile(fileOf(zipOfRaw(files), 'docx'))
const types = stored('[Content_Types].xml', '<Types/>')
const rels = stored('_rels/.rels', '<Relationships/>')
const body = deflated('word/document.xml', '<w:document>开班通知</w:document>')
const MILLION = 1_000_000
/** Packs about a thousand to 1. */
const zeros = (name: string, bytes: number) => deflated(name, '\0'.repeat(bytes))
/** Packs about 4 to 3, and reads as nothing. */
const noise = (name: string, bytes: number) => {
  let seed = 1
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed & 63
  }
  return deflated(name, Array.from({ length: bytes }, () => String.fromCharCode(32 + next())).join(''))
}

test('a document of Word is one by its parts, and none without its relationships', async () => {
  expect(await kindOf([types, rels, body])).toBe('docx')
  expect(await kindOf([types, body])).toBeNull()
})

test('a document that unpacks to a thousand times its size is refused, however small the file is', async () => {
  expect(await kindOf([types, rels, zeros('word/document.xml', 120 * MILLION)])).toBeNull()
  expect(await kindOf([types, rels, body, zeros('word/media/a.bmp', 40 * MILLION)])).toBeNull()
  const slices = Array.from({ length: 11 }, (_, n) => zeros(`word/media/${n}.bmp`, MILLION))
  expect(await kindOf([types, rels, body, ...slices])).toBeNull()
  expect(await kindOf([types, rels, body, ...slices.slice(3)])).toBe('docx')
})

test('a large document that packs as documents do is taken', async () => {
  const bytes = MILLION / 2
  expect(await kindOf([types, rels, body, noise('word/a.xml', bytes), zeros('word/b.xml', 12 * MILLION)])).toBe('docx')
})

test('a document whose directory says less than comes is refused', async () => {
  const bomb = zeros('word/document.xml', 120 * MILLION)
  expect(await kindOf([types, rels, { ...bomb, unpacked: 2_000 }])).toBeNull()
})

test('a document with macros is refused', async () => {
  expect(await kindOf([types, rels, body, stored('word/vbaProject.bin', 'x')])).toBeNull()
})
