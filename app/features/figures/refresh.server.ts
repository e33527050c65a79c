import { shanghaiDate } from '#app/lib/calendar.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { system } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { Overtaken, recountYear } from './recount.server.ts'
import { type Keeper, refreshSoon, setKeeper } from './refresh-soon.server.ts'
import { yearsToCount } from './years.server.ts'

/** How often the server looks for tallies that went stale unseen: by an import, from the shell, at midnight. */
const EVERY_MS = 60_000

/**
 * Lets this process keep the tallies fresh, in the background, one year at a time: the server's to call, once. Whoever had
 * to count live asks for it (`refreshSoon`); else it looks every minute.
 * @returns stops it: the year that is being counted is finished, no other begun.
 */
export function keepTalliesFresh(): () => Promise<void> {
  const keeper: Keeper = {
    work: () => recountStale(keeper),
    timer: null,
    running: null,
    isAskedAgain: false,
    isStopping: false,
  }
  setKeeper(keeper)
  const interval = setInterval(refreshSoon, EVERY_MS)
  interval.unref()
  refreshSoon()
  return async () => {
    keeper.isStopping = true
    clearInterval(interval)
    if (keeper.timer) clearTimeout(keeper.timer)
    setKeeper(null)
    await keeper.running
  }
}

/** Never throws: what fails is logged, and figures are counted live until a later recount. */
async function recountStale(keeper: Keeper): Promise<void> {
  try {
    const now = new Date()
    for (const year of await as(system('figures'), (tx) => yearsToCount(tx, { now, onlyKnown: true }))) {
      if (keeper.isStopping) return
      const asked = { year, today: shanghaiDate(now), now, onlyStale: true, isPatient: false }
      await as(system('figures'), (tx) => recountYear(tx, asked)).catch(unlessOvertaken)
    }
  } catch (error) {
    if (!keeper.isStopping) runtime().logger.error({ err: error }, 'the tallies could not be recounted')
  }
}

/** Somebody imports: the next look finds the same tallies stale. */
function unlessOvertaken(error: unknown): void {
  if (!(error instanceof Overtaken)) throw error
}
