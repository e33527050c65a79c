/** How long what failed once rests before it is tried again; twice as long after each further failure. */
const FIRST_MS = 60_000
const MOST_MS = 60 * 60_000
/** What rested for the longest time and was not seen again is forgotten after it. */
const FORGOTTEN_MS = 24 * 60 * 60_000

/** Jobs that failed, by id: tried again later and later, and meanwhile out of the way of the others. */
export type SetAside = {
  /** Those that rest at this moment, lest they take the places of those that could be done. */
  resting: (now: number) => string[]
  /** It failed once more. */
  fail: (id: string, now: number) => void
  /** It was done. */
  done: (id: string) => void
}

/** In memory: after a restart, which may have mended what was wrong, each is tried at once. */
export function setAside(): SetAside {
  const failed = new Map<string, { times: number; until: number }>()
  return {
    resting: (now) => {
      for (const [id, { until }] of failed) if (until + FORGOTTEN_MS <= now) failed.delete(id)
      return [...failed].filter(([, { until }]) => until > now).map(([id]) => id)
    },
    fail: (id, now) => {
      const times = (failed.get(id)?.times ?? 0) + 1
      failed.set(id, { times, until: now + Math.min(FIRST_MS * 2 ** (times - 1), MOST_MS) })
    },
    done: (id) => {
      failed.delete(id)
    },
  }
}
