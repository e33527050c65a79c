import type { Finding } from '../problem.ts'
import { characterName, oddCharacter } from './text.ts'

const ATTRIBUTE = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/y

export type Say = (offset: number, code: Finding['code'], detail?: string) => void

/** The attributes of one tag, each checked. `offset` is the place of `source` in the file. */
export function readAttributes(source: string, offset: number, at: Say): Map<string, string> {
  const attributes = new Map<string, string>()
  let position = 0
  while (position < source.length) {
    if (/[\s/]/.test(source[position]!)) {
      position += 1
      continue
    }
    ATTRIBUTE.lastIndex = position
    const match = ATTRIBUTE.exec(source)
    const name = match?.[1] ?? ''
    const value = match?.[2] ?? match?.[3]
    if (!match || value === undefined || attributes.has(name)) {
      at(offset + position, 'svg_syntax', source.slice(position, position + 30))
      return attributes
    }
    attributes.set(name, value)
    checkAttribute(name, value, offset + position, at)
    position = ATTRIBUTE.lastIndex
  }
  return attributes
}

function checkAttribute(name: string, raw: string, offset: number, at: Say): void {
  const value = decode(raw)
  if (!/^[A-Za-z][A-Za-z0-9-]*(?::[A-Za-z][A-Za-z0-9-]*)?$/.test(name) || /^on/i.test(name)) {
    at(offset, 'svg_attribute', name)
  } else if (/^xmlns(?::|$)/.test(name)) {
    if (!/^http:\/\/www\.w3\.org\/(?:2000\/svg|1999\/xlink)$/.test(value)) at(offset, 'svg_attribute', name)
  } else if (name.includes(':') && !['xlink:href', 'xml:space', 'xml:lang'].includes(name)) {
    at(offset, 'svg_attribute', name)
  } else if (name === 'href' || name === 'xlink:href') {
    if (!value.startsWith('#')) at(offset, 'svg_reference', value)
  } else checkStyle(value, offset, at)
}

/** Character data: free in text; a style sheet may refer to nothing outside. Entities of XML itself are the only ones. */
export function checkText(content: string, offset: number, parent: string | undefined, at: Say): void {
  if (parent === undefined && content.trim() !== '') at(offset, 'svg_syntax', content.trim().slice(0, 20))
  const entity = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)\S{0,10}/.exec(content)
  if (entity) at(offset + entity.index, 'svg_syntax', entity[0])
  const read = decode(content)
  const odd = oddCharacter(read)
  if (odd >= 0) at(offset, 'control_character', characterName(read, odd))
  if (parent === 'style') checkStyle(decode(content), offset, at)
}

/** Whatever in a style would fetch or run something; a backslash could hide any of it. */
const OUTSIDE =
  /url\s*\(\s*(?!["']?#)[^)]*|image-set\s*\(|\bsrc\s*\(|@import|@font-face|@namespace|-moz-binding|behaviou?r\s*:|expression\s*\(|javascript:|data:|\\/i

function checkStyle(value: string, offset: number, at: Say): void {
  const outside = OUTSIDE.exec(value)
  if (outside) at(offset, 'svg_reference', outside[0])
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What a browser would read: numeric and named references resolved, twice, so that nothing hides behind them. */
export function decode(text: string): string {
  const once = (source: string) =>
    source.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);?/gi, (all, body: string) => {
      if (!body.startsWith('#')) return NAMED[body.toLowerCase()] ?? all
      const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
  return once(once(text)).replace(/[\t\n\r]/g, '')
}
