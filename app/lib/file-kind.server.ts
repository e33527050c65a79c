import { open } from 'node:fs/promises'
import { RefusedWorkbook } from './workbook/refusal.ts'
import { openZip } from './workbook/zip-read.server.ts'

/** Documents and pictures that an office sends, by what they are. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export type DocumentKind = keyof typeof MEDIA_TYPES

const HEAD = 16
/** A PDF says at its end that it is whole (ISO 32000-1, 7.5.5); programs write some more behind. */
const TAIL = 2048

/**
 * What a file is by its first and last bytes, whatever it is called; null: none of these, or cut off. Office files with macros, with
 * archives inside or encrypted ones are none of these.
 * @throws the file system's error.
 */
export async function kindOfFile(path: string): Promise<DocumentKind | null> {
  const file = await open(path)
  let head: Buffer
  let tail: Buffer
  try {
    const { size } = await file.stat()
    head = (await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)).buffer
    tail = (await file.read(Buffer.alloc(TAIL), 0, TAIL, Math.max(0, size - TAIL))).buffer
  } finally {
    await file.close()
  }
  const text = head.toString('latin1')
  if (/^%PDF-[12]\.\d/.test(text)) return tail.includes('%%EOF') ? 'pdf' : null
  if (text.startsWith('\xff\xd8\xff')) return 'jpg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp'
  return text.startsWith('PK\x03\x04') ? kindOfZip(path) : null
}

async function kindOfZip(path: string): Promise<DocumentKind | null> {
  try {
    const zip = await openZip(path)
    await zip.close()
    const names = [...zip.entries.keys()]
    if (!names.includes('[content_types].xml') || names.some((name) => /vbaproject/.test(name))) return null
    if (names.includes('word/document.xml')) return 'docx'
    return names.includes('xl/workbook.xml') ? 'xlsx' : null
  } catch (error) {
    if (error instanceof RefusedWorkbook) return null
    throw error
  }
}
