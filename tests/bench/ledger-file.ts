import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { COLUMNS, FIELDS } from '#app/features/ledger/columns.ts'
import { outCell, outColumn } from '#app/features/ledger/out-cells.ts'
import { checkDigit } from '#app/features/persons/documents.ts'
import { type OutCell, writeWorkbook } from '#app/lib/workbook/write.server.ts'

export const ACADEMIES = 20
const PER_CLASS = 40

export const academyCode = (n: number): string => `BENCH${String(n).padStart(2, '0')}`

/**
 * Writes a ledger of `rows` rows as the field has them: 40 workers a class, all four modes, every fifth worker in two
 * classes, seven in ten assessed, half of all rows with a certificate. The same file for the same number.
 */
export async function writeLedger(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  file.write(`${FIELDS.map((field) => COLUMNS[field].header).join(',')}\r\n`)
  let text = ''
  for (let n = 0; n < rows; n++) {
    text += `${rowOf(n).join(',')}\r\n`
    if (text.length < 100_000) continue
    if (!file.write(text)) await once(file, 'drain')
    text = ''
  }
  file.end(text)
  await once(file, 'finish')
}

/** The same rows as a workbook, as Excel would hold them: dates and hours as numbers, all else as text. */
export async function writeLedgerWorkbook(path: string, rows: number): Promise<void> {
  function* cells(): Generator<OutCell[]> {
    yield FIELDS.map((field) => ({ text: COLUMNS[field].header }))
    for (let n = 0; n < rows; n++) yield rowOf(n).map((value, at) => outCell(FIELDS[at]!, value))
  }
  await writeFile(path, writeWorkbook([{ name: 'ledger', columns: FIELDS.map(outColumn), rows: cells() }]))
}

const MODES = ['实操', '混合', '面授', '线上']
const CATEGORIES = ['在职职工', '灵活就业', '新就业形态', '', '退休']

function rowOf(n: number): string[] {
  const theClass = Math.floor(n / PER_CLASS)
  const mode = MODES[theClass % 4]!
  const isMixed = mode === '混合'
  const month = String(1 + (theClass % 9)).padStart(2, '0')
  const year = 2024 + (theClass % 3)
  const person = n % 5 === 4 && n > 5 * PER_CLASS ? n - 4 * PER_CLASS - 1 : n // every fifth has been in an earlier class
  const isAssessed = n % 10 < 7
  const isCertified = n % 10 < 5
  const certificate = isCertified
    ? [
        '职业技能等级证书',
        `Y44030000000${String(n).padStart(10, '0')}`,
        '四级/中级工',
        '',
        '市职业技能鉴定中心',
        `${year}-${month}-28`,
        '',
      ]
    : ['', '', '', '', '', '', '']
  return [
    academyCode(theClass % ACADEMIES),
    `${year}-${String(theClass).padStart(6, '0')}`,
    `焊工技能提升培训班第${theClass}期`,
    mode,
    theClass % 6 === 0 ? '无' : '6-18-02-04',
    `${year}-${month}-03`,
    `${year}-${month}-20`,
    '40',
    isMixed ? '24' : '',
    `王建${String.fromCodePoint(0x4e00 + (n % 5000))}`,
    '居民身份证',
    documentOf(person),
    `138${String(person).padStart(8, '0')}`,
    CATEGORIES[n % 5]!,
    `深圳市第${n % 700}精密制造有限公司`,
    n % 3 === 0 ? '五级/初级工' : '',
    n % 9 === 0 ? '20' : '40',
    isMixed ? (n % 9 === 0 ? '12' : '24') : '',
    '',
    ...(isAssessed ? [`${year}-${month}-22`, isCertified ? '合格' : '不合格'] : ['', '']),
    ...certificate,
  ]
}

function documentOf(n: number): string {
  const region = String(440_000 + (Math.floor(n / 1000) % 1000))
  const born = `${1960 + (n % 40)}${String(1 + (Math.floor(n / 40) % 12)).padStart(2, '0')}${String(1 + (Math.floor(n / 480) % 28)).padStart(2, '0')}`
  const first17 = `${region}${born}${String(n % 1000).padStart(3, '0')}`
  return first17 + checkDigit(first17)
}
