import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { overviewFor } from '#app/features/figures/overview.server.ts'
import { overviewColumns } from '#app/features/figures/overview-sheet.ts'
import { overviewWords } from '#app/features/figures/overview-words.ts'
import { words } from '#app/features/figures/words.ts'
import { download } from '#app/lib/download.server.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { SHEET_TYPES, sheetFile } from '#app/lib/sheet.server.ts'

/** The table of the overview as a workbook: the same rows in the same order under the same filters, in the reader's language. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'figures.compare')
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const { rows, view, span, cities } = await overviewFor(viewer, new URL(args.request.url).searchParams, new Date())
  const said = { w: words[locale], o: overviewWords[locale] }
  const cityName = (code: string) => {
    const city = cities.find((one) => one.code === code)
    return (locale === 'en' ? city?.nameEn : city?.name) ?? ''
  }
  const columns = overviewColumns(said, { year: view.year, span, cityName })
  const name = said.o.exportName(view.year)
  return download(args.request, await sheetFile('xlsx', name, columns, rows), `${name}.xlsx`, SHEET_TYPES.xlsx)
}
