import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { recountAll } from '#app/features/figures/commands.server.ts'
import { importLedger } from '#app/features/ledger/import.server.ts'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { shanghaiDate } from '#app/lib/calendar.ts'
import { asDemoWorker, type DemoWorker } from './accounts.server.ts'
import { demoClasses } from './classes.ts'
import { academiesFile, brandsFile, ledgerFiles } from './files.ts'
import { importTables, openForEveryone, refusedDemo, withFolder, writeFile } from './tables.server.ts'
import { SMALL_DEMO } from './vocabulary.ts'

/** Six academies and their ledgers, some seconds. The accounts are made last: they say that the demo is whole. */
export async function loadSmallDemo(now: Date): Promise<void> {
  await importTables({ academies: academiesFile(SMALL_DEMO), brands: brandsFile(SMALL_DEMO) }, now)
  let worker: DemoWorker | undefined
  const files = ledgerFiles(SMALL_DEMO, (row) => {
    worker ??= asDemoWorker(row)
  })
  await withFolder(async (folder) => {
    for (const file of files) await importOne(await writeFile(folder, file), now)
  })
  await openForEveryone({ worker: worker!, classes: demoClasses(shanghaiDate(now)) }, now)
  await recountAll({ onlyStale: true, isPatient: true })
}

async function importOne(path: string, now: Date): Promise<void> {
  const opened = await openLedger(path)
  if (!opened.ok) throw refusedDemo([opened.problem])
  const options = { dryRun: false, validOnly: false, onlyAcademyId: null, accountId: null, now }
  const outcome = await as(system('ledger'), (tx) => importLedger(tx, opened.source, options))
  if (outcome.rejected > 0) throw refusedDemo(outcome.errors)
}
