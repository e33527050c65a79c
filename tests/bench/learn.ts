import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureHeartbeats } from './learn-heartbeats.ts'
import { measurePages } from './learn-pages.ts'
import { measurePublish } from './learn-publish.ts'
import { measureSearch } from './learn-search.ts'
import { measureThousand } from './learn-thousand.ts'
import { measureWeight } from './learn-weight.ts'
import { hangUp } from './page-load.ts'
import { printFigure, type Running, startHello, startServer, stop } from './servers.ts'

/** What every figure of learning is measured on: the product with its courses and without a demo, and the reference. */
export type LearnWorld = { site: Running; hello: Running; dataDir: string }

export type LearnFigure = { figure: string; value: number; unit: string; reference: string; measured: number }

/** Each measures a few figures, one after the other: what fills the database comes last. */
const MEASURES: Record<string, (world: LearnWorld) => Promise<LearnFigure[]>> = {
  weight: measureWeight,
  pages: measurePages,
  publish: measurePublish,
  thousand: measureThousand,
  heartbeats: measureHeartbeats,
  search: measureSearch,
}

/** `npm run bench -- learn [PART …]`. Linux only: it reads /proc. */
export async function run(parts: readonly string[]): Promise<void> {
  const unknown = parts.find((part) => !(part in MEASURES))
  if (unknown) throw new Error(`learn has no part ${unknown}: ${Object.keys(MEASURES).join(', ')}`)
  const measures = Object.entries(MEASURES).filter(([part]) => parts.length === 0 || parts.includes(part))
  const dataDir = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  const site = await startServer({ DATA_DIR: dataDir, SEED: 'none' })
  const hello = await startHello()
  try {
    for (const [, measure] of measures)
      for (const figure of await measure({ site, hello, dataDir })) printFigure({ bench: 'learn', ...figure })
  } finally {
    hangUp()
    await Promise.all([stop(site.child), stop(hello.child)])
    await rm(dataDir, { recursive: true, force: true })
  }
}
