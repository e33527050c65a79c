import { shanghaiDate } from '#app/lib/calendar.ts'
import type { Tx } from '#db/client.server.ts'
import { ledgerUpload } from '#db/schema/index.ts'
import { openLedger } from './open.server.ts'
import { type PlacedProblem, problem } from './problem.ts'
import { sheetView } from './sheet-view.ts'
import type { Constants, Source } from './source.ts'
import { headerPlaces, type Mapping, type SheetView } from './upload.ts'
import { uploadPath } from './upload-files.server.ts'
import { GivenUp, type Job, still } from './upload-job.server.ts'

/** Why a file is no ledger: enough to mend it by. */
const MOST_REASONS = 5

/**
 * Looks at the sheets and headers of an upload, in the transaction of the caller, system('ledger'), which holds its lock.
 * Where nothing is left to ask its check waits from then on; a file that cannot be a ledger at all is `unreadable`, with
 * its problems, and nobody needs it any more (`removes`). Where somebody said which row a header is, columns are asked.
 * @throws GivenUp where somebody cancelled meanwhile.
 */
export async function readUpload(tx: Tx, job: Job): Promise<{ removes: boolean }> {
  const now = new Date()
  const result = await look(job, shanghaiDate(now))
  const changed = await tx
    .update(ledgerUpload)
    .set({
      ...(result.ok ? result.found : { state: 'unreadable', errors: result.problems, removedAt: now }),
      phase: null,
      attempts: 0,
      touchedAt: now,
    })
    .where(still(job))
    .returning({ id: ledgerUpload.id })
  if (changed.length === 0) throw new GivenUp()
  return { removes: !result.ok }
}

type Found = { state: 'uploaded' | 'mapped'; sheets: SheetView[]; chosen: string[]; rowsTotal: number | null }

async function look(
  job: Job,
  today: string,
): Promise<{ ok: true; found: Found } | { ok: false; problems: PlacedProblem[] }> {
  const mapping = job.mapping as Mapping
  const before = job.sheets as SheetView[]
  const opened = await openLedger(uploadPath(job.id), {
    mapping,
    constants: job.constants as Constants,
    headerRows: headerPlaces(before),
  })
  if (!opened.ok) return { ok: false, problems: [opened.problem] }
  const { source } = opened
  const problems = source.sheets.flatMap((sheet) => sheet.problems).slice(0, MOST_REASONS)
  if (!source.sheets.some(({ headerRow }) => headerRow !== null))
    return { ok: false, problems: problems.length > 0 ? problems : [{ row: null, ...problem(null, 'fileEmpty') }] }

  const views = source.sheets.map((sheet, at) => {
    const view = sheetView(sheet, mapping, today)
    // Whoever chose a row may choose once more.
    return { ...view, headerRows: before[at]?.headerRows ?? view.headerRows }
  })
  const isClear =
    before.length === 0 &&
    views.filter(({ isLedger }) => isLedger).length === 1 &&
    problems.length === 0 &&
    views.every(({ headers }, at) => !source.sheets[at]!.isRead || headers.every(({ known }) => known !== null))
  const chosen = source.sheets.flatMap(({ name, isRead }) => (isRead && name !== null ? [name] : []))
  // The lines of a text were counted while it came in.
  const rowsTotal = source.kind === 'csv' ? job.rowsTotal : rowsOf(source, chosen)
  return { ok: true, found: { state: isClear ? 'mapped' : 'uploaded', sheets: views, chosen, rowsTotal } }
}

const rowsOf = ({ sheets }: Pick<Source, 'sheets'>, chosen: readonly string[]): number | null => {
  const read = sheets.filter(({ name }) => name === null || chosen.includes(name))
  return read.some(({ rows }) => rows === null) ? null : read.reduce((sum, { rows }) => sum + (rows ?? 0), 0)
}
