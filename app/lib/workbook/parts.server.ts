import { refuse, WORKBOOK_LIMITS } from './refusal.ts'
import type { Shared } from './sheet.ts'
import { type NumberStyle, numberStyle, unescapeText } from './values.ts'
import { attributeOf, type XmlEvents, type XmlReader, xmlReader } from './xml.ts'
import type { Entry, Zip } from './zip-read.server.ts'

export type SheetPart = { name: string; isHidden: boolean; entry: Entry }

/** Reads a part of the zip through an XML reader; `afterPiece` is awaited between pieces. */
export async function readPart(
  zip: Zip,
  entry: Entry,
  reader: XmlReader,
  afterPiece: () => Promise<void> | undefined = () => undefined,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const text = (piece?: Buffer) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      return refuse('damaged')
    }
  }
  for await (const piece of zip.read(entry)) {
    reader.write(text(piece))
    const wait = afterPiece()
    if (wait) await wait
  }
  reader.write(text())
  reader.end()
}

const nothing: XmlEvents = { open: () => {}, close: () => {}, text: () => {} }

/** Targets of the relations of a part, by id; `kind`: the end of the relation's type. */
async function relationsOf(zip: Zip, part: string): Promise<Map<string, { kind: string; target: string }>> {
  const cut = part.lastIndexOf('/') + 1
  const folder = part.slice(0, cut)
  const entry = entryOf(zip, `${folder}_rels/${part.slice(cut)}.rels`)
  const found = new Map<string, { kind: string; target: string }>()
  if (!entry) return found
  const open = (name: string, attributes: string) => {
    const target = attributeOf(attributes, 'Target')
    if (name !== 'Relationship' || target === undefined) return
    const kind = (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? ''
    found.set(attributeOf(attributes, 'Id') ?? '', { kind, target: resolvePath(folder, target) })
  }
  await readPart(zip, entry, xmlReader({ ...nothing, open }))
  return found
}

/** `worksheets/sheet1.xml`, `../xl/worksheets/sheet1.xml` or `/xl/worksheets/sheet1.xml`: a name among the entries. */
function resolvePath(folder: string, target: string): string {
  const path: string[] = []
  for (const part of (target.startsWith('/') ? target : folder + target).replaceAll('\\', '/').split('/')) {
    if (part === '..') path.pop()
    else if (part !== '' && part !== '.') path.push(part)
  }
  return path.join('/')
}

const entryOf = (zip: Zip, path: string): Entry | undefined => zip.entries.get(path.toLowerCase())

/** What the sheets are, in order, and what they share (without the texts). @throws RefusedWorkbook */
export async function readBook(
  zip: Zip,
): Promise<{ sheets: SheetPart[]; strings: Entry | undefined; shared: Omit<Shared, 'strings'> }> {
  const main = [...(await relationsOf(zip, '')).values()].find(({ kind }) => kind === 'officeDocument')?.target
  const path = main ?? 'xl/workbook.xml'
  const entry = entryOf(zip, path)
  if (path.endsWith('.bin')) refuse('binaryWorkbook')
  if (!entry && entryOf(zip, 'mimetype')) refuse('openDocument')
  if (!entry || !path.toLowerCase().includes('workbook')) refuse('notAWorkbook')
  const relations = await relationsOf(zip, path)
  const sheets: SheetPart[] = []
  let is1904 = false
  const open = (name: string, attributes: string) => {
    if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')
    if (name !== 'sheet') return
    const relation = relations.get(attributeOf(attributes, 'id') ?? '')
    if (relation?.kind !== 'worksheet') return
    const sheet = entryOf(zip, relation.target)
    if (!sheet) refuse('damaged')
    const isHidden = (attributeOf(attributes, 'state') ?? 'visible') !== 'visible'
    sheets.push({ name: attributeOf(attributes, 'name') ?? String(sheets.length + 1), isHidden, entry: sheet })
    if (sheets.length > WORKBOOK_LIMITS.sheets) refuse('tooManySheets')
  }
  await readPart(zip, entry, xmlReader({ ...nothing, open }))
  if (sheets.length === 0) refuse('notAWorkbook')

  const part = (kind: string) => {
    const target = [...relations.values()].find((relation) => relation.kind === kind)?.target
    return target === undefined ? undefined : entryOf(zip, target)
  }
  const styles = part('styles')
  return {
    sheets,
    strings: part('sharedStrings'),
    shared: { is1904, styles: styles ? await readStyles(zip, styles) : [] },
  }
}

/** How numbers of each cell format are shown: xl/styles.xml, cellXfs. */
async function readStyles(zip: Zip, entry: Entry): Promise<NumberStyle[]> {
  const codes = new Map<number, string>()
  const styles: NumberStyle[] = []
  let isInFormats = false
  const open = (name: string, attributes: string) => {
    if (name === 'cellXfs') isInFormats = true
    if (name === 'numFmt')
      codes.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '')
    if (name !== 'xf' || !isInFormats) return
    if (styles.length > 65_536) refuse('damaged')
    const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
    styles.push(numberStyle(id, codes.get(id)))
  }
  const close = (name: string) => {
    if (name === 'cellXfs') isInFormats = false
  }
  await readPart(zip, entry, xmlReader({ ...nothing, open, close }))
  return styles
}

/** The texts that cells name by number; how they are pronounced (`rPh`) is no part of them. */
export async function readStrings(zip: Zip, entry: Entry): Promise<string[]> {
  const strings: string[] = []
  let characters = 0
  let value = ''
  let isReading = false
  let isPhonetic = false
  const events: XmlEvents = {
    open(name) {
      if (name === 'si') value = ''
      else if (name === 'rPh') isPhonetic = true
      else if (name === 't') isReading = !isPhonetic
    },
    text(text) {
      if (!isReading) return
      characters += text.length
      if (characters > WORKBOOK_LIMITS.characters) refuse('tooManyStrings')
      if (value.length < WORKBOOK_LIMITS.cellCharacters) value += text
    },
    close(name) {
      if (name === 't') isReading = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'si') {
        strings.push(unescapeText(value))
        if (strings.length > WORKBOOK_LIMITS.strings) refuse('tooManyStrings')
      }
    },
  }
  await readPart(zip, entry, xmlReader(events))
  return strings
}
