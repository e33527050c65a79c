import { shanghaiDate } from '#app/lib/calendar.ts'
import { DEFAULT_LOCALE } from '#app/lib/i18n.ts'
import { inLanes } from '#app/lib/lanes.ts'
import { system } from '../accounts/actor.ts'
import { as } from '../accounts/as.server.ts'
import { Overtaken, type Recount, recountYear } from './recount.server.ts'
import type { Output } from './report.server.ts'
import { reportWords } from './report-words.ts'
import { yearsToCount } from './years.server.ts'

export type RecountedYear = { year: number; academies: number; seconds: number }

/** Years at a time: as many as the smallest machine has cores. */
const LANES = 2

/**
 * Recounts the tallies of every year, each in a transaction of its own, the latest years first.
 * @param input.onlyStale leaves those alone that are fresh.
 * @param input.isPatient waits for whoever is writing or recounting, up to ten minutes; else leaves their year to them.
 * @param input.onYear told of each year when it is done; what it throws ends the recount.
 * @throws Overtaken where writers took longer than the patience; years that were under way are finished.
 */
export async function recountAll({
  onlyStale,
  isPatient,
  onYear,
}: Pick<Recount, 'onlyStale' | 'isPatient'> & { onYear?: (done: RecountedYear) => void }): Promise<void> {
  const years = await as(system('figures'), (tx) => yearsToCount(tx, { now: new Date(), onlyKnown: onlyStale }))
  await inLanes(years, LANES, async (year) => {
    const now = new Date()
    const asked = { year, today: shanghaiDate(now), now, onlyStale, isPatient }
    const done = await as(system('figures'), (tx) => recountYear(tx, asked))
    onYear?.({ year, academies: done?.academies ?? 0, seconds: (Date.now() - now.getTime()) / 1000 })
  })
}

/**
 * `figures:rebuild [--stale]`: counts every academy's years from the facts again; a line of JSON per year with how many
 * academies were counted. Exit status 2 where the command was not understood.
 */
export async function figuresRebuild(argv: readonly string[], output: Output = process): Promise<number> {
  if (argv.some((argument) => argument !== '--stale')) {
    output.stderr.write(`${reportWords[DEFAULT_LOCALE].usageRebuild}\n`)
    return 2
  }
  await recountAll({
    onlyStale: argv.includes('--stale'),
    isPatient: true,
    onYear: (year) => output.stdout.write(`${JSON.stringify(year)}\n`),
  })
  return 0
}

/**
 * A shell command that writes facts, and then the recount of what it made stale. The recount has transactions of its own: where
 * one fails, what the command did stays done, and figures are counted live until a later one.
 */
export function thenRecount(
  command: (argv: string[]) => Promise<number>,
  output: Pick<Output, 'stderr'> = process,
): (argv: string[]) => Promise<number> {
  return async (argv) => {
    const status = await command(argv)
    try {
      await recountAll({ onlyStale: true, isPatient: false })
    } catch (error) {
      if (!(error instanceof Overtaken)) output.stderr.write(`${reportWords[DEFAULT_LOCALE].recountFailed}\n`)
    }
    return status
  }
}
