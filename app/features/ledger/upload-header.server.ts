import { and, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import { findMapping, type Upload } from './upload.server.ts'
import { headerName } from './upload.ts'
import { type Administrator, again, CHOOSING, mine } from './upload-acts.server.ts'

/**
 * Lets an upload's file be read once more, with its headers where somebody said they are; what its columns are is asked
 * again. A row that was not offered changes nothing, nor does an upload that is at another step by now.
 */
export async function placeHeaders(
  tx: Tx,
  { viewer, upload, form, now }: { viewer: Administrator; upload: Upload; form: FormData; now: Date },
): Promise<void> {
  const sheets = upload.sheets.map((sheet, at) => {
    const row = Number(form.get(headerName(at)))
    return sheet.headerRows.some((offered) => offered.row === row) ? { ...sheet, header: { row } } : sheet
  })
  await tx
    .update(ledgerUpload)
    .set({ state: 'received', sheets, mapping: await findMapping(tx, viewer.academyId), ...again(now) })
    .where(and(mine(viewer, upload.id), inArray(ledgerUpload.state, [...CHOOSING]), isNull(ledgerUpload.removedAt)))
}
