import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { importFile } from '#app/features/ledger/commands.server.ts'
import { boot } from '#app/lib/boot.server.ts'
import { startEmbedded } from '#db/embedded.server.ts'
import { ACADEMIES, academyCode, writeLedger, writeLedgerWorkbook } from './ledger-file.ts'

/** What an import filled, parents before children. */
const TABLES = ['class', 'person', 'enrolment', 'assessment', 'certificate', 'certificate_number']

/** `LEDGER_ROWS`: rows of the smaller file, for a quick look; the figures are defined for 100,000. */
const ROWS = Number(process.env.LEDGER_ROWS ?? 100_000)
const MOST_MB = 350
/** As many as a workbook may bring in. */
const WORKBOOK_ROWS = 50_000

const say = (text: string) => process.stderr.write(`${text}\n`)

function print(figure: string, value: number, unit: string, reference: string, referenceValue: number): void {
  const ratio = Number((value / referenceValue).toFixed(3))
  const line = { bench: 'ledger', figure, value, unit, reference, reference_value: referenceValue, ratio }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/**
 * How fast and how large an import is, into an empty database of its own. `rows_per_s`: against COPY of the very rows that
 * the import made, into the same emptied tables with all their constraints. `peak_mb_…`: most memory that the importing
 * process ever held, against the most it may. `xlsx_…`: the same of a workbook, its worker included, against csv.
 */
export async function run(): Promise<void> {
  const [, , , job, file] = process.argv
  if (job === 'import' && file) return importInChild(file)
  const folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  await chmod(folder, 0o777) // PostgreSQL does not run as root, and has to get in and write
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), DATABASE_URL: '', SEED: 'none', LOG_LEVEL: 'silent' }
  const embedded = await startEmbedded({ dataDir: env.DATA_DIR })
  const sql = postgres(embedded.url, { max: 1, onnotice: () => {} })
  try {
    await addAcademies(folder, env)
    const [small, large] = [join(folder, 'small.csv'), join(folder, 'large.csv')]
    await writeLedger(small, ROWS)
    await writeLedger(large, ROWS * 3)
    say(`importing ${ROWS} rows`)
    const first = await childImport(small, env)
    say(`copying the same rows`)
    const copied = await copyAgain(sql, folder)
    print(
      'rows_per_s',
      Math.round(ROWS / first.seconds),
      'rows/s',
      'COPY of the prepared rows',
      Math.round(ROWS / copied),
    )
    print('peak_mb_100k', first.megabytes, 'MB', 'limit', MOST_MB)
    await sql`truncate ${sql(TABLES[0]!)}, ${sql(TABLES[1]!)} cascade`
    say(`importing ${ROWS * 3} rows`)
    const second = await childImport(large, env)
    print('peak_mb_300k', second.megabytes, 'MB', 'limit', MOST_MB)
    say(`${Math.round((ROWS * 3) / second.seconds)} rows/s`)
    await sql`truncate ${sql(TABLES[0]!)}, ${sql(TABLES[1]!)} cascade`
    say(`importing ${WORKBOOK_ROWS} rows of a workbook`)
    const book = join(folder, 'ledger.xlsx')
    await writeLedgerWorkbook(book, WORKBOOK_ROWS)
    const third = await childImport(book, env)
    const csvRate = Math.round(ROWS / first.seconds)
    print('xlsx_rows_per_s', Math.round(WORKBOOK_ROWS / third.seconds), 'rows/s', 'rows/s of csv', csvRate)
    print('xlsx_peak_mb', third.megabytes, 'MB', 'limit', MOST_MB)
  } finally {
    await sql.end({ timeout: 5 })
    await embedded.release()
    await rm(folder, { recursive: true, force: true })
  }
}

async function addAcademies(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const file = join(folder, 'academies.csv')
  const rows = Array.from(
    { length: ACADEMIES },
    (_, n) => `${academyCode(n)},测试工匠学院${n},产业,440300,测试产业工会,2024,2026`,
  )
  await writeFile(file, `学院代码,学院名称,学院类型,城市代码,推荐工会,省级认定起,省级认定止\n${rows.join('\n')}\n`)
  await child([join(programs, 'cli.js'), 'academies:import', file], env)
}

const programs = dirname(fileURLToPath(import.meta.url))

/** Runs a program of the build; what it printed. @throws where it failed. */
function child(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    started.stdout.on('data', (chunk) => {
      said += chunk
    })
    started.on('close', (status) =>
      status === 0 ? resolve(said) : reject(new Error(`exit ${status}: ${said.slice(0, 2000)}`)),
    )
  })
}

type Measured = { seconds: number; megabytes: number }

async function childImport(file: string, env: NodeJS.ProcessEnv): Promise<Measured> {
  return JSON.parse(await child([join(programs, 'bench.js'), 'ledger', 'import', file], env)) as Measured
}

/** The child: the same path as `ledger:import`, timed without starting up; its memory with it. */
async function importInChild(file: string): Promise<void> {
  const booted = await boot({ name: 'jiangxuetang-bench' })
  try {
    const from = performance.now()
    const outcome = await importFile(file, {
      dryRun: false,
      validOnly: false,
      onlyAcademyId: null,
      accountId: null,
      now: new Date(),
    })
    const seconds = (performance.now() - from) / 1000
    if (outcome.created !== outcome.rows)
      throw new Error(`rows were refused: ${JSON.stringify(outcome.errors.slice(0, 3))}`)
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1000)
    process.stdout.write(JSON.stringify({ seconds, megabytes }))
  } finally {
    await booted.release()
  }
}

/** Copies the rows out, empties the tables, and times COPY of them back in, in one transaction. Seconds. */
async function copyAgain(sql: postgres.Sql, folder: string): Promise<number> {
  const files = TABLES.map((table) => ({ table, file: join(folder, `${table}.copy`) }))
  // By the server itself: the driver's COPY TO STDOUT can stay paused behind its last row.
  for (const { table, file } of files) {
    await sql`select set_config('bench.table', ${table}, false), set_config('bench.file', ${file}, false)`
    await sql`do $$ begin
      execute format('copy %I to %L', current_setting('bench.table'), current_setting('bench.file')); end $$`
  }
  await sql`truncate class, person cascade`
  let copying = 0
  await sql.begin(async (tx) => {
    for (const { table, file } of files) {
      const from = performance.now()
      await pipeline(createReadStream(file), await tx`copy ${tx(table)} from stdin`.writable())
      copying += performance.now() - from
      // Emptied tables have no statistics, and without them the triggers of the next one look through everything. Not counted.
      await tx`analyze ${tx(table)}`
    }
  })
  return copying / 1000
}
