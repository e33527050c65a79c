import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { and, asc, eq, gt, lte } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { openBytes, sealBytes } from '#app/features/persons/vault.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { materialFile } from '#db/schema/index.ts'

const folder = (): string => join(runtime().env.dataDir, 'materials')

/** Where a file lies: sealed, by its id, mode 0600, below DATA_DIR. Several servers share this folder. */
const filePath = (id: string): string => join(folder(), id)

/** Seals what was received and gives it its place. */
export async function placeFile(path: string, id: string): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  await writeFile(filePath(id), sealBytes('material_file.content', id, await readFile(path)), { mode: 0o600 })
}

/** What was handed in. Null: its bytes are gone. @throws where they were changed. */
export async function readPlaced(id: string): Promise<Buffer | null> {
  try {
    return openBytes('material_file.content', id, await readFile(filePath(id)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const AT_ONCE = 50

/**
 * Removes some of the files whose time is over: their bytes first, so that none is left without a row. One whose bytes cannot be
 * removed stays, and keeps no other. @returns where to go on (`after`); null: all were looked at.
 */
export async function removeDueFiles(now: Date, after: string | null = null): Promise<string | null> {
  const due = await as(system('materials'), (tx) =>
    tx
      .select({ academyId: materialFile.academyId, id: materialFile.id })
      .from(materialFile)
      .where(and(lte(materialFile.dropAt, now), after ? gt(materialFile.id, after) : undefined))
      .orderBy(asc(materialFile.id))
      .limit(AT_ONCE),
  )
  for (const { academyId, id } of due) {
    try {
      await rm(filePath(id), { force: true })
    } catch (error) {
      runtime().logger.error({ err: error, file: id }, 'the bytes of a material could not be removed')
      continue
    }
    await as(system('materials'), (tx) =>
      tx.delete(materialFile).where(and(eq(materialFile.academyId, academyId), eq(materialFile.id, id))),
    )
  }
  return due.length < AT_ONCE ? null : (due.at(-1)?.id ?? null)
}
