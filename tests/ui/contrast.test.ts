import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('../../app/ui/styles/tokens.css', import.meta.url), 'utf8')

/** Colours declared in the rule that begins with `selector`, by name without dashes in front. */
function colours(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  expect(start, selector).toBeGreaterThanOrEqual(0)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/--(c-[\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1]!, match[2]!]))
}

const light = colours(':root')
const dark = colours(':root[data-theme="dark"]')
const darkBySystem = colours(':root:not([data-theme="light"])')

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const surfaces = ['c-page', 'c-surface', 'c-sunken']
const texts: [string, string[]][] = [
  ['c-ink', [...surfaces, 'c-action-soft', 'c-met-soft', 'c-warn-soft', 'c-miss-soft']],
  ['c-ink-2', [...surfaces, 'c-action-soft', 'c-met-soft', 'c-warn-soft', 'c-miss-soft']],
  ['c-ink-3', surfaces],
  ['c-action', [...surfaces, 'c-action-soft']],
  ['c-action-hover', surfaces],
  ['c-on-action', ['c-action', 'c-action-hover']],
  ['c-on-seal', ['c-seal']],
  ['c-met', ['c-surface', 'c-met-soft']],
  ['c-warn', ['c-surface', 'c-warn-soft']],
  ['c-miss', ['c-page', 'c-surface', 'c-miss-soft']],
  ['c-none', ['c-surface', 'c-none-soft']],
  ['c-on-tint', ['c-tint-1', 'c-tint-2', 'c-tint-3', 'c-tint-4']],
]
const shapes: [string, string[]][] = [
  ['c-line-control', ['c-page', 'c-surface']],
  ['c-bar', ['c-surface', 'c-bar-track']],
  ['c-bar-target', ['c-surface', 'c-bar-track', 'c-bar']],
  ['c-focus', surfaces],
]

for (const [name, theme] of [
  ['light', light],
  ['dark', dark],
] as const) {
  test(`text in ${name} stands out 4.5 : 1 from what lies behind it`, () => {
    for (const [ink, grounds] of texts) {
      for (const ground of grounds) {
        expect(contrast(theme.get(ink)!, theme.get(ground)!), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  test(`borders of controls, bars and the focus ring in ${name} stand out 3 : 1`, () => {
    for (const [shape, grounds] of shapes) {
      for (const ground of grounds) {
        expect(contrast(theme.get(shape)!, theme.get(ground)!), `${shape} on ${ground}`).toBeGreaterThanOrEqual(3)
      }
    }
  })
}

test('dark by choice and dark by the system are the same dark', () => {
  expect(dark).toEqual(darkBySystem)
  expect(dark.size).toBe(light.size)
})
