import { expect, test } from 'vitest'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { toMessage } from '#app/features/ledger/problem.ts'
import type { ZipFile } from '#app/lib/workbook/zip-write.server.ts'
import { deflated, type Raw, repeated, stored, zipOfRaw } from '#tests/support/raw-zip.ts'
import { fileOf } from '#tests/support/table-files.ts'
import { base } from './ledgers.ts'
import { bookFiles, ledgerRows, type SheetSpec, zipOf } from './workbooks.ts'

const sheet: SheetSpec = { name: '台账', rows: ledgerRows([base]) }
const HEAD = '<?xml version="1.0"?><worksheet xmlns="x"><sheetData>'
const TAIL = '</sheetData></worksheet>'

async function text({ content }: ZipFile): Promise<string> {
  let said = ''
  for await (const piece of content) said += piece
  return said
}

/** A workbook in which one file is another than it should be, and some come on top. */
async function bookWith(changed: Raw[], strings?: string[]): Promise<Buffer> {
  const files = await Promise.all(
    bookFiles({ sheets: [sheet], strings }).map(async (file) => deflated(file.name, await text(file))),
  )
  const names = new Set(changed.map(({ name }) => name))
  return zipOfRaw([...files.filter(({ name }) => !names.has(name)), ...changed])
}

const SHEET = 'xl/worksheets/s0.xml'
const lies = (raw: Raw, unpacked: number): Raw => ({ ...raw, unpacked })
const blank = (cells: number) => `<row>${'<c/>'.repeat(cells)}</row>`
const row = `<row><c t="inlineStr"><is><t>${'A'.repeat(1000)}</t></is></c></row>`
const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'a'.repeat(50)}">${[...'bcdefghij'].map((letter, n) => `<!ENTITY ${letter} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}]><worksheet><sheetData><row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>`

const hostile: [string, () => Buffer | Promise<Buffer>, string][] = [
  ['a sheet of 400 MB', () => bookWith([repeated(SHEET, HEAD, row.repeat(100), 4000, TAIL)]), '过大'],
  [
    'a sheet of 400 MB that is said to be small',
    () => bookWith([lies(repeated(SHEET, HEAD, row, 400_000, TAIL), 1000)]),
    '已损坏',
  ],
  ['many rows that are full', () => bookWith([repeated(SHEET, HEAD, row.repeat(10), 20_000, TAIL)]), '50000行'],
  ['16 million empty cells', () => bookWith([repeated(SHEET, HEAD, blank(16_000), 1000, TAIL)]), '单元格过多'],
  [
    '1 GB of shared strings',
    () =>
      bookWith(
        [repeated('xl/sharedStrings.xml', '<sst>', `<si><t>${'B'.repeat(1_000_000)}</t></si>`, 1000, '</sst>')],
        [''],
      ),
    '过大',
  ],
  [
    '300 MB of shared strings',
    () =>
      bookWith(
        [repeated('xl/sharedStrings.xml', '<sst>', `<si><t>${'B'.repeat(1_000_000)}</t></si>`, 300, '</sst>')],
        [''],
      ),
    '过大',
  ],
  [
    'ten million shared strings',
    () =>
      bookWith([repeated('xl/sharedStrings.xml', '<sst>', '<si><t>B</t></si>'.repeat(1000), 10_000, '</sst>')], ['']),
    '过大',
  ],
  [
    'one cell of 300 MB',
    () =>
      bookWith([
        repeated(
          SHEET,
          `${HEAD}<row><c t="inlineStr"><is><t>`,
          'A'.repeat(1_000_000),
          300,
          `</t></is></c></row>${TAIL}`,
        ),
      ]),
    '',
  ],
  [
    'one tag of 100 MB',
    () => bookWith([repeated(SHEET, `${HEAD}<row r="`, '1'.repeat(1_000_000), 100, `"/>${TAIL}`)]),
    '已损坏',
  ],
  [
    'a comment of 300 MB',
    () => bookWith([repeated(SHEET, `${HEAD}<!--`, ' '.repeat(1_000_000), 300, `-->${TAIL}`)]),
    '已损坏',
  ],
  ['a billion laughs', () => bookWith([deflated(SHEET, laughs)]), '结构不正常'],
  [
    '70,000 entries',
    () => zipOfRaw([...Array.from({ length: 70_000 }, (_, n) => stored(`xl/media/${n}`, ''))]),
    '结构不正常',
  ],
  [
    '30,000 entries',
    () => zipOfRaw(Array.from({ length: 30_000 }, (_, n) => stored(`xl/media/${n}`, ''))),
    '结构不正常',
  ],
  [
    'a directory that counts fewer entries than there are',
    () =>
      zipOfRaw(
        Array.from({ length: 30_000 }, (_, n) => stored(`xl/media/${n}`, '')),
        3,
      ),
    '已损坏',
  ],
  ['archives inside', async () => bookWith([stored('xl/embeddings/inner.zip', await bookWith([]))]), '嵌入'],
  ['an archive that holds a workbook', async () => zipOfRaw([stored('台账.xlsx', await bookWith([]))]), '嵌入'],
  ['an archive that holds something else', () => zipOfRaw([stored('a.txt', 'a')]), '压缩包'],
  ['a name that leads elsewhere', () => bookWith([stored('../../etc/cron.d/x', 'x')]), '结构不正常'],
  ['a name twice', () => bookWith([stored('a.xml', 'x'), stored('A.xml', 'y')]), '结构不正常'],
  [
    'entries that share their bytes',
    () => bookWith([stored('a', 'x'.repeat(500)), { ...stored('b', 'x'.repeat(500)), at: 0 }]),
    '已损坏',
  ],
  ['an encrypted entry', () => bookWith([{ ...deflated(SHEET, HEAD + TAIL), flags: 1 }]), '密码'],
  ['bytes that are not what they were', () => bookWith([{ ...deflated(SHEET, HEAD + TAIL), crc: 1 }]), '已损坏'],
  ['no deflate stream', () => bookWith([{ name: SHEET, packed: Buffer.alloc(100, 7), unpacked: 100 }]), '已损坏'],
  ['XML that ends in the middle', () => bookWith([deflated(SHEET, `${HEAD}<row><c`)]), '已损坏'],
  ['XML in UTF-16', () => bookWith([{ ...stored(SHEET, Buffer.from(`\uFEFF${HEAD}${TAIL}`, 'utf16le')) }]), '已损坏'],
  [
    'a reference to a text that is not there',
    () => bookWith([deflated(SHEET, `${HEAD}<row><c t="s"><v>9</v></c></row>${TAIL}`)]),
    '已损坏',
  ],
  [
    'a sheet that the workbook names and does not have',
    () => zipOfRaw([deflated('xl/workbook.xml', '<workbook><sheets><sheet name="a"/></sheets></workbook>')]),
    '压缩包',
  ],
  ['an old workbook', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]), '.xlsx'],
  [
    'a workbook with a password',
    () =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
    '密码',
  ],
  ['half a workbook', async () => (await bookWith([])).subarray(0, 700), '已损坏'],
]

test('a workbook made by hand in this way is read', async () => {
  const found = await openLedger(fileOf(await bookWith([stored('docProps/thumbnail.jpeg', 'x')])))
  expect(found).toMatchObject({ ok: true, source: { kind: 'xlsx', sheets: [{ headerRow: 1, rows: 2 }] } })
})

test.each(hostile)(
  '%s: a clear sentence, soon, without much memory',
  async (_, make, said) => {
    const file = fileOf(await make())
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 20)
    const began = performance.now()
    const found = await openLedger(file)
    clearInterval(watch)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect((most - before) / 1_000_000).toBeLessThan(300)
    const sheets = found.ok ? found.source.sheets : []
    const problem = found.ok ? sheets[0]!.problems[0]! : found.problem
    expect(toMessage(problem, 'zh-CN').message).toContain(said)
  },
  30_000,
)

test('generated workbooks of the tests are what the product’s own writer makes', async () => {
  const found = await openLedger(fileOf(await zipOf(bookFiles({ sheets: [sheet] }))))
  expect(found.ok).toBe(true)
})
