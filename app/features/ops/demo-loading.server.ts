import { setTimeout as sleep } from 'node:timers/promises'
import type { Locale } from '#app/lib/i18n.ts'
import type { Logger } from '#app/lib/logger.server.ts'
import { progressBar } from '#app/lib/server/progress-bar.ts'
import { loadDemo } from './demo.server.ts'
import { words } from './words.ts'

/** Of the first rows nobody can tell how long the others will take. */
const TELLS_TIME_AFTER_MS = 3000

/** How long a stop waits: an import that is being written ends by then, a recount is cut off. */
const STOP_MS = 3000

/**
 * Loads what the demo still lacks while the site answers, with a progress bar on stderr.
 * @returns stops it, within some seconds; what was cut off comes in at the next start.
 */
export function loadDemoBehind({
  logger,
  locale,
  whenDone,
}: {
  logger: Logger
  locale: Locale
  /** Called unless it was stopped, also where there was nothing to load. */
  whenDone: () => void
}): () => Promise<unknown> {
  const w = words[locale]
  const bar = progressBar(process.stderr, w.demo)
  const stopping = new AbortController()
  const began = Date.now()
  const number = (count: number) => Math.round(count).toLocaleString('en-US')
  let first: number | null = null

  const loading = loadDemo({
    signal: stopping.signal,
    progress: ({ rows, of }) => {
      first ??= rows
      const elapsed = Date.now() - began
      const left = (elapsed * (of - rows)) / Math.max(1, rows - first) / 1000
      const isKnown = elapsed > TELLS_TIME_AFTER_MS && rows > first
      const time = isKnown ? ` · ${w.secondsLeft(Math.ceil(left))}` : ''
      bar.update(rows / of, w.demoRows(number(rows), number(of)) + time)
    },
  }).then(
    (wasMissing) => {
      if (wasMissing) bar.end(w.demoLoaded(Math.round((Date.now() - began) / 1000)))
    },
    (error: unknown) => {
      bar.end(stopping.signal.aborted ? null : w.demoFailed)
      if (!stopping.signal.aborted) logger.error({ err: error }, 'the demo could not be loaded')
    },
  )
  loading.then(() => stopping.signal.aborted || whenDone())
  return () => {
    stopping.abort()
    return Promise.race([loading, sleep(STOP_MS, null, { ref: false })])
  }
}
