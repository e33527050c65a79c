import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { base, type Cells, facts, importRows, makeAcademies, skillNumber, tableCounts, worker } from './ledgers.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

const clear = () => db.owner`truncate class, person, revision, ledger_import, audit_event cascade`

type Row = {
  worker: number
  theClass: number
  sitting: number
  item: number
  says: number[]
  employer: number
  name: number
}

const rowOf: fc.Arbitrary<Row> = fc.record({
  worker: fc.nat(4),
  theClass: fc.nat(3),
  /** 0: not assessed; 1 and 2: the first and second sitting. */
  sitting: fc.nat(2),
  /** 0: no certificate; 1: a level certificate; 2, 3: licences with an item each. */
  item: fc.nat(3),
  /** Whether optional cells are filled in. */
  says: fc.array(fc.nat(1), { minLength: 5, maxLength: 5 }),
  employer: fc.nat(2),
  name: fc.nat(9).map((n) => (n < 8 ? 0 : n)),
})

const MODES = ['实操', '混合', '面授', '线上']

/** Rows of one record never disagree on what must agree; they may leave cells empty, and differ in name and employer. */
function cellsOf({ worker: who, theClass, sitting, item, says, employer, name }: Row): Cells {
  const mode = MODES[theClass]!
  const hours = String(30 + ((who + theClass) % 11))
  const serial = who * 100 + theClass * 10 + sitting
  const hasCertificate = sitting > 0 && item > 0 && (who + sitting) % 2 === 0
  return {
    ...base,
    ...worker(who),
    ...(name > 0 && { name: `工人${name}` }),
    classCode: `C${theClass}`,
    mode,
    hoursAttended: hours,
    employer: employer === 0 ? '' : `第${employer}公司`,
    ...(mode === '混合' && { plannedPracticalHours: '20', practicalHoursAttended: '12' }),
    ...(mode === '线上' && says[0] && { completedOn: `2026-03-${10 + who}` }),
    ...(says[1] && { category: '在职职工' }),
    ...(says[2] && { declaredLevel: '无' }),
    ...(says[3] && { phone: `1380000${String(1000 + who)}` }),
    ...(sitting > 0 && {
      assessedOn: `2026-0${3 + sitting}-15`,
      result: (who + sitting) % 2 === 0 ? '合格' : '不合格',
    }),
    ...(hasCertificate && {
      issuedOn: `2026-0${3 + sitting}-20`,
      ...(says[4] && { issuer: '鉴定中心', certificateStatus: '有效' }),
      ...(item === 1
        ? { certificateType: '职业技能等级证书', certificateNumber: skillNumber(serial), level: '四级' }
        : { certificateType: '特种作业操作证', certificateNumber: `T${serial}000${item}`, workItem: `项目${item}` }),
    }),
  }
}

test('the same rows, in one file or in several, make the same records; and once more they change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rowOf, { minLength: 1, maxLength: 30 }),
      fc.array(fc.nat(29), { maxLength: 3 }),
      async (made, cuts) => {
        const rows = made.map(cellsOf)
        await clear()
        const whole = await importRows(rows)
        expect(whole).toMatchObject({ rows: rows.length, rejected: 0, errors: [] })
        expect(whole.created + whole.corrected + whole.unchanged).toBe(rows.length)
        const expected = await facts(db)
        const counts = await tableCounts(db)
        expect(await importRows(rows)).toMatchObject({ created: 0, corrected: 0, unchanged: rows.length })
        expect(await tableCounts(db)).toEqual(counts)

        await clear()
        const edges = [0, ...cuts.filter((cut) => cut < rows.length).sort((a, b) => a - b), rows.length]
        let created = 0
        for (const [n, from] of edges.slice(0, -1).entries())
          if (edges[n + 1]! > from) created += (await importRows(rows.slice(from, edges[n + 1]))).created
        expect(await facts(db)).toEqual(expected)
        expect(created).toBe(whole.created)
        expect(await importRows(rows)).toMatchObject({ created: 0, rejected: 0 })
        expect(await facts(db)).toEqual(expected)
      },
    ),
    { numRuns: 12 },
  )
}, 240_000)

/** What goes wrong in a file: a value that disagrees, a number that is somebody else's, a cell that cannot be read. */
const SLIPS: Cells[] = [
  {},
  {},
  {},
  { hoursAttended: '29' },
  { category: '其他' },
  { className: '另一班' },
  { phone: '1' },
  { certificateNumber: skillNumber(1) },
  { endsOn: '2026-03-01' },
]

test('--valid-only takes every row or tells why not; and once more it changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(rowOf, fc.nat(SLIPS.length - 1)), { minLength: 1, maxLength: 25 }),
      async (made) => {
        const rows = made.map(([row, slip]) => {
          const cells = cellsOf(row)
          const changed = SLIPS[slip]!
          return changed.certificateNumber && cells.level === undefined ? cells : { ...cells, ...changed }
        })
        await clear()
        const first = await importRows(rows, { validOnly: true })
        expect(first.created + first.corrected + first.unchanged + first.rejected).toBe(rows.length)
        expect(new Set(first.errors.map(({ row }) => row)).size).toBe(first.rejected)
        const [before, counts] = [await facts(db), await tableCounts(db)]
        const again = await importRows(rows, { validOnly: true })
        expect(again).toMatchObject({
          created: 0,
          corrected: 0,
          unchanged: rows.length - first.rejected,
          rejected: first.rejected,
        })
        expect(again.errors).toEqual(first.errors)
        expect(await facts(db)).toEqual(before)
        expect(await tableCounts(db)).toEqual(counts)
      },
    ),
    { numRuns: 12 },
  )
}, 240_000)
