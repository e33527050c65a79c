import { readFile } from 'node:fs/promises'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import type { Locale } from '#app/lib/i18n.ts'
import { type ImportReport, importFiles, refused } from '#app/lib/import-report.server.ts'
import { cellText, type Finding, type TableRow } from '#app/lib/table.ts'
import { readTable } from '#app/lib/table-file.server.ts'
import { CALENDAR_COLUMNS, type CalendarField } from './calendar-columns.ts'
import { at, readCalendar } from './calendar-table.ts'
import { calendarWords } from './calendar-words.ts'
import type { Concerned } from './changed-days.ts'
import { enterCalendar, type FollowDays } from './work-calendar.server.ts'

type CalendarReport = ImportReport & Concerned

/**
 * `npm run calendar:import -- FILE…` (csv, or json of the same fields): every year of a file is replaced whole; prints one line of JSON
 * per file, with how many planned sessions and sittings, of how many classes, are to be looked at for it. `follow`: what tells their academies.
 */
export const calendarImport =
  (follow: FollowDays) =>
  (argv: readonly string[]): Promise<number> =>
    importFiles(argv, 'calendar:import', async (path, locale): Promise<ImportReport | CalendarReport> => {
      const table = path.endsWith('.json')
        ? await readJson(path, locale)
        : await readTable(path, CALENDAR_COLUMNS, locale).then((read) =>
            Array.isArray(read) ? { rows: [], errors: read } : read,
          )
      const { years, errors } = readCalendar(table.rows, locale)
      const rows = table.rows.length + table.errors.filter(({ row }) => row !== null).length
      const found = [...table.errors, ...(table.rows.length > 0 ? errors : [])]
      if (found.length > 0) return refused(path, rows, found)
      const by = system('setup')
      const answer = await as(by, (tx) => enterCalendar(tx, { years, by, follow, locale, now: new Date() }))
      if (!answer.ok) return refused(path, rows, answer.errors)
      return { file: path, rows, ...answer.entered, ...answer.concerned, rejected: 0, errors: [], warnings: [] }
    })

/** An array of objects with the fields of the table; items are counted as rows from 1. */
async function readJson(path: string, locale: Locale): Promise<{ rows: TableRow<CalendarField>[]; errors: Finding[] }> {
  const refusal = { rows: [], errors: [at(null, null, calendarWords[locale].table.json)] }
  const text = await readFile(path, 'utf8').catch(() => '')
  let items: unknown
  try {
    items = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return refusal
  }
  if (!Array.isArray(items) || items.length === 0) return refusal
  const fields = Object.keys(CALENDAR_COLUMNS) as CalendarField[]
  const cell = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? cellText(String(value)) : ''
  const rows = items.map((item: unknown, index) => ({
    row: index + 1,
    cells: Object.fromEntries(
      fields.map((field) => [field, cell((item as Record<string, unknown> | null)?.[field])]),
    ) as Record<CalendarField, string>,
  }))
  return { rows, errors: [] }
}
