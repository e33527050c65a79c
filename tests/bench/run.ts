/**
 * `npm run bench -- NAME`: runs one bench, which prints a line of JSON per figure on stdout:
 * `{bench, figure, value, unit, reference, reference_value, ratio}`. Progress goes to stderr. `npm run bench -- learn PART …`
 * (also `seats`) measures those parts of it alone.
 */
const BENCHES: Record<string, () => Promise<{ run(parts: readonly string[]): Promise<void> }>> = {
  figures: () => import('./figures.ts'),
  learn: () => import('./learn.ts'),
  ledger: () => import('./ledger.ts'),
  pages: () => import('./pages.ts'),
  seats: () => import('./seats.ts'),
}

const wanted = process.argv[2] ?? ''
const load = BENCHES[wanted]
if (!load) {
  process.stderr.write(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}\n`)
  process.exit(2)
}
const { run } = await load()
await run(process.argv.slice(3))

export {}
