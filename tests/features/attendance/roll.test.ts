import { expect, test } from 'vitest'
import { workerCode } from '#app/features/attendance/codes.server.ts'
import { readCodeText } from '#app/features/attendance/roll/code-text.ts'
import { saidByHand, standingOnPage } from '#app/features/attendance/roll/standings.ts'
import type { KeptMark } from '#app/features/attendance/roll/store.ts'
import type { Roll } from '#app/features/attendance/roll.ts'
import { type Standing, UNMARKED } from '#app/features/attendance/rules.ts'
import type { SentMark } from '#app/features/attendance/sent.ts'
import { timesFault } from '#app/features/attendance/sheet-entry.ts'
import { newId } from '#app/lib/ids.ts'
import { ATTENDANCE_MARKS, type AttendanceMark } from '#db/values.ts'
import '#tests/support/database.ts'

const at = (time: string) => new Date(`2026-11-21T${time}:00+08:00`).getTime()
const worker = { id: newId(), name: '王一合', tell: null, mark: null, in: null, out: null, way: null }
const roll: Roll = {
  ...{ account: newId(), now: at('08:30'), academyCode: 'GZQC', sessionId: newId(), className: '实操班' },
  ...{ topic: null, site: null, startsAt: at('09:00'), endsAt: at('12:00'), hours: 4 },
  ...{ graceMinutes: 10, sendHours: 48, state: 'open', workers: [worker] },
}
const kept = (mark: SentMark, given: Partial<KeptMark> = {}): KeptMark => ({
  ...{ id: mark.id, account: roll.account, academyCode: roll.academyCode, sessionId: roll.sessionId },
  ...{ enrolmentId: worker.id, mark, refusal: null, ...given },
})
const scan = (time: string, act: 'in' | 'out'): SentMark => ({ id: newId(), at: at(time), kind: 'scan', code: '', act })

test('a worker’s code is read from its address or by itself; of another session it says so, anything else is none', () => {
  const of = { sessionId: roll.sessionId, enrolmentId: worker.id }
  const code = workerCode(of)
  const address = (sessionId: string, w = code) =>
    `https://x.test/academies/GZQC/manage/sessions/${sessionId}/scan?w=${w}`
  const read = (text: string) => readCodeText(text, roll.sessionId)
  expect(read(address(roll.sessionId))).toEqual({ code, enrolmentId: worker.id })
  expect(read(` ${code}\n`)).toEqual({ code, enrolmentId: worker.id })
  expect(read(address(newId()))).toBe('other_session')
  for (const text of ['', 'hello', 'https://example.com/', 'https://', address(roll.sessionId, 'x'), `${code}x`])
    expect(read(text), text).toBeNull()
})

test('what waits on the phone counts on its page in the order in which it was made, and what was refused does not', () => {
  const marks = [kept(scan('11:00', 'out')), kept(scan('09:20', 'in')), kept(scan('09:05', 'in'), { refusal: 'gone' })]
  expect(standingOnPage(roll, worker, marks)).toMatchObject({
    ...{ mark: 'left_early', checkedInAt: new Date(at('09:20')), checkedOutAt: new Date(at('11:00')) },
  })
  expect(standingOnPage(roll, { ...worker, id: newId() }, marks).mark).toBeNull()
})

test('late is said after the beginning and until the end, left early before the end; the time of the press goes with it', () => {
  const say = (mark: AttendanceMark, time: number, standing: Standing = UNMARKED) =>
    saidByHand(mark, roll, standing, time)
  expect([say('late', at('09:00')), say('late', at('12:00') + 1)]).toEqual([null, null])
  expect(say('late', at('09:00') + 1)).toEqual({ mark: 'late', in: at('09:00') + 1, out: null })
  expect(say('left_early', at('12:00'))).toBeNull()
  expect(say('left_early', at('12:00') - 1)).toEqual({ mark: 'left_early', in: null, out: at('12:00') - 1 })
  const came: Standing = { ...UNMARKED, mark: 'late', checkedInAt: new Date(at('09:20')) }
  expect(say('late', at('10:00'), came)).toMatchObject({ in: at('09:20') })
  expect(say('absent', at('10:00'), came)).toEqual({ mark: 'absent', in: null, out: null })
})

test('whatever the page offers by hand, at any time of a session, the server takes', () => {
  const session = { startsAt: new Date(roll.startsAt), endsAt: new Date(roll.endsAt), hours: roll.hours }
  const times = ['08:00', '08:59', '09:00', '09:01', '10:30', '11:59', '12:00', '13:00', '20:00']
  const standings = [
    UNMARKED,
    ...times.slice(0, 8).map((time) => standingOnPage(roll, worker, [kept(scan(time, 'in'))])),
  ]
  for (const standing of standings)
    for (const time of times)
      for (const mark of ATTENDANCE_MARKS) {
        const said = saidByHand(mark, roll, standing, at(time))
        const dateOf = (instant: number | null) => (instant === null ? null : new Date(instant))
        if (said)
          expect(
            timesFault({ mark: said.mark, checkedInAt: dateOf(said.in), checkedOutAt: dateOf(said.out) }, session),
          ).toBeNull()
      }
})
