import { readdir, stat } from 'node:fs/promises'
import { and, inArray, isNull } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { isId } from '#app/lib/ids.ts'
import type { Queue } from '#app/lib/jobs.server.ts'
import { classFile } from '#db/schema/index.ts'
import { documentFolder, documentPath, removeDocument } from './files.server.ts'

/** A document has its place before its row is there, for as long as a transaction takes; a stray one is older. */
const OLD_MS = 3_600_000
const EVERY_MS = 3_600_000
/** Asked of the database in one go. */
const BATCH = 500
let lastAt = 0

/** At the start and then once an hour: bytes go that a killed process left without a row, or whose row says that they were removed. */
export const strayDocuments: Queue = {
  name: 'documents of class files that belong to nothing',
  waiting: async () => {
    const now = new Date()
    if (now.getTime() - lastAt < EVERY_MS) return []
    lastAt = now.getTime()
    return listStrays(now)
  },
  run: async (id) => {
    await removeDocument(id)
    return true
  },
}

/** The documents on the disk that belong to nothing. */
export async function listStrays(now: Date): Promise<string[]> {
  const names = await readdir(documentFolder()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const ids = names.filter(isId)
  const strays: string[] = []
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH)
    const rows = await as(system('classfile'), (tx) =>
      tx
        .select({ id: classFile.id })
        .from(classFile)
        .where(and(inArray(classFile.id, batch), isNull(classFile.removedAt))),
    )
    const kept = new Set(rows.map(({ id }) => id))
    for (const id of batch) if (!kept.has(id) && (await isOld(id, now))) strays.push(id)
  }
  return strays
}

/** By when it got its place or was last written to; one that is gone meanwhile is nobody's business. */
const isOld = (id: string, now: Date): Promise<boolean> =>
  stat(documentPath(id)).then(
    ({ ctimeMs }) => now.getTime() - ctimeMs > OLD_MS,
    () => false,
  )
