import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate, shanghaiTime } from '#app/lib/calendar.ts'
import { notFound } from '#app/lib/http.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { findUndo, type UndoBlocks, undoImport } from './undo.server.ts'
import { seesImport } from './upload.server.ts'
import type { Administrator } from './upload-acts.server.ts'
import { words } from './words.ts'

/** An import of one's own academy, before it is undone. @throws a 404 Response where the academy has none of this id. */
export async function undoPage(viewer: Administrator, { importId, locale }: { importId: string; locale: Locale }) {
  await assertSeen(viewer, importId)
  const { at, undoneAt, blocks, ...seen } = await as(system('ledger'), (tx) => find(tx, viewer, importId))
  const said = words[locale].undoBlocks
  const kinds = (Object.keys(blocks) as (keyof UndoBlocks)[]).filter((kind) => blocks[kind] > 0)
  return {
    ...seen,
    at: `${shanghaiDate(at)} ${shanghaiTime(at)}`,
    isUndone: undoneAt !== null,
    blocks: kinds.map((kind) => said[kind](blocks[kind])),
  }
}

/** Undoes an import that brought rows of this academy alone. False where something stands in the way. */
export async function undoForAcademy(
  viewer: Administrator,
  { importId, now }: { importId: string; now: Date },
): Promise<boolean> {
  await assertSeen(viewer, importId)
  return as(system('ledger'), async (tx) => {
    const { isShared } = await find(tx, viewer, importId)
    if (isShared) return false
    return (await undoImport(tx, { importId, accountId: viewer.accountId, now })).ok
  })
}

/** Row-level security decides a second time whose import it is, before the system looks for them. */
async function assertSeen(viewer: Administrator, importId: string): Promise<void> {
  const isSeen = isId(importId) && (await as(viewer, (tx) => seesImport(tx, importId)))
  if (!isSeen) throw notFound('import')
}

/** As system('ledger'), which sees all academies: whose import it is, is decided here. */
async function find(tx: Tx, { academyId }: Administrator, importId: string) {
  const found = await findUndo(tx, { academyId, importId })
  if (!found) throw notFound('import')
  return found
}
