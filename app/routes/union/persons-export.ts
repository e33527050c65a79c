import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { words as certificationWords } from '#app/features/certification/words.ts'
import { behindColumns } from '#app/features/figures/behind-sheet.ts'
import { behindWords } from '#app/features/figures/behind-words.ts'
import { figureRowsFor } from '#app/features/figures/figure-page.server.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { sheetResponse } from '#app/lib/sheet.server.ts'

/** The list behind a figure as a file, under the filters of its page; documents masked as there. `format`: xlsx or csv. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.read')
  const { academy: academyCode = '', figure = '' } = args.params
  const search = new URL(args.request.url).searchParams
  const found = await figureRowsFor(viewer, { academyCode, figure, search, now: new Date() })
  if (!found) throw notFound('figure')
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const w = behindWords[locale]
  const columns = behindColumns({ w, c: certificationWords[locale] }, found.figure)
  const name = w.narrow.fileName(w.figures[found.figure], found.academyName, found.year)
  return sheetResponse(search.get('format') === 'csv' ? 'csv' : 'xlsx', name, columns, found.rows)
}
