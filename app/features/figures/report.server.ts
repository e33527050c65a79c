import { parseArgs } from 'node:util'
import { eq } from 'drizzle-orm'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { DEFAULT_LOCALE } from '#app/lib/i18n.ts'
import { sheetWorkbook } from '#app/lib/sheet.server.ts'
import { academy } from '#db/schema/index.ts'
import { system } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { figuresOf } from './figures.server.ts'
import { asCsv, asJson, asTable, REPORT_COLUMNS, type ReportRow, reportRow } from './report.ts'
import { reportWords } from './report-words.ts'

const FORMATS = ['table', 'csv', 'json', 'xlsx'] as const
type Format = (typeof FORMATS)[number]

/** Where a command writes: the process, or a test. */
export type Output = {
  stdout: { isTTY?: boolean; write: (text: string | Uint8Array) => unknown }
  stderr: { write: (text: string) => unknown }
}

const w = reportWords[DEFAULT_LOCALE]

/**
 * `compliance:report -- --year YEAR [--academy CODE] [--format table|csv|json|xlsx]`: a row per academy by its code, those
 * without any record included, as known today in Shanghai.
 * @returns the exit status: 0; 1 where there is no such academy; 2 where the command was not understood.
 */
export async function complianceReport(argv: string[], output: Output = process): Promise<number> {
  const refuse = (message: string, status: number) => {
    output.stderr.write(`${message}\n${status === 2 ? `${w.usage}\n` : ''}`)
    return status
  }
  const options = parse(argv)
  if (!options) return refuse(w.unknown, 2)
  if (!/^\d{4}$/.test(options.year ?? '')) return refuse(w.year, 2)
  const format = FORMATS.find((known) => known === (options.format ?? 'table'))
  if (!format) return refuse(w.format(options.format ?? ''), 2)
  if (format === 'xlsx' && output.stdout.isTTY) return refuse(w.terminal, 2)

  const rows = await reportRows({ year: Number(options.year), academyCode: options.academy, now: new Date() })
  if (!rows) return refuse(w.academy(options.academy ?? ''), 1)
  output.stdout.write(await formatted(rows, format))
  return 0
}

/** The rows of the report; null where `academyCode` is nobody's. */
async function reportRows(asked: { year: number; academyCode?: string; now: Date }): Promise<ReportRow[] | null> {
  const { year, academyCode, now } = asked
  return as(system('figures'), async (tx) => {
    let academyIds: string[] | undefined
    if (academyCode !== undefined) {
      const found = await tx.select({ id: academy.id }).from(academy).where(eq(academy.code, academyCode))
      if (found.length === 0) return null
      academyIds = found.map(({ id }) => id)
    }
    const { academies, policy } = await figuresOf(tx, { year, today: shanghaiDate(now), academyIds })
    return academies.map((of) => reportRow(of, year, policy))
  })
}

function parse(argv: string[]): { year?: string; academy?: string; format?: string } | null {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: argv, options: { year: text, academy: text, format: text } }).values
  } catch {
    return null
  }
}

async function formatted(rows: ReportRow[], format: Format): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return asJson(rows)
    case 'csv':
      return asCsv(rows)
    case 'table':
      return asTable(rows)
    case 'xlsx':
      return asXlsx(rows)
  }
}

/** One sheet; texts are text cells, so that Excel runs no formula and keeps every code as it is. */
async function asXlsx(rows: ReportRow[]): Promise<Buffer> {
  const columns = REPORT_COLUMNS.map((column) => ({
    head: column,
    width: Math.max(column.length + 2, column === 'academy_name' ? 36 : 0),
    value: (row: ReportRow) => row[column],
  }))
  const pieces: Buffer[] = []
  for await (const piece of sheetWorkbook('compliance', columns, rows)) pieces.push(piece)
  return Buffer.concat(pieces)
}
