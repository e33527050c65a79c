import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { workerCode, workerDigits } from '#app/features/attendance/codes.server.ts'
import { readDigits, withCheckDigit } from '#app/features/attendance/digits.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { takeSent } from '#app/features/attendance/sent.server.ts'
import { MOST_SENT, type SentMark } from '#app/features/attendance/sent.ts'
import { readSending } from '#app/features/attendance/sent-form.server.ts'
import { findSheetPage } from '#app/features/attendance/sheet-page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { AttendanceMark } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let instructor: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  instructor = await world.staff('instructor', academy)
})

/** A moment of the session's day in Shanghai. */
const at = (time: string, day = '2026-11-21') => new Date(`${day}T${time.padEnd(8, ':00')}+08:00`)
const noon = at('12:00')
const evening = at('20:00')
const before = (date: Date, ms = 1) => new Date(date.getTime() - ms)

/** A class of 8 planned hours with the instructor, and a morning of four hours from 9:00 to 12:00. */
async function morning() {
  const of = await world.taughtClass(instructor, { plannedHours: 4 })
  const sessionId = of.sessions[0]!.id
  const worker = await world.enrolment(of)
  return { ...of, sessionId, worker: worker.id, code: workerCode({ sessionId, enrolmentId: worker.id }) }
}
type Of = Awaited<ReturnType<typeof morning>>

const scan = (of: Of, time: Date, given: { act?: 'in' | 'out'; code?: string; id?: string } = {}): SentMark => ({
  ...{ id: newId(), at: time.getTime(), kind: 'scan', act: 'in', code: of.code, ...given },
})
const hand = (of: Of, time: Date, mark: AttendanceMark | null, given: Partial<SentMark> = {}): SentMark =>
  ({
    ...{ id: newId(), at: time.getTime(), kind: 'hand', enrolmentId: of.worker, mark },
    ...{ in: null, out: null, reason: '没有网络', ...given },
  }) as SentMark
const send = (of: Of, marks: SentMark[], now: Date, viewer = instructor) =>
  as(viewer, (tx) => takeSent(tx, { viewer, academyCode: academy.code, sessionId: of.sessionId, marks, now }))
/** Sends one. @returns why it was refused; null: it was not. */
const refusal = async (of: Of, mark: SentMark, now: Date) => {
  const [answer] = (await send(of, [mark], now)) ?? []
  return answer?.ok ? null : (answer?.reason ?? 'nothing')
}
const close = (of: Of, now: Date) =>
  as(admin, (tx) => closeSheet(tx, { viewer: admin, academyCode: academy.code, sessionId: of.sessionId, now }))
const byAdmin = (of: Of, mark: string, was: string, now: Date) =>
  as(admin, (tx) =>
    markByHand(tx, {
      ...{ viewer: admin, academyCode: academy.code, sessionId: of.sessionId, now, reason: '办公室补记', way: 'hand' },
      ...{ entries: [{ enrolmentId: of.worker, mark, in: '', out: '', was }], wasClosed: false },
    }),
  )
const stands = async (of: Of) => {
  const asked = { academyCode: academy.code, sessionId: of.sessionId, after: null, now: evening }
  return (await findSheetPage(instructor, asked))?.rows[0]
}
const entries = async (of: Of) =>
  (await db.owner`select count(*)::int as n from attendance_entry where session_id = ${of.sessionId}`)[0]?.n

test('marks that come in the evening hold as of the time at which they were made, in the order in which they were', async () => {
  const of = await morning()
  const marks = [scan(of, at('11:59'), { act: 'out' }), scan(of, at('09:20'))]
  expect(await send(of, marks, evening)).toEqual(
    marks.map(({ id }) => ({ id, ok: true, enrolmentId: of.worker, isOvertaken: false })),
  )
  expect(await stands(of)).toMatchObject({ mark: 'late', checkedInAt: at('09:20'), checkedOutAt: at('11:59') })
  const late = hand(of, at('09:30'), 'left_early', { in: at('09:05').getTime(), out: at('10:30').getTime() })
  expect(await refusal(of, late, evening)).toBeNull()
  // Marked at 9:30; the scan for going of 11:59 came after that.
  expect(await stands(of)).toMatchObject({ mark: 'present', checkedInAt: at('09:05'), checkedOutAt: at('11:59') })
})

test('what is sent twice, at once or again later, has one effect and the same answer', async () => {
  const of = await morning()
  const marks = [scan(of, at('09:00')), hand(of, at('09:10'), 'absent')]
  const [first, second] = await Promise.all([send(of, marks, noon), send(of, marks, noon)])
  expect([first, second, await send(of, marks, evening)]).toEqual([first, first, first])
  expect(first?.every(({ ok }) => ok)).toBe(true)
  expect(await entries(of)).toBe(2)
  const [events] = await db.owner`select count(*)::int as n, max((detail->>'marks')::int) as marks from audit_event
    where kind = 'attendance.sent' and subject_id = ${of.sessionId}`
  expect(events).toEqual({ n: 1, marks: 2 })
  await close(of, noon)
  // It was taken in time: sent once more, days later, it is still no news.
  expect(await send(of, marks, at('20:00', '2026-12-30'))).toEqual(first)
})

test('an id that is another mark’s is refused: of another worker, of another session, of somebody else', async () => {
  const [of, other] = [await morning(), await morning()]
  const mark = hand(of, at('09:10'), 'absent')
  await send(of, [mark], noon)
  expect(await refusal(of, { ...mark, mark: 'present' } as SentMark, noon)).toBe('reused')
  expect(await refusal(other, { ...mark, enrolmentId: other.worker } as SentMark, noon)).toBe('reused')
  expect(await send(of, [mark], noon, admin)).toMatchObject([{ reason: 'reused' }])
  expect(await stands(of)).toMatchObject({ mark: 'absent' })
})

test('of two who marked the same worker the later time holds, whoever was heard first; both stay in the history', async () => {
  const of = await morning()
  await byAdmin(of, 'absent', '//', at('10:00'))
  const early = hand(of, at('09:30'), 'present')
  expect(await send(of, [early], noon)).toMatchObject([{ ok: true, isOvertaken: true }])
  expect(await stands(of)).toMatchObject({ mark: 'absent' })
  const later = hand(of, at('10:30'), 'excused')
  expect(await send(of, [later], noon)).toMatchObject([{ ok: true, isOvertaken: false }])
  expect(await stands(of)).toMatchObject({ mark: 'excused' })
  expect(await entries(of)).toBe(3)
})

test('a code is judged by when it was scanned: for coming from an hour before until the end, for going from the beginning until an hour after', async () => {
  const of = await morning()
  const asked = (act: 'in' | 'out', time: Date) => refusal(of, scan(of, time, { act }), evening)
  expect([await asked('in', before(at('08:00'))), await asked('in', noon)]).toEqual(['not_open', 'not_open'])
  expect([await asked('out', before(at('09:00'))), await asked('out', at('13:00'))]).toEqual(['not_open', 'not_open'])
  expect([await asked('in', at('08:00')), await asked('in', before(noon))]).toEqual([null, null])
  expect([await asked('out', at('09:00')), await asked('out', before(at('13:00')))]).toEqual([null, null])
  const [one, two] = [hand(of, before(at('08:00')), 'absent'), hand(of, at('08:00'), 'absent')]
  expect([await refusal(of, one, evening), await refusal(of, two, evening)]).toEqual(['not_open', null])
})

test('a mark of a time that has not come is refused; a minute ahead is a clock that is not quite right, and happened now', async () => {
  const of = await morning()
  const now = at('09:05')
  expect(await refusal(of, scan(of, new Date(now.getTime() + 60_001)), now)).toBe('clock')
  expect(await refusal(of, scan(of, new Date(now.getTime() + 60_000)), now)).toBeNull()
  expect(await stands(of)).toMatchObject({ checkedInAt: now })
})

test('a closed sheet takes what was marked before it was closed, for 48 hours, counts its hours anew, and takes nothing later', async () => {
  const of = await morning()
  await close(of, at('12:30'))
  const hours = async () =>
    (await db.owner`select hours_attended::float as hours from enrolment where id = ${of.worker}`)[0]?.hours
  expect(await hours()).toBe(0)
  expect(await refusal(of, hand(of, at('12:30'), 'present'), evening)).toBe('closed')
  expect(await refusal(of, hand(of, before(at('12:30')), 'absent'), at('12:30', '2026-11-23'))).toBe('late')
  const last = before(at('12:30', '2026-11-23'))
  expect(await refusal(of, hand(of, before(at('12:30')), 'present'), last)).toBeNull()
  expect(await hours()).toBe(4)
  // Who sent it took the sheet: correcting it is a second person's.
  expect(await as(admin, async (tx) => (await takeSheet(tx, of))?.mayMark)).toBe(false)
})

const takeSheet = async (_tx: unknown, of: Of) =>
  findSheetPage(admin, {
    academyCode: academy.code,
    sessionId: of.sessionId,
    after: null,
    now: evening,
  })

test('a correction is the last word: a mark made before it that comes after it changes nothing', async () => {
  const of = await morning()
  await close(of, at('12:30'))
  const second = await world.staff('academy_admin', academy)
  await as(second, (tx) =>
    markByHand(tx, {
      ...{ viewer: second, academyCode: academy.code, sessionId: of.sessionId, now: at('14:00'), reason: '核实' },
      ...{ entries: [{ enrolmentId: of.worker, mark: 'absent', in: '', out: '', was: '//' }] },
      ...{ way: 'hand', wasClosed: true },
    }),
  )
  expect(await send(of, [scan(of, at('09:00'))], evening)).toMatchObject([{ ok: true, isOvertaken: true }])
  expect(await stands(of)).toMatchObject({ mark: 'absent', way: 'correction' })
})

test('each mark is taken or refused by itself: a code of nobody, who gave the place back, no reason, times that cannot be', async () => {
  const [of, other] = [await morning(), await morning()]
  const refused = [
    scan(of, at('09:00'), { code: other.code }),
    hand(of, at('09:00'), 'absent', { enrolmentId: other.worker } as Partial<SentMark>),
    hand(of, at('09:00'), 'absent', { reason: ' x ' } as Partial<SentMark>),
    hand(of, at('09:00'), 'late'),
    hand(of, at('09:30'), 'present', { in: at('09:30').getTime(), out: at('09:20').getTime() } as Partial<SentMark>),
  ]
  const reasons = ['unknown_code', 'gone', 'reason', 'times', 'times']
  expect(await send(of, refused, noon)).toMatchObject(reasons.map((reason) => ({ ok: false, reason })))
  const sheets = () => db.owner`select 1 from attendance_sheet where session_id = ${of.sessionId}`
  expect(await send(of, refused.slice(0, 1), noon)).toMatchObject([{ ok: false }])
  expect(await send(of, [...refused, scan(of, at('09:00'))], noon)).toMatchObject([
    ...reasons.map((reason) => ({ ok: false, reason })),
    { ok: true },
  ])
  expect(await sheets()).toHaveLength(1)
  expect(await entries(of)).toBe(1)
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${of.worker}`
  expect(await refusal(of, scan(of, at('09:01')), noon)).toBe('gone')
})

test('what is refused begins no sheet, so that the clock closes none', async () => {
  const of = await morning()
  expect(await refusal(of, scan(of, noon), evening)).toBe('not_open')
  expect(await db.owner`select 1 from attendance_sheet where session_id = ${of.sessionId}`).toHaveLength(0)
})

test('marks of a session that is not the sender’s, or does not take place, find nothing', async () => {
  const of = await morning()
  const stranger = await world.staff('instructor', academy)
  expect(await send(of, [scan(of, at('09:00'))], noon, stranger)).toBeNull()
  await db.owner`update class_session set status = 'cancelled', cancel_reason = '台风停课' where id = ${of.sessionId}`
  expect(await send(of, [scan(of, at('09:00'))], noon)).toBeNull()
})

test('a sending is 25 marks at most, each with an id of its own, of one account', async () => {
  const of = await morning()
  const account = newId()
  const read = (marks: unknown, of: string = account) =>
    readSending(new URLSearchParams({ account: of, marks: JSON.stringify(marks) }))
  const many = Array.from({ length: MOST_SENT + 1 }, () => scan(of, at('09:00')))
  expect(read(many.slice(1))).toEqual({ account, marks: many.slice(1) })
  const twice = scan(of, at('09:00'))
  for (const marks of [many, [], [twice, twice], [{ ...twice, extra: 1 }], [{ ...twice, at: -1 }], 'x', null])
    expect(read(marks)).toBeNull()
  expect(read([twice], 'nobody')).toBeNull()
  expect(readSending(new URLSearchParams({ account, marks: '[{' }))).toBeNull()
})

test('a worker whose camera or screen does not work is checked in by eight digits, of this session alone', async () => {
  const [of, other] = [await morning(), await morning()]
  const digits = (sessionId: string, enrolmentId = of.worker) => workerDigits({ sessionId, enrolmentId })
  expect(await refusal(of, scan(of, at('09:00'), { code: digits(other.sessionId) }), noon)).toBe('unknown_code')
  const mark = scan(of, at('09:00'), { code: digits(of.sessionId) })
  expect([await refusal(of, mark, noon), await refusal(of, mark, evening)]).toEqual([null, null])
  // The page that typed them does not know whose they are.
  expect(await send(of, [mark], evening)).toMatchObject([{ ok: true, enrolmentId: of.worker }])
  expect(await stands(of)).toMatchObject({ mark: 'present', way: 'scanned', checkedInAt: at('09:00') })
})

test('of eight digits one that is wrong, or two that changed places, are noticed without a network', () => {
  const digits = workerDigits({ sessionId: newId(), enrolmentId: newId() })
  expect(readDigits(`${digits.slice(0, 4)} ${digits.slice(4)}`)).toBe(digits)
  for (let index = 0; index < digits.length; index++)
    for (let digit = 0; digit < 10; digit++) {
      const typed = digits.slice(0, index) + digit + digits.slice(index + 1)
      expect(readDigits(typed)).toBe(typed === digits ? digits : 'slip')
    }
  expect([readDigits('1234567'), readDigits('123456789'), readDigits('a2345678')]).toEqual([null, null, null])
  expect(withCheckDigit('7992739')).toBe('79927398')
  expect(readDigits('79297398')).toBe('slip')
})
