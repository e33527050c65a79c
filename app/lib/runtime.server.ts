import type { Pool } from '#db/client.server.ts'
import type { Env } from './env.server.ts'
import type { Keys } from './keys.server.ts'
import type { Logger } from './logger.server.ts'

/** What a process has one of. Its entry (server, cli, test) makes it; features ask {@link runtime} for it. */
export type Runtime = {
  /** Under the app's login, which is neither owner nor superuser. */
  pool: Pool
  keys: Keys
  logger: Logger
  env: Env
}

/** The server's bundle and the Remix build each evaluate this module: what they share lies under a global symbol. */
const KEY = Symbol.for('jiangxuetang')
const shared = globalThis as { [KEY]?: Runtime }

export function setRuntime(value: Runtime): Runtime {
  shared[KEY] = value
  return value
}

export function runtime(): Runtime {
  const value = shared[KEY]
  if (!value) throw new Error('the runtime is not there yet: the entry of the process calls setRuntime first')
  return value
}
