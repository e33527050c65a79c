import { type Finding, finding } from '../problem.ts'
import { checkText, decode, readAttributes } from './svg-attributes.ts'

/** Drawing only: no script, no foreign content, no animation, nothing fetched. */
const ELEMENTS = new Set(
  (
    'svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker use symbol ' +
    'linearGradient radialGradient stop clipPath mask pattern style'
  ).split(' '),
)

/** A drawing program nests a handful of groups. */
const MAX_DEPTH = 64

export type SvgInfo = { width: number; height: number }

/**
 * Checks one figure and reads its size. Strict about syntax, since whatever is not understood can't be vouched for: every
 * attribute quoted, every element closed, no doctype, no entity of its own, no CDATA, no processing instruction.
 */
export function checkSvg(text: string): { info: SvgInfo } | { findings: Finding[] } {
  const findings: Finding[] = []
  const at = (offset: number, code: Finding['code'], detail = '') => {
    const before = text.slice(0, offset).split('\n')
    findings.push(finding(before.length, (before.at(-1)?.length ?? 0) + 1, code, detail))
  }
  const open: { name: string; offset: number; id?: string }[] = []
  const uses: { of: string; offset: number }[] = []
  const using = new Set<string>()
  let info: SvgInfo | null = null
  let roots = 0
  const declared = /^\s*<\?xml\s[^?<>]*\?>/.exec(text)?.[0] ?? ''
  if (/encoding/i.test(declared) && !/encoding\s*=\s*["']utf-8["']/i.test(declared)) at(0, 'svg_syntax', declared)
  let position = declared.length
  while (position < text.length && findings.length < 20) {
    const start = text.indexOf('<', position)
    const content = text.slice(position, start < 0 ? text.length : start)
    checkText(content, position, open.at(-1)?.name, at)
    if (start < 0) break
    if (text.startsWith('<!--', start)) {
      const end = text.indexOf('-->', start + 4)
      if (end < 0) at(start, 'svg_syntax', '<!--')
      position = end < 0 ? text.length : end + 3
      continue
    }
    if (text[start + 1] === '!' || text[start + 1] === '?') {
      at(start, 'svg_syntax', text.slice(start, start + 20))
      break
    }
    const end = endOfTag(text, start)
    if (end < 0) {
      at(start, 'svg_syntax', text.slice(start, start + 20))
      break
    }
    const tag = text.slice(start + 1, end)
    position = end + 1
    if (tag.startsWith('/')) {
      const top = open.pop()
      if (top?.name !== tag.slice(1).trim()) at(start, 'svg_syntax', `<${tag}>`)
      continue
    }
    const name = /^[^\s/>]*/.exec(tag)?.[0] ?? ''
    if (!ELEMENTS.has(name)) at(start, 'svg_element', name)
    if (open.length === 0) {
      roots += 1
      if (name !== 'svg' || roots > 1) at(start, 'svg_element', name)
    }
    const attributes = readAttributes(tag.slice(name.length), start + 1 + name.length, at)
    if (open.length === 0 && name === 'svg') info = sizeOf(attributes)
    if (open.length === 0 && !info) at(start, 'svg_size')
    if (name === 'use') {
      for (const key of ['href', 'xlink:href']) {
        const of = decode(attributes.get(key) ?? '').slice(1)
        if (of) uses.push({ of, offset: start })
      }
      for (const { id } of open) if (id) using.add(id)
      if (attributes.has('id')) using.add(decode(attributes.get('id') ?? ''))
    }
    if (!tag.trimEnd().endsWith('/')) open.push({ name, offset: start, id: decode(attributes.get('id') ?? '') })
    if (open.length > MAX_DEPTH) {
      at(start, 'too_deep', String(MAX_DEPTH))
      break
    }
  }
  // Ten uses of ten uses, ten times over, would draw for ever on a reader's phone.
  for (const { of, offset } of uses) if (using.has(of)) at(offset, 'svg_nested_use', of)
  for (const { name, offset } of open) if (findings.length === 0) at(offset, 'svg_syntax', `<${name}>`)
  if (!info && findings.length === 0) at(0, 'svg_size')
  return findings.length > 0 || !info ? { findings } : { info }
}

/** The `>` that ends a tag, not one inside quotes. */
function endOfTag(text: string, start: number): number {
  let quote = ''
  for (let i = start + 1; i < text.length; i++) {
    const sign = text[i]!
    if (quote) quote = sign === quote ? '' : quote
    else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '>') return i
    else if (sign === '<') return -1
  }
  return -1
}

function sizeOf(attributes: Map<string, string>): SvgInfo | null {
  const [, , width = 0, height = 0] = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  return width > 0 && height > 0 && width < 10_000 && height < 10_000
    ? { width: Math.round(width), height: Math.round(height) }
    : null
}
