import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { revokeCertificate, saveCertificates } from '#app/features/certification/certificates.server.ts'
import { listPassed } from '#app/features/certification/desk.server.ts'
import { listMyCertificates } from '#app/features/certification/mine.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { noticePath } from '#app/features/notices/notices.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let of: Awaited<ReturnType<typeof world.classOf>>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  of = await world.classOf(academy)
})

const now = new Date('2026-12-20T12:00:00+08:00')
let serial = 1000
/** 职业技能等级证书, 四级: the 16th character is 4. */
const number = (digit = '4') => `Y${String(++serial).padStart(14, '0')}${digit}000001`

async function passed(given: { personId?: string; result?: string; at?: typeof of; accountId?: string } = {}) {
  const { id: enrolmentId } = await world.enrolment(given.at ?? of, {
    personId: given.personId,
    accountId: given.accountId,
  })
  const id = newId()
  const academyId = (given.at ?? of).academyId
  await db.owner`insert into assessment (academy_id, id, enrolment_id, assessed_on, result, created_at)
    values (${academyId}, ${id}, ${enrolmentId}, '2026-11-28', ${given.result ?? 'passed'}, now())`
  return id
}

const batch = { type: 'skill_level', level: 'l4', workItem: '', issuer: '省鉴定中心', issuedOn: '2026-12-15' }
type Given = Partial<typeof batch> & { reason?: string; isDigitChecked?: boolean; viewer?: Viewer; classId?: string }
type Own = Partial<typeof batch> & { number: string }
function save(numbers: Record<string, string | Own>, given: Given = {}) {
  const { reason = '', isDigitChecked = false, viewer = admin, classId = of.id, ...changes } = given
  const entries = Object.entries(numbers).map(([assessmentId, typed]) => {
    const { number: written, ...own } = typeof typed === 'string' ? { number: typed } : typed
    return { assessmentId, number: written, own }
  })
  const academyId = viewer.academyId ?? ''
  return saveCertificates(viewer, {
    academyId,
    classId,
    batch: { ...batch, ...changes },
    entries,
    isDigitChecked,
    reason,
    now,
  })
}
const fault = (answer: Awaited<ReturnType<typeof save>>) => (answer.ok ? null : answer.numbers.map((one) => one.fault))
const count = async (assessmentId: string) =>
  (await db.owner`select 1 from certificate where assessment_id = ${assessmentId}`).length

test('certificates of many workers are recorded at once and enter the province’s register', async () => {
  const [one, other] = [await passed(), await passed()]
  const numbers = { [one]: number(), [other]: ` ${number().toLowerCase()} ` }
  expect(await save(numbers)).toEqual({ ok: true, changed: 2 })
  const rows = await db.owner`select c.number, c.level, c.issuer, n.type from certificate c
    join certificate_number n on n.certificate_id = c.id where c.assessment_id in (${one}, ${other}) order by c.number`
  expect(rows).toMatchObject([{ level: 'l4', issuer: '省鉴定中心', type: 'skill_level' }, { level: 'l4' }])
  expect(rows[1]?.number).toBe(numbers[other]?.trim().toUpperCase())
})

test('the number’s form follows its type', async () => {
  const id = await passed()
  expect(fault(await save({ [id]: 'Y123' }))).toEqual(['form_skill_level'])
  expect(fault(await save({ [id]: '123456789012345' }, { type: 'qualification' }))).toEqual(['form_qualification'])
  expect(fault(await save({ [id]: 'A/1' }, { type: 'training' }))).toEqual(['form_other'])
  expect(await save({ [id]: 'PX-2026-0001' }, { type: 'training' })).toMatchObject({ ok: true })
})

test('what the batch lacks is named by its field', async () => {
  const id = await passed()
  const refused = (given: Given) => save({ [id]: number() }, given)
  expect(await refused({ type: '' })).toMatchObject({ batch: [{ field: 'type', fault: 'required' }] })
  expect(await refused({ level: '' })).toMatchObject({ batch: [{ field: 'level', fault: 'required' }] })
  expect(await refused({ issuedOn: '2026-12-21' })).toMatchObject({ batch: [{ field: 'issuedOn', fault: 'ahead' }] })
  expect(await refused({ issuedOn: '2026-02-30' })).toMatchObject({ batch: [{ field: 'issuedOn', fault: 'date' }] })
})

test('a row that says something by itself is read by that; what it leaves empty is as for all', async () => {
  const [one, other, third] = [await passed(), await passed(), await passed()]
  const own = { number: 'PX-OWN-1', type: 'training', issuedOn: '2026-12-18' }
  expect(await save({ [one]: number(), [other]: own, [third]: { number: number('3'), level: 'l3' } })).toEqual({
    ok: true,
    changed: 3,
  })
  const rows = await db.owner`select type, level, issuer, issued_on::text as on from certificate
    where assessment_id in (${one}, ${other}, ${third}) order by array_position(array[${one}, ${other}, ${third}]::uuid[], assessment_id)`
  expect(rows).toEqual([
    { type: 'skill_level', level: 'l4', issuer: '省鉴定中心', on: '2026-12-15' },
    { type: 'training', level: null, issuer: '省鉴定中心', on: '2026-12-18' },
    { type: 'skill_level', level: 'l3', issuer: '省鉴定中心', on: '2026-12-15' },
  ])
})

test('a fault in what a row says by itself is told at that row, and nothing is recorded', async () => {
  const [one, other] = [await passed(), await passed()]
  const refused = async (own: Own) => fault(await save({ [one]: number(), [other]: own }))
  expect(await refused({ number: 'PX-2', type: '电工证' })).toEqual(['own_type'])
  expect(await refused({ number: number(), type: 'qualification' })).toEqual(['own_level'])
  expect(await refused({ number: number(), issuedOn: '12月' })).toEqual(['own_date'])
  expect(await refused({ number: number(), issuedOn: '2026-12-21' })).toEqual(['own_ahead'])
  expect(await refused({ number: number(), issuedOn: '2026-12-20' })).toBeNull()
  expect(await count(other)).toBe(1)
})

test('a certificate is not older than its assessment; the same day is fine', async () => {
  const id = await passed()
  expect(fault(await save({ [id]: number() }, { issuedOn: '2026-11-27' }))).toEqual(['issued_early'])
  expect(await save({ [id]: number() }, { issuedOn: '2026-11-28' })).toMatchObject({ ok: true })
})

test('a 16th character that is not the level stops the form until somebody says that it was compared', async () => {
  const id = await passed()
  const odd = number('5')
  expect(fault(await save({ [id]: odd }))).toEqual(['level_digit'])
  expect(await save({ [id]: odd }, { isDigitChecked: true })).toMatchObject({ ok: true, changed: 1 })
})

test('a number belongs to one certificate of the province: another academy’s is refused, and nothing of the form is kept', async () => {
  const there = await world.academy()
  const elsewhere = await world.classOf(there)
  const theirs = await passed({ at: elsewhere })
  const taken = number()
  const viewer = await world.staff('academy_admin', there)
  expect(await save({ [theirs]: taken }, { viewer, classId: elsewhere.id })).toMatchObject({ ok: true })
  const [one, other] = [await passed(), await passed()]
  expect(fault(await save({ [one]: number(), [other]: taken }))).toEqual(['taken'])
  expect(await count(one)).toBe(0)
  expect(fault(await save({ [one]: taken, [other]: taken }))).toEqual(['twice'])
})

test('the same number of another type or work item is another certificate', async () => {
  const [one, other] = [await passed(), await passed()]
  expect(await save({ [one]: 'TZ-7788' }, { type: 'special_equipment', workItem: '叉车司机' })).toMatchObject({
    ok: true,
  })
  expect(await save({ [other]: 'TZ-7788' }, { type: 'special_equipment', workItem: '起重机' })).toMatchObject({
    ok: true,
  })
})

test('the same assessment, type and work item again is a correction with a reason, and the old number is free', async () => {
  const id = await passed()
  const [first, second] = [number(), number()]
  await save({ [id]: first })
  expect(fault(await save({ [id]: second }))).toEqual(['reason_needed'])
  expect(await save({ [id]: second }, { reason: '抄错一位' })).toEqual({ ok: true, changed: 1 })
  expect(await count(id)).toBe(1)
  const [kept] =
    await db.owner`select before->>'number' as number, reason from revision where fact = 'certificate' order by id desc limit 1`
  expect(kept).toEqual({ number: first, reason: '抄错一位' })
  expect(await save({ [await passed()]: first })).toMatchObject({ ok: true, changed: 1 })
  expect(await save({ [id]: second })).toEqual({ ok: true, changed: 0 })
})

test('a special-operation licence’s number is stored sealed and shown masked', async () => {
  const id = await passed()
  await save({ [id]: 'T440308199001017776' }, { type: 'special_operation', workItem: '低压电工作业' })
  const [row] =
    await db.owner`select number, number_sealed is not null as sealed from certificate where assessment_id = ${id}`
  expect(row).toEqual({ number: null, sealed: true })
  const { rows } = await as(admin, (tx) => listPassed(tx, { academyId: academy.id, classId: of.id, after: null }))
  const shown = rows.find((one) => one.assessmentId === id)?.certificates[0]?.number
  expect(shown).toMatch(/^T44030\*+7776$/)
})

test('only who passed gets a certificate', async () => {
  const failed = await passed({ result: 'failed' })
  expect(fault(await save({ [failed]: number() }))).toEqual(['gone'])
})

test('revoking needs a reason, keeps the certificate and its number, and cannot be done twice', async () => {
  const id = await passed()
  const given = number()
  await save({ [id]: given })
  const [row] = await db.owner`select id from certificate where assessment_id = ${id}`
  const revoke = (reason: string, viewer = admin) =>
    as(viewer, (tx) => revokeCertificate(tx, { viewer, academyId: academy.id, certificateId: row?.id, reason, now }))
  expect(await revoke(' ')).toEqual({ ok: false, reason: 'reason_needed' })
  expect(await revoke('替考')).toEqual({ ok: true, isNew: true })
  expect(await revoke('替考')).toEqual({ ok: true, isNew: false })
  expect(fault(await save({ [await passed()]: given }))).toEqual(['taken'])
  const events = await db.owner`select kind from audit_event where subject_id = ${row?.id} order by id`
  expect(events.map((event) => event.kind)).toEqual(['certificate.recorded', 'certificate.revoked'])
  const stranger = await world.staff('academy_admin', await world.academy())
  expect(await revoke('x', stranger)).toBeNull()
})

test('a worker sees the certificates of the account’s own enrolments; those of the person only once it is confirmed', async () => {
  const { id: personId } = await world.person()
  const claimant = await world.worker({ personId })
  const confirmed = await world.worker({ personId, isConfirmed: true })
  const ledgers = await passed({ personId })
  await save({ [ledgers]: number() })
  const mine = (viewer: Viewer) => as(viewer, (tx) => listMyCertificates(tx, viewer))
  expect(await mine(claimant)).toEqual({ certificates: [], pending: [] })
  expect((await mine(confirmed)).certificates).toHaveLength(1)
  const own = await world.worker()
  await passed({ accountId: own.accountId, at: await world.classOf(academy) })
  expect(await mine(own)).toMatchObject({ certificates: [], pending: [{ assessedOn: '2026-11-28' }] })
})

test('a worker is told once of certificates that one form brought, without a number, and not of a correction', async () => {
  const worker = await world.worker()
  const id = await passed({ accountId: worker.accountId })
  const first = number()
  await save({ [id]: first })
  await save({ [id]: number() }, { reason: '号码写错了' })
  await save({ [id]: first })
  const { notices } = await as(worker, (tx) => listNotices(tx, { accountId: worker.accountId, before: null }))
  expect(notices.map((one) => [one.kind, noticePath(one)])).toEqual([['certificate.entered', '/learn/certificates']])
  expect(JSON.stringify(notices)).not.toContain(first.slice(-8))
})
