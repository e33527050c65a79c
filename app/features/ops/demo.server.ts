import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { importAcademies } from '#app/features/academies/import.server.ts'
import { importBrands } from '#app/features/academies/import-brands.server.ts'
import { ACADEMY_COLUMNS, BRAND_COLUMNS } from '#app/features/academies/vocabulary.ts'
import { listUnions, recordedAcademies } from '#app/features/academies/write.server.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findAccountByLogin } from '#app/features/accounts/create.server.ts'
import { recountAll } from '#app/features/figures/commands.server.ts'
import { importLedger } from '#app/features/ledger/import.server.ts'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { readTable } from '#app/lib/table-file.server.ts'
import { asDemoWorker, createDemoAccounts, type DemoWorker, findDemoPerson } from './demo/accounts.server.ts'
import { DEMO_LOGINS, DEMO_PASSWORD } from './demo/accounts.ts'
import { openDemoClasses } from './demo/classes.server.ts'
import { academiesFile, brandsFile, type DemoFile, ledgerFiles } from './demo/files.ts'
import { SMALL_DEMO } from './demo/vocabulary.ts'
import { words } from './words.ts'

/** One row of the table that a start prints: a demo account of one role. */
export type DemoAccount = { role: string; login: string; password: string; about: string }

/**
 * Loads the small demo into an installation that holds no academy yet, through the product's own imports; later starts
 * only name its accounts. The accounts are made last, and every step is safe to run again: a first start that was cut
 * off is taken up by the next.
 */
export async function prepareDemo({ log }: { log: (line: string) => void }): Promise<DemoAccount[]> {
  const state = await demoState()
  if (state === 'other') return []
  if (state === 'missing') {
    log(words['zh-CN'].loadingDemo)
    await loadDemo()
  }
  return DEMO_LOGINS.map(({ role, login, about }) => ({ role, login, password: DEMO_PASSWORD, about }))
}

/** `loaded`, `missing` (nothing yet, or a part of the demo), or `other`: somebody's own academies. */
async function demoState(): Promise<'loaded' | 'missing' | 'other'> {
  return as(system('setup'), async (tx) => {
    if (await findAccountByLogin(tx, DEMO_LOGINS.at(-1)!.login)) return 'loaded'
    const own = new Set(SMALL_DEMO.map(({ code }) => code))
    const codes = [...(await recordedAcademies(tx)).keys()]
    return codes.every((code) => own.has(code)) ? 'missing' : 'other'
  })
}

async function loadDemo(): Promise<void> {
  const now = new Date()
  const folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-demo-'))
  try {
    await importTables(folder, now)
    let worker: DemoWorker | undefined
    const files = ledgerFiles(SMALL_DEMO, (row) => {
      worker ??= asDemoWorker(row)
    })
    for (const file of files) await importOne(await write(folder, file), now)
    const person = await findDemoPerson(worker!, now)
    // One transaction: the accounts say that the demo is whole.
    await as(system('setup'), async (tx) => {
      const academies = new Map([...(await recordedAcademies(tx))].map(([code, { id }]) => [code, id]))
      const unions = new Map((await listUnions(tx)).map(({ name, id }) => [name, id]))
      const teacher = await createDemoAccounts(tx, { academies, unions, worker: { ...worker!, ...person }, now })
      await openDemoClasses(tx, { academies, teacher, now })
    })
    for await (const _ of recountAll({ onlyStale: true, isPatient: true }));
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function importTables(folder: string, now: Date): Promise<void> {
  const locale = 'zh-CN'
  const path = await write(folder, academiesFile(SMALL_DEMO))
  const table = await readTable(path, ACADEMY_COLUMNS, locale)
  if (Array.isArray(table)) throw refusedDemo(table)
  const academies = await as(system('setup'), (tx) => importAcademies(tx, { path, table, locale, now }))
  if (academies.errors.length > 0) throw refusedDemo(academies.errors)

  const brandsPath = await write(folder, brandsFile(SMALL_DEMO))
  const brandsTable = await readTable(brandsPath, BRAND_COLUMNS, locale)
  if (Array.isArray(brandsTable)) throw refusedDemo(brandsTable)
  const brands = await as(system('setup'), (tx) =>
    importBrands(tx, { path: brandsPath, table: brandsTable, locale, now }),
  )
  if (brands.errors.length > 0) throw refusedDemo(brands.errors)
}

async function importOne(path: string, now: Date): Promise<void> {
  const opened = await openLedger(path)
  if (!opened.ok) throw refusedDemo([opened.problem])
  const options = { dryRun: false, validOnly: false, onlyAcademyId: null, accountId: null, now }
  const outcome = await as(system('ledger'), (tx) => importLedger(tx, opened.source, options))
  if (outcome.rejected > 0) throw refusedDemo(outcome.errors)
}

async function write(folder: string, file: DemoFile): Promise<string> {
  const path = join(folder, file.name)
  const lines = Readable.from(file.lines, { objectMode: true }).map((line: string) => `${line}\n`)
  await pipeline(lines, createWriteStream(path))
  return path
}

/** The demo's own files are right, or the product is wrong: a bug, told with its first finding. */
const refusedDemo = (findings: readonly unknown[]): Error =>
  new Error(`the demo was refused by the product's own import: ${JSON.stringify(findings[0])}`)
