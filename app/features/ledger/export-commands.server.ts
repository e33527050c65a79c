import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { DEFAULT_LOCALE } from '#app/lib/i18n.ts'
import { type ExportFormat, exportAcademy, exportLedger } from './export.server.ts'
import { ledgerTemplate } from './template.server.ts'
import { words } from './words.ts'

/** The shell speaks the ledger's own language. */
const w = words[DEFAULT_LOCALE].cli
const say = (text: string) => process.stderr.write(`${text}\n`)
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

/**
 * `ledger:export --out FILE.xlsx|FILE.csv [--academy CODE] [--year YEAR] [--class CODE]`: the ledger with full numbers, as
 * it imports again unchanged; without an academy all of them. The file is its owner's alone (mode 600).
 */
export async function ledgerExport(argv: readonly string[]): Promise<number> {
  const asked = parse(argv)
  const format = formatOf(asked?.out)
  const isYear = asked?.year === undefined || /^\d{4}$/.test(asked.year)
  if (!asked?.out || !format || !isYear) {
    say(w.usageExport)
    return 2
  }
  const { out, class: classCode, year } = asked
  const filter = { classCode, year: year === undefined ? undefined : Number(year) }
  const input = { by: system('ledger'), filter, format, now: new Date() }
  const exported = await as(system('ledger'), (tx) =>
    asked.academy === undefined ? exportLedger(tx, input) : exportAcademy(tx, { ...input, academyCode: asked.academy }),
  )
  if (!exported) say(w.academyUnknown(asked.academy ?? ''))
  else if (!exported.ok) say(w.tooManyRows(exported.most))
  if (!exported?.ok) return 1
  await writeFile(out, exported.file.pieces(), { mode: 0o600 })
  say(w.written(out, exported.rows))
  print({ file: out, rows: exported.rows })
  return 0
}

/** `ledger:template --out FILE.xlsx [--academy CODE]`. */
export async function ledgerTemplateFile(argv: readonly string[]): Promise<number> {
  const asked = parse(argv)
  if (!asked?.out || formatOf(asked.out) !== 'xlsx') {
    say(w.usageTemplate)
    return 2
  }
  await writeFile(asked.out, ledgerTemplate(DEFAULT_LOCALE, asked.academy ?? null))
  return 0
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ args: [...argv], options: { out: text, academy: text, year: text, class: text } }).values
  } catch {
    return null
  }
}

const formatOf = (file: string | undefined): ExportFormat | null =>
  file?.endsWith('.xlsx') ? 'xlsx' : file?.endsWith('.csv') ? 'csv' : null
