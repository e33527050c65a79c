import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hangUp } from './page-load.ts'
import { measureCommands } from './seats-commands.ts'
import { measureHttp } from './seats-http.ts'
import { makeSeatsWorld } from './seats-world.ts'
import { type Figure, printFigure, startHello, startServer, stop } from './servers.ts'

/**
 * `npm run bench -- seats`: how fast seats go, in one hot class, in a full one and over many, and whether ever one too many
 * does. 2,000 workers, the product with its own database, the load from this process on the same machine. Linux only.
 */
export async function run(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jiangxuetang-bench-'))
  const site = await startServer({ DATA_DIR: dataDir, SEED: 'none' })
  const hello = await startHello()
  const tell = (figure: Omit<Figure, 'bench'>) => printFigure({ bench: 'seats', ...figure })
  try {
    const world = await makeSeatsWorld(dataDir)
    await measureHttp({ site, hello, world, tell })
    for (const figure of await measureCommands({ dataDir, world })) tell(figure)
  } finally {
    hangUp()
    await Promise.all([stop(site.child), stop(hello.child)])
    await rm(dataDir, { recursive: true, force: true })
  }
}
