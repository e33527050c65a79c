import { cleanText } from './cells.ts'
import { headerReader, normaliseHeader } from './header.ts'
import { guessField, maskSample } from './mapping.ts'
import type { Sheet } from './source.ts'
import type { HeaderView, Mapping, SheetView } from './upload.ts'

/** A sheet as the mapping page shows it: what its columns are known as, or probably are; samples masked. */
export function sheetView(sheet: Sheet, mapping: Mapping, today: string): SheetView {
  const taken = new Set(sheet.knownColumns)
  const doubled = new Set(sheet.problems.filter(({ code }) => code === 'columnTwice').map(({ field }) => field))
  const readAs = headerReader(mapping)
  const headers = sheet.headers
    .filter(({ text }) => normaliseHeader(text) !== '')
    .map(({ text, field, isIgnored, samples }): HeaderView => {
      const meaning = readAs(text)
      // A synonym beside the header itself is left out without asking; of two synonyms somebody must choose one.
      const claimed = meaning && meaning !== 'ignored' && field === null ? meaning.field : null
      const isRival = claimed !== null
      const isOpen = claimed !== null && doubled.has(claimed)
      const known = isIgnored || (isRival && !isOpen) ? 'ignored' : field
      const guess = isOpen ? 'ignored' : known === null ? guessField(text, samples, taken, today) : null
      if (guess && guess !== 'ignored') taken.add(guess)
      return { text, known, guess, isRival, samples: samples.slice(0, 3).map(maskSample) }
    })
  const { academyCode: _, ...said } = sheet.constants
  return {
    name: sheet.name,
    rows: sheet.rows,
    isHidden: sheet.isHidden,
    isLedger: sheet.headerRow !== null,
    header: sheet.headerRow === null ? null : { row: sheet.headerRow, lines: sheet.headers[0]?.lines.length ?? 1 },
    headerRows: sheet.headerRows.map(({ row, cells }) => ({ row, text: excerpt(cells) })),
    headers,
    said,
    residentIdOnly: sheet.residentIdOnly,
  }
}

/** Enough of a row to know it by. */
const excerpt = (cells: readonly string[]): string =>
  cells
    .map(cleanText)
    .filter((text) => text !== '')
    .slice(0, 6)
    .map(maskSample)
    .join('、')
