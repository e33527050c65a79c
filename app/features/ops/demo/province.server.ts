import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { importLedger } from '#app/features/ledger/import.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { inLanes } from '#app/lib/lanes.ts'
import { ledgerImport } from '#db/schema/index.ts'
import { PROVINCE, type ProvinceAcademy } from './province/academies.ts'
import { openProvinceClasses } from './province/open-classes.ts'
import { expectedRows, fileNameOf, ledgerSource } from './province/source.ts'
import { academiesTable, brandsTable } from './province/tables.ts'
import { demoWorker } from './province/worker.ts'
import { importTables, openForEveryone, refusedDemo } from './tables.server.ts'

/**
 * Files at once: while the database compares and writes one (imports take turns, import.server.ts), the next lies ready and
 * the rows of a third are read and sealed. More of them would only wait.
 */
const LANES = 3

/** The academies, the accounts and the classes to come: some seconds, and whoever signs in has a place to go. */
export async function openProvince(now: Date): Promise<void> {
  await importTables({ academies: academiesTable(), brands: brandsTable() }, now)
  await openForEveryone({ worker: demoWorker(), classes: openProvinceClasses(shanghaiDate(now)) }, now)
}

/** The academies whose ledger is not in yet. One that was taken back since stays out. */
export async function missingLedgers(): Promise<ProvinceAcademy[]> {
  const rows = await as(system('ledger'), (tx) => tx.select({ fileName: ledgerImport.fileName }).from(ledgerImport))
  const there = new Set(rows.map(({ fileName }) => fileName))
  return PROVINCE.filter((academy) => !there.has(fileNameOf(academy)))
}

/**
 * Imports the ledgers of these academies, each in a transaction of its own: what a stop or a crash cuts off is missing as a
 * whole, and comes in at the next start.
 * @param onRows rows read so far, now and then; of them all, those of ledgers that were in before included.
 * @throws the signal's reason within a second or two of an abort; an Error where a ledger is refused, which is a bug.
 */
export async function loadLedgers(
  missing: readonly ProvinceAcademy[],
  { signal, onRows }: { signal: AbortSignal; onRows: (rows: number) => void },
): Promise<void> {
  const reading = new Map<ProvinceAcademy, number>()
  let done = sum(PROVINCE) - sum(missing)
  const tell = () => onRows(done + [...reading.values()].reduce((total, rows) => total + rows, 0))
  await inLanes(missing, LANES, async (one) => {
    await importOne(one, signal, (rows) => {
      reading.set(one, Math.min(rows, expectedRows(one)))
      tell()
    })
    reading.delete(one)
    done += expectedRows(one)
    tell()
  })
}

const sum = (academies: readonly ProvinceAcademy[]) =>
  academies.reduce((total, academy) => total + expectedRows(academy), 0)

export const expectedInAll = (): number => sum(PROVINCE)

async function importOne(academy: ProvinceAcademy, signal: AbortSignal, progress: (rows: number) => void) {
  const source = ledgerSource(academy, {
    hash: () => createHash('sha256'),
    breathe: async () => {
      signal.throwIfAborted()
      await nextTurn()
    },
  })
  signal.throwIfAborted()
  const options = { dryRun: false, validOnly: false, onlyAcademyId: null, accountId: null, now: new Date(), progress }
  const outcome = await as(system('ledger'), (tx) => importLedger(tx, source, options))
  if (outcome.rejected > 0) throw refusedDemo(outcome.errors)
}
