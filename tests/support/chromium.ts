import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, onTestFinished } from 'vitest'
import { withLock } from '#db/embedded-lock.server.ts'

export const PHONE = { width: 375, height: 812 }
export const DESK = { width: 1280, height: 900 }

export type PageOptions = BrowserContextOptions & {
  /** Complaints of the browser that this test provokes on purpose, such as the 404 of a page that is not there. */
  allow?: RegExp[]
}

/** Cookie header of a signed-in account, as `signedIn` returns it. */
export type Session = { url: string; cookie: string }

let browser: Promise<Browser> | undefined
afterAll(async () => (await browser)?.close())

/**
 * A page in the Chromium that npm brought (nothing to install: its libraries come with it), in a context of its own. The
 * test fails at its end if the browser complained: console.error, an uncaught error or rejection, a policy violation.
 * Call inside a test.
 */
export async function openPage(options: PageOptions = {}): Promise<Page> {
  const { allow = [], ...contextOptions } = options
  const context = await (await openBrowser()).newContext({
    viewport: PHONE,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...contextOptions,
  })
  const complaints: string[] = []
  const complain = (what: string) => {
    if (!allow.some((pattern) => pattern.test(what))) complaints.push(what)
  }
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`console.error: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complain(`uncaught: ${error.error().message}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)
    })
  })
  onTestFinished(async () => {
    await context.close()
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`)
  })
  return context.newPage()
}

/** Signs the page's browser in: every later request of its context carries the session. */
export async function signIn(page: Page, { url, cookie }: Session): Promise<void> {
  const [name = '', value = ''] = cookie.split('=', 2)
  await page.context().addCookies([{ name, value, url }])
}

function openBrowser(): Promise<Browser> {
  browser ??= launch()
  return browser
}

async function launch(): Promise<Browser> {
  const folder = await unpacked()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    // As root Chromium refuses its sandbox; containers have a small /dev/shm, or none.
    args: ['--no-sandbox', '--no-zygote', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    },
  })
}

/** Where the package's Chromium lies, unpacked once per version: beside the other caches, for all tests of this checkout. */
async function unpacked(): Promise<string> {
  const modules = join(import.meta.dirname, '../../node_modules')
  const about = await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8')
  const { version } = JSON.parse(about) as { version: string }
  const caches = join(modules, '.cache/jiangxuetang')
  const folder = join(caches, `browser-${version}`)
  if (existsSync(folder)) return folder
  await mkdir(caches, { recursive: true })
  await withLock(caches, async () => {
    if (existsSync(folder)) return
    const half = await mkdtemp(`${folder}.`)
    await unpack(half, folder)
    await rename(half, folder).catch(() => rm(half, { recursive: true }))
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
    cwd: import.meta.dirname,
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
