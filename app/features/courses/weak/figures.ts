import type { Weakness } from '../publish/weakness.ts'
import { placeAt } from './place.ts'

/** Units of text in a figure drawn 360 wide, as wide as a phone: smaller is hard to read there. */
const SMALLEST = 14

const TAG = /<(\/?)(svg|g|text|tspan)\b([^>]*?)(\/?)>/g
const SIZE = /\bfont-size\s*[:=]\s*["']?\s*([\d.]+)/

/** What a figure does worse than it could: text that a phone makes too small, no name, no colours for the dark. */
export function weakFigure(text: string, width: number): Weakness[] {
  const found: Weakness[] = []
  const scale = 360 / width
  const sizes = [16]
  for (const match of text.matchAll(TAG)) {
    const [, isEnd, name, attributes = '', isEmpty] = match
    if (isEnd) {
      sizes.pop()
      continue
    }
    const size = Number(SIZE.exec(attributes)?.[1] ?? sizes.at(-1))
    if (!isEmpty) sizes.push(size)
    const isText = name === 'text' || (name === 'tspan' && SIZE.test(attributes))
    if (isText && size * scale < SMALLEST - 0.05 && found.length === 0) {
      const shown = Math.round(size * scale * 10) / 10
      found.push({ ...placeAt(text, match.index), code: 'figure_small_text', detail: `${shown} ${SMALLEST}` })
    }
  }
  if (!/<title\b[^>]*>\s*[^<\s]/.test(text)) found.push({ line: 1, column: 1, code: 'figure_untitled', detail: '' })
  if (!/prefers-color-scheme:\s*dark/.test(text))
    found.push({ line: 1, column: 1, code: 'figure_light_only', detail: '' })
  return found
}
