/** npm passes Ctrl-C on to a process that the terminal has already told: the same one, twice within moments. */
const ECHO_MS = 800

/**
 * SIGINT and SIGTERM stop the process: the first gracefully, a second one at once. `stop` may be called before the start
 * has finished. The exit status is 0 after a graceful stop that was asked for.
 */
export function stopOnSignals(handlers: { stop: () => Promise<void>; stopNow: () => void }): void {
  let since = 0
  const onSignal = (signal: NodeJS.Signals) => {
    if (since === 0) {
      since = Date.now()
      handlers.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
          handlers.stopNow()
          process.exit(1)
        },
      )
    } else if (Date.now() - since > ECHO_MS) {
      handlers.stopNow()
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  // A closed terminal.
  process.on('SIGHUP', onSignal)
}
