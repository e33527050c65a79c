import postgres from 'postgres'
import { boot } from '#app/lib/boot.server.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { startEmbedded } from '#db/embedded.server.ts'

/**
 * Fills the database of a running site, as its owner, with more than anybody would enter by hand. The process has the site's
 * keys and pool meanwhile.
 */
export async function asOwner<T>(dataDir: string, work: (owner: postgres.Sql) => Promise<T>): Promise<T> {
  const env = readEnv({ ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', SEED: 'none', LOG_LEVEL: 'silent' })
  const booted = await boot({ name: 'jiangxuetang-bench', env })
  const embedded = await startEmbedded({ dataDir })
  const owner = postgres(embedded.url, { max: 1, onnotice: () => {} })
  try {
    return await work(owner)
  } finally {
    await owner.end({ timeout: 5 })
    await booted.release()
    await embedded.release()
  }
}
