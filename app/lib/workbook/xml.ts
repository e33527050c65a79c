import { refuse } from './refusal.ts'

/** What a document consists of, in order. Names are without their prefix; a text may come in several pieces. */
export type XmlEvents = {
  /** `attributes`: as written, for {@link attributeOf}. An empty element opens and closes. */
  open: (name: string, attributes: string) => void
  close: (name: string) => void
  text: (text: string) => void
}

export type XmlReader = { write: (piece: string) => void; end: () => void }

/** A tag longer than this is none. */
const LONGEST_TAG = 100_000
/** An entity is not longer than this; a piece of text that may end within one waits for the next. */
const LONGEST_ENTITY = 12

/**
 * Reads XML in pieces, as much of it as workbooks hold: elements, attributes, text, CDATA, comments; built-in and numeric
 * entities. A document type is refused, since nothing but an attack declares entities in a workbook. Holds one tag.
 * (saxes took 3 s where this takes 0.6: app/lib/workbook/README.md.)
 * @throws RefusedWorkbook `entities`, or `damaged` where it is no XML.
 */
export function xmlReader(events: XmlEvents): XmlReader {
  let rest = ''
  let skipTo: '-->' | '?>' | null = null
  let isCdata = false

  function take(piece: string, isLast: boolean): void {
    const buffer = rest + piece
    let at = 0
    for (;;) {
      if (skipTo !== null || isCdata) {
        const mark = skipTo ?? ']]>'
        const end = buffer.indexOf(mark, at)
        const until = end === -1 ? Math.max(at, buffer.length - mark.length + 1) : end
        if (isCdata && until > at) events.text(buffer.slice(at, until))
        at = until
        if (end === -1) break
        at += mark.length
        skipTo = null
        isCdata = false
      }
      const tag = buffer.indexOf('<', at)
      const textEnd = tag === -1 ? safeEnd(buffer, at, isLast) : tag
      if (textEnd > at) events.text(decode(buffer.slice(at, textEnd)))
      at = textEnd
      if (tag === -1) break
      const second = buffer.charCodeAt(tag + 1)
      if (second === BANG || second === QUESTION || Number.isNaN(second)) {
        if (second === QUESTION) skipTo = '?>'
        else if (buffer.startsWith('<!--', tag)) skipTo = '-->'
        else if (buffer.startsWith('<![CDATA[', tag)) isCdata = true
        else if (buffer.length - tag >= 9) refuse(buffer.startsWith('<!DOCTYPE', tag) ? 'entities' : 'damaged')
        else break // more has to come before it can be told
        at = tag + (isCdata ? 9 : skipTo === '-->' ? 4 : 2)
        continue
      }
      const end = tagEnd(buffer, tag)
      if (end === -1) break
      handle(buffer.slice(tag + 1, end))
      at = end + 1
    }
    rest = at === 0 ? buffer : buffer.slice(at)
    if (rest.length > LONGEST_TAG) refuse('damaged')
    if (isLast && rest.trim() !== '') refuse('damaged')
  }

  function handle(tag: string): void {
    if (tag.charCodeAt(0) === SLASH) {
      events.close(localName(tag.slice(1).trimEnd()))
      return
    }
    const isEmpty = tag.charCodeAt(tag.length - 1) === SLASH
    const end = nameEnd(tag)
    const name = localName(tag.slice(0, isEmpty && end === tag.length ? end - 1 : end))
    events.open(name, tag.slice(end, isEmpty ? -1 : undefined))
    if (isEmpty) events.close(name)
  }

  return { write: (piece) => take(piece, false), end: () => take('', true) }
}

const BANG = 33
const SLASH = 47
const QUESTION = 63

/** The `>` that closes a tag, not one within an attribute; -1 while it is not there. */
function tagEnd(buffer: string, tag: number): number {
  let end = buffer.indexOf('>', tag)
  while (end !== -1 && quotesWithin(buffer, tag, end)) end = buffer.indexOf('>', end + 1)
  return end
}

/** True where a quote of an attribute is open at `end`. */
function quotesWithin(buffer: string, from: number, end: number): boolean {
  let open = 0
  for (let at = from; at < end; at++) {
    const code = buffer.charCodeAt(at)
    if (open === 0 ? code === 34 || code === 39 : code === open) open = open === 0 ? code : 0
  }
  return open !== 0
}

function nameEnd(tag: string): number {
  for (let at = 0; at < tag.length; at++) if (tag.charCodeAt(at) <= 32) return at
  return tag.length
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/** Where text can be cut: before an entity that may go on in the next piece. */
function safeEnd(buffer: string, from: number, isLast: boolean): number {
  if (isLast) return buffer.length
  const mark = buffer.lastIndexOf('&')
  const isOpen = mark >= from && buffer.length - mark < LONGEST_ENTITY && !buffer.includes(';', mark)
  return isOpen ? mark : buffer.length
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text with its entities replaced. */
export function decode(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (_, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? refuse('entities')
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : refuse('damaged')
  })
}

/** The value of an attribute (of whatever prefix, if `name` has none); undefined where there is none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at !== -1; at = attributes.indexOf(name, at + 1)) {
    const before = attributes.charCodeAt(at - 1)
    if (before > 32 && before !== 58) continue
    let sign = at + name.length
    while (attributes.charCodeAt(sign) <= 32) sign++
    if (attributes.charCodeAt(sign) !== 61) continue
    sign++
    while (attributes.charCodeAt(sign) <= 32) sign++
    const quote = attributes.charAt(sign)
    if (quote !== '"' && quote !== "'") continue
    const end = attributes.indexOf(quote, sign + 1)
    return end === -1 ? undefined : decode(attributes.slice(sign + 1, end))
  }
  return undefined
}
