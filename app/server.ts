import { realpathSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { readiness } from '#db/ready.server.ts'
import { type Found, findViewer, SESSION_COOKIE } from './features/accounts/lucia.server.ts'
import { dueSheets } from './features/attendance/due-sheets.server.ts'
import { largestSending } from './features/attendance/sent.ts'
import { largestStream as largestDocument } from './features/classfile/parts.ts'
import { strayDocuments } from './features/classfile/stray.server.ts'
import { dueAttempts } from './features/courses/due-attempts.server.ts'
import { keepHeartbeats } from './features/courses/heartbeats.server.ts'
import { largestForm } from './features/courses/lesson-time.ts'
import { keepTalliesFresh } from './features/figures/refresh.server.ts'
import { undoQueue } from './features/ledger/undo-jobs.server.ts'
import { largestStream as largestLedger } from './features/ledger/upload.ts'
import { readQueue, uploadQueue } from './features/ledger/upload-jobs.server.ts'
import { dueMaterials } from './features/materials/due-materials.server.ts'
import { dueReminders } from './features/materials/reminders.server.ts'
import { largestStream as largestMaterial } from './features/materials/rules.ts'
import { deliveries } from './features/notices/deliver.server.ts'
import { oldDeliveries } from './features/notices/old-deliveries.server.ts'
import { type DemoAccount, prepareDemo } from './features/ops/demo.server.ts'
import { loadDemoBehind } from './features/ops/demo-loading.server.ts'
import { prepareContent, prepareReference } from './features/ops/prepare.server.ts'
import { dueSeats } from './features/training/due-seats.server.ts'
import { type Booted, boot } from './lib/boot.server.ts'
import { assertDemoIsQuiet } from './lib/channel-settings.server.ts'
import { readEnv } from './lib/env.server.ts'
import { startWorker } from './lib/jobs.server.ts'
import type { LoadContext } from './lib/load-context.ts'
import type { Logger } from './lib/logger.server.ts'
import { loadFiles } from './lib/server/files.server.ts'
import { assertPortIsFree, drain, listen, makeServer } from './lib/server/listen.server.ts'
import { handlePages } from './lib/server/pages.server.ts'
import { share } from './lib/server/shared.server.ts'
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
/** How long a running job may, before it is given up and done again after the next start. */
const JOB_MS = 3000

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

    // A gateway that does not answer keeps nobody else waiting; two, so that one slow answer does not stop the rest.
    const sending = env.sms || env.mail ? [[deliveries], [deliveries]] : []
    const workers = [
      [readQueue],
      [
        uploadQueue,
        undoQueue,
        dueAttempts,
        dueSeats,
        dueSheets,
        dueMaterials,
        dueReminders,
        strayDocuments,
        oldDeliveries,
      ],
      ...sending,
    ].map((queues) => startWorker(queues, { logger: booted.runtime.logger }))
    closers.push(() => Promise.all(workers.map((worker) => worker.stop(JOB_MS))))
    // Stopped when no request can come any more: what they told is then written.
    closers.push(keepHeartbeats())

    const server = makeServer((incoming, outgoing) => site(incoming, outgoing))
    const vite = await openVite?.(server)
    if (vite) closers.push(vite.close)
    const site = makeSite({
      logger: booted.runtime.logger,
      trustProxy: env.trustProxy,
      files: vite ? new Map() : loadFiles(join(root, 'build/pages/client')),
      respond: pages(vite ? createRequestHandler(vite.loadBuild, 'development') : handlePages(await loadBuild())),
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

/** The pages, with the viewer of the request and the renewal of their session. */
function pages(
  handle: ReturnType<typeof createRequestHandler>,
): (request: Request, context: LoadContext) => Promise<Response> {
  return async (request, given) => {
    const cookies = request.headers.get('Cookie')
    // A page that a device keeps is asked for as nobody's, in the language and look of whoever asks (public/roll-worker.js).
    const found = request.headers.has('X-As-Visitor') ? { viewer: null } : findViewer(cookies, given)
    const { viewer, setCookie }: Found = await found
    const context = { ...given, viewer }
    const response = await handle(request, context)
    const { headers } = response
    const mayCome = !headers.has('Cache-Control')
    // What a signed-in person saw must not come back from the history of an office PC.
    if (viewer && mayCome) headers.set('Cache-Control', 'private, no-store')
    // A session that has ended is a visitor, and still not like the others.
    const isVisitor = !viewer && !cookies?.includes(`${SESSION_COOKIE}=`)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (context.isShared && isVisitor && isRead && mayCome && response.status === 200 && !headers.has('Set-Cookie'))
      share(headers)
    const isSignIn = headers.getSetCookie().some((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
    if (setCookie && !isSignIn) {
      headers.append('Set-Cookie', setCookie)
      // A figure or a film may be kept by everyone, the session that comes with it by nobody else.
      headers.set('Cache-Control', 'private, no-store')
    }
    return response
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
