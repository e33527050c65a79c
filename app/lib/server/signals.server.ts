/** npm passes Ctrl-C on to a process that the terminal has already told: the same one, twice within moments. */
const ECHO_MS = 800
const PARENT_CHECK_MS = 500

export type StopHandlers = {
  /** Gracefully. May be called before the start has finished. */
  stop: () => Promise<void>
  /** Without waiting. */
  stopNow: () => void
  /** The exit status after a graceful stop; by default 0, since it was asked for. */
  status?: number
}

/**
 * SIGINT, SIGTERM and SIGHUP (a closed terminal) stop the process: the first gracefully, a second one at once. So does the
 * end of the npm that started it: a shell between the two does not always pass its signals on.
 */
export function stopOnSignals({ stop, stopNow, status = 0 }: StopHandlers): void {
  let since = 0
  const onSignal = (signal: NodeJS.Signals) => {
    if (since === 0) {
      since = Date.now()
      stop().then(
        () => process.exit(status),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
          stopNow()
          process.exit(1)
        },
      )
    } else if (Date.now() - since > ECHO_MS) {
      stopNow()
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onSignal('SIGTERM')
  }, PARENT_CHECK_MS)
  watch.unref()
}
