import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isId } from '#app/lib/ids.ts'
import { runtime } from '#app/lib/runtime.server.ts'

/** Uploaded ledgers hold personal data: below DATA_DIR, which no address leads to; mode 0600, named by the upload's id. */
export const uploadFolder = (): string => join(runtime().env.dataDir, 'uploads')

/** Where the file of an upload lies. */
export const uploadPath = (uploadId: string): string => join(uploadFolder(), uploadId)

/** Where the rows of an upload that have errors lie, as a workbook to mend; there is none where no row has. */
export const rejectedPath = (uploadId: string): string => `${uploadPath(uploadId)}.rejected`

/** Gives a received file its place. */
export const keepFile = (path: string, uploadId: string): Promise<void> => rename(path, uploadPath(uploadId))

export async function removeFile(uploadId: string): Promise<void> {
  for (const path of [uploadPath(uploadId), rejectedPath(uploadId)]) await rm(path, { force: true })
}

export const hasFile = (uploadId: string): Promise<boolean> =>
  stat(uploadPath(uploadId)).then(
    () => true,
    () => false,
  )

const HALF_RECEIVED_MS = 3_600_000

/** Removes what is no upload's file: half received ones of a killed process, and those that `isKept` does not know. */
export async function removeStrays(isKept: (ids: string[]) => Promise<ReadonlySet<string>>, now: Date): Promise<void> {
  const names = await readdir(uploadFolder()).catch(() => [])
  const old: string[] = []
  for (const name of names) {
    const found = await stat(uploadPath(name)).catch(() => null)
    if (found && now.getTime() - found.mtimeMs > HALF_RECEIVED_MS) old.push(name)
  }
  const kept = old.length > 0 ? await isKept(old.map(ownerOf).filter(isId)) : new Set()
  for (const name of old) if (!kept.has(ownerOf(name))) await rm(join(uploadFolder(), name), { force: true })
}

const ownerOf = (name: string): string => name.replace(/\.rejected$/, '')
