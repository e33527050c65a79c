import { createHash } from 'node:crypto'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PIECE_BYTES } from '../media.server.ts'
import { type Finding, finding } from '../problem.ts'
import { checkCaptions } from './captions.ts'
import { digestOf, sha256 } from './digest.server.ts'
import { MEDIA_FOLDER, MOST_MEDIA_FILES, mediaLimit } from './file-names.ts'
import { type Mp4Info, readMp4 } from './mp4.ts'
import { KILOBYTE, readText } from './text.ts'

/** A video, a recording or captions beside a course. Its bytes stay in the file until they are stored. */
export type MediaFile = { name: string; path: string; bytes: number; digest: string; kind: 'captions' } | Recording
export type Recording = { name: string; path: string; bytes: number; digest: string } & Mp4Info

/**
 * Reads the folder `media` of a course, if it has one: names, sizes, what each file is. Film is hashed as it passes and never
 * held whole.
 */
export async function readMedia(
  folder: string,
  tell: (name: string, findings: Finding[]) => void,
): Promise<MediaFile[]> {
  const dir = join(folder, MEDIA_FOLDER)
  const stat = await lstat(dir).catch(() => null)
  if (!stat) return []
  if (!stat.isDirectory()) {
    tell(MEDIA_FOLDER, [finding(1, 1, 'not_a_file')])
    return []
  }
  const names = (await readdir(dir)).filter((name) => !name.startsWith('.')).sort()
  if (names.length > MOST_MEDIA_FILES) {
    tell(MEDIA_FOLDER, [finding(1, 1, 'too_large', `${MOST_MEDIA_FILES} files`)])
    return []
  }
  const media: MediaFile[] = []
  for (const name of names) {
    const read = await readOne(join(dir, name), name)
    if (Array.isArray(read)) tell(`${MEDIA_FOLDER}/${name}`, read)
    else media.push(read)
  }
  return media
}

async function readOne(path: string, name: string): Promise<MediaFile | Finding[]> {
  const limit = mediaLimit(name)
  const stat = await lstat(path)
  if (limit === null) return [finding(1, 1, 'unknown_file', name)]
  if (!stat.isFile()) return [finding(1, 1, 'not_a_file')]
  if (stat.size > limit) return [finding(1, 1, 'too_large', `${limit / KILOBYTE} KB`)]
  const file = await open(path, 'r')
  try {
    const readAt = async (offset: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    }
    if (name.endsWith('.vtt')) {
      const bytes = await readAt(0, stat.size)
      const read = readText(bytes, limit)
      const findings = 'findings' in read ? read.findings : checkCaptions(read.text)
      if (findings.length > 0) return findings
      return { name, path, bytes: stat.size, digest: digestOf(bytes), kind: 'captions' }
    }
    const read = await readMp4(readAt, stat.size)
    if ('findings' in read) return read.findings
    if (read.info.kind === 'video' && name.endsWith('.m4a')) return [finding(1, 1, 'media_name', 'mp4')]
    if (read.info.kind === 'audio' && name.endsWith('.mp4')) return [finding(1, 1, 'media_name', 'm4a')]
    const hash = createHash('sha256')
    for (let at = 0; at < stat.size; at += PIECE_BYTES)
      hash.update(await readAt(at, Math.min(PIECE_BYTES, stat.size - at)))
    return { name, path, bytes: stat.size, digest: hash.digest('hex'), ...read.info }
  } finally {
    await file.close()
  }
}

/** The bytes of a file in pieces, as they are stored. @throws an Error where it changed since it was read. */
export async function* piecesOf({ path, bytes, digest }: MediaFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const file = await open(path, 'r')
  try {
    for (let at = 0; at < bytes; at += PIECE_BYTES) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE_BYTES), 0, Math.min(PIECE_BYTES, bytes - at), at)
      const piece = buffer.subarray(0, bytesRead)
      hash.update(piece)
      yield piece
    }
  } finally {
    await file.close()
  }
  if (hash.digest('hex') !== digest) throw new Error(`${path} changed while it was published`)
}

/** A digest over all of them. */
export const mediaDigest = (media: readonly MediaFile[]) =>
  sha256(...media.flatMap(({ name, digest }) => [name, digest]))
