import { and, eq, inArray, isNull } from 'drizzle-orm'
import { as } from '#app/features/accounts/as.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import { openLedger } from './open.server.ts'
import { sheetView } from './sheet-view.ts'
import type { HeaderPlace } from './source.ts'
import { findMapping, type Upload } from './upload.server.ts'
import { headerName, headerPlaces } from './upload.ts'
import { type Administrator, CHOOSING } from './upload-acts.server.ts'
import { uploadPath } from './upload-files.server.ts'

/**
 * Looks at an upload's file once more, with its headers where somebody said they are; what its columns are is asked again.
 * A row that was not offered changes nothing, nor does an upload that is at another step by now.
 */
export async function placeHeaders(
  viewer: Administrator,
  { upload, form, now }: { upload: Upload; form: FormData; now: Date },
): Promise<void> {
  if (!upload.hasFile || !CHOOSING.some((state) => state === upload.state)) return
  const headerRows: Record<string, HeaderPlace> = headerPlaces(upload.sheets)
  for (const [at, { name, headerRows: offered }] of upload.sheets.entries()) {
    const row = Number(form.get(headerName(at)))
    if (offered.some((one) => one.row === row)) headerRows[name ?? ''] = { row }
  }
  const mapping = await as(viewer, (tx) => findMapping(tx, viewer.academyId))
  const { constants } = upload
  const opened = await openLedger(uploadPath(upload.id), { mapping, constants, headerRows })
  if (!opened.ok) return
  const sheets = opened.source.sheets.map((sheet, at) => ({
    ...sheetView(sheet, mapping, shanghaiDate(now)),
    // Whoever chose a row may choose once more.
    headerRows: upload.sheets[at]?.headerRows ?? [],
  }))
  await as(viewer, (tx) =>
    tx
      .update(ledgerUpload)
      .set({ sheets, mapping, state: 'uploaded', touchedAt: now })
      .where(
        and(
          eq(ledgerUpload.academyId, viewer.academyId),
          eq(ledgerUpload.id, upload.id),
          inArray(ledgerUpload.state, [...CHOOSING]),
          isNull(ledgerUpload.removedAt),
        ),
      ),
  )
}
