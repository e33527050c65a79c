import { parentPort, workerData } from 'node:worker_threads'
import { readBook, readPart, readStrings } from './parts.server.ts'
import { RefusedWorkbook, refuse, WORKBOOK_LIMITS } from './refusal.ts'
import { type Budget, type Merge, mergeFiller, type Shared, sheetReader, type WorkbookRow } from './sheet.ts'
import type { Answer, Job, SheetSeen } from './worker-messages.ts'
import { openZip } from './zip-read.server.ts'

/**
 * The program of the workbook's worker, an entry point of its own (`build/read-workbook.js`): unpacks and parses in a thread
 * with limits of memory and time, so that a hostile file costs neither the site nor the import. Sends rows in pieces and
 * waits, where nobody takes them.
 */
const port = parentPort!
const job = workerData as Job

const PIECE_ROWS = 500
/** Pieces under way. */
const AHEAD = 4

let underWay = 0
let resume = () => {}
port.on('message', () => {
  underWay -= 1
  resume()
})

const say = (answer: Answer) => port.postMessage(answer)

try {
  const zip = await openZip(job.path)
  const book = await readBook(zip)
  const strings = book.strings ? await readStrings(zip, book.strings) : []
  const shared: Shared = { ...book.shared, strings }
  const budget: Budget = { cells: WORKBOOK_LIMITS.cells, rows: WORKBOOK_LIMITS.rows }
  if (job.kind === 'inspect') {
    const seen: SheetSeen[] = []
    for (const { name, isHidden, entry } of book.sheets) {
      const head: WorkbookRow[] = []
      const merges: Merge[] = []
      let rows = 0
      const reader = sheetReader(
        shared,
        budget,
        (row) => {
          rows += 1
          if (head.length < job.headRows) head.push(row)
        },
        (merge) => {
          if (merges.length >= WORKBOOK_LIMITS.merges) refuse('tooManyMerges')
          merges.push(merge)
        },
      )
      await readPart(zip, entry, reader)
      seen.push({ name, isHidden, rows, head: head.map(mergeFiller(merges)), merges })
    }
    say({ kind: 'seen', sheets: seen })
  } else {
    for (const { index, merges } of job.sheets) {
      let rows: WorkbookRow[] = []
      const fill = mergeFiller(merges)
      const flush = () => {
        if (rows.length === 0) return
        say({ kind: 'rows', sheet: index, rows })
        underWay += 1
        rows = []
      }
      const reader = sheetReader(shared, budget, (row) => {
        rows.push(fill(row))
        if (rows.length >= PIECE_ROWS) flush()
      })
      await readPart(zip, book.sheets[index]!.entry, reader, () => {
        if (underWay < AHEAD) return undefined
        return new Promise<void>((resolve) => {
          resume = () => {
            if (underWay < AHEAD) resolve()
          }
        })
      })
      flush()
    }
    say({ kind: 'end' })
  }
  await zip.close()
} catch (error) {
  if (!(error instanceof RefusedWorkbook)) throw error
  say({ kind: 'refused', refusal: error.refusal })
}
port.close()
