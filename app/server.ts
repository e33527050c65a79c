import { realpathSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { readiness } from '#db/ready.server.ts'
import { asViewer } from './features/accounts/pages.server.ts'
import { largestSending } from './features/attendance/sent.ts'
import { largestStream as largestDocument } from './features/classfile/parts.ts'
import { keepHeartbeats } from './features/courses/heartbeats.server.ts'
import { largestForm } from './features/courses/lesson-time.ts'
import { keepTalliesFresh } from './features/figures/refresh.server.ts'
import { largestStream as largestLedger } from './features/ledger/upload.ts'
import { largestStream as largestMaterial } from './features/materials/rules.ts'
import { type DemoAccount, prepareDemo } from './features/ops/demo.server.ts'
import { loadDemoBehind } from './features/ops/demo-loading.server.ts'
import { prepareContent, prepareReference } from './features/ops/prepare.server.ts'
import { startQueues } from './features/ops/queues.server.ts'
import { type Booted, boot } from './lib/boot.server.ts'
import { assertDemoIsQuiet } from './lib/channel-settings.server.ts'
import { readEnv } from './lib/env.server.ts'
import type { Logger } from './lib/logger.server.ts'
import { loadFiles } from './lib/server/files.server.ts'
import { assertPortIsFree, drain, listen, makeServer } from './lib/server/listen.server.ts'
import { handlePages } from './lib/server/pages.server.ts'
import { explain, shellLocale } from './lib/server/shell.server.ts'
import { stopOnSignals } from './lib/server/signals.server.ts'
import { type Middleware, makeSite } from './lib/server/site.server.ts'
import { alignColumns } from './lib/server/table.ts'
import { words } from './lib/server/words.ts'

/** Development: Vite makes the pages from their sources, and tells browsers about changes over the server's own port. */
type OpenVite = (server: Server) => Promise<{
  middlewares: Middleware
  loadBuild: () => Promise<ServerBuild>
  close: () => Promise<void>
}>

/** The project's folder: sources in app/ and bundles in build/ both lie one below it. */
const root = fileURLToPath(new URL('..', import.meta.url))
/** How long requests may take to finish once a stop was asked for. */
const DRAIN_MS = 5000

const locale = shellLocale()
const w = words[locale]
const print = (text: string) => process.stdout.write(`${text}\n`)
const say = (text: string) => process.stderr.write(`${text}\n`)

/**
 * Runs the product: settings, keys, database, migrations, reference data, courses, the demo the first time, then the
 * site; behind it, the many rows of the demo.
 * Where the machine or the settings stand in the way the process ends with one sentence, not a stack trace.
 */
export async function main({ openVite }: { openVite?: OpenVite } = {}): Promise<void> {
  const closers: (() => Promise<unknown>)[] = []
  let isStopping = false
  let stopNow = () => {}
  let stopping: Promise<void> | undefined
  const stop = () => {
    isStopping = true
    stopping ??= (async () => {
      for (const close of closers.reverse()) await close()
    })()
    return stopping
  }
  stopOnSignals({
    stop: () => {
      // The bar of a demo that is loading stands in this line.
      say(`${process.stderr.isTTY ? '\r\x1b[K' : ''}${w.stopping}`)
      return stop()
    },
    stopNow: () => stopNow(),
  })

  try {
    const env = readEnv()
    await assertPortIsFree(env)
    const booting = boot({ name: 'jiangxuetang', env, log: say })
    // A stop in the middle of it waits until there is something to take down.
    closers.push(() => booting.then((booted) => booted.release()).catch(() => undefined))
    const booted = await booting
    stopNow = booted.releaseNow
    stopOnBugs(booted.runtime.logger, stop)
    const accounts = isStopping ? [] : await prepare(booted)
    if (isStopping) return
    assertDemoIsQuiet(env, accounts.length > 0)

    const sends = Boolean(env.sms || env.mail)
    closers.push(startQueues({ logger: booted.runtime.logger, sends }))
    // Stopped when no request can come any more: what they told is then written.
    closers.push(keepHeartbeats())

    const server = makeServer((incoming, outgoing) => site(incoming, outgoing))
    const vite = await openVite?.(server)
    if (vite) closers.push(vite.close)
    const site = makeSite({
      logger: booted.runtime.logger,
      trustProxy: env.trustProxy,
      files: vite ? new Map() : loadFiles(join(root, 'build/pages/client')),
      respond: asViewer(vite ? createRequestHandler(vite.loadBuild, 'development') : handlePages(await loadBuild())),
      largestStream: (path) => largestLedger(path) ?? largestDocument(path) ?? largestMaterial(path),
      largestForm: (path) => largestForm(path) ?? largestSending(path),
      isReady: () => readiness(booted.runtime.pool),
      isStopping: () => isStopping,
      development: vite?.middlewares,
    })
    closers.push(() => drain(server, DRAIN_MS))
    announce(await listen(server, env), accounts)
    // Kept fresh from then on: while a whole province comes in, every recount would be in vain.
    const whenDone = () => closers.push(keepTalliesFresh())
    if (accounts.length === 0) whenDone()
    else closers.push(loadDemoBehind({ logger: booted.runtime.logger, locale, whenDone }))
  } catch (error) {
    if (isStopping) return
    say(explain(error, locale))
    await stop().catch(stopNow)
    process.exit(1)
  }
}

async function loadBuild(): Promise<ServerBuild> {
  return import(pathToFileURL(join(root, 'build/pages/server/index.js')).href)
}

/** What the installation holds before anyone comes. */
async function prepare({ runtime: { env }, isEmbedded, notes }: Booted): Promise<DemoAccount[]> {
  for (const note of notes) say(note)
  await prepareReference()
  for (const problem of await prepareContent(join(root, 'content'))) say(problem)
  return isEmbedded && env.seed !== 'none' ? prepareDemo({ log: say, kind: env.seed }) : []
}

function announce(url: string, accounts: readonly DemoAccount[]): void {
  print(`\n${w.ready(url)}`)
  if (accounts.length > 0) {
    const { role, login, password, about } = w.account
    const rows = accounts.map((account) => [account.role, account.login, account.password, account.about])
    print(`\n${w.demoAccounts}\n${alignColumns([[role, login, password, about], ...rows])}`)
  }
  print(`\n${w.stopHint}`)
}

/** A promise that nobody waited for is logged; after an error that nobody caught no state can be trusted. */
function stopOnBugs(logger: Logger, stop: () => Promise<void>): void {
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'a promise failed unattended'))
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'stopping after an error that nobody caught')
    stop().finally(() => process.exit(1))
  })
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
