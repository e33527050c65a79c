import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runtime } from '#app/lib/runtime.server.ts'

export const documentFolder = (): string => join(runtime().env.dataDir, 'class-files')

/** Where a document of a class's file lies: by its id, mode 0600, below DATA_DIR. Several servers share this folder. */
export const documentPath = (id: string): string => join(documentFolder(), id)

export const removeDocument = (id: string): Promise<void> => rm(documentPath(id), { force: true })

export const hasDocument = (id: string): Promise<boolean> =>
  stat(documentPath(id)).then(
    () => true,
    () => false,
  )

/** Gives a received document its place. */
export async function placeDocument(path: string, id: string): Promise<void> {
  await mkdir(documentFolder(), { recursive: true, mode: 0o700 })
  await rename(path, documentPath(id))
}
