import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const made = new Map<string, Promise<string>>()

/**
 * A program of app/launch.mjs as a file that a worker can run. In the production build it lies in build/, beside the bundles
 * or above those of the pages; from source (development, tests) it is bundled once per process into node_modules/.cache.
 */
export function programFile(name: string, source: URL): Promise<string> {
  for (const folder of ['./', '../', '../../', '../../../']) {
    const file = fileURLToPath(new URL(`${folder}${name}.js`, import.meta.url))
    if (existsSync(file) && !existsSync(fileURLToPath(source))) return Promise.resolve(file)
  }
  const bundled = made.get(name) ?? bundle(name, source)
  made.set(name, bundled)
  return bundled
}

async function bundle(name: string, source: URL): Promise<string> {
  const folder = join(process.cwd(), 'node_modules', '.cache', 'jiangxuetang')
  const file = join(folder, `${name}.mjs`)
  const { build } = await import('esbuild')
  await mkdir(folder, { recursive: true })
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: `${file}.${process.pid}`,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  })
  await rename(`${file}.${process.pid}`, file)
  return file
}
