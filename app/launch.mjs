/**
 * Runs the product from its sources right after `npm ci`, in plain JavaScript since nothing is built yet:
 *
 *     node app/launch.mjs start | build | dev | bench NAME | cli COMMAND …
 *
 * What is built lies in build/ and is built again only when a source changed (by a digest of their contents).
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const build = join(root, 'build')

/** What the bundles and the pages are made of. Courses are not: they are published when the server starts. */
const SOURCES = ['app', 'db', 'public', 'package-lock.json', 'remix.config.js', 'tsconfig.json', 'vite.config.ts']

/** Programs that run in Node, bundled with the packages left outside. */
const PROGRAMS = {
  server: 'app/server.ts',
  cli: 'app/cli.ts',
  'read-workbook': 'app/lib/workbook/worker.server.ts',
}

/** A program that is started anew for every course: with its packages in one file it is there in a third of the time. */
const WORKER = { 'compile-lesson': 'app/features/courses/publish/compile-worker.server.ts' }

/** How a worker becomes one file; app/features/courses/content/worker-script.server.ts does the same from source. */
const WHOLE = {
  packages: 'bundle',
  external: ['esbuild'],
  splitting: false,
  sourcemap: false,
  define: {
    'process.env.NODE_ENV': '"production"',
    __dirname: '"mdx-bundler"', // mdx-bundler complains in a folder of another name
  },
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
}

const COMMANDS = { start, build: buildAll, dev, bench, cli }

const [name = '', ...rest] = process.argv.slice(2)
const command = COMMANDS[name]
if (!command) {
  process.stderr.write(`usage: node app/launch.mjs ${Object.keys(COMMANDS).join(' | ')}\n`)
  process.exit(2)
}
await command(rest)

async function start() {
  await buildAll()
  declare('production')
  const { main } = await program('server')
  await main()
}

async function dev() {
  await bundle()
  declare('development')
  const { main } = await program('server')
  await main({
    // Pages come from the sources, through Vite; its messages to the browser share the server's port.
    openVite: async (server) => {
      const { createServer } = await import('vite')
      const vite = await createServer({ root, server: { middlewareMode: true, hmr: { server } } })
      return {
        middlewares: vite.middlewares,
        loadBuild: () => vite.ssrLoadModule('virtual:remix/server-build'),
        close: () => vite.close(),
      }
    },
  })
}

async function cli(args) {
  await bundle()
  declare('production')
  process.argv = [process.argv[0], join(build, 'cli.js'), ...args]
  await program('cli')
}

async function bench(args) {
  await buildAll()
  declare('production')
  await compile({ bench: 'tests/bench/run.ts' })
  process.argv = [process.argv[0], join(build, 'bench.js'), ...args]
  await program('bench')
}

async function buildAll() {
  await bundle()
  await once('site', buildSite)
}

function bundle() {
  return once('bundles', async () =>
    removeOld(new Set([...(await compile(PROGRAMS)), ...(await compile(WORKER, WHOLE))])),
  )
}

/** React is fast only with NODE_ENV=production; what the operator said is what decides about secrets. */
function declare(mode) {
  process.env.JXT_DECLARED_ENV ??= process.env.NODE_ENV ?? ''
  process.env.NODE_ENV = mode
}

function program(name) {
  process.setSourceMapsEnabled(true)
  return import(pathToFileURL(join(build, `${name}.js`)).href)
}

/** Does `work` unless it was done for the very same sources; of processes that come together one does it. */
async function once(name, work) {
  const digest = digestSources()
  const stamp = join(build, `${name}.stamp`)
  const isDone = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === digest
  if (isDone()) return
  try {
    mkdirSync(build, { recursive: true })
    await withLock(join(build, 'lock'), async () => {
      if (isDone()) return
      rmSync(stamp, { force: true })
      await work()
      writeFileSync(stamp, digest)
    })
  } catch (error) {
    const isRefused = ['EACCES', 'EROFS', 'EPERM'].includes(error.code)
    fail(
      isRefused
        ? `The folder ${build} cannot be written (${error.code}): build as the user it belongs to.`
        : error.message,
    )
  }
}

function digestSources() {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform}\0`)
  const add = (path) =>
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0')
  for (const source of SOURCES.map((entry) => join(root, entry)).filter(existsSync)) {
    if (/\.\w+$/.test(source)) add(source)
    else
      readdirSync(source, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .forEach(add)
  }
  return hash.digest('hex')
}

async function withLock(lock, work) {
  const mine = `${lock}.${process.pid}`
  writeFileSync(mine, String(process.pid))
  const take = () => {
    try {
      linkSync(mine, lock)
      return true
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      return false
    }
  }
  const release = () => rmSync(lock, { force: true })
  try {
    while (!take()) {
      if (isDead(lock)) {
        const stale = `${mine}.stale`
        renameSync(lock, stale)
        rmSync(stale)
      } else await sleep(100)
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return withLock(lock, work)
  } finally {
    rmSync(mine, { force: true })
  }
  try {
    await work()
  } finally {
    release()
  }
}

function isDead(lock) {
  const pid = Number(readFileSync(lock, 'utf8'))
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

async function compile(programs, options = {}) {
  const esbuild = await import('esbuild')
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: programs,
    outdir: build,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    splitting: true, // a command loads only what it needs
    format: 'esm',
    jsx: 'automatic',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'silent',
    ...options,
  })
  return Object.keys(metafile.outputs).map((path) => join(root, path))
}

/** Bundles of former sources; not the latest ones, which a running process may still have to load. */
function removeOld(current) {
  for (const entry of readdirSync(build, { withFileTypes: true })) {
    const path = join(build, entry.name)
    if (!entry.isFile() || !/\.js(\.map)?$/.test(entry.name) || current.has(path)) continue
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { force: true })
  }
}

/** The pages: what browsers get (build/pages/client) and what renders them (build/pages/server). */
async function buildSite() {
  process.stderr.write('Building the pages, once …\n')
  const remix = join(root, 'node_modules/@remix-run/dev/dist/cli.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, [remix, 'vite:build'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => child.kill()
  process.once('SIGTERM', stop).once('SIGINT', stop)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [status, signal] = await new Promise((done) => child.on('close', (...how) => done(how)))
  process.off('SIGTERM', stop).off('SIGINT', stop)
  if (signal) process.exit(130)
  if (status !== 0) throw new Error(`The pages could not be built:\n${said.slice(-6000)}`)
  lightenManifest(join(build, 'pages/client/assets'))
  compressFiles(join(build, 'pages/client'))
}

/**
 * The list of routes goes to every phone with its first page. What each route imports its script says itself, and a document names it
 * in its head; what a route is not need not be said. Halves the list. (entry.client gives the first page its imports back.)
 */
function lightenManifest(folder) {
  const name = readdirSync(folder).find((one) => /^manifest-\w+\.js$/.test(one))
  const path = join(folder, name)
  const [, assigned, list] = /^(window\.__remixManifest=)(\{.*\});\s*$/s.exec(readFileSync(path, 'utf8'))
  const manifest = JSON.parse(list)
  for (const route of Object.values(manifest.routes)) {
    delete route.imports
    for (const [key, value] of Object.entries(route))
      if (value === false || (key === 'css' && value.length === 0)) delete route[key]
  }
  writeFileSync(path, `${assigned}${JSON.stringify(manifest)};`)
}

/** Once here rather than for every visitor; the server sends these to browsers that understand them. */
function compressFiles(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|svg|json|txt|ico|webmanifest)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const plain = readFileSync(path)
    if (plain.length < 1000) continue
    writeFileSync(`${path}.br`, brotliCompressSync(plain))
    writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }))
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
