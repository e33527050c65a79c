import { useEffect, useSyncExternalStore } from 'react'

/** The shell of staff, as staff-shell.tsx has it. */
type Rail = Pick<typeof import('./staff-shell.tsx'), 'StaffShell'>

let rail: Rail | undefined
const waiting = new Set<() => void>()

/**
 * The rail comes with the first page that needs it: a worker's phone never loads it. The server has it from the start
 * (entry.server), a browser before it takes over a page of a desk (entry.client).
 */
export function provideRail(given: Rail): void {
  rail = given
  for (const tell of waiting) tell()
}

/** Loads it, once. @throws where it can't be had: the network is away. */
export async function loadRail(): Promise<void> {
  if (!rail) provideRail(await import('./staff-shell.tsx'))
}

/** Loads it where the next page may need it. A failure is nothing here: that page asks again. */
export function useRailSoon(isLikely: boolean): void {
  useEffect(() => {
    if (isLikely) loadRail().catch(() => undefined)
  }, [isLikely])
}

/** The rail; undefined until it is loaded. */
export function useRail(isNeeded: boolean): Rail | undefined {
  useRailSoon(isNeeded)
  return useSyncExternalStore(subscribe, current, current)
}

const current = () => rail

function subscribe(tell: () => void): () => void {
  waiting.add(tell)
  return () => waiting.delete(tell)
}
