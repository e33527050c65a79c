import { sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { createStagedRevisions, keepStagedRevisions } from '#app/features/audit/bulk.server.ts'
import { assessmentsToAdd, assessmentsToCorrect } from '#app/features/certification/bulk.server.ts'
import { tellOfImportedCertificates } from '#app/features/certification/import-told.server.ts'
import { personsToAdd } from '#app/features/persons/bulk.server.ts'
import {
  classesToAdd,
  enrolmentsToAdd,
  enrolmentsToCorrect,
  seatsToRecount,
} from '#app/features/training/bulk.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { sendAll, type Tx } from '#db/client.server.ts'
import { ledgerImport, ledgerImportAcademy } from '#db/schema/index.ts'
import { conflicts } from './conflicts.server.ts'
import { type Counts, countRecordedRows, countRows } from './counts.server.ts'
import { dropRejectedRows, listConflicts } from './errors.server.ts'
import { mergeRows } from './merge-rows.server.ts'
import { positionOf } from './position.ts'
import type { PlacedProblem } from './problem.ts'
import { LIMITS } from './record.ts'
import type { Rejected } from './rejected.ts'
import { resealCorrections } from './reseal.server.ts'
import { attendancePercents, recordsMeant } from './resolve.server.ts'
import type { Source } from './source.ts'
import { type Progress, type Staged, stageRows } from './stage-rows.server.ts'
import { createStaging } from './staging.server.ts'

export type ImportOptions = {
  /** Check everything, write nothing. */
  dryRun: boolean
  /** Import the rows without errors although others have some. */
  validOnly: boolean
  /** Where an academy imports for itself: rows of others are errors. Null: all academies. */
  onlyAcademyId: string | null
  /** Who imports; null from the shell. */
  accountId: string | null
  now: Date
  progress?: Progress
  /** Keep what is wrong with every row, for {@link rejectedWorkbook}. */
  collectRejected?: boolean
  /** Told when rows are compared with what is recorded, and when they are written. */
  onPhase?: (phase: 'comparing' | 'writing') => void
  /** Looks at the staged rows once they are counted, before anything is written. */
  onCounted?: (tx: Tx) => Promise<void>
}

export type Outcome = Counts & {
  /** The import, where it wrote anything; null where not. */
  importId: string | null
  /** Data rows; those with errors. */
  rows: number
  rejected: number
  /** The first 1,000 of each, by row. */
  errors: PlacedProblem[]
  warnings: PlacedProblem[]
  /** With `collectRejected`: the rows with errors, however many, where the file itself could be read. */
  rejectedRows?: Rejected
}

/** Another writer made the same record meanwhile, or two waited for one another: what was read is out of date. */
export const OVERTAKEN: ReadonlySet<string> = new Set(['23505', '40001', '40P01'])

const turn = sql`select pg_advisory_xact_lock(hashtext('ledger'))`

/** Imports take turns, undoing included. */
export const takeTurn = (tx: Tx) => tx.execute(turn)

/**
 * Imports one ledger in the transaction of the caller, system('ledger'): reads it, compares its rows with one another and
 * with what is recorded, and lets the owners write what is new or corrected. Everything or nothing, unless `validOnly`.
 * A file that changes nothing leaves no trace. One audit event for the file.
 * @returns what became of the rows; refusals are its errors. @throws what the database throws: nothing is written then.
 */
export async function importLedger(tx: Tx, source: Source, options: ImportOptions): Promise<Outcome> {
  const importId = newId()
  await createStaging(tx)
  const rejectedRows: Rejected | undefined = options.collectRejected ? new Map() : undefined
  const today = shanghaiDate(options.now)
  const staged = await stageRows(tx, source, { importId, today, rejected: rejectedRows, ...options })
  const { rows, warnings } = staged
  if (staged.fatal)
    return { ...NOTHING, importId: null, rows, rejected: staged.rejected, errors: staged.errors, warnings }

  options.onPhase?.('comparing')
  await mergeRows(tx)
  const percents = await attendancePercents(tx)
  await sendAll(tx, [turn, ...recordsMeant(percents), ...conflicts(options)])
  const found = await listConflicts(tx, source.sheets, rejectedRows)
  const errors = inOrder(source, [...staged.errors, ...found.errors])
  const rejected = staged.rejected + found.rows
  if (found.rows > 0) {
    await dropRejectedRows(tx)
    await mergeRows(tx)
    await sendAll(tx, recordsMeant(percents))
  }
  const counts = await countRows(tx)
  await options.onCounted?.(tx)
  const outcome = { rows, rejected, errors, warnings, ...(rejectedRows ? { rejectedRows } : {}) }
  if (rejected > 0 && !options.validOnly)
    return { ...NOTHING, unchanged: await countRecordedRows(tx), importId: null, ...outcome }
  if (options.dryRun || counts.created + counts.corrected === 0) return { ...counts, importId: null, ...outcome }
  options.onPhase?.('writing')
  await write(tx, { importId, now: options.now, created: counts.created })
  await tellOfImportedCertificates(tx, options.now)
  await keepStagedRevisions(tx, { importId, reason: null, accountId: options.accountId, now: options.now })
  await enterImport(tx, importId, source, options, { ...staged, ...counts, rejected })
  return { ...counts, importId, ...outcome }
}

/** Rows that may change how a table is best read; fewer are left to autovacuum. */
const MANY = 1000

const NOTHING: Counts = { created: 0, corrected: 0, unchanged: 0 }

/** By sheet, then by row. */
function inOrder({ sheets }: Source, problems: PlacedProblem[]): PlacedProblem[] {
  const indexes = new Map(sheets.map(({ name }, index) => [name, index]))
  const at = ({ sheet, row }: PlacedProblem) => positionOf(indexes.get(sheet ?? null) ?? 0, row ?? 0)
  return problems.toSorted((one, other) => at(one) - at(other)).slice(0, LIMITS.reported)
}

/** The owners' bulk commands, parents before children. */
async function write(tx: Tx, made: { importId: string; now: Date; created: number }): Promise<void> {
  await Promise.all([createStagedRevisions(tx), resealCorrections(tx)])
  await sendAll(tx, [
    ...personsToAdd(made),
    ...classesToAdd(made),
    ...enrolmentsToCorrect(),
    ...enrolmentsToAdd(made),
    ...seatsToRecount(),
    ...assessmentsToCorrect(),
    ...assessmentsToAdd(made),
    ...(made.created >= MANY ? [sql`select know_what_came(${made.created}::int)`] : []),
  ])
}

async function enterImport(
  tx: Tx,
  importId: string,
  { fileName, digest, encoding }: Source,
  { validOnly, accountId, now }: ImportOptions,
  { rows, created, unchanged, corrected, rejected }: Staged & Counts,
): Promise<void> {
  const counts = { rows, created, unchanged, corrected, rejected }
  await tx
    .insert(ledgerImport)
    .values({ id: importId, fileName, digest, encoding, validOnly, ...counts, accountId, at: now })
  const academies = (await tx.execute(sql`
    select s.academy_id as "academyId", count(*)::int as rows from staged_row s group by s.academy_id`)) as unknown as {
    academyId: string
    rows: number
  }[]
  await tx.insert(ledgerImportAcademy).values(academies.map((academy) => ({ ...academy, importId })))
  await record(tx, {
    by: accountId
      ? { kind: 'system', purpose: 'ledger', onBehalfOf: accountId }
      : { kind: 'system', purpose: 'ledger' },
    now,
    kind: 'ledger.imported',
    detail: { importId, ...counts, digest: digest.toString('hex') },
    academyId: academies.length === 1 ? academies[0]!.academyId : undefined,
    subjectId: importId,
  })
}
