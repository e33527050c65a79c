import { and, lte, sql } from 'drizzle-orm'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { once, readSentForm } from '#app/features/once/once.server.ts'
import { formText, readFormRows } from '#app/lib/form-rows.ts'
import { isId } from '#app/lib/ids.ts'
import type { Tx } from '#db/client.server.ts'
import { enrolment } from '#db/schema/index.ts'
import { listPhotos, type SheetPhoto } from './evidence.server.ts'
import { type MarkAnswer, type MarkRefusal, markByHand } from './mark.server.ts'
import type { SheetEntry } from './sheet-entry.ts'
import type { HeldSheet } from './sheet-held.server.ts'
import { findSheetPage, type SheetPage } from './sheet-page.server.ts'
import { expected } from './sheet-rows.server.ts'

/** A session's roster in the order of its printed sheet, and the photographs of that. */
export type PaperPage = {
  page: SheetPage
  photos: SheetPhoto[]
  /** The number that the first row has on the printed sheet. */
  first: number
}

type Asked = { academyCode: string; sessionId: string; now: Date }

/** The page on which a photographed sheet is ticked off, after the guard. Null: no such session of the viewer's. */
export async function findPaperPage(
  viewer: Viewer,
  asked: Asked & { after: string | null },
): Promise<PaperPage | null> {
  const page = await findSheetPage(viewer, { ...asked, isOnPaper: true })
  if (!page) return null
  const { photos, before } = await as(viewer, async (tx) => ({
    photos: await listPhotos(tx, page.held),
    before: asked.after ? await countUntil(tx, page.held, asked.after) : 0,
  }))
  return { page, photos, first: before + 1 }
}

/** How many stand on the sheet up to this one: the sheet is printed in the order of the ids (sign-in.server.ts). */
async function countUntil(tx: Tx, held: HeldSheet, after: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(enrolment)
    .where(and(expected(held), lte(enrolment.id, after)))
  return row?.count ?? 0
}

export type PaperRefusal = MarkRefusal | { ok: false; reason: 'form_reused' }

/**
 * Writes what was ticked off, in one go and once, after the guard `attendance.take`: who is not marked yet by the tick, or by what
 * was said beside it; who is marked only where somebody changed it. Null: no such session of the viewer's.
 */
export function tickOff(
  viewer: Viewer,
  { form, ...asked }: Asked & { form: FormData; requestId?: string },
): Promise<MarkAnswer | PaperRefusal | null> {
  const others = formText(form, 'others') === 'absent' ? 'absent' : ''
  const rows = readFormRows(form, ['was', 'is', 'tick', 'mark', 'in', 'out'])
  const entries = rows.flatMap(({ id, was, is, tick, mark, in: came, out }): SheetEntry[] => {
    const said = is === 'marked' || mark !== '' ? mark : tick ? 'present' : others
    return is === 'marked' || said !== '' ? [{ enrolmentId: id, was, mark: said, in: came, out }] : []
  })
  const photoIds = [...new Set(form.getAll('photo'))].filter((id) => typeof id === 'string').filter(isId)
  const request = { ...asked, viewer, entries, photoIds, reason: formText(form, 'reason').trim() }
  const { accountId } = viewer
  return as(viewer, (tx) =>
    once(
      tx,
      { accountId, sent: readSentForm(form, asked.sessionId), now: asked.now },
      { work: () => markByHand(tx, { ...request, way: 'paper', wasClosed: false }) },
    ),
  )
}
