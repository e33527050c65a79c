import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { checkByCode, checkBySpoken } from '#app/features/attendance/check-in.server.ts'
import { findCheckInPage } from '#app/features/attendance/check-in-page.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import {
  type CodeAct,
  isSpokenCode,
  openedProof,
  readScreenCode,
  readWorkerCode,
  screenCode,
  spokenCode,
  workerCode,
  workerDigits,
} from '#app/features/attendance/codes.server.ts'
import { inFours } from '#app/features/attendance/digits.ts'
import { checkScanned, findScanned } from '#app/features/attendance/scan.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let instructor: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  instructor = await world.staff('instructor', academy)
})

/** On a whole half minute: codes begin here. */
const shown = new Date('2026-11-21T09:00:00+08:00')
const after = (ms: number, from = shown) => new Date(from.getTime() + ms)
const SECOND = 1000
const MINUTE = 60_000

/** A class with a morning from 9:00 to 12:00. */
async function meeting() {
  const of = await world.taughtClass(instructor)
  return { ...of, sessionId: of.sessions[0]!.id }
}
async function seated(of: Awaited<ReturnType<typeof meeting>>) {
  const viewer = await world.worker()
  const { id: enrolmentId } = await world.enrolment(of, { accountId: viewer.accountId })
  return { viewer, enrolmentId }
}
const codeOf = (sessionId: string, act: CodeAct = 'in', at = shown) => screenCode({ sessionId, act }, at).code
const scan = (viewer: Viewer, code: string, now = shown, proof = '') =>
  as(viewer, (tx) => checkByCode(tx, { viewer, code, proof, now }))
const say = (viewer: Viewer, sessionId: string, digits: string, now = shown) =>
  as(viewer, (tx) => checkBySpoken(tx, { viewer, sessionId, act: 'in', digits, now }))
const marked = async (enrolmentId: string) => {
  const [row] = await db.owner`select mark, way, checked_in_at as came, checked_out_at as went, hours::float
    from attendance_mark where enrolment_id = ${enrolmentId}`
  return row && { ...row, came: instant(row.came), went: instant(row.went) }
}
const instant = (written: string | null) => written && new Date(written)

test('a code on the screen works for its 30 seconds and 60 more, not a moment longer, and not before it is shown', () => {
  const sessionId = newId()
  const code = codeOf(sessionId)
  const isExpired = (now: Date) => readScreenCode(code, now)?.isExpired
  expect([
    isExpired(shown),
    isExpired(after(90 * SECOND - 1)),
    isExpired(after(90 * SECOND)),
    isExpired(after(-1)),
  ]).toEqual([false, false, true, true])
  expect(codeOf(sessionId, 'in', after(30 * SECOND))).not.toBe(code)
  expect(screenCode({ sessionId, act: 'in' }, after(10 * SECOND)).leftMs).toBe(20 * SECOND)
})

test('a code is bound to its session and to coming or going: what is changed in it is none of ours', () => {
  const [one, other] = [newId(), newId()]
  const code = codeOf(one)
  expect(readScreenCode(code.replace('.in.', '.out.'), shown)).toBeNull()
  expect(readScreenCode([codeOf(other).split('.')[0], ...code.split('.').slice(1)].join('.'), shown)).toBeNull()
  expect(readScreenCode('', shown)).toBeNull()
  expect(readScreenCode('a.in.b.c', shown)).toBeNull()
})

test('six spoken digits are new every 30 seconds and stand for 60 more, as the code on the screen does', () => {
  const of = { sessionId: newId(), act: 'in' } as const
  const digits = spokenCode(of, shown)
  expect(digits).toMatch(/^\d{6}$/)
  const isGood = (ms: number) => isSpokenCode(of, digits, after(ms))
  expect([-1, 0, 90 * SECOND - 1, 90 * SECOND].map(isGood)).toEqual([false, true, true, false])
  expect(spokenCode(of, after(30 * SECOND))).not.toBe(digits)
  expect(isSpokenCode({ ...of, act: 'out' }, digits, shown)).toBe(false)
})

test('a worker checks in once, however often the code is sent, and goes out with the code for going', async () => {
  const of = await meeting()
  const { viewer, enrolmentId } = await seated(of)
  const code = codeOf(of.sessionId)
  const answers = await Promise.all(Array.from({ length: 5 }, () => scan(viewer, code)))
  expect(answers.every((answer) => answer.ok)).toBe(true)
  expect(answers.filter((answer) => answer.ok && answer.isNew)).toHaveLength(1)
  const [kept] = await db.owner`select count(*)::int from attendance_entry where enrolment_id = ${enrolmentId}`
  expect(kept?.count).toBe(1)
  const end = after(179 * MINUTE)
  expect(await scan(viewer, codeOf(of.sessionId, 'out', end), end)).toMatchObject({ ok: true, act: 'out', isNew: true })
  expect(await marked(enrolmentId)).toMatchObject({ mark: 'present', way: 'code', came: shown, went: end, hours: 4 })
})

test('only a worker with a seat in the class checks in, and only while the session is open for it', async () => {
  const of = await meeting()
  const { viewer } = await seated(of)
  const stranger = await world.worker()
  expect(await scan(stranger, codeOf(of.sessionId))).toEqual({ ok: false, reason: 'not_yours' })
  const at = (ms: number, act: CodeAct) => scan(viewer, codeOf(of.sessionId, act, after(ms)), after(ms))
  expect(await at(-60 * MINUTE - 1, 'in')).toEqual({ ok: false, reason: 'not_yours' })
  expect(await at(180 * MINUTE, 'in')).toEqual({ ok: false, reason: 'not_open' })
  expect(await at(-1, 'out')).toEqual({ ok: false, reason: 'not_open' })
  expect(await at(-60 * MINUTE, 'in')).toMatchObject({ ok: true, isNew: true })
})

test('who opened the page in time is checked in as of then, though the signal was slow; nobody else by the same proof', async () => {
  const of = await meeting()
  const { viewer, enrolmentId } = await seated(of)
  const { viewer: other } = await seated(of)
  const code = codeOf(of.sessionId)
  const { accountId } = viewer
  const opened = after(90 * SECOND - 1)
  const proof = openedProof({ sessionId: of.sessionId, act: 'in', accountId }, opened)
  const late = after(60 * SECOND - 1, opened)
  expect(await scan(other, code, late, proof)).toEqual({ ok: false, reason: 'expired' })
  expect(await scan(viewer, code, after(60 * SECOND, opened), proof)).toEqual({ ok: false, reason: 'expired' })
  expect(await scan(viewer, code, late, proof)).toMatchObject({ ok: true, at: opened })
  expect(await marked(enrolmentId)).toMatchObject({ came: opened })
})

test('whoever comes too late with a page of a code is left a way on: the next code, the digits, the own code', async () => {
  const of = await meeting()
  const { viewer, enrolmentId } = await seated(of)
  const page = await findCheckInPage(viewer, {
    code: codeOf(of.sessionId),
    origin: 'https://x.test',
    now: after(120 * SECOND),
  })
  expect(page.scanned).toBe('expired')
  expect(page.meetings).toMatchObject([
    { sessionId: of.sessionId, digits: workerDigits({ sessionId: of.sessionId, enrolmentId }) },
  ])
  const next = codeOf(of.sessionId, 'in', after(120 * SECOND))
  expect(await scan(viewer, next, after(120 * SECOND))).toMatchObject({ ok: true, isNew: true })
})

test('ten wrong spoken codes are the end of guessing in this session; the right one before that counts', async () => {
  const of = await meeting()
  const [patient, hasty] = [await seated(of), await seated(of)]
  const right = spokenCode({ sessionId: of.sessionId, act: 'in' }, shown)
  const wrong = right === '000000' ? '000001' : '000000'
  for (let n = 0; n < 10; n++) expect(await say(patient.viewer, of.sessionId, wrong)).toMatchObject({ reason: 'wrong' })
  expect(await say(patient.viewer, of.sessionId, ` ${right.slice(0, 3)} ${right.slice(3)} `)).toMatchObject({
    ok: true,
  })
  for (let n = 0; n < 11; n++) await say(hasty.viewer, of.sessionId, wrong)
  expect(await say(hasty.viewer, of.sessionId, right)).toEqual({ ok: false, reason: 'too_many' })
})

test('the instructor scans the worker’s own code; one of another session says nothing here', async () => {
  const [of, other] = [await meeting(), await meeting()]
  const { enrolmentId } = await seated(of)
  const press = (code: string, now = after(20 * MINUTE)) =>
    as(instructor, (tx) =>
      checkScanned(tx, {
        viewer: instructor,
        academyCode: academy.code,
        sessionId: of.sessionId,
        code,
        act: 'in',
        now,
      }),
    )
  const foreign = workerCode({ sessionId: other.sessionId, enrolmentId })
  expect(readWorkerCode(foreign, of)).toBeNull()
  expect(await press(foreign)).toEqual({ ok: false, reason: 'unknown_code' })
  const code = workerCode({ sessionId: of.sessionId, enrolmentId })
  expect(await press(code)).toMatchObject({ ok: true, isNew: true })
  expect(await press(code)).toMatchObject({ ok: true, isNew: false })
  expect(await marked(enrolmentId)).toMatchObject({ mark: 'late', way: 'scanned' })
})

test('the digits under a worker’s code do what scanning it does, however they are typed; what is wrong with others is said', async () => {
  const [of, other] = [await meeting(), await meeting()]
  const [{ enrolmentId }, gone] = [await seated(of), await seated(of)]
  const asked = { viewer: instructor, academyCode: academy.code, sessionId: of.sessionId, now: shown }
  const press = (code: string) => as(instructor, (tx) => checkScanned(tx, { ...asked, code, act: 'in' }))
  const refusal = async (code: string) => (await as(instructor, (tx) => findScanned(tx, { ...asked, code })))?.refusal
  const digits = workerDigits({ sessionId: of.sessionId, enrolmentId })
  const slip = digits.slice(0, 7) + String((Number(digits[7]) + 1) % 10)
  expect(await refusal('')).toBeNull()
  expect(await refusal('1234567')).toBe('not_a_code')
  expect(await refusal(slip)).toBe('slip')
  expect(await refusal(workerDigits({ sessionId: other.sessionId, enrolmentId }))).toBe('unknown_code')
  expect(
    await refusal(
      `https://x.test/academies/A/manage/sessions/${other.sessionId}/scan?w=${'a'.repeat(22)}.${'b'.repeat(16)}`,
    ),
  ).toBe('other_session')
  expect(await press(slip)).toEqual({ ok: false, reason: 'slip' })
  expect(await marked(enrolmentId)).toBeUndefined()
  expect(await press(` ${inFours(digits)} `)).toMatchObject({ ok: true, isNew: true })
  expect(await press(digits)).toMatchObject({ ok: true, isNew: false })
  expect(await marked(enrolmentId)).toMatchObject({ mark: 'present', way: 'scanned', came: shown })
  // Whoever has left the class has no digits in it any more.
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${gone.enrolmentId}`
  expect(await press(workerDigits({ sessionId: of.sessionId, enrolmentId: gone.enrolmentId }))).toMatchObject({
    reason: 'unknown_code',
  })
})

test('nobody checks in on a sheet that is closed', async () => {
  const of = await meeting()
  const { viewer, enrolmentId } = await seated(of)
  const end = after(180 * MINUTE)
  const asked = { viewer: instructor, academyCode: academy.code, sessionId: of.sessionId }
  await as(instructor, (tx) => closeSheet(tx, { ...asked, now: end }))
  expect(await scan(viewer, codeOf(of.sessionId, 'out', end), end)).toEqual({ ok: false, reason: 'closed' })
  const code = workerCode({ sessionId: of.sessionId, enrolmentId })
  expect(await as(instructor, (tx) => checkScanned(tx, { ...asked, code, act: 'out', now: end }))).toMatchObject({
    reason: 'closed',
  })
})

test('opening the page with a code checks nobody in; it offers a button, and a code of another class none', async () => {
  const [of, other] = [await meeting(), await meeting()]
  const { viewer, enrolmentId } = await seated(of)
  const page = (code: string, now = shown) => findCheckInPage(viewer, { code, origin: 'https://x.test', now })
  expect((await page(codeOf(of.sessionId))).scanned).toMatchObject({ sessionId: of.sessionId, act: 'in' })
  expect((await page(codeOf(other.sessionId))).scanned).toBe('not_yours')
  expect((await page(codeOf(of.sessionId), after(90 * SECOND))).scanned).toBe('expired')
  expect(await marked(enrolmentId)).toBeUndefined()
})

test('two hundred workers check in within the minute of one code, each once', { timeout: 60_000 }, async () => {
  const of = await meeting()
  const workers = await Promise.all(Array.from({ length: 200 }, () => seated(of)))
  const code = codeOf(of.sessionId)
  const from = performance.now()
  const answers = await Promise.all(workers.map(({ viewer }) => scan(viewer, code)))
  const seconds = (performance.now() - from) / 1000
  expect(answers.filter((answer) => answer.ok && answer.isNew)).toHaveLength(200)
  expect(seconds).toBeLessThan(20)
  const [row] =
    await db.owner`select count(*)::int from attendance_mark where session_id = ${of.sessionId} and mark = 'present'`
  expect(row?.count).toBe(200)
})
