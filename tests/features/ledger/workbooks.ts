import { COLUMNS, FIELDS, type Field } from '#app/features/ledger/columns.ts'
import { columnName, escapeXml, serialOf } from '#app/lib/workbook/markup.ts'
import { writeZip, type ZipFile } from '#app/lib/workbook/zip-write.server.ts'
import { fileOf } from '#tests/support/table-files.ts'
import type { Cells } from './ledgers.ts'

/** A cell as Excel, WPS and others write it: a text (inline), a number, or the XML between its reference and its end. */
export type Cell = string | number | null | { xml: string }

const text = (value: string) => `<t xml:space="preserve">${escapeXml(value)}</t>`

/** A real date (`YYYY-MM-DD`, with hours as a fraction of the day), by a style of its own. */
export const date = (day: string, fraction = 0): Cell => ({ xml: ` s="1"><v>${serialOf(day) + fraction}</v>` })
/** A date by a Chinese format that Excel knows by number (31). */
export const chineseDate = (day: string): Cell => ({ xml: ` s="2"><v>${serialOf(day)}</v>` })
export const padded = (value: number): Cell => ({ xml: ` s="3"><v>${value}</v>` })
export const formula = (value: number | null): Cell => ({
  xml: `><f>1+1</f>${value === null ? '' : `<v>${value}</v>`}`,
})
export const textFormula = (value: string): Cell => ({ xml: ` t="str"><f>A1</f><v>${escapeXml(value)}</v>` })
export const error = (value: string): Cell => ({ xml: ` t="e"><v>${value}</v>` })
export const shared = (index: number): Cell => ({ xml: ` t="s"><v>${index}</v>` })

export type SheetSpec = {
  name: string
  state?: string
  rows?: Cell[][]
  /** `A4:C8` */
  merges?: string[]
  /** Instead of rows: what stands in sheetData. */
  raw?: string
}

export type BookSpec = {
  sheets: SheetSpec[]
  /** Items of sharedStrings.xml, as XML within `si`. */
  strings?: string[]
  is1904?: boolean
  more?: ZipFile[]
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const XML = '<?xml version="1.0" encoding="UTF-8"?>'

function sheetXml({ rows = [], merges = [], raw }: SheetSpec): string {
  const body = rows.map((cells, at) => {
    const written = cells.map((cell, column) => {
      if (cell === null) return ''
      const reference = `<c r="${columnName(column)}${at + 1}"`
      if (typeof cell === 'number') return `${reference}><v>${cell}</v></c>`
      return typeof cell === 'string'
        ? `${reference} t="inlineStr"><is>${text(cell)}</is></c>`
        : `${reference}${cell.xml}</c>`
    })
    return written.length > 0 ? `<row r="${at + 1}">${written.join('')}</row>` : ''
  })
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  return `${XML}<worksheet ${MAIN}><sheetData>${raw ?? body.join('')}</sheetData>${merged && `<mergeCells>${merged}</mergeCells>`}</worksheet>`
}

export function bookFiles({ sheets, strings, is1904, more = [] }: BookSpec): ZipFile[] {
  const relations = [
    ...sheets.map((_, n) => `<Relationship Id="r${n}" Type="${RELATIONS}/worksheet" Target="worksheets/s${n}.xml"/>`),
    `<Relationship Id="st" Type="${RELATIONS}/styles" Target="styles.xml"/>`,
    strings ? `<Relationship Id="ss" Type="${RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>` : '',
  ]
  const named = sheets.map(
    ({ name, state }, n) =>
      `<sheet name="${escapeXml(name)}" sheetId="${n + 1}"${state ? ` state="${state}"` : ''} r:id="r${n}"/>`,
  )
  return [
    {
      name: '_rels/.rels',
      content: [
        `${XML}<Relationships><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
    },
    {
      name: 'xl/workbook.xml',
      content: [
        `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${named.join('')}</sheets></workbook>`,
      ],
    },
    { name: 'xl/_rels/workbook.xml.rels', content: [`${XML}<Relationships>${relations.join('')}</Relationships>`] },
    {
      name: 'xl/styles.xml',
      content: [
        `${XML}<styleSheet ${MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy/m/d;@"/><numFmt numFmtId="165" formatCode="0000"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
      ],
    },
    ...(strings
      ? [
          {
            name: 'xl/sharedStrings.xml',
            content: [`${XML}<sst ${MAIN}>${strings.map((si) => `<si>${si}</si>`).join('')}</sst>`],
          },
        ]
      : []),
    ...sheets.map((sheet, n): ZipFile => ({ name: `xl/worksheets/s${n}.xml`, content: [sheetXml(sheet)] })),
    ...more,
  ]
}

export async function zipOf(files: ZipFile[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of writeZip(files)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** A workbook on disk (named like a csv file: the content decides). */
export const bookFile = async (book: BookSpec): Promise<string> => fileOf(await zipOf(bookFiles(book)))

/** The rows of a ledger as cells, header first. */
export const ledgerRows = (rows: readonly Cells[], fields: readonly Field[] = FIELDS): Cell[][] => [
  fields.map((field) => COLUMNS[field].header),
  ...rows.map((row) => fields.map((field) => row[field] ?? null)),
]
