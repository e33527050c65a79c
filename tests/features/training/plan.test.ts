import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { calendarOf } from '#app/features/policy/work-calendar.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { findDraftPlan } from '#app/features/training/plan-affirm.server.ts'
import { checkPlan, holidaysMet } from '#app/features/training/plan-rules.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import type { SessionEntry } from '#app/features/training/session-entry.ts'
import { newId } from '#app/lib/ids.ts'
import { assessmentSitting, site, trainingClass, workDay, workYear } from '#db/schema/index.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let other: Viewer
beforeAll(async () => {
  world = trainingWorld(await freshDatabase())
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  other = await world.staff('academy_admin', await world.academy())
})

const now = new Date('2026-11-10T12:00:00+08:00')
const ground = { mode: 'practical', plannedHours: 10, plannedPracticalHours: null, leastPercent: 80 } as const
const meeting = (given = {}) => ({ date: '2026-11-21', from: '09:00', to: '17:00', hours: 8, ...given })

test('sessions of 80 % of the plan may be published with a reason, half an hour less may not', () => {
  const day = (hours: number) => [meeting({ hours })]
  expect(checkPlan(ground, day(8), now)).toEqual({ bar: null, doubts: [{ is: 'hours', planned: 10, sum: 8 }] })
  expect(checkPlan(ground, day(7.5), now).bar).toEqual({
    ...{ ok: false, reason: 'too_few_hours', planned: 10, sum: 7.5, percent: 80 },
  })
  expect(checkPlan({ ...ground, plannedHours: 8 }, day(8), now)).toEqual({ bar: null, doubts: [] })
  expect(checkPlan(ground, [], now).bar).toMatchObject({ reason: 'too_few_hours', sum: 0 })
})

test('eight class hours a day are usual, half an hour more asks for a reason', () => {
  const days = (more: number) => [meeting({ to: '12:00', hours: 4 }), meeting({ from: '13:00', hours: 4 + more })]
  expect(checkPlan({ ...ground, plannedHours: 8 }, days(0), now).doubts).toEqual([])
  expect(checkPlan({ ...ground, plannedHours: 8.5 }, days(0.5), now).doubts).toEqual([
    { is: 'day', date: '2026-11-21', hours: 8.5 },
  ])
})

test('the practical sessions of a mixed class are measured against its practical hours', () => {
  const mixed = { ...ground, mode: 'mixed', plannedHours: 8, plannedPracticalHours: 4 } as const
  const of = (hours: number) => [
    meeting({ to: '13:00', hours: 8 - hours, kind: 'theory' }),
    meeting({ from: '13:00', hours, kind: 'practical' }),
  ]
  expect(checkPlan(mixed, of(4), now).doubts).toEqual([])
  expect(checkPlan(mixed, of(3.5), now).doubts).toEqual([{ is: 'practical', planned: 4, sum: 3.5 }])
})

test('theory in a class that is all practical asks for a reason: its hours count as practice', () => {
  const of = (kind: 'theory' | 'practical') => [
    meeting({ to: '12:00', hours: 4, kind: 'practical' }),
    meeting({ from: '13:00', hours: 4, kind }),
  ]
  const plan = { ...ground, plannedHours: 8 }
  expect(checkPlan(plan, of('practical'), now).doubts).toEqual([])
  expect(checkPlan(plan, of('theory'), now).doubts).toEqual([{ is: 'theory', hours: 4 }])
  expect(checkPlan({ ...plan, mode: 'classroom' }, of('theory'), now).doubts).toEqual([])
})

test('a session begins with its first minute: one of two is explained, all of them are for the ledger', () => {
  const plan = { ...ground, plannedHours: 8 }
  const two = [meeting({ to: '12:00', hours: 4 }), meeting({ date: '2026-11-22', to: '12:00', hours: 4 })]
  const at = (day: string, time: string) => checkPlan(plan, two, new Date(`${day}T${time}+08:00`))
  expect(at('2026-11-21', '08:59:59').doubts).toEqual([])
  expect(at('2026-11-21', '09:00:00')).toEqual({ bar: null, doubts: [{ is: 'begun', sessions: 1 }] })
  expect(at('2026-11-22', '08:59:59').bar).toBeNull()
  expect(at('2026-11-22', '09:00:00').bar).toEqual({ ok: false, reason: 'all_begun' })
})

const entry = (given: Partial<SessionEntry> = {}): SessionEntry => ({
  ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '' },
  ...{ siteId: '', firstStation: '', lastStation: '', instructorIds: [], reason: '', was: '', ...given },
})
async function classOf(given: Parameters<typeof world.classOf>[1], sessions: Partial<SessionEntry>[]) {
  const siteId = newId()
  await world.db.insert(site).values({ academyId: academy.id, id: siteId, name: siteId, address: '示例路1号' })
  const of = await world.classOf(academy, { siteId, ...given })
  for (const one of sessions) await add(of, one)
  return of
}
type Of = { id: string }
const request = (of: Of, at = now) => ({ viewer: admin, academyId: academy.id, classId: of.id, now: at })
const add = (of: Of, given: Partial<SessionEntry>, at = now) =>
  as(admin, (tx) => addSession(tx, { ...request(of, at), entry: entry(given) }))
const publish = (of: Of, sent: { mark: string; reason: string } | null = null) =>
  as(admin, (tx) => publishClass(tx, { ...request(of), by: admin, sent }))
const planOf = async (of: Of) => (await as(admin, (tx) => findDraftPlan(tx, request(of))))!
const affirmed = (of: Of, viewer = admin) =>
  as(viewer, (tx) => findRosterClass(tx, { viewer, classId: of.id, now })).then((found) => found?.affirmed ?? null)

test('an unusual timetable is published with the reason for just what was shown, and the desk reads it from then on', async () => {
  const of = await classOf({ status: 'draft', plannedHours: 5 }, [{}])
  const doubted = { ok: false, reason: 'plan_doubted' }
  expect(await publish(of)).toEqual({ ...doubted, fault: null })
  const { mark } = await planOf(of)
  expect(await publish(of, { mark, reason: '。' })).toEqual({ ...doubted, fault: 'reason_needed' })
  expect(await publish(of, { mark, reason: '长'.repeat(201) })).toEqual({ ...doubted, fault: 'reason_long' })
  await world.db.update(trainingClass).set({ plannedHours: 4.5 }).where(eq(trainingClass.id, of.id))
  expect(await publish(of, { mark, reason: '场地只到中午' })).toEqual({ ...doubted, fault: null })
  const anew = await planOf(of)
  expect(await publish(of, { mark: anew.mark, reason: '场地只到中午' })).toEqual({ ok: true, isNew: true })
  const kept = { doubts: [{ is: 'hours', planned: 4.5, sum: 4 }], reason: '场地只到中午' }
  expect(await affirmed(of)).toMatchObject(kept)
  expect(await affirmed(of, other)).toBeNull()
})

test('a class whose sessions come to less than anybody could be credited by is not published, whatever is said', async () => {
  const of = await classOf({ status: 'draft', plannedHours: 5.5 }, [{}])
  const { mark } = await planOf(of)
  expect(await publish(of, { mark, reason: '就这样安排' })).toMatchObject({ reason: 'too_few_hours', sum: 4 })
  expect(await affirmed(of)).toBeNull()
})

test('a session that makes a day of a published class longer than eight hours is planned with a reason', async () => {
  const of = await classOf({}, [{}])
  const more = { from: '13:00', to: '17:00' }
  expect(await add(of, { ...more, hours: '4.5' })).toMatchObject({
    ...{ reason: 'faults', why: 'reason_needed' },
    faults: [{ field: 'hours', fault: 'day_hours' }],
  })
  expect(await add(of, { ...more, hours: '4.5', reason: '。' })).toMatchObject({ why: 'reason_needed' })
  expect(await add(of, { ...more, hours: '4.5', reason: '教师只有这天有空' })).toEqual({ ok: true, isNew: true })
  const eight = await classOf({}, [{}])
  expect(await add(eight, { ...more, hours: '4' })).toEqual({ ok: true, isNew: true })
})

const HOLIDAY = { day: '2026-11-21', kind: 'holiday', name: '示例节' } as const
/** The province enters a holiday for the 21st; `holidays` none: it takes it back. */
async function enterHoliday(holidays: (typeof HOLIDAY)[]) {
  await world.db.delete(workDay)
  const year = { year: 2026, source: '示例通知', setBy: null, setAt: now }
  await world.db.insert(workYear).values(year).onConflictDoNothing()
  if (holidays.length > 0) await world.db.insert(workDay).values(holidays.map((one) => ({ ...one, year: 2026 })))
}

test('each public holiday on which a meeting is still to come asks for a reason, once; one that begins now and a made-up day do not', () => {
  const calendar = calendarOf([2026], [HOLIDAY, { day: '2026-11-22', kind: 'made_up', name: '示例节' }])
  const of = [meeting(), meeting({ from: '18:00' }), meeting({ date: '2026-11-22' }), meeting({ date: '2026-11-23' })]
  const at = (time: string) => ({ meets: 'session' as const, now: new Date(`2026-11-21T${time}+08:00`) })
  const doubt = { is: 'on_holiday', date: '2026-11-21', name: '示例节' }
  expect(holidaysMet(calendar, of, at('08:59:59'))).toEqual([doubt])
  expect(holidaysMet(calendar, of.slice(0, 1), at('09:00:00'))).toEqual([])
  expect(holidaysMet(calendar, of.slice(1), { ...at('08:00:00'), meets: 'sitting' })).toEqual([
    { ...doubt, meets: 'sitting' },
  ])
  expect(holidaysMet(calendarOf([2026], []), of, at('08:00:00'))).toEqual([])
})

test('a draft whose session falls on a holiday that was entered since is published with a reason, which is kept and asked for no more', async () => {
  const of = await classOf({ status: 'draft', plannedHours: 4 }, [{}])
  expect((await planOf(of)).doubts).toEqual([])
  await enterHoliday([HOLIDAY])
  expect(await publish(of)).toEqual({ ok: false, reason: 'plan_doubted', fault: null })
  const { mark, doubts } = await planOf(of)
  expect(doubts).toEqual([{ is: 'on_holiday', date: '2026-11-21', name: '示例节' }])
  expect(await publish(of, { mark, reason: '学员都同意' })).toEqual({ ok: true, isNew: true })
  expect(await affirmed(of)).toMatchObject({ doubts, reason: '学员都同意' })
  const lying = await classOf({ status: 'draft', plannedHours: 4 }, [{}])
  await enterHoliday([])
  expect(await publish(lying)).toEqual({ ok: true, isNew: true })
})

test('so is one whose assessment falls on it, also of a class that meets nowhere', async () => {
  const at = { startsAt: new Date('2026-11-21T14:00:00+08:00'), endsAt: new Date('2026-11-21T16:00:00+08:00') }
  const drafts = [
    await classOf({ status: 'draft', plannedHours: 4 }, [{ date: '2026-11-21', to: '12:00' }]),
    await world.classOf(academy, { status: 'draft', mode: 'online', capacity: null }),
  ]
  for (const { id: classId } of drafts)
    await world.db
      .insert(assessmentSitting)
      .values({ academyId: academy.id, id: newId(), classId, part: 'both', place: '市鉴定中心', ...at })
  await enterHoliday([HOLIDAY])
  for (const [at, of] of drafts.entries()) {
    expect(await publish(of)).toMatchObject({ reason: 'plan_doubted' })
    const { mark, doubts } = await planOf(of)
    expect(doubts.filter((one) => 'meets' in one)).toHaveLength(1)
    expect(doubts).toHaveLength(at === 0 ? 2 : 1)
    expect(await publish(of, { mark, reason: '考场只有这天' })).toEqual({ ok: true, isNew: true })
  }
  await enterHoliday([])
})
