import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

let made: Promise<string> | null = null

/**
 * The worker's program as a file that plain Node can run. In the production build it lies beside the bundle
 * (`build/compile-lesson.js`); from source (development, tests) it is bundled once per process into node_modules/.cache.
 */
export function workerScript(): Promise<string> {
  const beside = fileURLToPath(new URL('./compile-lesson.js', import.meta.url))
  if (existsSync(beside)) return Promise.resolve(beside)
  made ??= bundleFromSource()
  return made
}

async function bundleFromSource(): Promise<string> {
  const source = fileURLToPath(new URL('../publish/compile-worker.server.ts', import.meta.url))
  const root = fileURLToPath(new URL('../../../../', import.meta.url))
  const folder = join(root, 'node_modules', '.cache', 'jiangxuetang')
  const file = join(folder, `compile-lesson-${process.pid}.mjs`)
  const { build } = await import('esbuild')
  await mkdir(folder, { recursive: true })
  await build({
    entryPoints: [source],
    outfile: `${file}.new`,
    bundle: true,
    // As in app/launch.mjs: a worker that reads one file instead of hundreds starts in a third of the time.
    external: ['esbuild'],
    define: { 'process.env.NODE_ENV': '"production"', __dirname: '"mdx-bundler"' },
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    logLevel: 'silent',
  })
  const shared = join(folder, 'compile-lesson.mjs')
  await rename(`${file}.new`, shared)
  return shared
}
