import { openPool } from '#db/client.server.ts'
import { type Embedded, startEmbedded } from '#db/embedded.server.ts'
import { migrate } from '#db/migrate.server.ts'
import { type Env, readEnv } from './env.server.ts'
import { databasePassword, readKeys } from './keys.server.ts'
import { makeLogger } from './logger.server.ts'
import { type Runtime, setRuntime } from './runtime.server.ts'

export type Booted = {
  runtime: Runtime
  /** What the operator should know: English sentences. */
  notes: string[]
  /** True for the database that comes with the product: the only one that ever gets demo data. */
  isEmbedded: boolean
  /** Closes the pool and leaves the database; the last process out stops the embedded one. */
  release(): Promise<void>
  /** The same without waiting, for a second Ctrl-C. */
  releaseNow(): void
}

/**
 * What the server and the command line begin with: settings, keys, the database (embedded, or that of DATABASE_URL), its
 * migrations, the pool under the app's login. Sets the process's runtime.
 * @throws StartError with one sentence for the operator.
 */
export async function boot(options: { name: string; log?: (line: string) => void; env?: Env }): Promise<Booted> {
  const env = options.env ?? readEnv()
  const logger = makeLogger(env.logLevel)
  const keys = await readKeys(env)
  const embedded = env.databaseUrl ? null : await startEmbedded({ dataDir: env.dataDir, log: options.log })
  try {
    const ownerUrl = env.databaseUrl ?? embedded!.url
    const role = `${new URL(ownerUrl).pathname.slice(1)}_app`
    const login = { role, password: databasePassword(keys) }
    const { appUrl } = await migrate({ ownerUrl, appUrl: env.databaseAppUrl, login })
    const pool = openPool(appUrl, { name: options.name, socket: embedded?.socket })
    const runtime = setRuntime({ pool, keys, logger, env })
    return { runtime, notes: embedded?.notes ?? [], isEmbedded: embedded !== null, ...leaving(runtime, embedded) }
  } catch (error) {
    await embedded?.release()
    throw error
  }
}

function leaving(runtime: Runtime, embedded: Embedded | null): Pick<Booted, 'release' | 'releaseNow'> {
  return {
    release: async () => {
      await runtime.pool.end({ timeout: 5 })
      await embedded?.release()
    },
    releaseNow: () => embedded?.releaseNow(),
  }
}
