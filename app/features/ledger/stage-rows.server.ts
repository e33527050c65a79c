import { once } from 'node:events'
import { listOccupations } from '#app/features/occupations/find.server.ts'
import { rawSql, type Tx } from '#db/client.server.ts'
import { academy } from '#db/schema/index.ts'
import type { Source } from './csv-source.server.ts'
import { findHeader } from './header.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { isBlank, LIMITS, type SourceRecord } from './record.ts'
import { type RowReader, rowReader } from './row.ts'
import type { LedgerRow, RowContext } from './row-parts.ts'
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
  input: { importId: string; today: string; onlyAcademyId: string | null; progress?: Progress },
): Promise<Staged> {
  const context = await rowContext(tx, input)
  const staged: Staged = { rows: 0, rejected: 0, errors: [], warnings: [], fatal: false }
  const lineOf = copyLine(input.importId)
  const copy = await rawSql(tx)`copy staged_row from stdin`.writable()
  // A database that is lost between two writes tells so when nobody waits; unheard, it would end the process.
  let lost: Error | undefined
  copy.on('error', (error: Error) => {
    lost ??= error
  })
  try {
    for await (const body of readBody(source, context)) {
      let lines = ''
      for (const record of body.records) {
        const content = readNoting(record, body.read, staged)
        if (content) lines += lineOf(record.row, content)
      }
      if (lost) throw lost
      if (lines !== '' && !copy.write(lines)) await once(copy, 'drain')
      input.progress?.(staged.rows)
      if (body.problems.length > 0) giveUp(staged, body.problems)
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

/** A row's content; null where it is blank or has errors, which are noted. */
function readNoting(record: SourceRecord, read: RowReader, staged: Staged): LedgerRow | null {
  if (isBlank(record)) return null
  const { row, problems, warnings } = read(record)
  staged.rows += 1
  note(staged.warnings, record.row, warnings)
  if (row) return row
  staged.rejected += 1
  note(staged.errors, record.row, problems)
  return null
}

function note(into: PlacedProblem[], row: number, problems: readonly Omit<PlacedProblem, 'row'>[]): void {
  for (const found of problems) if (into.length < LIMITS.reported) into.push({ row, ...found })
}

/** Records below the header, and what reads them; or problems of the file, behind which nothing comes. */
type Body = { read: RowReader; records: SourceRecord[]; problems: PlacedProblem[] }

const unreadable: RowReader = () => ({ row: null, problems: [], warnings: [] })
const problemsOnly = (problems: PlacedProblem[]): Body => ({ read: unreadable, records: [], problems })

/** Finds the header among the first rows, then hands on what stands below it. */
async function* readBody(source: Source, context: RowContext): AsyncGenerator<Body> {
  let head: SourceRecord[] | null = []
  let read = unreadable
  for await (const { records, problem: broken } of source.read()) {
    if (head) {
      head.push(...records)
      if (broken || head.filter((record) => !isBlank(record)).length >= LIMITS.headerRows) {
        const body = belowHeader(head, context)
        yield body
        if (body.problems.length > 0) return
        head = null
        read = body.read
      }
    } else yield { read, records, problems: [] }
    if (broken) return yield problemsOnly([broken])
  }
  if (head) yield belowHeader(head, context)
}

function belowHeader(head: SourceRecord[], context: RowContext): Body {
  const found = findHeader(head.filter((record) => !isBlank(record)).slice(0, LIMITS.headerRows))
  if (!found.ok) return problemsOnly(found.problems)
  const { header } = found
  return { read: rowReader(header, context), records: head.filter(({ row }) => row > header.row), problems: [] }
}
