import { cleanText } from './cells.ts'
import type { SourceRecord } from './record.ts'
import type { Sheet } from './source.ts'
import { EXAMPLE } from './vocabulary.ts'

/** Words that a row of sums carries alone in a cell: 合计, 本页小计（人）, 总计：. */
const SUM =
  /^(?:本页|本班|全班|全年|累计)?(?:合计|小计|总计|共计|累计|总人数|合计人数)(?:人数|人次)?(?:[(（][^)）]{0,10}[)）])?[:：]?$/
/** 共35人, 合计：35人. */
const SUM_SAID = /^(?:共|合计|小计|总计|共计)[:：]?\d{1,6}(?:人|人次|名)?$/
/** What stands at the foot of a table that is printed and signed: alone in a cell, or with what it labels behind a colon. */
const SIGNED_BY =
  /(?:填表人?|填报人?|制表人?|经办人|审核人?|复核人?|审批人?|负责人|单位负责人|部门负责人|班主任|填报单位|培训单位|制表单位|填报日期|填表日期|制表日期|审核日期|打印日期|日期|联系人|联系电话|盖章|公章)(?:\s*[(（][^)）]{0,12}[)）])?/
    .source
const SIGNED = new RegExp(`^${SIGNED_BY}(?:[:：].*)?$`)
const LABEL = new RegExp(`^${SIGNED_BY}[:：]?$`)
/** Never what a label is followed by; in front of a cell, what no word of the foot begins with. */
const DOCUMENT = /\d{14}/
const BEGINS_AS_DOCUMENT = /^\d{14}/
/** Remarks below a table. */
const REMARK = /^(?:备注|注|说明|填表说明|注意|注意事项)\s*\d?[:：].*$/

/** 35, 35人: what a row of sums says in the column of names. */
const COUNTED = /^\d{1,6}(?:人|人次|名)?$/

const isSum = (text: string) => SUM.test(text) || SUM_SAID.test(text)
const isFoot = (text: string) => isSum(text) || SIGNED.test(text) || REMARK.test(text)

/**
 * True for what stands below the rows of workers and is none: sums, signatures, remarks. Strict, so that no worker is left
 * out: such a row has no document number, no document type and no class number of its own (what follows a label such as
 * 填表人 belongs to the label), and begins with a word of the foot (a sum may carry it in any cell).
 */
export function isFooter({ cells }: SourceRecord, { columns }: Pick<Sheet, 'columns'>): boolean {
  if (BEGINS_AS_DOCUMENT.test(cells[columns.documentNumber] ?? '')) return false
  const at = (index: number) => (index === -1 ? '' : cleanText(cells[index] ?? ''))
  const isLabelled = (index: number) => {
    const before = cells.slice(0, index).findLast((cell) => cleanText(cell) !== '')
    return before !== undefined && LABEL.test(cleanText(before)) && !DOCUMENT.test(at(index))
  }
  const isForeign = (index: number) => at(index) === '' || isFoot(at(index)) || isLabelled(index)
  if (![columns.documentNumber, columns.documentType, columns.classCode].every(isForeign)) return false
  const written = cells.map(cleanText).filter((text) => text !== '')
  if (isFoot(written[0] ?? '')) return true
  const name = at(columns.name)
  return (name === '' || COUNTED.test(name) || isFoot(name)) && written.some(isSum)
}

/** True for the example row of the template, left in: its class number and its name both say so. */
export function isExample({ cells }: SourceRecord, { columns }: Pick<Sheet, 'columns'>): boolean {
  const says = (index: number) => index !== -1 && cleanText(cells[index] ?? '').startsWith(EXAMPLE)
  return says(columns.classCode) && says(columns.name)
}

/** True for the header (of one row or two) once more, as it stands on each page of a long table. */
export function isHeaderAgain({ cells }: SourceRecord, { headers }: Pick<Sheet, 'headers'>): boolean {
  const first = headers.find(({ field }) => field !== null)
  const said = first && cleanText(cells[first.column - 1] ?? '')
  if (!first?.lines.some((line) => cleanText(line ?? '') === said)) return false
  const known = headers.filter(({ field }) => field !== null)
  const isLine = (line: number) =>
    known.some(({ lines }) => cleanText(lines[line] ?? '') !== '') &&
    known.every(({ column, lines }) => cleanText(cells[column - 1] ?? '') === cleanText(lines[line] ?? ''))
  return first.lines.some((_, line) => isLine(line))
}
