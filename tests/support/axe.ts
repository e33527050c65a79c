import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

type Measure = (this: unknown, element: Element, ...more: unknown[]) => boolean | undefined

/** What of axe is used in the browser. */
type Axe = {
  run: (context: Document, options: RunOptions) => Promise<AxeResults>
  commons: { dom: { isVisibleOnScreen: (of: Element) => boolean; getTextElementStack: (of: Element) => Element[][] } }
  _audit: { checks: Record<string, { evaluate: Measure }> }
}

/** Minified, and sent once a page: axe's own runner for playwright sends all of it twice for every look at one. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Has axe in every document that the page opens from now on. */
export const bringAxe = (page: Page) => page.addInitScript({ content: source })

/** What axe finds wrong with a page as it stands; to be opened after {@link bringAxe}. */
export async function axeFaults(page: Page, rules: RunOptions['rules'] = {}): Promise<string[]> {
  if (page.frames().length > 1) throw new Error('axe looks into no frames here')
  // Without the rest of its findings axe is twice as fast.
  const { violations } = await page.evaluate(runAxe, { resultTypes: ['violations'], rules } satisfies RunOptions)
  return violations.map(({ id, nodes }) => `axe ${id} ${nodes[0]?.html.slice(0, 200)}`)
}

/**
 * Runs in the browser. Contrast takes most of axe's time, and a table of sixty rows has eight looks: a text passes with one
 * that passed before it if both look the same, and so do, one by one, the elements that axe finds below them with all that
 * these lie in. What does not pass, or cannot be told, is measured each time.
 */
async function runAxe(options: RunOptions): Promise<Pick<AxeResults, 'violations'>> {
  const { axe } = window as unknown as { axe: Axe }
  const numbers = new Map<string, number>()
  const looks = new Map<Element | null, number>([[null, 0]])
  const lookOf = (element: Element | null): number => {
    const known = looks.get(element)
    if (!element || known !== undefined) return known ?? 0
    const style = getComputedStyle(element)
    const text = ['color', '-webkit-text-fill-color', '-webkit-text-stroke', 'text-shadow', 'font-size', 'font-weight']
    const box = ['background-color', 'background-image', 'opacity', 'mix-blend-mode', 'filter', 'position', 'z-index']
    const values = [...text, ...box, 'display', 'transform'].map((name) => style.getPropertyValue(name))
    const look = [lookOf(element.parentElement), element.localName, ...values].join('|')
    const number = numbers.get(look) ?? numbers.size + 1
    numbers.set(look, number)
    looks.set(element, number)
    return number
  }
  const { isVisibleOnScreen, getTextElementStack } = axe.commons.dom
  const check = axe._audit.checks['color-contrast']!
  const measure = check.evaluate
  const passed = new Set<string>()
  check.evaluate = function (element, ...more) {
    if (!isVisibleOnScreen(element)) return measure.call(this, element, ...more)
    const below = getTextElementStack(element).map((stack) => stack.map(lookOf).join(' '))
    const look = [lookOf(element), ...new Set(below)].join(',')
    const isMet = passed.has(look) || measure.call(this, element, ...more)
    if (isMet) passed.add(look)
    return isMet
  }
  try {
    const { violations } = await axe.run(document, options)
    return { violations }
  } finally {
    check.evaluate = measure
  }
}
