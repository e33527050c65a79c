import type { Block } from '../blocks.ts'
import type { Weakness } from '../publish/weakness.ts'

const [SHORTEST, LONGEST_PARAGRAPH, WIDEST_TABLE, SHORTEST_ALT] = [800, 400, 5, 8]

/** What a lesson's text does worse than it could. `text`: the file; `blocks`: what it became, or null where it did not. */
export function weakLesson(text: string, blocks: readonly Block[] | null, hasQuiz: boolean): Weakness[] {
  const found: Weakness[] = []
  const say = (line: number, column: number, code: Weakness['code'], detail = '') => {
    found.push({ line, column, code, detail })
  }
  const length = blocks ? lengthOf(blocks) : null
  if (length !== null && length < SHORTEST) say(1, 1, 'lesson_short', `${length} ${SHORTEST}`)
  if (!hasQuiz) say(1, 1, 'lesson_without_quiz')
  let level = 2
  let lastNumber = 0
  for (const { line, at } of textLines(text)) {
    const heading = /^(#{2,6})\s/.exec(line)?.[1]?.length
    if (heading && heading > level + 1) say(at, 1, 'heading_skipped', `${'#'.repeat(level + 1)}`)
    if (heading) level = heading
    const length = plain(line).length
    if (/^[^<|#]/.test(line) && length > LONGEST_PARAGRAPH)
      say(at, 1, 'paragraph_long', `${length} ${LONGEST_PARAGRAPH}`)
    const columns = /^\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line) ? line.split('|').length - 2 : 0
    if (columns > WIDEST_TABLE) say(at, 1, 'table_wide', `${columns} ${WIDEST_TABLE}`)
    const wide = line.search(/＜\/?[A-Z]|[A-Za-z]\s*＞/)
    if (wide >= 0) say(at, wide + 1, 'wide_bracket')
    for (const { 1: url = '', index } of line.matchAll(
      /\]\((?!https?:|mailto:|tel:|[/#?])([^)\s]*\.[a-z]{2,}[^)\s]*)/g,
    )) {
      say(at, index + 3, 'link_without_scheme', url)
    }
    const alt = /<Figure\b[^>]*\balt="([^"]*)"/.exec(line)
    if (alt && (alt[1] ?? '').length < SHORTEST_ALT) say(at, alt.index + 1, 'alt_short', alt[1])
    const number = Number(/<Formula\b[^>]*\bnumber="(\d+)"/.exec(line)?.[1] ?? Number.NaN)
    if (number < lastNumber) say(at, 1, 'formula_order', String(number))
    if (number) lastNumber = number
  }
  return found
}

/** Letters of what readers see, formulas counted once; spaces are none. */
function lengthOf(blocks: readonly Block[]): number {
  const html = blocks.map((block) => (block.kind === 'html' ? block.html : '')).join('')
  const text = html
    .replace(/<annotation\b.*?<\/annotation>/gs, '')
    .replace(/<section class="glossary".*?<\/section>/gs, '')
  return [...text.replace(/<[^>]*>/g, '').replace(/&\w+;|\s/g, '')].length
}

/** The words of a line of Markdown. */
const plain = (line: string) => line.replace(/<[^>]*>|\$[^$]*\$|[*`]|\]\([^)]*\)/g, '')

/** The lines of the text itself: no front matter, no code, no formulas. */
function* textLines(text: string): Generator<{ line: string; at: number }> {
  let fence = ''
  const head = text.startsWith('---\n') ? text.indexOf('\n---\n') : -1
  const first = head < 0 ? 0 : text.slice(0, head).split('\n').length + 1
  for (const [index, line] of text.split('\n').entries()) {
    if (index < first) continue
    const sign = /^\s*(```+|~~~+|\$\$)/.exec(line)?.[1] ?? ''
    if (fence === '' ? sign !== '' : sign === fence) {
      const isOneLine = sign === '$$' && /^\s*\$\$.*\$\$\s*$/.test(line) && line.trim() !== '$$'
      fence = fence === '' && !isOneLine ? sign : ''
    } else if (fence === '') yield { line, at: index + 1 }
  }
}
