import { columnName, escapeXml, serialOf } from './markup.ts'
import { STYLES, type Style, styleIndex } from './styles.ts'
import { writeZip, type ZipFile } from './zip-write.server.ts'

/** A cell: text, a number, true or false, a calendar date (`YYYY-MM-DD`), or nothing. Text is never run as a formula. */
export type OutCell =
  | null
  | { text: string; style?: Style }
  | { number: number; style?: Style }
  | { boolean: boolean; style?: Style }
  | { date: string; style?: Style }

export type OutColumn = {
  /** In characters. */
  width: number
  /** Of the cells in which nothing stands yet. */
  style?: Style
}

/** A drop-down: the cells of some columns, below the header, take words of a range (`词表!$A$2:$A$8`). */
export type DropDown = {
  /** From 0. */
  column: number
  from: number
  to: number
  source: string
  /** Another word: refused, or asked about. */
  isStrict: boolean
  title: string
  message: string
}

export type OutSheet = {
  name: string
  isHidden?: boolean
  columns: readonly OutColumn[]
  /** Rows that stay when scrolling. */
  frozenRows?: number
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>
  dropDowns?: readonly DropDown[]
  /** A4 landscape, all columns on one page's width. */
  isForPrint?: boolean
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Writes an .xlsx in pieces, however many rows: holds some rows at a time. */
export async function* writeWorkbook(sheets: readonly OutSheet[]): AsyncGenerator<Buffer> {
  yield* writeZip(partsOf(sheets))
}

function* partsOf(sheets: readonly OutSheet[]): Generator<ZipFile> {
  const part = (name: string, text: string): ZipFile => ({ name, content: [XML + text] })
  const numbers = sheets.map((_, index) => index + 1)
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  yield part(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`).join('')}</Types>`,
  )
  yield part(
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  yield part(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name, isHidden }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
  )
  yield part(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  )
  yield part('xl/styles.xml', STYLES)
  for (const [index, sheet] of sheets.entries())
    yield { name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetXml(sheet) }
}

async function* sheetXml(sheet: OutSheet): AsyncGenerator<string> {
  const { columns, frozenRows = 0, dropDowns = [] } = sheet
  const pane = `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>`
  const fit = sheet.isForPrint ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : ''
  const cols = columns.map(
    ({ width, style = 'text' }, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${styleIndex(style)}" customWidth="1"/>`,
  )
  yield `${XML}<worksheet xmlns="${MAIN}">${fit}<sheetViews><sheetView workbookViewId="0">${frozenRows ? pane : ''}</sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>`
  let text = ''
  let row = 0
  for await (const cells of sheet.rows) {
    row += 1
    text += rowXml(row, cells, columns)
    if (text.length < 64_000) continue
    yield text
    text = ''
  }
  text += '</sheetData>'
  if (dropDowns.length > 0)
    text += `<dataValidations count="${dropDowns.length}">${dropDowns.map(dropDownXml).join('')}</dataValidations>`
  if (sheet.isForPrint) text += '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
  yield `${text}</worksheet>`
}

function rowXml(row: number, cells: readonly OutCell[], columns: readonly OutColumn[]): string {
  let text = `<row r="${row}">`
  for (const [at, cell] of cells.entries()) {
    if (cell === null) continue
    const reference = `r="${columnName(at)}${row}"`
    const style = (usual: Style) => ` s="${styleIndex(cell.style ?? columns[at]?.style ?? usual)}"`
    if ('number' in cell) text += `<c ${reference}${style('number')}><v>${cell.number}</v></c>`
    else if ('boolean' in cell) text += `<c ${reference}${style('number')} t="b"><v>${cell.boolean ? 1 : 0}</v></c>`
    else if ('date' in cell) text += `<c ${reference}${style('date')}><v>${serialOf(cell.date)}</v></c>`
    else
      text += `<c ${reference}${style('text')} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.text)}</t></is></c>`
  }
  return `${text}</row>`
}

function dropDownXml({ column, from, to, source, isStrict, title, message }: DropDown): string {
  const name = columnName(column)
  return `<dataValidation type="list" allowBlank="1" showErrorMessage="1"${isStrict ? '' : ' errorStyle="warning"'} errorTitle="${escapeXml(title)}" error="${escapeXml(message)}" sqref="${name}${from}:${name}${to}"><formula1>${escapeXml(source)}</formula1></dataValidation>`
}
