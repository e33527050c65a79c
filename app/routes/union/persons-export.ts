import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { words as certificationWords } from '#app/features/certification/words.ts'
import { behindColumns } from '#app/features/figures/behind-sheet.ts'
import { behindWords } from '#app/features/figures/behind-words.ts'
import { figureFileFor } from '#app/features/figures/figure-page.server.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { SHEET_TYPES, sheetFile } from '#app/lib/sheet.server.ts'

/** The list behind a figure as a file, under the filters of its page; documents masked as there. `format`: xlsx or csv. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.read')
  const { academy: academyCode = '', figure = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const format = search.get('format') === 'csv' ? 'csv' : 'xlsx'
  const w = behindWords[locale]
  const asked = { academyCode, figure, search, now: new Date() }
  const found = await figureFileFor(viewer, asked, async (of, rows) => {
    const name = w.narrow.fileName(w.figures[of.figure], of.academyName, of.year)
    const columns = behindColumns({ w, c: certificationWords[locale] }, of.figure)
    return { name, file: await sheetFile(format, name, columns, rows) }
  })
  if (!found) throw notFound('figure')
  return download(args.request, found.file, `${found.name}.${format}`, SHEET_TYPES[format])
}
