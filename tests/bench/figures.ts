import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listPersons } from '#app/features/figures/behind.server.ts'
import { recountAll } from '#app/features/figures/commands.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import { prepareReference } from '#app/features/ops/prepare.server.ts'
import { boot } from '#app/lib/boot.server.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { startEmbedded } from '#db/embedded.server.ts'
import { makeFacts, sealDocuments, YEAR } from './figures-facts.ts'

/** Enrolments of the year; `FIGURES_MOST` leaves the larger ones out, for a quick look. */
const SIZES = [
  ['10k', 10_000],
  ['100k', 100_000],
  ['1m', 1_000_000],
] as const
const MOST = Number(process.env.FIGURES_MOST ?? 1_000_000)
const TODAY = `${YEAR}-11-20`
const REPEATS = 40
/** Figures whose first page is opened: of many and of few persons. The slowest is told. */
const PAGES = [
  'trained',
  'practical_times',
  'assessed',
  'certified',
  'improved',
  'improved_undeclared',
  'awaiting',
] as const

const say = (text: string) => process.stderr.write(`${text}\n`)

/**
 * How long the database takes for the overview of a year and the persons behind a figure, at 10,000, 100,000 and 1,000,000
 * enrolments of that year, 72 academies, fresh tallies; the median of 40, transaction included, against the round trip of
 * `SELECT 1` in one. `rebuild_s_…`: counting every tally from the facts.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  const env = readEnv({ ...process.env, DATA_DIR: folder, DATABASE_URL: '', SEED: 'none', LOG_LEVEL: 'warn' })
  const booted = await boot({ name: 'jiangxuetang-bench', env })
  const embedded = await startEmbedded({ dataDir: env.dataDir })
  const owner = postgres(embedded.url, { max: 1, onnotice: () => {} })
  try {
    await prepareReference()
    for (const [size, enrolments] of SIZES) if (enrolments <= MOST) await measure(owner, size, enrolments)
  } finally {
    await owner.end({ timeout: 5 })
    await booted.release()
    await embedded.release()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(owner: postgres.Sql, size: string, enrolments: number): Promise<void> {
  say(`${enrolments} enrolments`)
  await makeFacts(owner, enrolments)
  const [academy] = await owner<{ id: string }[]>`select id from academy order by id limit 1`
  await sealDocuments(owner, academy!.id)

  if (process.env.FIGURES_LIVE) {
    const from = performance.now()
    await overview()
    say(`counted live in ${Math.round(performance.now() - from)} ms`)
  }
  const from = performance.now()
  await recountAll({ onlyStale: false, isPatient: true, onYear: (done) => say(JSON.stringify(done)) })
  const rebuilt = (performance.now() - from) / 1000
  await owner`vacuum analyze`

  const roundTrip = await median(() => as(system('figures'), (tx) => tx.execute(sql`select 1`)))
  print(`province_ms_${size}`, await median(overview), 'ms', 'SELECT 1', roundTrip)
  let slowest = 0
  for (const figure of PAGES) {
    const took = await median(() =>
      as(system('figures'), (tx) =>
        listPersons(tx, { academyId: academy!.id, year: YEAR, today: TODAY, figure, after: null, sight: 'elsewhere' }),
      ),
    )
    say(`first page behind ${figure}: ${took.toFixed(1)} ms`)
    slowest = Math.max(slowest, took)
  }
  print(`persons_page_ms_${size}`, slowest, 'ms', 'SELECT 1', roundTrip)
  print(`rebuild_s_${size}`, rebuilt, 's', 'rows per second', Math.round((enrolments * 1.2) / rebuilt))
}

const overview = () => as(system('figures'), (tx) => figuresOf(tx, { year: YEAR, today: TODAY }))

async function median(work: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < REPEATS / 4; i++) await work()
  const took: number[] = []
  for (let i = 0; i < REPEATS; i++) {
    const from = performance.now()
    await work()
    took.push(performance.now() - from)
  }
  return took.sort((one, other) => one - other)[REPEATS / 2]!
}

function print(figure: string, value: number, unit: string, reference: string, referenceValue: number): void {
  const rounded = (number: number) => Math.round(number * 100) / 100
  const line = {
    bench: 'figures',
    figure,
    value: rounded(value),
    unit,
    reference,
    reference_value: rounded(referenceValue),
  }
  process.stdout.write(`${JSON.stringify({ ...line, ratio: rounded(value / referenceValue) })}\n`)
}
