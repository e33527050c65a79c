import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { launchChromium, PHONE } from '#tests/support/chromium-launch.ts'
import type { LearnFigure, LearnWorld } from './learn.ts'
import { COURSE } from './learners.ts'

const PATH = `/courses/${COURSE.courseSlug}/${COURSE.lessonSlug}`
/** Of the CPU that a cheap phone has. */
const SLOWED = 4
const REPEATS = 5

type Weight = { bytes: number; scriptBytes: number; lcpMs: number }

/**
 * What the first lesson weighs for somebody who has never been here, at 375 px: bytes on the wire, headers and all, and when
 * its largest text stands on a slowed CPU; the reference is a bare page of the same text.
 */
export async function measureWeight({ site }: LearnWorld): Promise<LearnFigure[]> {
  const browser = await launchChromium()
  const bare = await serveBare(site.url + PATH)
  try {
    const [lesson, plain] = [await weigh(browser, site.url + PATH), await weigh(browser, bare.url)]
    const of = { reference: 'a bare page of the same text' }
    return [
      { ...of, figure: 'first_lesson_kb', value: lesson.bytes / 1024, unit: 'KB', measured: plain.bytes / 1024 },
      // A bare page has no script: beside it stands all of it.
      {
        ...of,
        figure: 'first_lesson_js_kb',
        value: lesson.scriptBytes / 1024,
        unit: 'KB',
        measured: plain.bytes / 1024,
      },
      { ...of, figure: 'first_lesson_lcp_ms', value: lesson.lcpMs, unit: 'ms', measured: plain.lcpMs },
    ]
  } finally {
    await browser.close()
    bare.close()
  }
}

/** Each visit in a context of its own, so that nothing is cached; the median time. */
async function weigh(browser: Browser, url: string): Promise<Weight> {
  const visits: Weight[] = []
  for (let n = 0; n < REPEATS; n++) visits.push(await visit(browser, url))
  return visits.sort((one, other) => one.lcpMs - other.lcpMs)[REPEATS >> 1]!
}

async function visit(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'zh-CN' })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
    const types = new Map<string, string>()
    let [bytes, scriptBytes] = [0, 0]
    session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      bytes += encodedDataLength
      if (types.get(requestId) === 'Script') scriptBytes += encodedDataLength
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    const lcpMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          })
        }),
    )
    return { bytes, scriptBytes, lcpMs }
  } finally {
    await context.close()
  }
}

/** Serves the text of a page without style, script or figures, compressed as ours is. */
async function serveBare(of: string): Promise<{ url: string; close: () => void }> {
  const html = await (await fetch(of)).text()
  const [, main = ''] = /<main[^>]*>([\s\S]*)<\/main>/.exec(html) ?? []
  const text = main.replace(/<(?:img|svg|script|style)\b[\s\S]*?(?:<\/(?:svg|script|style)>|>)/g, '')
  const page = brotliCompressSync(
    `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>bare</title>${text}</html>`,
  )
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br' }).end(page),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
