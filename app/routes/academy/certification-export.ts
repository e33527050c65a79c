import type { LoaderFunctionArgs } from '@remix-run/node'
import { as } from '#app/features/accounts/as.server.ts'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { eachPending } from '#app/features/certification/pending.server.ts'
import { pendingColumns, readPendingPlace } from '#app/features/certification/pending.ts'
import { pendingWords } from '#app/features/certification/pending-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { SHEET_TYPES, sheetFile } from '#app/lib/sheet.server.ts'

/** Who passed and has no certificate yet, under the page's filter and masked as there. `format`: xlsx or csv. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'training.manage')
  const { academyId } = viewer
  if (!academyId) throw notFound()
  const search = new URL(args.request.url).searchParams
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const format = search.get('format') === 'csv' ? 'csv' : 'xlsx'
  const w = pendingWords[locale]
  const today = shanghaiDate(new Date())
  const of = { academyId, place: readPendingPlace(search), today }
  const name = w.fileName(today)
  const file = await as(viewer, (tx) => sheetFile(format, name, pendingColumns(w), eachPending(tx, of)))
  return download(args.request, file, `${name}.${format}`, SHEET_TYPES[format])
}
