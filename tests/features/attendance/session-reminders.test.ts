import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listDaysToRemind, remindOfSessions } from '#app/features/attendance/session-reminders.server.ts'
import { daysToRemind, saidAhead } from '#app/features/attendance/session-reminders.ts'
import { smsText } from '#app/features/notices/messages.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { type Notice, noticePath } from '#app/features/notices/notices.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { newId } from '#app/lib/ids.ts'
import { attendanceMark, classSession, classSessionChange, site } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const at = (day: string, time: string) => new Date(`2026-11-${day}T${time}:00+08:00`)
const evening = at('20', '18:00')
let places = 0

/** A class on 21 and 22 November, 9 to 12 and 14 to 17, at a place of its own. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}) {
  const siteId = newId()
  places += 1
  const siteName = `${places}号楼`
  await world.db.insert(site).values({ academyId: academy.id, id: siteId, name: siteName, address: '示例路1号' })
  const of = await world.classOf(academy, { siteId, bring: '身份证、工作服', ...given })
  const rows = ['21', '22'].flatMap((day) =>
    ['09:00', '14:00'].map((time) => {
      const startsAt = at(day, time)
      const endsAt = new Date(startsAt.getTime() + 3 * 3_600_000)
      return { academyId: academy.id, classId: of.id, id: newId(), hours: 4, startsAt, endsAt }
    }),
  )
  await world.db.insert(classSession).values(rows)
  return { ...of, siteName, sessions: rows.map(({ id }) => id) }
}
type Of = Awaited<ReturnType<typeof classOf>>
async function seated(of: Of, given: Parameters<typeof world.enrolment>[1] = {}) {
  const viewer = await world.worker()
  const { id } = await world.enrolment(of, { accountId: viewer.accountId, ...given })
  return { ...viewer, enrolmentId: id }
}
const remind = (of: Of, now = evening, date = '2026-11-21') => remindOfSessions({ classId: of.id, date, now })
const noticesOf = (viewer: Viewer): Promise<Notice[]> =>
  as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null })).then(({ notices }) => notices)
const titles = async (viewer: Viewer) =>
  (await noticesOf(viewer)).filter(({ kind }) => kind === 'session.ahead').map(({ detail }) => detail.title)
const excuse = (of: Of, enrolmentId: string, sessionIds: readonly string[]) =>
  world.db.insert(attendanceMark).values(
    sessionIds.map((sessionId) => ({
      ...{ academyId: academy.id, classId: of.id, sessionId, enrolmentId, mark: 'excused', way: 'leave' },
    })),
  )
const cancel = (of: Of, sessionId: string, now: Date) =>
  as(admin, (tx) => {
    const ask = { viewer: admin, academyId: academy.id, classId: of.id, sessionId, reason: '台风停课', now }
    return cancelSession(tx, ask)
  })

test('of the next day one is reminded from six in the evening until nine, of the same day from eight in the morning', () => {
  const due = (day: string, time: string) => daysToRemind(at(day, time), 18)
  expect(due('20', '17:59')).toEqual(['2026-11-20'])
  expect(due('20', '18:00')).toEqual(['2026-11-20', '2026-11-21'])
  expect([due('20', '20:59').length, due('20', '21:00'), due('21', '07:59')]).toEqual([2, [], []])
  expect(due('21', '08:00')).toEqual(['2026-11-21'])
  expect(daysToRemind(at('20', '12:00'), 12)).toContain('2026-11-21')
})

test('those with a seat are told once when and where, of the first day also the address and what to bring, however many processes remind', async () => {
  const of = await classOf()
  const [worker, waits] = [await seated(of), await seated(of, { seat: 'waitlisted', lineNumber: 1 })]
  expect((await Promise.all([remind(of), remind(of)])).sort()).toEqual([0, 1])
  expect(await remind(of, at('20', '20:59'))).toBe(0)
  const first = `低压电工实操班 · 11月21日周六9:00—12:00、14:00—17:00，${of.siteName}（示例路1号），请带：身份证、工作服`
  expect([await titles(worker), await titles(waits)]).toEqual([[first], []])
  await remind(of, at('21', '18:30'), '2026-11-22')
  expect(await titles(worker)).toEqual([`低压电工实操班 · 11月22日周日9:00—12:00、14:00—17:00，${of.siteName}`, first])
  const [second, one] = await noticesOf(worker)
  const sms = [one!, second!].map((notice) => smsText(notice, { locale: 'zh-CN', signature: '匠学堂' }))
  expect(sms).toEqual([
    `【匠学堂】《低压电工实操班》11月21日周六9:00—12:00、14:00—17:00，${of.siteName}上课，请按时到课，请带身份证、工作服。`,
    `【匠学堂】《低压电工实操班》11月22日周日9:00—12:00、14:00—17:00，${of.siteName}上课，请按时到课。`,
  ])
  expect(noticePath(one!)).toBe(`/academies/${academy.code}/classes/${of.id}`)
  const events =
    await db.owner`select detail from audit_event where kind = 'sessions.reminded' and subject_id = ${of.id}`
  expect(events.map(({ detail }) => [detail.date, detail.workers]).sort()).toEqual([
    ['2026-11-21', 1],
    ['2026-11-22', 1],
  ])
})

test('what to bring stands in the SMS where there is room, and no number that was written into it anywhere', async () => {
  const sessions = [{ id: 'a', startsAt: at('21', '09:00'), endsAt: at('21', '12:00'), site: '实训楼', address: null }]
  const said = saidAhead({ className: '电工班', sessions, isFirst: true, bring: '工作服' })
  const detail = { academyCode: 'GZQC', classId: 'c', until: null, ...said }
  expect(smsText({ kind: 'session.ahead', detail }, { locale: 'zh-CN', signature: null })).toBe(
    '《电工班》11月21日周六9:00—12:00，实训楼上课，请按时到课，请带工作服。',
  )
  const of = await classOf({ bring: '工作服，\n没有的打13900000001' })
  const worker = await seated(of)
  await remind(of)
  expect(JSON.stringify(await noticesOf(worker))).not.toContain('13900000001')
  expect((await titles(worker))[0]).toContain('请带：工作服， 没有的打139******01')
})

test('a seat taken at the very moment is reminded, a moment later it knows; who is on leave all day is left out, half the day told of the other half', async () => {
  const of = await classOf()
  const [early, late, away, half] = [
    await seated(of, { seatedAt: evening }),
    await seated(of, { seatedAt: at('20', '18:01') }),
    await seated(of),
    await seated(of),
  ]
  await excuse(of, away.enrolmentId, of.sessions.slice(0, 2))
  await excuse(of, half.enrolmentId, of.sessions.slice(0, 1))
  expect(await remind(of, at('20', '19:00'))).toBe(2)
  expect([(await titles(early)).length, await titles(late), await titles(away)]).toEqual([1, [], []])
  expect((await titles(half))[0]).toContain('11月21日周六14:00—17:00')
})

test('a cancelled session is not spoken of, a day without any reminds nobody, and the first day is the first that takes place', async () => {
  const of = await classOf()
  const worker = await seated(of)
  await cancel(of, of.sessions[0]!, at('20', '12:00'))
  await remind(of)
  expect((await titles(worker))[0]).toContain(`11月21日周六14:00—17:00，${of.siteName}（示例路1号），请带`)
  const other = await classOf()
  const there = await seated(other)
  for (const id of other.sessions.slice(0, 2)) await cancel(other, id, at('20', '12:00'))
  expect(await remind(other)).toBe(0)
  await remind(other, at('21', '18:00'), '2026-11-22')
  expect((await titles(there))[0]).toContain('请带')
  const off = await classOf({ status: 'cancelled' })
  await seated(off)
  expect(await remind(off)).toBe(0)
})

test('a session moved to the next day after the reminder was due was told of by the change; moved before, it is reminded of where it is now', async () => {
  const of = await classOf()
  const worker = await seated(of)
  const moved = (sessionId: string, when: Date) =>
    world.db.insert(classSessionChange).values({
      ...{ academyId: academy.id, id: newId(), sessionId, classId: of.id, change: 'changed', reason: '场地检修' },
      ...{ accountId: admin.accountId, at: when },
    })
  await moved(of.sessions[0]!, at('20', '18:01'))
  await moved(of.sessions[1]!, at('20', '17:59'))
  await remind(of, at('20', '19:00'))
  expect((await titles(worker))[0]).toContain('11月21日周六14:00—17:00，')
})

test('a process that was away in the evening reminds in the morning, before the first session of the day and not after it', async () => {
  const [of, gone] = [await classOf(), await classOf()]
  const [worker, late] = [await seated(of), await seated(gone)]
  const due = async (now: Date) => (await listDaysToRemind(now)).filter(({ classId }) => classId === of.id)
  expect(await due(at('20', '17:59'))).toEqual([])
  expect(await due(evening)).toEqual([{ classId: of.id, date: '2026-11-21' }])
  expect(await due(at('21', '07:59'))).toEqual([])
  expect(await due(at('21', '08:00'))).toEqual([{ classId: of.id, date: '2026-11-21' }])
  expect(await remind(of, at('21', '08:59'))).toBe(1)
  expect((await titles(worker)).length).toBe(1)
  await remind(gone, at('21', '13:00'))
  expect((await titles(late))[0]).toContain('14:00—17:00')
  expect(await remind(gone, at('21', '14:00'))).toBe(0)
})

test('of workers whom no account reaches their union hears what changes, and not of every day', async () => {
  const [of, union] = [await classOf(), await world.union()]
  await world.enrolment(of, { enterpriseId: union.enterpriseId })
  await world.enrolment(of, { enterpriseId: union.enterpriseId })
  expect(await remind(of)).toBe(0)
  expect(await noticesOf(union)).toEqual([])
  const ask = { viewer: admin, academyId: academy.id, classId: of.id, now: evening }
  await as(admin, (tx) => cancelSession(tx, { ...ask, sessionId: of.sessions[0]!, reason: '台风停课' }))
  expect((await noticesOf(union)).map(({ kind, detail }) => [kind, 'workers' in detail && detail.workers])).toEqual([
    ['worker.not_reached', 2],
  ])
})
