import { inflateRawSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { complianceReport, type Output } from '#app/features/figures/report.server.ts'
import { asCsv, asTable, REPORT_COLUMNS, type ReportRow } from '#app/features/figures/report.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase } from '#tests/support/database.ts'

beforeAll(async () => {
  const db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  const b = build()
  const [second, first] = [b.academy({ code: 'B02', name: '乙学院' }), b.academy({ code: 'A01', name: '=甲,学院' })]
  b.academy({ code: 'C03', name: '空学院', designated: null })
  for (let i = 0; i < 2; i++) b.brand(first)
  for (const [endsOn, level] of [
    ['2025-03-06', 'l5'],
    ['2025-03-07', 'l5'],
    ['2026-03-06', 'l4'],
  ] as const)
    b.certificate(b.assessment(b.enrolment(b.class(first, { endsOn }))), { level })
  b.assessment(b.enrolment(b.class(first, { mode: 'online' })), { result: 'failed' })
  b.enrolment(b.class(second, { mode: 'practical' }))
  await insertFacts(db.owner, b.facts)
})

async function run(...argv: string[]) {
  const written: Uint8Array[] = []
  const errors: string[] = []
  const output: Output = {
    stdout: { write: (text) => written.push(Buffer.from(text)) },
    stderr: { write: (text) => errors.push(text) },
  }
  const status = await complianceReport(argv, output)
  const bytes = Buffer.concat(written)
  return { status, bytes, out: bytes.toString('utf8'), errors: errors.join('') }
}
const json = async (...argv: string[]) => JSON.parse((await run(...argv, '--format', 'json')).out) as ReportRow[]

test('JSON is one array by academy_code, with every academy and exactly the columns of the specification', async () => {
  const rows = await json('--year', '2026')
  expect(rows.map((row) => row.academy_code)).toEqual(['A01', 'B02', 'C03'])
  for (const row of rows) expect(Object.keys(row)).toEqual(REPORT_COLUMNS)
  expect(rows[0]).toEqual({
    academy_code: 'A01',
    academy_name: '=甲,学院',
    year: 2026,
    brands: 2,
    trained: 2,
    trained_times: 2,
    trained_online_only: 1,
    practical: 0,
    practical_times: 0,
    assessed: 2,
    certified: 1,
    rate_percent: 50,
    improved: 1,
    improved_previous: 2,
    growth_percent: -50,
    brands_verdict: 'met',
    trained_verdict: 'not_met',
    practical_verdict: 'not_met',
    rate_verdict: 'not_met',
    growth_verdict: 'not_met',
    compliant: false,
  })
})

test('an academy without any row: no data for the rate, no baseline for growth, null percentages', async () => {
  expect((await json('--year', '2026'))[2]).toMatchObject({
    trained: 0,
    rate_percent: null,
    growth_percent: null,
    rate_verdict: 'no_data',
    growth_verdict: 'no_baseline',
    compliant: false,
  })
})

test('--academy gives that one alone; an unknown code is refused and prints nothing', async () => {
  expect((await json('--year', '2026', '--academy', 'B02')).map((row) => row.academy_code)).toEqual(['B02'])
  const unknown = await run('--year', '2026', '--academy', 'NOPE', '--format', 'json')
  expect(unknown).toMatchObject({ status: 1, out: '' })
  expect(unknown.errors).toContain('NOPE')
})

test('what is not understood is refused with the usage', async () => {
  for (const argv of [
    [],
    ['--year', '26'],
    ['--year', '2026', '--format', 'pdf'],
    ['--what'],
    ['--year', '2026', 'more'],
  ]) {
    const refused = await run(...argv)
    expect(refused).toMatchObject({ status: 2, out: '' })
    expect(refused.errors).toContain('compliance:report')
  }
})

test('CSV: a text that Excel would run as a formula gets an apostrophe, a negative number stays a number', async () => {
  const [header, first, , third] = (await run('--year', '2026', '--format', 'csv')).out.split('\n')
  expect(header).toBe(REPORT_COLUMNS.join(','))
  expect(first).toMatch(/^A01,"'=甲,学院",2026,/)
  expect(first).toContain(',-50,')
  expect(third).toMatch(/^C03,空学院,2026,0,0,0,0,0,0,0,0,,0,0,,not_met,not_met,not_met,no_data,no_baseline,false$/)
})

test('CSV quotes a quotation mark and covers every sign that begins a formula', () => {
  for (const name of ['+1', '-1', '@a', '\tb', '=c'])
    expect(asCsv([{ academy_name: name } as ReportRow])).toContain(`'${name}`)
  expect(asCsv([{ academy_name: 'a"b' } as ReportRow])).toContain('"a""b"')
})

test('the table aligns Chinese names as two columns a character', async () => {
  const lines = (await run('--year', '2026')).out.trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(asTable([]).trim()).toBe(REPORT_COLUMNS.join('  '))
  const wide = (text: string) => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0)
  expect(new Set(lines.map((line) => wide(line.slice(0, line.search(/year|2026/))))).size).toBe(1)
})

test('xlsx is a workbook whose codes and names are text; it is not written to a screen', async () => {
  const { status, bytes } = await run('--year', '2026', '--format', 'xlsx')
  expect(status).toBe(0)
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  const sheet = partOf(bytes, 'xl/worksheets/sheet1.xml')
  for (const text of ['academy_code', 'A01', '=甲,学院', 'no_baseline']) expect(sheet).toContain(text)
  expect(sheet).not.toContain('<f>')
  const output: Output = { stdout: { isTTY: true, write: () => {} }, stderr: { write: () => {} } }
  expect(await complianceReport(['--year', '2026', '--format', 'xlsx'], output)).toBe(2)
})

/** A file inside a zip, from its local header on. */
function partOf(zip: Buffer, name: string): string {
  const at = zip.indexOf(name)
  const extra = zip.readUInt16LE(at - 2)
  return inflateRawSync(zip.subarray(at + name.length + extra)).toString('utf8')
}
