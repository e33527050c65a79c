/** Writes come in bursts: how long after one that was noticed the recount begins. */
const SOON_MS = 200

/** The keeper of the tallies in this process: refresh.server.ts. */
export type Keeper = {
  /** Recounts what is stale; never throws. */
  work: () => Promise<void>
  timer: NodeJS.Timeout | null
  running: Promise<void> | null
  isAskedAgain: boolean
  isStopping: boolean
}

/** The server's bundle and the pages' each evaluate this module: what they share lies under a global symbol. */
const KEY = Symbol.for('jiangxuetang.figures')
const shared = globalThis as { [KEY]?: Keeper }

export function setKeeper(keeper: Keeper | null): void {
  if (keeper) shared[KEY] = keeper
  else delete shared[KEY]
}

/** Asks for stale tallies to be recounted in the background; does nothing where the process does not keep them. */
export function refreshSoon(): void {
  const keeper = shared[KEY]
  if (!keeper || keeper.isStopping || keeper.timer) return
  if (keeper.running) {
    keeper.isAskedAgain = true
    return
  }
  keeper.timer = setTimeout(() => {
    keeper.timer = null
    keeper.running = keeper.work().finally(() => {
      keeper.running = null
      if (!keeper.isAskedAgain) return
      keeper.isAskedAgain = false
      refreshSoon()
    })
  }, SOON_MS)
  keeper.timer.unref()
}
