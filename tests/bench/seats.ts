import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hangUp } from './page-load.ts'
import { measureCommands } from './seats-commands.ts'
import { killUnderLoad } from './seats-faults.ts'
import { measureHttp } from './seats-http.ts'
import { makeSeatsWorld } from './seats-world.ts'
import { type Figure, printFigure, startHello, startServer, stop } from './servers.ts'

/** Kills of the product and its database under load. */
const KILLS = 20

const PARTS = ['http', 'commands', 'faults']

/**
 * `npm run bench -- seats [PART …]`: how fast seats go, in one hot class, in a full one and over many, and workers into a session
 * (`http`); whether ever one seat too many goes (`commands`); whether anything acknowledged is lost where the product or its
 * database is killed (`faults`). 2,000 workers, the product with its own database, the load from this process on the same
 * machine. Linux only.
 */
export async function run(parts: readonly string[]): Promise<void> {
  const wanted = parts.length === 0 ? PARTS : parts
  const tell = (figure: Omit<Figure, 'bench'>) => printFigure({ bench: 'seats', ...figure })
  if (wanted.includes('http') || wanted.includes('commands')) await measureSpeed(wanted, tell)
  if (wanted.includes('faults')) await measureFaults(tell)
}

async function measureSpeed(wanted: readonly string[], tell: (figure: Omit<Figure, 'bench'>) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  const site = await startServer({ DATA_DIR: dataDir, SEED: 'none' })
  const hello = await startHello()
  try {
    const world = await makeSeatsWorld(dataDir)
    if (wanted.includes('http')) await measureHttp({ site, hello, dataDir, world, tell })
    if (wanted.includes('commands')) for (const figure of await measureCommands({ dataDir, world })) tell(figure)
  } finally {
    hangUp()
    await Promise.all([stop(site.child), stop(hello.child)])
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measureFaults(tell: (figure: Omit<Figure, 'bench'>) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  try {
    const { rounds, acknowledged, lost, oversold } = await killUnderLoad({ dataDir, rounds: KILLS })
    const none = { reference: 'none', measured: 1 }
    tell({ figure: 'kills', value: rounds, unit: 'kills under load', ...none })
    tell({ figure: 'acknowledged_lost', value: lost, unit: `of ${acknowledged} seats and check-ins`, ...none })
    tell({ figure: 'oversold_after_kill', value: oversold, unit: 'seats', ...none })
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
