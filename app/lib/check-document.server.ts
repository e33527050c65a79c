import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DocumentKind, kindOfFile } from './file-kind.server.ts'
import { withoutMetadata } from './picture-metadata.ts'
import type { ReceivedFile } from './receive-file.server.ts'
import { runtime } from './runtime.server.ts'

/**
 * Where documents lie until they are known to be some: the folder of ledgers on their way, whose job takes away what a killed process
 * left half received.
 */
export const receivingFolder = (): string => join(runtime().env.dataDir, 'uploads')

export type CheckedDocument = { kind: DocumentKind; bytes: number; digest: Buffer }

/**
 * What a received file is, by its content. Pictures lose what the camera wrote into them, above all where they were taken.
 * Null: it is no document that an office sends, or it is broken.
 */
export async function checkDocument({ path, bytes, digest }: ReceivedFile): Promise<CheckedDocument | null> {
  const kind = await kindOfFile(path)
  if (kind !== 'jpg' && kind !== 'png' && kind !== 'webp') return kind && { kind, bytes, digest }
  const clean = withoutMetadata(kind, await readFile(path))
  if (!clean) return null
  await writeFile(path, clean, { mode: 0o600 })
  return { kind, bytes: clean.length, digest: createHash('sha256').update(clean).digest() }
}
