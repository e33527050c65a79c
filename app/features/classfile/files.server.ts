import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kindOfFile } from '#app/lib/file-kind.server.ts'
import { withoutMetadata } from '#app/lib/picture-metadata.ts'
import type { ReceivedFile } from '#app/lib/receive-file.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import type { FileKind } from '#db/values.ts'

/**
 * Where documents lie until they are known to be some: the folder of ledgers on their way, whose job takes away what a killed process
 * left half received.
 */
export const receivingFolder = (): string => join(runtime().env.dataDir, 'uploads')

const folder = (): string => join(runtime().env.dataDir, 'class-files')

/** Where a document of a class's file lies: by its id, mode 0600, below DATA_DIR. Several servers share this folder. */
export const documentPath = (id: string): string => join(folder(), id)

export const removeDocument = (id: string): Promise<void> => rm(documentPath(id), { force: true })

export const hasDocument = (id: string): Promise<boolean> =>
  stat(documentPath(id)).then(
    () => true,
    () => false,
  )

/** Gives a received document its place. */
export async function placeDocument(path: string, id: string): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  await rename(path, documentPath(id))
}

export type Checked = { kind: FileKind; bytes: number; digest: Buffer }

/**
 * What a received file is, by its content. Pictures lose what the camera wrote into them, above all where they were taken.
 * Null: it is none of what a class's file takes, or it is broken.
 */
export async function checkDocument({ path, bytes, digest }: ReceivedFile): Promise<Checked | null> {
  const kind = await kindOfFile(path)
  if (kind !== 'jpg' && kind !== 'png' && kind !== 'webp') return kind && { kind, bytes, digest }
  const clean = withoutMetadata(kind, await readFile(path))
  if (!clean) return null
  await writeFile(path, clean, { mode: 0o600 })
  return { kind, bytes: clean.length, digest: createHash('sha256').update(clean).digest() }
}
