import { open } from 'node:fs/promises'
import { RefusedWorkbook } from './workbook/refusal.ts'
import { openZip, type Zip } from './workbook/zip-read.server.ts'

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
 * What an office file may unpack to, all its parts together. A report with tables packs some 20 to 1; what is above both figures is
 * made to fill the memory of whoever opens it.
 */
const MOST_UNPACKED = 100_000_000
const MOST_RATIO = 100
/** Up to here no ratio is a danger: a blank page as a bitmap packs a thousand to 1. */
const SMALL = 10_000_000

/**
 * What a file is by its first and last bytes, whatever it is called; null: none of these, or cut off. Office files with macros, with
 * archives inside, encrypted ones and those that unpack to far more than they are, are none of these.
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
    try {
      const { entries } = zip
      const isPackage = entries.has('[content_types].xml') && entries.has('_rels/.rels')
      if (!isPackage || [...entries.keys()].some((name) => /vbaproject/.test(name)) || isBomb(zip)) return null
      await readWhole(zip)
      if (entries.has('word/document.xml')) return 'docx'
      return entries.has('xl/workbook.xml') ? 'xlsx' : null
    } finally {
      await zip.close()
    }
  } catch (error) {
    if (error instanceof RefusedWorkbook) return null
    throw error
  }
}

function isBomb({ entries }: Zip): boolean {
  let unpacked = 0
  let packed = 0
  for (const entry of entries.values()) {
    unpacked += entry.unpacked
    packed += entry.packed
  }
  return unpacked > MOST_UNPACKED || (unpacked > SMALL && unpacked > MOST_RATIO * packed)
}

/**
 * Unpacks every part and keeps none: a directory may say less than comes.
 * @throws RefusedWorkbook where it is not what the directory declares.
 */
async function readWhole({ entries, read }: Zip): Promise<void> {
  for (const entry of entries.values()) for await (const _ of read(entry));
}
