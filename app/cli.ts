import { boot } from './lib/boot.server.ts'
import { explain, shellLocale } from './lib/server/shell.server.ts'
import { stopOnSignals } from './lib/server/signals.server.ts'

/**
 * The same features from a shell. Every command works right after `npm ci`, without a site running and beside one; results
 * go to stdout, progress and refusals to stderr. A handler returns the exit status: 0, or 1 where something was refused.
 */
type Handler = (argv: string[]) => Promise<number>

type Command = {
  use: string
  about: string
  load: () => Promise<Handler>
  /** Works on files alone: no database is started for it. */
  isOffline?: boolean
}

const COMMANDS: Record<string, Command> = {
  'academies:import': {
    use: 'FILE',
    about: 'academies, sponsors and designations from a table (csv)',
    load: async () => (await import('./features/academies/import.server.ts')).academiesImport,
  },
  'brands:import': {
    use: 'FILE',
    about: 'featured-trade brands from a table (csv)',
    load: async () => (await import('./features/academies/import-brands.server.ts')).brandsImport,
  },
  'occupations:import': {
    use: 'FILE',
    about: 'occupations from a table (csv)',
    load: async () => (await import('./features/occupations/import.server.ts')).occupationsImport,
  },
  'calendar:import': {
    use: 'FILE',
    about: 'public holidays and worked weekend days, whole years (csv, json): year, day, until, kind, name, source',
    load: async () => {
      const { followCalendar } = await import('./features/training/days-changed.server.ts')
      return (await import('./features/policy/import-calendar.server.ts')).calendarImport(followCalendar)
    },
  },
  'accounts:create': {
    use: '--role ROLE [--academy CODE] [--union NAME] --login NAME [--name NAME]',
    about: 'an account for staff; the password on stdin',
    load: async () => (await import('./features/accounts/commands.server.ts')).accountsCreate,
  },
  'accounts:password': {
    use: '--login NAME',
    about: 'a new password, on stdin; ends the account’s sessions',
    load: async () => (await import('./features/accounts/commands.server.ts')).accountsPassword,
  },
  'ledger:import': {
    use: 'FILE… [--dry-run] [--valid-only] [--rejected FILE.xlsx]',
    about: 'ledgers (xlsx, csv), every row checked; one line of JSON per file',
    load: async () => thenRecount((await import('./features/ledger/commands.server.ts')).ledgerImport),
  },
  'ledger:imports': {
    use: '',
    about: 'the imports so far, newest first',
    load: async () => (await import('./features/ledger/commands.server.ts')).ledgerImports,
  },
  'ledger:undo': {
    use: 'IMPORT_ID',
    about: 'takes an import back, while nothing has built on it',
    load: async () => thenRecount((await import('./features/ledger/commands.server.ts')).ledgerUndo),
  },
  'ledger:export': {
    use: '--out FILE.xlsx|FILE.csv [--academy CODE] [--year YEAR] [--class CODE]',
    about: 'the ledger with full numbers, as it imports again unchanged',
    load: async () => (await import('./features/ledger/export-commands.server.ts')).ledgerExport,
  },
  'ledger:template': {
    use: '--out FILE.xlsx [--academy CODE]',
    about: 'the template of the ledger',
    load: async () => (await import('./features/ledger/export-commands.server.ts')).ledgerTemplateFile,
  },
  'compliance:report': {
    use: '--year YEAR [--academy CODE] [--format table|csv|json|xlsx]',
    about: 'the five indicators of every academy',
    load: async () => (await import('./features/figures/report.server.ts')).complianceReport,
  },
  'figures:rebuild': {
    use: '[--stale]',
    about: 'counts every figure from the records again (or only what changed); a line of JSON per year',
    load: async () => (await import('./features/figures/commands.server.ts')).figuresRebuild,
  },
  'content:check': {
    use: '[COURSE…] [--dir DIR] [--json] [--lang zh-CN|en]',
    about: 'checks courses for their authors: what is wrong, what is poor, and how to write it; publishes nothing',
    load: async () => (await import('./features/courses/content-check.server.ts')).contentCheck,
    isOffline: true,
  },
  'content:publish': {
    use: '[--dir DIR]',
    about: 'publishes the courses of content/courses, and the manual beside them',
    load: async () => (await import('./features/courses/content-publish.server.ts')).contentPublish,
  },
}

/** What writes records leaves fresh tallies behind. */
async function thenRecount(command: Handler): Promise<Handler> {
  return (await import('./features/figures/commands.server.ts')).thenRecount(command)
}

/** Asked to stop: what fails from then on fails for that reason, and is not told. */
let isStopping = false

async function main([name = '', ...argv]: string[]): Promise<number> {
  const command = COMMANDS[name]
  if (!command || argv.includes('--help')) {
    process.stderr.write(usage(name))
    return command ? 0 : 2
  }
  if (command.isOffline) return (await command.load())(argv)
  const booting = boot({ name: 'jiangxuetang-cli', log: say })
  let leaveNow = () => {}
  const stop = () => {
    isStopping = true
    return booting.then((begun) => begun.release())
  }
  stopOnSignals({ stop, stopNow: () => leaveNow(), status: 130 })
  const booted = await booting
  leaveNow = booted.releaseNow
  try {
    for (const note of booted.notes) say(note)
    const { prepareReference } = await import('./features/ops/prepare.server.ts')
    await prepareReference()
    const handler = await command.load()
    return await handler(argv)
  } finally {
    await booted.release()
  }
}

function usage(name: string): string {
  const named = COMMANDS[name] ? [[name, COMMANDS[name]] as const] : Object.entries(COMMANDS)
  return `${named.map(([key, { use, about }]) => `npm run ${key} -- ${use}\n    ${about}`).join('\n')}\n`
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    if (isStopping) return
    say(explain(error, shellLocale()))
    process.exitCode = 1
  },
)
