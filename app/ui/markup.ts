import { share } from './bullet-bar.tsx'
import { ICONS } from './icons.ts'
import { sparkGeometry } from './trend-geometry.ts'

/**
 * The pieces of a long table as text. React takes 8 ms for 74 rows of five measures, text a fraction of one: only tables of
 * that size are worth it. Each piece is, letter for letter, what its component renders (tests/ui/markup.test.tsx).
 */

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }

/** Any text, safe between tags and in a quoted attribute. Everything that is not made here goes through it. */
export const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[&<>"']/g, (found) => ESCAPED[found] ?? found) : text

/** Asked first: hardly any text has one, and replacing costs ten times as much. */
const SPECIAL = /[&<>"']/

const BADGE_ICON = { met: 'check', warn: 'clock', miss: 'cross', none: 'minus' } as const

/** As `Badge`. */
export function badgeMarkup(
  tone: keyof typeof BADGE_ICON,
  word: string,
  icon: keyof typeof ICONS = BADGE_ICON[tone],
): string {
  const look = tone === 'none' ? 'badge' : `badge badge-${tone}`
  return `<span class="${look}"><svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[icon]}"></path></svg>${escaped(word)}</span>`
}

/** As `BulletBar`. */
export function bulletMarkup(bar: { value: number; target?: number; max?: number; label: string }): string {
  const { value, target, max, label } = bar
  const end = max ?? Math.max(value, target === undefined ? value : target * 1.5)
  const goal =
    target === undefined
      ? ''
      : `<path class="bullet-goal" d="M${share(target, end)} 0v8" vector-effect="non-scaling-stroke"></path>`
  return `<svg class="bullet" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${escaped(label)}"><rect class="bullet-track" width="100" height="8"></rect><rect class="bullet-value" y="2" width="${share(value, end)}" height="4"></rect>${goal}</svg>`
}

/** As `Spark`. */
export function sparkMarkup(spark: { values: readonly (number | null)[]; goal?: number; label: string }): string {
  const { line, goalLine, last } = sparkGeometry(spark.values, spark.goal)
  const goal = goalLine ? `<path class="goal" d="${goalLine}"></path>` : ''
  const dot = last ? `<circle class="dot" cx="${last.x}" cy="${last.y}" r="3"></circle>` : ''
  return `<svg class="chart spark" viewBox="0 0 100 28" role="img" aria-label="${escaped(spark.label)}">${goal}<path class="line" d="${line}"></path>${dot}</svg>`
}
