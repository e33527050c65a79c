import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireViewer } from '#app/features/accounts/guard.server.ts'
import { courseFileFor } from '#app/features/courses/course-desk.server.ts'
import { readCoursePlace } from '#app/features/courses/course-desk.ts'
import { commentColumns, learnerColumns, resultColumns } from '#app/features/courses/course-sheet.ts'
import { isSlug } from '#app/features/courses/progress.ts'
import { rateWords } from '#app/features/courses/rate-words.ts'
import { testReportWords } from '#app/features/courses/test-report-words.ts'
import { watchWords } from '#app/features/courses/watch-words.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { download } from '#app/lib/download.server.ts'
import { notFound } from '#app/lib/http.ts'
import { parsePreferences } from '#app/lib/preferences.ts'
import { SHEET_TYPES, sheetFile } from '#app/lib/sheet.server.ts'

/** What the course's page shows, whole, under its view and filters, masked as there. `format`: xlsx or csv. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = requireViewer(args, 'learning.watch')
  const { course: courseSlug } = args.params
  if (!isSlug(courseSlug)) throw notFound('course')
  const search = new URL(args.request.url).searchParams
  const { locale } = parsePreferences(args.request.headers.get('Cookie'))
  const format = search.get('format') === 'csv' ? 'csv' : 'xlsx'
  const w = watchWords[locale]
  const now = new Date()
  const found = await courseFileFor(viewer, { courseSlug, place: readCoursePlace(search), now }, async (of) => {
    const title = locale === 'en' ? of.course.titleEn : of.course.title
    const name = w.fileName(title, w[of.view], shanghaiDate(now))
    const sheet = w[of.view]
    if (of.view === 'results')
      return { name, file: await sheetFile(format, sheet, resultColumns(w, testReportWords[locale]), of.rows) }
    if (of.view === 'ratings')
      return { name, file: await sheetFile(format, sheet, commentColumns(w, rateWords[locale]), of.rows) }
    return { name, file: await sheetFile(format, sheet, learnerColumns(w, of, locale), of.rows) }
  })
  if (!found) throw notFound('course')
  return download(args.request, found.file, `${found.name}.${format}`, SHEET_TYPES[format])
}
