import { inArray } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { isId } from '#app/lib/ids.ts'
import { nudge } from '#app/lib/jobs.server.ts'
import type { Tx } from '#db/client.server.ts'
import { ledgerUndo } from '#db/schema/index.ts'
import { seesImport } from './imports.server.ts'
import { countUndo, findImportToUndo, type UndoBlocks } from './undo.server.ts'
import type { Administrator } from './upload-acts.server.ts'
import { words } from './words.ts'

const shown = (instant: Date) => `${shanghaiDate(instant)} ${shanghaiTime(instant)}`

/**
 * An import of one's own academy, before, while and after it is undone; what would go is counted before alone.
 * @throws a 404 Response where the academy has none of this id.
 */
export async function undoPage(viewer: Administrator, { importId, locale }: { importId: string; locale: Locale }) {
  await assertSeen(viewer, importId)
  return as(system('ledger'), async (tx) => {
    const { at, undoneAt, ...seen } = await find(tx, viewer, importId)
    const isOpen = seen.asked?.state !== 'waiting' && !undoneAt && !seen.isShared
    const counted = isOpen ? await countUndo(tx, { importId, at }) : null
    return {
      ...seen,
      at: shown(at),
      undoneAt: undoneAt && shown(undoneAt),
      would: counted && { made: counted.made, restored: counted.restored, blocks: sayBlocks(counted.blocks, locale) },
    }
  })
}

function sayBlocks(blocks: UndoBlocks, locale: Locale): string[] {
  const said = words[locale].undoBlocks
  const kinds = (Object.keys(blocks) as (keyof UndoBlocks)[]).filter((kind) => blocks[kind] > 0)
  return kinds.map((kind) => said[kind](blocks[kind]))
}

/**
 * Asks the worker to undo an import that brought rows of this academy alone; asking twice is asking once. False where
 * something stands in the way: the worker looks once more, when its turn has come.
 */
export async function askUndo(
  viewer: Administrator,
  { importId, now }: { importId: string; now: Date },
): Promise<boolean> {
  await assertSeen(viewer, importId)
  const isFree = await as(system('ledger'), async (tx) => {
    const { at, undoneAt, isShared } = await find(tx, viewer, importId)
    if (undoneAt || isShared) return false
    const { blocks } = await countUndo(tx, { importId, at })
    return Object.values(blocks).every((count) => count === 0)
  })
  if (!isFree) return false
  const { academyId, accountId } = viewer
  const fresh = { accountId, state: 'waiting', step: null, attempts: 0, waitUntil: null, askedAt: now, endedAt: null }
  await as(viewer, (tx) =>
    tx
      .insert(ledgerUndo)
      .values({ academyId, importId, ...fresh })
      .onConflictDoUpdate({
        target: [ledgerUndo.academyId, ledgerUndo.importId],
        set: fresh,
        setWhere: inArray(ledgerUndo.state, ['refused', 'failed']),
      }),
  )
  nudge()
  return true
}

/** Row-level security decides a second time whose import it is, before the system looks for them. */
async function assertSeen(viewer: Administrator, importId: string): Promise<void> {
  const isSeen = isId(importId) && (await as(viewer, (tx) => seesImport(tx, importId)))
  if (!isSeen) throw notFound('import')
}

/** As system('ledger'), which sees all academies: whose import it is, is decided here. */
async function find(tx: Tx, { academyId }: Administrator, importId: string) {
  const found = await findImportToUndo(tx, { academyId, importId })
  if (!found) throw notFound('import')
  return found
}
