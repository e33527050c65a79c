import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { words as ledgerWords } from '#app/features/ledger/words.ts'
import { open } from '#app/features/persons/vault.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import {
  base,
  type Cells,
  certified,
  documentOf,
  facts,
  importRows,
  makeAcademies,
  skillNumber,
  tableCounts,
  worker,
} from './ledgers.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await makeAcademies(db)
})

beforeEach(async () => {
  await db.owner`truncate class, person, revision, ledger_import, audit_event cascade`
})

const one: Cells = { ...base, ...worker(1) }
const two: Cells = { ...base, ...worker(2) }
const clean = { rejected: 0, errors: [] }

/** Column, what else a row says of the class, and how the recorded value is named. */
const CLASS_CHANGES: [string, Cells, string][] = [
  ['班次名称', { className: '另一班' }, '焊工实操班'],
  ['培训方式', { mode: '面授' }, '实操'],
  ['职业编码', { occupationCode: '无' }, '6-18-02-04'],
  ['开始日期', { startsOn: '2026-03-01' }, '2026-03-02'],
  ['结束日期', { endsOn: '2026-03-21' }, '2026-03-20'],
  ['计划学时', { plannedHours: '41' }, '40'],
]

/** A row whose certificate has a number of its own. */
const numbered = (row: Cells, n: number): Cells =>
  row.certificateNumber ? { ...row, certificateNumber: skillNumber(1000 + n) } : row

/** The columns and rows of what was refused. */
const places = (found: { row: number | null; column: string | null }[]) =>
  found.map(({ row, column }) => `${row} ${column}`)

describe('what a file makes', () => {
  test('class, persons, enrolments, assessments, certificates, and one audit event for the file', async () => {
    const outcome = await importRows([{ ...one, ...certified(1) }, two])
    expect(outcome).toMatchObject({ rows: 2, created: 2, corrected: 0, unchanged: 0, ...clean, warnings: [] })
    expect(await tableCounts(db)).toEqual({
      class: 1,
      person: 2,
      enrolment: 2,
      assessment: 1,
      certificate: 1,
      certificate_number: 1,
      revision: 0,
      ledger_import: 1,
      audit_event: 1,
    })
    const [event] = await db.owner`select kind, purpose, detail, subject_id from audit_event`
    expect(event).toMatchObject({ kind: 'ledger.imported', purpose: 'ledger', subject_id: outcome.importId })
    expect(event!.detail).toMatchObject({ rows: 2, created: 2, digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test('what is personal is sealed for its own row', async () => {
    await importRows([
      {
        ...one,
        phone: '13912345678',
        ...certified(1),
        certificateType: '特种作业操作证',
        certificateNumber: `T${documentOf(1)}`,
      },
    ])
    const [row] = await db.owner`
      select p.id as person, p.document_sealed, p.birth_date_sealed, e.id as enrolment, e.phone_sealed, k.id as certificate, k.number, k.number_sealed
      from person p join enrolment e on e.person_id = p.id, certificate k`
    expect(open('person.document', row!.person, row!.document_sealed)).toBe(documentOf(1))
    expect(open('person.birth_date', row!.person, row!.birth_date_sealed)).toBe('1961-02-02')
    expect(open('enrolment.phone', row!.enrolment, row!.phone_sealed)).toBe('13912345678')
    expect(row!.number).toBeNull()
    expect(open('certificate.number', row!.certificate, row!.number_sealed)).toBe(`T${documentOf(1)}`)
  })

  test('15 and 18 digits of one card are one person', async () => {
    await importRows([
      { ...base, documentNumber: '110105491231002' },
      { ...base, classCode: 'other', documentNumber: '11010519491231002x' },
    ])
    expect(await tableCounts(db)).toMatchObject({ person: 1, enrolment: 2, class: 2 })
  })

  test('the same class number at two academies is two classes', async () => {
    expect(await importRows([one, { ...one, academyCode: 'GD02', className: '电工班' }])).toMatchObject({
      created: 2,
      ...clean,
    })
    expect(await tableCounts(db)).toMatchObject({ person: 1, enrolment: 2, class: 2 })
  })

  test('an occupation is recorded in its latest edition', async () => {
    await importRows([one])
    expect(await db.owner`select occupation_edition from class`).toMatchObject([{ occupation_edition: 2022 }])
  })

  test('a re-sit is a second row: one enrolment, two assessments', async () => {
    const outcome = await importRows([
      { ...one, assessedOn: '2026-03-25', result: '不合格' },
      { ...one, ...certified(1), assessedOn: '2026-04-01' },
    ])
    expect(outcome).toMatchObject({ created: 2, ...clean })
    expect(await tableCounts(db)).toMatchObject({ enrolment: 1, assessment: 2, certificate: 1 })
  })

  test('two certificates of one assessment are two rows', async () => {
    const licence = { certificateType: '特种作业操作证', certificateNumber: `T${documentOf(1)}`, level: '' }
    const outcome = await importRows([
      { ...one, ...certified(1) },
      { ...one, ...certified(1), ...licence, workItem: '低压电工作业' },
      { ...one, ...certified(1), ...licence, workItem: '高压电工作业' },
    ])
    expect(outcome).toMatchObject({ created: 3, ...clean })
    expect(await tableCounts(db)).toMatchObject({ enrolment: 1, assessment: 1, certificate: 3 })
  })

  test('seats are counted', async () => {
    await importRows([one, two])
    expect(await db.owner`select taken, capacity, origin, status from class`).toMatchObject([
      { taken: 2, capacity: null, origin: 'ledger' },
    ])
  })
})

describe('importing again', () => {
  const rows: Cells[] = [
    { ...one, phone: '13912345678', category: '在职职工', declaredLevel: '无', ...certified(1) },
    {
      ...two,
      ...certified(2),
      certificateType: '特种作业操作证',
      certificateNumber: `T${documentOf(2)}`,
      workItem: '焊接',
      certificateStatus: '撤销',
    },
    { ...one, ...certified(1) },
    {
      ...base,
      classCode: '2026-M-1',
      mode: '混合',
      plannedPracticalHours: '20',
      practicalHoursAttended: '12.5',
      ...worker(3),
    },
    { ...base, classCode: '2026-O-1', mode: '线上', completedOn: '2026-03-10', ...worker(4) },
  ]

  test('changes nothing, and leaves no trace', async () => {
    expect(await importRows(rows)).toMatchObject({ rows: 5, created: 4, unchanged: 1, ...clean })
    const before = await tableCounts(db)
    const again = await importRows(rows)
    expect(again).toMatchObject({ rows: 5, created: 0, corrected: 0, unchanged: 5, ...clean, importId: null })
    expect(await tableCounts(db)).toEqual(before)
  })

  test('changes nothing whatever the spelling', async () => {
    await importRows([{ ...one, phone: '13912345678', ...certified(1) }])
    const spelled = {
      startsOn: '2026年3月2日',
      endsOn: '2026/3/20',
      plannedHours: '40.0',
      phone: '+86 139 1234 5678',
      level: '中级工',
      issuedOn: '20260410',
    }
    expect(await importRows([{ ...one, ...certified(1), ...spelled }])).toMatchObject({
      unchanged: 1,
      corrected: 0,
      ...clean,
    })
  })

  test('with empty optional cells changes nothing', async () => {
    await importRows(rows)
    const before = await facts(db)
    const empty = {
      phone: '',
      category: '',
      declaredLevel: '',
      employer: '',
      issuer: '',
      certificateStatus: '',
      completedOn: '',
    }
    expect(await importRows(rows.map((row) => ({ ...row, ...empty })))).toMatchObject({
      unchanged: 5,
      corrected: 0,
      ...clean,
    })
    expect(await facts(db)).toEqual(before)
  })

  test('nothing goes because it is missing from a file', async () => {
    await importRows([one, two])
    expect(await importRows([one])).toMatchObject({ unchanged: 1 })
    expect(await tableCounts(db)).toMatchObject({ enrolment: 2 })
  })
})

describe('corrections', () => {
  /** Each with its own worker in a class of its own: before, the fact that changes, after. */
  const changes: [Cells, string, Cells][] = [
    [{}, 'enrolment', { hoursAttended: '31.5' }],
    [{}, 'enrolment', { name: '张叁' }],
    [{}, 'enrolment', { employer: '广州某某公司' }],
    [{ phone: '13912345678' }, 'enrolment', { phone: '13987654321' }],
    [{ category: '在职职工' }, 'enrolment', { category: '在校学生' }],
    [{}, 'enrolment', { category: '退休' }],
    [{ declaredLevel: '无' }, 'enrolment', { declaredLevel: '五级' }],
    [{ assessedOn: '2026-03-25', result: '缺考' }, 'assessment', { assessedOn: '2026-03-25', result: '不合格' }],
    [certified(1), 'certificate', { certificateNumber: skillNumber(2) }],
    [certified(1), 'certificate', { level: '学徒工' }],
    [certified(1), 'certificate', { issuer: '人力资源和社会保障局' }],
    [certified(1), 'certificate', { issuedOn: '2026-04-11' }],
    [certified(1), 'certificate', { certificateStatus: '撤销' }],
  ]

  test('of every value keep what was there before, and the import that changed it', async () => {
    const before = changes.map(([row], n) => ({ ...base, classCode: `C${n}`, ...worker(n + 10), ...numbered(row, n) }))
    const after = before.map((row, n) => ({ ...row, ...changes[n]![2] }))
    await importRows(before)
    const outcome = await importRows(after)
    expect(outcome).toMatchObject({ created: 0, corrected: changes.length, unchanged: 0, ...clean })
    const revisions = await db.owner`
      select c.code, r.fact, r.fact_id = coalesce(k.id, a.id, e.id) as is_its_own, r.import_id = ${outcome.importId} as is_of_import,
        r.reason, r.before->>'id' = r.fact_id::text as has_its_id
      from revision r
      left join certificate k on r.fact = 'certificate' and k.id = r.fact_id
      left join assessment a on (r.fact = 'assessment' and a.id = r.fact_id) or a.id = k.assessment_id
      left join enrolment e on (r.fact = 'enrolment' and e.id = r.fact_id) or e.id = a.enrolment_id
      left join class c on c.id = e.class_id`
    const expected = changes.map(([, fact], n) => ({
      code: `C${n}`,
      fact,
      is_its_own: true,
      is_of_import: true,
      reason: null,
      has_its_id: true,
    }))
    const byCode = (one: { code?: string }, other: { code?: string }) => (one.code! < other.code! ? -1 : 1)
    expect([...revisions].sort(byCode)).toEqual(expected.sort(byCode))
    expect(await importRows(after)).toMatchObject({ unchanged: changes.length, corrected: 0 })
  })

  test('the old values are whole, and a corrected phone opens for its row', async () => {
    await importRows([{ ...one, phone: '13912345678', hoursAttended: '20' }])
    await importRows([{ ...one, phone: '13987654321', hoursAttended: '40' }])
    const [row] =
      await db.owner`select e.id, e.phone_sealed, e.credited_on::text, r.before from enrolment e join revision r on r.fact_id = e.id`
    expect(open('enrolment.phone', row!.id, row!.phone_sealed)).toBe('13987654321')
    expect(row).toMatchObject({ credited_on: '2026-03-20', before: { hours_attended: 20, credited_on: null } })
    const sealed = Buffer.from((row!.before.phone_sealed as string).slice(2), 'hex')
    expect(open('enrolment.phone', row!.id, sealed)).toBe('13912345678')
  })

  test('a corrected licence number is sealed for its own certificate', async () => {
    const licence = { ...one, ...certified(1), certificateType: '特种作业操作证', level: '' }
    await importRows([{ ...licence, certificateNumber: 'T123456' }])
    await importRows([{ ...licence, certificateNumber: 'T654321' }])
    const [row] = await db.owner`select id, number_sealed, number_index from certificate`
    expect(open('certificate.number', row!.id, row!.number_sealed)).toBe('T654321')
    expect(await db.owner`select number_index from certificate_number`).toEqual([{ number_index: row!.number_index }])
  })

  test('a number that was corrected away is free again', async () => {
    await importRows([{ ...one, ...certified(1) }])
    await importRows([{ ...one, ...certified(2) }])
    expect(await importRows([{ ...two, ...certified(1) }])).toMatchObject({ created: 1, ...clean })
  })

  test('a row that makes a record counts as created, though it corrects another', async () => {
    await importRows([one])
    expect(await importRows([{ ...one, hoursAttended: '32', ...certified(1) }])).toMatchObject({
      created: 1,
      corrected: 0,
    })
    expect(await tableCounts(db)).toMatchObject({ revision: 1 })
  })

  test('of identical rows the first corrects, the second is unchanged', async () => {
    await importRows([one])
    const changed = { ...one, hoursAttended: '30' }
    expect(await importRows([changed, changed])).toMatchObject({ corrected: 1, unchanged: 1 })
  })

  test('the last name, employer and phone that a file gives are taken, in one file as in several', async () => {
    const rows = [
      { ...one, name: '张叁', employer: '' },
      { ...one, employer: '乙公司' },
      { ...one, name: '张山', employer: '' },
    ]
    expect(await importRows(rows)).toMatchObject({ created: 1, corrected: 2, ...clean })
    expect(await db.owner`select name, employer from enrolment`).toEqual([{ name: '张山', employer: '乙公司' }])
    expect(await importRows(rows)).toMatchObject({ unchanged: 3, corrected: 0 })
  })

  test('the same document with another name at another academy is accepted, as written there', async () => {
    await importRows([one])
    expect(await importRows([{ ...one, academyCode: 'GD02', name: '章三' }])).toMatchObject({
      created: 1,
      ...clean,
      warnings: [],
    })
    expect(await db.owner`select name from enrolment order by name`).toEqual([{ name: one.name }, { name: '章三' }])
  })
})

describe('rows of one file that disagree are errors, all of them', () => {
  /** Each with its own worker in a class of its own: column, one row, what the other says. */
  const differences: [string, Cells, Cells][] = [
    ['实到学时', {}, { hoursAttended: '39.5' }],
    ['人员类别', { category: '在职职工' }, { category: '其他' }],
    ['原技能等级', { declaredLevel: '无' }, { declaredLevel: '五级' }],
    ['完成日期', { mode: '线上', completedOn: '2026-03-10' }, { completedOn: '2026-03-11' }],
    [
      '实操实到学时',
      { mode: '混合', plannedPracticalHours: '20', practicalHoursAttended: '20' },
      { practicalHoursAttended: '10' },
    ],
    ['考核结果', { assessedOn: '2026-03-25', result: '不合格' }, { result: '缺考' }],
    ['证书编号', certified(1), { certificateNumber: skillNumber(2) }],
    ['技能等级', certified(1), { level: '学徒工' }],
    ['发证机构', certified(1), { issuer: '另一机构' }],
    ['发证日期', certified(1), { issuedOn: '2026-04-11' }],
    ['证书状态', { ...certified(1), certificateStatus: '有效' }, { certificateStatus: '撤销' }],
  ]

  test('on every value of an enrolment, an assessment or a certificate', async () => {
    const rows = differences.flatMap(([, row, other], n) => {
      const first = { ...base, classCode: `C${n}`, ...worker(n + 10), ...numbered(row, n) }
      return [first, { ...first, ...other }]
    })
    const outcome = await importRows([...rows, { ...one, classCode: 'fine' }])
    expect(outcome).toMatchObject({ rows: rows.length + 1, created: 0, corrected: 0, rejected: rows.length })
    expect(places(outcome.errors)).toEqual(
      differences.flatMap(([column], n) => [`${2 * n + 2} ${column}`, `${2 * n + 3} ${column}`]),
    )
    expect(outcome.errors[0]!.message).toContain('第3行')
    expect(outcome.errors[1]!.message).toContain('第2行')
    expect(await tableCounts(db)).toMatchObject({ class: 0, person: 0, ledger_import: 0 })
  })

  test('on every value of a class', async () => {
    const rows = CLASS_CHANGES.flatMap(([, other], n) => [
      { ...one, classCode: `C${n}` },
      { ...two, classCode: `C${n}`, ...other },
    ])
    expect(places((await importRows(rows)).errors)).toEqual(
      CLASS_CHANGES.flatMap(([column], n) => [`${2 * n + 2} ${column}`, `${2 * n + 3} ${column}`]),
    )
  })

  test('an empty optional cell disagrees with nothing', async () => {
    const said = { category: '其他', declaredLevel: '无', phone: '13912345678' }
    expect(await importRows([one, { ...one, ...said }, one])).toMatchObject({
      created: 1,
      corrected: 1,
      unchanged: 1,
      ...clean,
    })
    expect(await db.owner`select category, declared_level from enrolment`).toEqual([
      { category: 'other', declared_level: 'none' },
    ])
  })

  test('a row with an error of its own does not drag others along', async () => {
    const outcome = await importRows([one, { ...one, phone: '12', hoursAttended: '20' }], { validOnly: true })
    expect(outcome).toMatchObject({ created: 1, rejected: 1 })
  })

  test('one number for two people, or for two assessments of one', async () => {
    const outcome = await importRows([
      { ...one, ...certified(1) },
      { ...two, ...certified(1) },
      { ...base, ...worker(3), ...certified(3) },
      { ...base, ...worker(3), ...certified(3), assessedOn: '2026-03-26' },
    ])
    expect(places(outcome.errors)).toEqual(['2 证书编号', '3 证书编号', '4 证书编号', '5 证书编号'])
  })

  test('one number with two items is two numbers', async () => {
    const licence = { ...certified(1), certificateType: '特种作业操作证', certificateNumber: 'T1234', level: '' }
    expect(
      await importRows([
        { ...one, ...licence, workItem: '甲' },
        { ...two, ...licence, workItem: '乙' },
      ]),
    ).toMatchObject({ created: 2, ...clean })
  })
})

describe('against what is recorded', () => {
  test('a class with another name, mode, occupation, date or hours is an error that says what is recorded', async () => {
    await importRows(CLASS_CHANGES.map((_, n) => ({ ...one, classCode: `C${n}` })))
    const before = await facts(db)
    const { errors } = await importRows(CLASS_CHANGES.map(([, other], n) => ({ ...one, classCode: `C${n}`, ...other })))
    expect(places(errors)).toEqual(CLASS_CHANGES.map(([column], n) => `${n + 2} ${column}`))
    expect(errors.map(({ message }, n) => message.includes(`“${CLASS_CHANGES[n]![2]}”`))).toEqual(
      CLASS_CHANGES.map(() => true),
    )
    expect(await facts(db)).toEqual(before)
  })

  test('rows that agree with the recorded class pass beside one that does not', async () => {
    await importRows([one])
    const outcome = await importRows([two, { ...base, ...worker(3), className: '另一班' }], { validOnly: true })
    expect(outcome).toMatchObject({ created: 1, rejected: 1 })
  })

  test('a certificate number of another person is an error, in the whole province', async () => {
    await importRows([{ ...one, ...certified(1) }])
    const outcome = await importRows([{ ...two, academyCode: 'GD02', ...certified(1) }])
    expect(outcome.errors).toMatchObject([{ row: 2, column: '证书编号', message: expect.stringContaining('另一人') }])
  })

  test('a number on another assessment of the same person is an error that names it', async () => {
    await importRows([{ ...one, ...certified(1) }])
    const outcome = await importRows([{ ...one, ...certified(1), assessedOn: '2026-03-26' }])
    expect(outcome.errors).toMatchObject([
      { row: 2, column: '证书编号', message: expect.stringContaining('GD01 2026-P-001 2026-03-25') },
    ])
  })

  test('the recorded holder of a number keeps it where a file gives it to somebody else', async () => {
    await importRows([{ ...one, ...certified(1) }])
    const outcome = await importRows(
      [
        { ...one, ...certified(1) },
        { ...two, ...certified(1) },
      ],
      { validOnly: true },
    )
    expect(outcome).toMatchObject({ unchanged: 1, created: 0, rejected: 1 })
  })

  test('an academy that imports for itself may not bring rows of another', async () => {
    const [academy] = await db.owner`select id from academy where code = 'GD02'`
    const outcome = await importRows([one, { ...one, academyCode: 'GD02' }], { onlyAcademyId: academy!.id })
    expect(places(outcome.errors)).toEqual(['2 学院代码'])
  })
})

describe('all or nothing', () => {
  const bad: Cells = { ...two, hoursAttended: '41' }

  test('one error stops the file; unchanged rows are still told', async () => {
    await importRows([one])
    const before = await tableCounts(db)
    const outcome = await importRows([one, bad, { ...base, ...worker(3) }])
    expect(outcome).toMatchObject({ rows: 3, created: 0, corrected: 0, unchanged: 1, rejected: 1, importId: null })
    expect(await tableCounts(db)).toEqual(before)
  })

  test('--valid-only imports the others', async () => {
    const outcome = await importRows([one, bad, { ...base, ...worker(3) }], { validOnly: true })
    expect(outcome).toMatchObject({ rows: 3, created: 2, rejected: 1 })
    expect(places(outcome.errors)).toEqual(['3 实到学时'])
    expect(await db.owner`select rejected, valid_only from ledger_import`).toEqual([{ rejected: 1, valid_only: true }])
  })

  test('--dry-run says what would become of the rows and writes nothing', async () => {
    await importRows([one])
    const before = await tableCounts(db)
    const outcome = await importRows([{ ...one, hoursAttended: '30' }, two, { ...one, hoursAttended: '30' }], {
      dryRun: true,
    })
    expect(outcome).toMatchObject({ rows: 3, created: 1, corrected: 1, unchanged: 1, ...clean, importId: null })
    expect(await tableCounts(db)).toEqual(before)
  })

  test('of many errors the first 1,000 are told, by row, and all rows are counted', async () => {
    const rows = Array.from({ length: 1500 }, (_, n) => ({
      ...base,
      ...worker(n),
      phone: n % 2 ? '12' : '',
      hoursAttended: n % 2 ? '40' : '41',
    }))
    const outcome = await importRows(rows)
    expect(outcome).toMatchObject({ rows: 1500, rejected: 1500 })
    expect(outcome.errors).toHaveLength(1000)
    expect(outcome.errors.map(({ row }) => row)).toEqual(Array.from({ length: 1000 }, (_, n) => n + 2))
  })

  test('no message repeats a document, a phone or a certificate number', async () => {
    const typed = { documentNumber: '44030819900101123', phone: '1391234567', certificateNumber: 'T440308199001011' }
    const outcome = await importRows([
      { ...one, ...certified(1), ...typed },
      { ...two, mode: documentOf(7), category: '139 1234 5678' },
    ])
    expect(outcome.errors.length).toBeGreaterThan(4)
    expect(JSON.stringify(outcome.errors)).not.toMatch(/\d{6,}(?!.*-)|12345678/)
  })
})

describe('classes run in the system', () => {
  const code = { classCode: 'SYS-1' }

  async function openClass(changed: { capacity?: number; status?: string; session?: string } = {}): Promise<void> {
    await db.owner`
      insert into class (academy_id, id, code, name, mode, occupation_code, occupation_edition, starts_on, ends_on, planned_hours, origin, status, capacity, created_at)
      select id, gen_random_uuid(), 'SYS-1', ${base.className!}, 'practical', '6-18-02-04', 2022, '2026-03-02', '2026-03-20', 40, 'system',
        ${changed.status ?? 'published'}, ${changed.capacity ?? 30}, now() from academy where code = 'GD01'`
    if (changed.session)
      await db.owner`
        insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
        select academy_id, gen_random_uuid(), id, ${changed.session}::timestamptz, ${changed.session}::timestamptz + interval '4 hours', 5 from class`
  }

  test('a ledger may bring workers, hours and certificates, and takes seats', async () => {
    await openClass()
    expect(
      await importRows([
        { ...one, ...code, ...certified(1) },
        { ...two, ...code },
      ]),
    ).toMatchObject({ created: 2, ...clean })
    expect(await db.owner`select taken from class`).toEqual([{ taken: 2 }])
  })

  test('never more workers than seats', async () => {
    await openClass({ capacity: 1 })
    const outcome = await importRows([
      { ...one, ...code },
      { ...two, ...code },
    ])
    expect(places(outcome.errors)).toEqual(['2 班次编号', '3 班次编号'])
    expect(await importRows([{ ...one, ...code }])).toMatchObject({ created: 1, ...clean })
    expect(await importRows([{ ...one, ...code }])).toMatchObject({ unchanged: 1, ...clean })
  })

  test.each([['draft'], ['cancelled']])('nobody comes into a class that is %s', async (status) => {
    await openClass({ status })
    expect(places((await importRows([{ ...one, ...code }])).errors)).toEqual(['2 班次编号'])
  })

  test('nobody comes into a class that is closed, and certificates of who is there do', async () => {
    await openClass()
    await importRows([{ ...one, ...code }])
    await db.owner.begin(async (sql) => {
      await sql`
        insert into class_closing (academy_id, id, class_id, closed_by, closed_at, missing)
        select academy_id, gen_random_uuid(), id, gen_random_uuid(), now(), '[]'::jsonb from class`
      await sql`update class set status = 'closed'`
    })
    const { errors } = await importRows([{ ...two, ...code }])
    expect(places(errors)).toEqual(['2 班次编号'])
    expect(errors.map(({ message }) => message)).toEqual([ledgerWords['zh-CN'].problems.classClosed])
    expect(await importRows([{ ...one, ...code, ...certified(1) }])).toMatchObject({ created: 1, ...clean })
  })

  test('where sessions were held, hours come from attendance: rows may not change them, and may add an assessment', async () => {
    await openClass()
    await importRows([{ ...one, ...code }])
    await db.owner`
      insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
      select academy_id, gen_random_uuid(), id, '2026-03-03T01:00Z', '2026-03-03T05:00Z', 5 from class`
    expect(places((await importRows([{ ...one, ...code, hoursAttended: '39' }])).errors)).toEqual(['2 实到学时'])
    expect(places((await importRows([{ ...two, ...code }])).errors)).toEqual(['2 实到学时'])
    expect(await importRows([{ ...one, ...code, ...certified(1) }])).toMatchObject({ created: 1, ...clean })
  })

  test('a session that is still to come changes nothing', async () => {
    await openClass({ session: '2026-12-20T01:00Z' })
    expect(await importRows([{ ...one, ...code }])).toMatchObject({ created: 1, ...clean })
  })
})

test('two imports of the same file at the same moment write it once', async () => {
  const rows = Array.from({ length: 50 }, (_, n) => ({ ...base, ...worker(n), ...certified(n) }))
  const outcomes = await Promise.all([importRows(rows), importRows(rows)])
  expect(outcomes.map(({ created }) => created).sort()).toEqual([0, 50])
  expect(await tableCounts(db)).toMatchObject({ enrolment: 50, certificate: 50, ledger_import: 1 })
})

describe('a file of many rows', () => {
  const MANY = 1000
  const known = async () =>
    (await db.owner`select reltuples::int as rows from pg_class where oid = 'enrolment'::regclass`)[0]!.rows

  beforeAll(async () => {
    await db.owner`alter table enrolment set (autovacuum_enabled = false)`
  })

  test('is known to the planner when it is in, whatever autovacuum saw meanwhile', async () => {
    await db.owner`analyze enrolment`
    expect(await known()).toBe(0)
    await importRows(Array.from({ length: MANY }, (_, n) => ({ ...base, ...worker(n + 1) })))
    expect(await known()).toBe(MANY)
  })

  test('of few rows it is left to autovacuum', async () => {
    await db.owner`analyze enrolment`
    await importRows(Array.from({ length: MANY - 1 }, (_, n) => ({ ...base, ...worker(n + 1) })))
    expect(await known()).toBe(0)
  })
})
