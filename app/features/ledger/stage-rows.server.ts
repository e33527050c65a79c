import { once } from 'node:events'
import { listOccupations } from '#app/features/occupations/find.server.ts'
import { rawSql, type Tx } from '#db/client.server.ts'
import { academy } from '#db/schema/index.ts'
import { isExample, isFooter, isHeaderAgain } from './footer.ts'
import { positionOf } from './position.ts'
import { type PlacedProblem, type Problem, problem } from './problem.ts'
import { isBlank, LIMITS, type SourceRecord } from './record.ts'
import { type Rejected, reject } from './rejected.ts'
import { type RowReader, rowReader } from './row.ts'
import type { LedgerRow, RowContext } from './row-parts.ts'
import type { Sheet, Source } from './source.ts'
import { copyLine } from './staging.server.ts'

/** What was read: data rows, those with errors, and the first problems. `fatal`: the file itself cannot be imported. */
export type Staged = {
  rows: number
  rejected: number
  errors: PlacedProblem[]
  warnings: PlacedProblem[]
  fatal: boolean
}

/** Told now and then how many rows have been read. */
export type Progress = (rows: number) => void

/**
 * Streams a source into `staged_row` by COPY, with back-pressure: rows without an error of their own go in, the others are
 * counted. Holds one piece of the file and at most 1,000 problems of each kind.
 */
export async function stageRows(
  tx: Tx,
  source: Source,
  input: { importId: string; today: string; onlyAcademyId: string | null; progress?: Progress; rejected?: Rejected },
): Promise<Staged> {
  const { rejected } = input
  const staged: Staged = { rows: 0, rejected: 0, errors: [], warnings: [], fatal: false }
  const wrong = source.sheets.flatMap(({ problems }) => problems)
  if (wrong.length > 0 || !source.sheets.some(({ isRead }) => isRead)) {
    giveUp(staged, wrong.length > 0 ? wrong : [{ row: null, ...problem(null, 'fileEmpty') }])
    return staged
  }
  const context = await rowContext(tx, input)
  const readers = source.sheets.map((sheet, index): SheetReader => {
    const name = source.sheets.length > 1 ? sheet.name : null
    if (sheet.leftOut) note(staged.warnings, { row: null, sheet: name }, [problem(null, sheet.leftOut)])
    return { name, index, sheet, read: rowReader(sheet, context) }
  })
  const lineOf = copyLine(input.importId)
  const copy = await rawSql(tx)`copy staged_row from stdin`.writable()
  // A database that is lost between two writes tells so when nobody waits; unheard, it would end the process.
  let lost: Error | undefined
  copy.on('error', (error: Error) => {
    lost ??= error
  })
  try {
    for await (const { sheet, records, problem: broken } of source.read()) {
      const reader = readers[sheet]!
      let lines = ''
      for (const record of records) {
        const content = readNoting(record, reader, staged, rejected)
        if (content) lines += lineOf(positionOf(sheet, record.row), content)
      }
      if (lost) throw lost
      if (lines !== '' && !copy.write(lines)) await once(copy, 'drain')
      input.progress?.(staged.rows)
      if (broken) {
        giveUp(staged, [broken])
        break
      }
    }
    if (lost) throw lost
    copy.end()
    await once(copy, 'finish')
  } catch (error) {
    copy.destroy()
    throw error
  }
  if (staged.rows === 0 && !staged.fatal) giveUp(staged, [{ row: null, ...problem(null, 'fileEmpty') }])
  return staged
}

/** The file cannot be imported as a whole; a row that is to blame counts as rejected. */
function giveUp(staged: Staged, problems: PlacedProblem[]): void {
  staged.fatal = true
  staged.errors = [...problems, ...staged.errors].slice(0, LIMITS.reported)
  const blamed = staged.rows > 0 && problems.some(({ row }) => row !== null) ? 1 : 0
  staged.rows += blamed
  staged.rejected += blamed
}

async function rowContext(tx: Tx, input: { today: string; onlyAcademyId: string | null }): Promise<RowContext> {
  const academies = await tx.select({ code: academy.code, id: academy.id }).from(academy)
  const occupations = await listOccupations(tx)
  return {
    today: input.today,
    onlyAcademyId: input.onlyAcademyId,
    academies: new Map(academies.map(({ code, id }) => [code, id])),
    occupations: new Map(occupations.map(({ code, edition }) => [code, edition])),
  }
}

/** `name`: where the file has several sheets. */
type SheetReader = { name: string | null; index: number; sheet: Sheet; read: RowReader }

/** A row's content; null where it is blank, no worker's, or has errors, which are noted. */
function readNoting(
  record: SourceRecord,
  { name, index, sheet, read }: SheetReader,
  staged: Staged,
  rejected: Rejected | undefined,
): LedgerRow | null {
  if (isBlank(record) || (!record.isBroken && isHeaderAgain(record, sheet))) return null
  const place = { row: record.row, sheet: name }
  if (!record.isBroken && isFooter(record, sheet)) return note(staged.warnings, place, [problem(null, 'footer')])
  if (!record.isBroken && isExample(record, sheet)) return note(staged.warnings, place, [problem(null, 'example')])
  const { row, problems, warnings } = read(record)
  staged.rows += 1
  note(staged.warnings, place, warnings)
  if (row) return row
  staged.rejected += 1
  if (rejected) reject(rejected, positionOf(index, record.row), problems)
  return note(staged.errors, place, problems)
}

function note(into: PlacedProblem[], place: Pick<PlacedProblem, 'row' | 'sheet'>, problems: readonly Problem[]): null {
  for (const found of problems) if (into.length < LIMITS.reported) into.push({ ...place, ...found })
  return null
}
