import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { withLock } from '#db/embedded-lock.server.ts'

export const PHONE = { width: 375, height: 812 }

/** The Chromium that npm brought: nothing to install, its libraries come with it. `more`: a camera, for a test that needs one. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    // As root Chromium refuses its sandbox; containers have a small /dev/shm, or none.
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
      ...more,
    ],
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    },
  })
}

/** Where the package's Chromium lies, unpacked once per version: beside the other caches, for all tests of this checkout. */
async function unpacked(): Promise<string> {
  const modules = join(process.cwd(), 'node_modules')
  const about = await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8')
  const { version } = JSON.parse(about) as { version: string }
  const caches = join(modules, '.cache/jiangxuetang')
  const folder = join(caches, `browser-${version}`)
  const isThere = () => existsSync(join(folder, 'chromium'))
  if (isThere()) return folder
  await mkdir(caches, { recursive: true })
  await withLock(caches, async () => {
    if (isThere()) return
    const half = await mkdtemp(`${folder}.`)
    await unpack(half, folder)
    await rm(folder, { recursive: true, force: true }) // of an unpacking that was cut off
    await rename(half, folder)
  })
  return folder
}

/**
 * The package unpacks into the folder for temporary files, whichever that is: in a process of its own we choose it. Its
 * fonts are named where they will lie (`place`); without any Chromium crashes on the first field.
 */
async function unpack(into: string, place: string): Promise<void> {
  const program = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: process.cwd(),
    env: { ...process.env, TMPDIR: into, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
  })
  const fonts = [join(place, 'fonts'), '/usr/share/fonts', join(homedir(), '.fonts')]
  await writeFile(
    join(into, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${fonts
      .map((path) => `<dir>${path}</dir>`)
      .join('')}<cachedir>${join(place, 'fonts-cache')}</cachedir></fontconfig>`,
  )
}
