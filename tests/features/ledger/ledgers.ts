import { createHash } from 'node:crypto'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { COLUMNS, FIELDS, type Field } from '#app/features/ledger/columns.ts'
import { importFile } from '#app/features/ledger/commands.server.ts'
import type { ImportOptions, Outcome } from '#app/features/ledger/import.server.ts'
import { toMessage } from '#app/features/ledger/problem.ts'
import { checkDigit } from '#app/features/persons/documents.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { TestDatabase } from '#tests/support/database.ts'
import { fileOf } from '#tests/support/table-files.ts'

/** Cells by field; a field that is left out is an empty cell. */
export type Cells = Partial<Record<Field, string>>

/** 2026-12-01 in Shanghai, whenever the tests run. */
export const NOW = new Date('2026-12-01T04:00:00Z')

/** A synthetic resident identity number with a right check digit; different for every `n` below 900,000. */
export function documentOf(n: number): string {
  const born = `19${String(60 + (n % 40)).padStart(2, '0')}${String(1 + (n % 12)).padStart(2, '0')}${String(1 + (n % 28)).padStart(2, '0')}`
  const first17 = `44${String(Math.floor(n / 1000) % 10_000).padStart(4, '0')}${born}${String(n % 1000).padStart(3, '0')}`
  return first17 + checkDigit(first17)
}

/** A 职业技能等级证书 number whose 16th character says the level. */
export const skillNumber = (n: number, level = 4): string =>
  `Y${String(44_030_000_000_000 + Math.floor(n / 1e6)).padStart(14, '0')}${level}${String(n % 1e6).padStart(6, '0')}`

/** A practical class of 40 hours; every row needs a worker. */
export const base: Cells = {
  academyCode: 'GD01',
  classCode: '2026-P-001',
  className: '焊工实操班',
  mode: '实操',
  occupationCode: '6-18-02-04',
  startsOn: '2026-03-02',
  endsOn: '2026-03-20',
  plannedHours: '40',
  name: '张三',
  documentType: '居民身份证',
  documentNumber: documentOf(1),
  employer: '深圳市某某有限公司',
  hoursAttended: '40',
}

/** What a passed assessment with a 职业技能等级证书 adds to a row. */
export const certified = (n: number): Cells => ({
  assessedOn: '2026-03-25',
  result: '合格',
  certificateType: '职业技能等级证书',
  certificateNumber: skillNumber(n),
  level: '四级/中级工',
  issuer: '深圳市职业技能鉴定中心',
  issuedOn: '2026-04-10',
})

export const worker = (n: number): Cells => ({
  name: `工人${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`,
  documentNumber: documentOf(n),
})

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** The text of a ledger: header in line 1, rows from line 2. */
export function ledgerText(rows: readonly Cells[], fields: readonly Field[] = FIELDS, eol = '\n'): string {
  const lines = [
    fields.map((field) => COLUMNS[field].header),
    ...rows.map((row) => fields.map((field) => row[field] ?? '')),
  ]
  return lines.map((cells) => cells.map(quoted).join(',') + eol).join('')
}

export const options: ImportOptions = {
  dryRun: false,
  validOnly: false,
  onlyAcademyId: null,
  accountId: null,
  now: NOW,
}

export type Imported = Omit<Outcome, 'errors' | 'warnings'> & {
  errors: ReturnType<typeof toMessage>[]
  warnings: ReturnType<typeof toMessage>[]
}

/** Imports a ledger as the shell does, from a text or from rows. */
export async function importRows(
  content: string | Buffer | readonly Cells[],
  changed: Partial<ImportOptions> = {},
): Promise<Imported> {
  const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : ledgerText(content as Cells[])
  const outcome = await importFile(fileOf(text), { ...options, ...changed })
  const said = (found: Outcome['errors']) => found.map((problem) => toMessage(problem, 'zh-CN'))
  return { ...outcome, errors: said(outcome.errors), warnings: said(outcome.warnings) }
}

/** Two academies (GD01, GD02), two occupations and the plan's policy. */
export async function makeAcademies({ owner }: TestDatabase): Promise<{ first: string; second: string }> {
  const [union, first, second] = [newId(), newId(), newId()]
  await owner`insert into trade_union (id, name, kind) values (${union}, '测试产业工会', 'industrial_union')`
  await owner`insert into academy (id, code, name, kind, sponsor_id, created_at) values
    (${first}, 'GD01', '第一工匠学院', 'industry', ${union}, now()), (${second}, 'GD02', '第二工匠学院', 'industry', ${union}, now())`
  await owner`insert into occupation (code, edition, name) values
    ('6-18-02-04', 2022, '焊工'), ('6-18-02-04', 2015, '焊工'), ('6-31-01-03', 2022, '电工') on conflict do nothing`
  await as(system('setup'), (tx) => loadPolicy(tx))
  return { first, second }
}

/** Everything that the three facts say, without ids, order and instants: what must not depend on how it was imported. */
export async function facts({ owner }: TestDatabase): Promise<string[]> {
  const rows = await owner`
    select y.code as academy, c.code as class, c.name, c.mode, c.occupation_code, c.starts_on::text, c.ends_on::text, c.planned_hours,
      c.planned_practical_hours, c.taken, p.document_index, e.seat, e.name as worker, e.employer, e.phone_index, e.category,
      e.declared_level, e.hours_attended, e.practical_hours_attended, e.completed_on::text, e.credited_on::text,
      a.assessed_on::text, a.result, k.type, k.work_item, k.number, k.number_index, k.level, k.issuer, k.issued_on::text, k.status
    from class c join academy y on y.id = c.academy_id
    left join enrolment e on e.class_id = c.id left join person p on p.id = e.person_id
    left join assessment a on a.enrolment_id = e.id left join certificate k on k.assessment_id = a.id`
  return rows.map((row) => createHash('sha256').update(JSON.stringify(row)).digest('hex')).sort()
}

const TABLES = [
  'class',
  'person',
  'enrolment',
  'assessment',
  'certificate',
  'certificate_number',
  'revision',
  'ledger_import',
  'audit_event',
]

/** How many rows every table of the ledger holds. */
export async function tableCounts({ owner }: TestDatabase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of TABLES) {
    const [row] = await owner<{ count: number }[]>`select count(*)::int as count from ${owner(table)}`
    counts[table] = row!.count
  }
  return counts
}
