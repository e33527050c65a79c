import { and, eq, inArray, isNull, lt, notInArray } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import { KEEP_DAYS } from './upload.ts'
import { NO_FINDINGS } from './upload-acts.server.ts'
import { removeFile, removeStrays } from './upload-files.server.ts'

const EVERY_MS = 3_600_000
let lastAt = 0

/** At the start and then once an hour: files and findings that nobody touched for days go, and files that belong to nobody. */
export async function cleanUploads(now: Date): Promise<void> {
  if (now.getTime() - lastAt < EVERY_MS) return
  lastAt = now.getTime()
  const since = new Date(now.getTime() - KEEP_DAYS * 86_400_000)
  const isOld = and(
    isNull(ledgerUpload.removedAt),
    lt(ledgerUpload.touchedAt, since),
    notInArray(ledgerUpload.state, ['received', 'mapped', 'importing']),
  )
  const gone = await as(system('ledger'), async (tx) => {
    const old = { id: ledgerUpload.id }
    const undecided = await tx
      .update(ledgerUpload)
      .set({ state: 'expired', removedAt: now, ...NO_FINDINGS })
      .where(and(isOld, inArray(ledgerUpload.state, ['uploaded', 'previewed', 'failed'])))
      .returning(old)
    const ended = await tx
      .update(ledgerUpload)
      .set({ removedAt: now, ...NO_FINDINGS })
      .where(isOld)
      .returning(old)
    await tx
      .update(ledgerUpload)
      .set({ state: 'expired', ...NO_FINDINGS })
      .where(and(eq(ledgerUpload.state, 'unreadable'), lt(ledgerUpload.touchedAt, since)))
    return [...undecided, ...ended]
  })
  for (const { id } of gone) await removeFile(id)
  await removeStrays(listKept, now)
}

async function listKept(ids: string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await as(system('ledger'), (tx) =>
    tx
      .select({ id: ledgerUpload.id })
      .from(ledgerUpload)
      .where(and(inArray(ledgerUpload.id, ids), isNull(ledgerUpload.removedAt))),
  )
  return new Set(rows.map(({ id }) => id))
}
