import { cleanText } from './cells.ts'
import type { Field } from './columns.ts'
import type { HeaderReader } from './header.ts'
import type { SourceRecord } from './record.ts'

/** What a title row may say once for all its rows. */
const OF_CLASS: readonly Field[] = [
  'academyCode',
  'classCode',
  'className',
  'mode',
  'occupationCode',
  'startsOn',
  'endsOn',
  'plannedHours',
  'plannedPracticalHours',
]

/** `班次编号：2026-01` in one cell, `班次编号` beside `2026-01` in two; several of them in a row. */
export function readTitles(above: readonly SourceRecord[], read: HeaderReader): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {}
  const add = (name: string, value: string) => {
    const meaning = read(name)
    if (!meaning || meaning === 'ignored' || !OF_CLASS.includes(meaning.field)) return
    if (value !== '' && read(value) === null) found[meaning.field] ??= value
  }
  for (const { cells } of above) {
    const written = cells.map(cleanText).filter((cell) => cell !== '')
    for (const [at, cell] of written.entries()) {
      for (const part of cell.split(/[\s　;；]+(?=[^\s:：]{2,12}[:：])/)) {
        const [, name, value] = /^([^:：]{2,12})[:：](.*)$/.exec(part.trim()) ?? []
        if (name !== undefined && value !== undefined) add(name, cleanText(value))
      }
      add(cell, written[at + 1] ?? '')
    }
  }
  return found
}
