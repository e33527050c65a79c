import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { atEnd, onePerFile } from './at-end.ts'
import { launchChromium, PHONE } from './chromium-launch.ts'

export { PHONE }
export const DESK = { width: 1280, height: 900 }

export type PageOptions = BrowserContextOptions & {
  /** Complaints of the browser that this test provokes on purpose, such as the 404 of a page that is not there. */
  allow?: RegExp[]
}

/**
 * What Chromium shows is the same, for a third less of the processor; not for a bench, which measures that. A page here lives
 * for a second: code that is optimised for it never earns its keep. With a frame of its own for every document
 * (RenderDocument), a page drags the script worlds of all documents before it along. The list takes the place of
 * playwright's; the rest is out of that one, but for PaintHolding, which every Chromium has.
 */
const CHEAPER = [
  '--js-flags=--no-opt,--no-maglev',
  `--disable-features=${[
    'RenderDocument',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'MediaRouter',
    'OptimizationHints',
    'ThirdPartyStoragePartitioning',
    'AvoidCorsURLLoaderRestartOnRedirect',
  ].join(',')}`,
]

/** Cookie header of a signed-in account, as `signedIn` returns it. */
export type Session = { url: string; cookie: string }

/**
 * A page in the Chromium that npm brought (nothing to install: its libraries come with it), in a context of its own. The
 * test fails at its end if the browser complained: console.error, an uncaught error or rejection, a policy violation.
 * Call inside a test.
 */
export async function openPage(options: PageOptions = {}): Promise<Page> {
  const { allow = [], ...contextOptions } = options
  const context = await (await theBrowser()).newContext({
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

const theBrowser = onePerFile((): Promise<Browser> => {
  const browser = launchChromium(CHEAPER)
  atEnd(async () => (await browser).close())
  return browser
})
