import { writeFile } from 'node:fs/promises'
import { desc } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { DEFAULT_LOCALE } from '#app/lib/i18n.ts'
import { isId } from '#app/lib/ids.ts'
import { databaseCode } from '#db/client.server.ts'
import { ledgerImport as imports } from '#db/schema/index.ts'
import { type ImportOptions, importLedger, type Outcome, OVERTAKEN } from './import.server.ts'
import { openLedger } from './open.server.ts'
import { toMessage } from './problem.ts'
import { rejectedWorkbook } from './rejected.server.ts'
import type { LedgerOptions } from './source.ts'
import { type UndoBlocks, undoImport } from './undo.server.ts'
import { words } from './words.ts'

/** The shell speaks the ledger's own language. */
const locale = DEFAULT_LOCALE
const say = (text: string) => process.stderr.write(`${text}\n`)
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

const EMPTY: Outcome = {
  importId: null,
  rows: 0,
  created: 0,
  corrected: 0,
  unchanged: 0,
  rejected: 0,
  errors: [],
  warnings: [],
}

const ATTEMPTS = 3

/**
 * Imports one file as system('ledger'), again from the start where something else wrote the same records meanwhile.
 * Never throws for what is wrong with the file. `rejectedTo`: where the rows with errors go, as a workbook, if there are any.
 */
export async function importFile(
  path: string,
  options: ImportOptions & LedgerOptions & { rejectedTo?: string },
): Promise<Outcome> {
  const opened = await openLedger(path, options)
  if (!opened.ok) return { ...EMPTY, errors: [opened.problem] }
  const { source } = opened
  const { rejectedTo, ...rest } = options
  const collected = rejectedTo === undefined ? rest : { ...rest, collectRejected: true }
  for (let attempt = 1; ; attempt++) {
    try {
      const outcome = await as(system('ledger'), (tx) => importLedger(tx, source, collected))
      const { rejectedRows } = outcome
      if (rejectedTo !== undefined && rejectedRows && rejectedRows.size > 0)
        await writeFile(rejectedTo, rejectedWorkbook(source, rejectedRows, locale), { mode: 0o600 })
      return outcome
    } catch (error) {
      if (attempt === ATTEMPTS || !OVERTAKEN.has(databaseCode(error) ?? '')) throw error
    }
  }
}

/** `ledger:import FILE… [--dry-run] [--valid-only] [--rejected FILE.xlsx]`: a line of JSON per file. Exit status 1 if a file had errors. */
export async function ledgerImport(argv: readonly string[]): Promise<number> {
  const w = words[locale].cli
  const at = argv.indexOf('--rejected')
  const rejectedTo = at === -1 ? undefined : argv[at + 1]
  const rest = at === -1 ? argv : argv.toSpliced(at, 2)
  const files = rest.filter((argument) => !argument.startsWith('--'))
  const unknown = rest.find(
    (argument) => argument.startsWith('--') && !['--dry-run', '--valid-only'].includes(argument),
  )
  if (unknown) say(w.unknownOption(unknown))
  if (at !== -1 && files.length > 1) say(w.oneFile)
  const isClear = !unknown && (at === -1 || (files.length === 1 && rejectedTo !== undefined))
  if (!isClear || files.length === 0) {
    say(w.usageImport)
    return 2
  }
  const options = { dryRun: argv.includes('--dry-run'), validOnly: argv.includes('--valid-only'), rejectedTo }
  let status = 0
  for (const file of files) {
    say(w.reading(file))
    const now = new Date()
    const outcome = await importFile(file, {
      ...options,
      now,
      onlyAcademyId: null,
      accountId: null,
      progress: every(10_000),
    })
    if (outcome.errors.length > 0) status = 1
    const { rows, created, unchanged, corrected, rejected } = outcome
    print({
      file,
      rows,
      created,
      unchanged,
      corrected,
      rejected,
      errors: outcome.errors.map((found) => toMessage(found, locale)),
      warnings: outcome.warnings.map((found) => toMessage(found, locale)),
      import: outcome.importId,
    })
  }
  return status
}

/** `ledger:imports`: a line of JSON per import, newest first. */
export async function ledgerImports(): Promise<number> {
  const found = await as(system('ledger'), (tx) =>
    tx.select().from(imports).orderBy(desc(imports.at), desc(imports.id)).limit(1000),
  )
  for (const { id, fileName, at, undoneAt, digest, accountId, undoneBy, ...counts } of found)
    print({ import: id, file: fileName, at, undone: undoneAt, digest: digest.toString('hex'), ...counts })
  return 0
}

/** `ledger:undo IMPORT`: a line of JSON; exit status 1, with what stands in the way, where it is refused. */
export async function ledgerUndo(argv: readonly string[]): Promise<number> {
  const w = words[locale]
  const [importId] = argv
  if (argv.length !== 1 || importId === undefined) {
    say(w.cli.usageUndo)
    return 2
  }
  if (!isId(importId)) {
    say(w.undo.unknown)
    return 1
  }
  const undone = await as(system('ledger'), (tx) => undoImport(tx, { importId, accountId: null, now: new Date() }))
  if (undone.ok) {
    say(w.cli.undone(undone.removed, undone.restored))
    print({ import: importId, removed: undone.removed, restored: undone.restored })
    return 0
  }
  say(undone.reason === 'built' ? w.undo.built(named(undone.blocks)) : w.undo[undone.reason])
  return 1
}

/** What stands in the way, as far as there is any of it. */
function named(blocks: UndoBlocks): string {
  const w = words[locale].undoBlocks
  return (Object.keys(blocks) as (keyof UndoBlocks)[])
    .filter((kind) => blocks[kind] > 0)
    .map((kind) => w[kind](blocks[kind]))
    .join(', ')
}

/** Progress to stderr, not more often than every so many rows. */
function every(step: number): (rows: number) => void {
  let next = step
  return (rows) => {
    if (rows < next) return
    next = rows + step
    say(words[locale].cli.progress(rows))
  }
}
