import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { saveCalendarYear } from '#app/features/policy/calendar-page.server.ts'
import { changedDays } from '#app/features/policy/changed-days.ts'
import { calendarImport } from '#app/features/policy/import-calendar.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { calendarOf } from '#app/features/policy/work-calendar.ts'
import { findAssessmentPage } from '#app/features/training/assessment-page.server.ts'
import { doubtOfDay, type Meets } from '#app/features/training/day-change.ts'
import { affirmDays, findDayDoubts } from '#app/features/training/day-doubts.server.ts'
import { followCalendar } from '#app/features/training/days-changed.server.ts'
import { findRosterClass } from '#app/features/training/roster.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'
import { trainingWorld } from '#tests/support/training.ts'

let test_: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let head: Viewer
let teacher: Viewer
let stranger: Viewer
let handler: Viewer
beforeAll(async () => {
  test_ = await freshDatabase()
  world = trainingWorld(test_)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
  head = await world.staff('instructor', academy)
  teacher = await world.staff('instructor', academy)
  stranger = await world.staff('academy_admin', await world.academy())
  handler = await mendingWorld(test_).official('provincial_handler')
})

const now = new Date('2026-11-27T10:00:00+08:00')
let later = now.getTime()

type Line = `${string} ${'放假' | '上班'} ${string}`
const fixed = (year: number): Line[] =>
  ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day): Line => `${year}-${day} 放假 法定`)
/** The province enters a year: its fixed days and these. Each change is a minute after the one before. */
function enter(year: number, lines: readonly Line[] = []) {
  const form = new FormData()
  form.set('year', String(year))
  form.set('source', '示例通知')
  form.set('list', [...fixed(year), ...lines].map((line) => line.replaceAll(' ', '，')).join('\n'))
  later += 60_000
  const at = new Date(later)
  return as(handler, (tx) =>
    saveCalendarYear(tx, { viewer: handler, form, follow: followCalendar, locale: 'zh-CN', now: at }),
  )
}
const concerned = async (year: number, lines: readonly Line[] = []) => {
  const answer = await enter(year, lines)
  if (!answer.ok) return answer
  const { classes, sessions, sittings } = answer.concerned
  return sittings === 0 ? [classes, sessions] : [classes, sessions, sittings]
}

type Of = { academyId: string; id: string; name: string }
/** A class of the academy with a session from 9 to 12 on each of some days, headed and taught. */
async function classOn(dates: readonly string[], given: Parameters<typeof world.classOf>[1] = {}): Promise<Of> {
  const name = `班${newId()}`
  const of = await world.classOf(academy, { name, startsOn: dates[0], endsOn: dates.at(-1), ...given })
  const staff = { academyId: academy.id, classId: of.id }
  await world.db.insert(schema.classStaff).values([
    { ...staff, accountId: head.accountId, role: 'head' },
    { ...staff, accountId: teacher.accountId, role: 'instructor' },
  ])
  for (const date of dates) await mendingWorld(test_).session(of, date)
  return of
}
const told = async ({ accountId }: Viewer, { id }: Of) => {
  const { notices } = await as({ ...admin, accountId }, (tx) => listNotices(tx, { accountId, before: null }))
  return notices.flatMap(({ kind, detail }) =>
    kind === 'class.days_changed' && detail.classId === id ? detail.what : [],
  )
}
const daysOf = async (of: Of, viewer = admin, at = now) =>
  (await as(viewer, (tx) => findRosterClass(tx, { viewer, classId: of.id, now: at })))?.days.session
const asked = async (of: Of, viewer = admin, at = now) => (await daysOf(of, viewer, at))?.doubts ?? null
const stay = (of: Of, sent: { mark: string; reason: string }, viewer = admin, meets: Meets = 'session') =>
  as(viewer, (tx) =>
    affirmDays(tx, { viewer, academyId: academy.id, classId: of.id, meets, sent, now: new Date(later + 30_000) }),
  )
/** A sitting from 14 to 16. */
async function sittingOn(of: Of, date: string): Promise<string> {
  const id = newId()
  await world.db.insert(schema.assessmentSitting).values({
    ...{ academyId: academy.id, id, classId: of.id, part: 'both', place: '市鉴定中心' },
    startsAt: new Date(`${date}T14:00:00+08:00`),
    endsAt: new Date(`${date}T16:00:00+08:00`),
  })
  return id
}
const sittingDays = (of: Of, at = now) =>
  as(admin, (tx) => findDayDoubts(tx, { academyId: academy.id, classId: of.id, now: at })).then(
    ({ sitting }) => sitting,
  )
const setSitting = (id: string, change: Partial<typeof schema.assessmentSitting.$inferInsert>) =>
  world.db.update(schema.assessmentSitting).set(change).where(eq(schema.assessmentSitting.id, id))

test('that a day becomes a holiday, or one of work where it was one of rest, is looked at again; another name or a free weekend is not', () => {
  const day = { date: '2027-02-06', name: '春节' }
  const of = (was: 'workday' | 'weekend' | 'holiday' | 'made_up', is: typeof was) =>
    doubtOfDay({ ...day, is }, was)?.is ?? null
  expect([of('workday', 'holiday'), of('weekend', 'holiday'), of('made_up', 'holiday')]).toEqual(
    Array(3).fill('holiday'),
  )
  expect([of('weekend', 'made_up'), of('holiday', 'made_up')]).toEqual(['made_up', 'made_up'])
  expect(of('holiday', 'workday')).toBe('workday')
  expect([of('made_up', 'weekend'), of('holiday', 'weekend'), of('holiday', 'holiday')]).toEqual([null, null, null])
  const named = (name: string) => calendarOf([2027], [{ day: '2027-10-01', kind: 'holiday', name }])
  expect(changedDays(named('国庆节'), named('国庆节、中秋节'))).toEqual([])
  expect(changedDays(calendarOf([], []), named('国庆节'))).toEqual([])
})

test('a holiday that is entered after sessions were planned is told once a class to administrators and head, and whoever enters it learns of how many', async () => {
  const of = await classOn(['2027-02-05', '2027-02-06', '2027-02-20'])
  const other = await classOn(['2027-02-06'])
  const lines: Line[] = ['2027-02-05 放假 春节', '2027-02-06 放假 春节', '2027-02-07 放假 春节']
  expect(await concerned(2027, lines)).toEqual([2, 3])
  expect(await told(admin, of)).toEqual(['2月5日、2月6日放假（春节）'])
  expect(await told(head, of)).toHaveLength(1)
  expect([await told(teacher, of), await told(stranger, of)]).toEqual([[], []])
  expect(await told(admin, other)).toEqual(['2月6日放假（春节）'])
  expect(await asked(of)).toMatchObject([
    { is: 'holiday', date: '2027-02-05', name: '春节' },
    { is: 'holiday', date: '2027-02-06', name: '春节' },
  ])
  expect(await asked(of, head)).toHaveLength(2)
  expect(await concerned(2027, lines)).toEqual([0, 0])
  expect(await told(admin, of)).toHaveLength(1)
})

test('a weekend day that is to be worked is told too, and an ordinary weekend again takes the question back', async () => {
  const of = await classOn(['2028-01-29'])
  expect(await concerned(2028, ['2028-01-29 上班 春节'])).toEqual([1, 1])
  expect(await told(admin, of)).toEqual(['1月29日调休上班（春节）'])
  expect(await asked(of)).toMatchObject([{ is: 'made_up' }])
  expect(await concerned(2028)).toEqual([0, 0])
  expect(await asked(of)).toEqual([])
  expect(await concerned(2028, ['2028-01-29 放假 春节'])).toEqual([1, 1])
  expect(await told(admin, of)).toEqual(['1月29日放假（春节）', '1月29日调休上班（春节）'])
})

test('a workday that was called a holiday by mistake asks nothing once it is one again; a holiday that becomes a workday does', async () => {
  const mistaken = await classOn(['2029-03-07'])
  expect(await concerned(2029, ['2029-03-07 放假 示例节', '2029-03-08 放假 示例节'])).toEqual([1, 1])
  const meant = await classOn(['2029-03-08'])
  expect(await concerned(2029)).toEqual([1, 1])
  expect(await asked(mistaken)).toEqual([])
  expect(await told(admin, meant)).toEqual(['3月8日不再放假（原示例节），是工作日'])
})

test('sessions that have begun or are cancelled, drafts and cancelled classes ask for nothing', async () => {
  const begun = new Date('2030-04-05T09:00:00+08:00')
  const before = new Date(begun.getTime() - 1)
  const of = await classOn(['2030-04-05'])
  const off = await classOn(['2030-04-05'])
  await world.db
    .update(schema.classSession)
    .set({ status: 'cancelled', cancelReason: '台风停课' })
    .where(eq(schema.classSession.classId, off.id))
  await classOn(['2030-04-05'], { status: 'draft' })
  await classOn(['2030-04-05'], { status: 'cancelled', cancelledBecause: '人数不足' })
  const changed = [{ date: '2030-04-05', was: 'workday', is: 'holiday', name: '清明节' } as const]
  const follow = (at: Date) => as(handler, (tx) => followCalendar(tx, { changed, now: at }))
  expect(await follow(begun)).toEqual({ classes: 0, sessions: 0, sittings: 0 })
  expect(await follow(before)).toEqual({ classes: 1, sessions: 1, sittings: 0 })
  await enter(2030, ['2030-04-05 放假 清明节'])
  expect(await asked(of, admin, before)).toHaveLength(1)
  expect(await asked(of, admin, begun)).toEqual([])
  expect(await asked(off, admin, before)).toEqual([])
})

test('a session is asked about until it is moved, cancelled, or its academy says why it stays', async () => {
  const of = await classOn(['2031-05-03', '2031-05-04', '2031-05-05', '2031-05-17'])
  await enter(2031, ['2031-05-03 放假 劳动节', '2031-05-04 放假 劳动节', '2031-05-05 放假 劳动节'])
  const ofDay = async (date: string) => {
    const rows = await world.db.select().from(schema.classSession).where(eq(schema.classSession.classId, of.id))
    return rows.find(({ startsAt }) => startsAt.toISOString().startsWith(date))!.id
  }
  const set = async (date: string, change: Partial<typeof schema.classSession.$inferInsert>) =>
    world.db
      .update(schema.classSession)
      .set(change)
      .where(eq(schema.classSession.id, await ofDay(date)))
  await set('2031-05-03', { status: 'cancelled', cancelReason: '放假' })
  await set('2031-05-04', {
    startsAt: new Date('2031-05-18T09:00:00+08:00'),
    endsAt: new Date('2031-05-18T12:00:00+08:00'),
  })
  expect(await asked(of)).toMatchObject([{ date: '2031-05-05' }])
  const { mark } = (await daysOf(of))!
  const doubted = { ok: false, reason: 'plan_doubted' }
  expect(await stay(of, { mark: 'another', reason: '学员都同意' })).toEqual({ ...doubted, fault: null })
  expect(await stay(of, { mark, reason: '。' })).toEqual({ ...doubted, fault: 'reason_needed' })
  expect(await stay(of, { mark, reason: '学员都同意' }, stranger)).toBeNull()
  expect(await stay(of, { mark, reason: '学员都同意' }, head)).toBeNull()
  expect(await stay(of, { mark, reason: '学员都同意' })).toEqual({ ok: true, isNew: true })
  expect(await stay(of, { mark, reason: '学员都同意' })).toEqual({ ok: true, isNew: false })
  for (const viewer of [admin, head])
    expect(await daysOf(of, viewer)).toMatchObject({ doubts: [], said: [{ reason: '学员都同意' }] })
  const events = await test_.owner`select detail from audit_event
    where kind = 'class.plan_affirmed' and subject_id = ${of.id}`
  expect(events).toEqual([{ detail: { doubts: 1 } }])
})

test('what is said of changed days does not take the place of what was said of the timetable when it was published', async () => {
  const of = await classOn(['2032-02-11'])
  const said = { academyId: academy.id, classId: of.id, accountId: admin.accountId, at: now, mark: '' }
  const doubts = [{ is: 'hours', planned: 16, sum: 4 } as const]
  await world.db.insert(schema.classPlanAffirmed).values({ ...said, id: newId(), doubts, reason: '场地只到中午' })
  await enter(2032, ['2032-02-11 放假 春节'])
  const { mark } = (await daysOf(of))!
  await stay(of, { mark, reason: '学员都同意' })
  const found = await as(admin, (tx) => findRosterClass(tx, { viewer: admin, classId: of.id, now }))
  expect([found?.affirmed?.reason, found?.days.session.said[0]?.reason]).toEqual(['场地只到中午', '学员都同意'])
})

test('the shell tells as the page does, and its report says of how many', async () => {
  const of = await classOn(['2033-06-11'])
  const rows = [...fixed(2033), '2033-06-11 放假 端午节'].map((line) => `2033,${line.replaceAll(' ', ',')},示例通知`)
  const file = fileOf(['年份,日期,类型,节日,文件', ...rows].join('\n'))
  expect(await reportsOf(calendarImport(followCalendar), file)).toMatchObject({
    status: 0,
    reports: [{ classes: 1, sessions: 1 }],
  })
  expect(await told(admin, of)).toEqual(['6月11日放假（端午节）'])
})

test('nobody but the system writes down that a day changed, and no other academy reads it', async () => {
  const of = await classOn(['2034-04-05'])
  await enter(2034, ['2034-04-05 放假 清明节'])
  const read = (viewer: Viewer) =>
    as(viewer, (tx) => tx.$count(schema.sessionDayChange, eq(schema.sessionDayChange.classId, of.id)))
  expect([await read(admin), await read(head), await read(handler), await read(stranger)]).toEqual([1, 1, 1, 0])
  const [row] = await world.db.select().from(schema.sessionDayChange).where(eq(schema.sessionDayChange.classId, of.id))
  for (const viewer of [admin, head, handler, stranger])
    await expect(
      as(viewer, (tx) => tx.insert(schema.sessionDayChange).values({ ...row!, id: newId() })),
    ).rejects.toThrow()
})

test('a sitting of the assessment on a day that becomes a holiday is counted, told of with the sessions in one notice, and asked about', async () => {
  const both = await classOn(['2035-02-08', '2035-02-17'])
  await sittingOn(both, '2035-02-09')
  const only = await classOn(['2035-01-20'])
  const id = await sittingOn(only, '2035-02-08')
  const lines: Line[] = ['2035-02-08 放假 春节', '2035-02-09 放假 春节']
  expect(await concerned(2035, lines)).toEqual([2, 1, 2])
  expect(await told(admin, both)).toEqual(['2月8日放假（春节）；2月9日放假（春节），有考核'])
  expect(await told(admin, only)).toEqual(['2月8日放假（春节），有考核'])
  expect([await told(head, only), await told(teacher, only)]).toEqual([['2月8日放假（春节），有考核'], []])
  expect(await asked(only)).toEqual([])
  expect((await sittingDays(only)).open).toEqual({
    [id]: { is: 'holiday', date: '2035-02-08', name: '春节', meets: 'sitting' },
  })
  expect((await sittingDays(only, new Date('2035-02-08T14:00:00+08:00'))).doubts).toEqual([])
  const page = await findAssessmentPage(admin, { classId: only.id, now })
  expect(page?.days.doubts).toHaveLength(1)
  expect(await concerned(2035, lines)).toEqual([0, 0])
})

test('a sitting is asked about until it is moved, cancelled or said to stay; what is said of a session of that day says nothing of it', async () => {
  const of = await classOn(['2036-01-28'])
  const [stays, moves, falls] = [
    await sittingOn(of, '2036-01-28'),
    await sittingOn(of, '2036-01-29'),
    await sittingOn(of, '2036-01-30'),
  ]
  const lines: Line[] = ['2036-01-28 放假 春节', '2036-01-29 放假 春节', '2036-01-30 放假 春节']
  expect(await concerned(2036, lines)).toEqual([1, 1, 3])
  await setSitting(moves, {
    startsAt: new Date('2036-02-20T14:00:00+08:00'),
    endsAt: new Date('2036-02-20T16:00:00+08:00'),
  })
  await setSitting(falls, { status: 'cancelled', cancelReason: '放假' })
  await stay(of, { mark: (await daysOf(of))!.mark, reason: '学员都同意' })
  expect(await asked(of)).toEqual([])
  const { doubts, mark } = await sittingDays(of)
  expect(doubts).toMatchObject([{ date: '2036-01-28', meets: 'sitting' }])
  expect(await stay(of, { mark: 'another', reason: '考场只有这天' }, admin, 'sitting')).toMatchObject({ fault: null })
  expect(await stay(of, { mark, reason: '考场只有这天' }, stranger, 'sitting')).toBeNull()
  expect(await stay(of, { mark, reason: '考场只有这天' }, head, 'sitting')).toBeNull()
  expect(await stay(of, { mark, reason: '考场只有这天' }, admin, 'sitting')).toEqual({ ok: true, isNew: true })
  expect(await stay(of, { mark, reason: '考场只有这天' }, admin, 'sitting')).toEqual({ ok: true, isNew: false })
  expect(await sittingDays(of)).toMatchObject({ open: {}, said: [{ reason: '考场只有这天' }] })
  expect((await daysOf(of))!.said).toMatchObject([{ reason: '学员都同意' }])
  expect(await world.db.$count(schema.sessionDayChange, eq(schema.sessionDayChange.sittingId, stays))).toBe(1)
})

test('sittings that have begun or are cancelled, and those of drafts and cancelled classes, ask for nothing; a day that is changed back takes the question back', async () => {
  const june = { startsOn: '2037-06-01', endsOn: '2037-06-02' }
  const off = await sittingOn(await classOn([], june), '2037-06-18')
  await setSitting(off, { status: 'cancelled', cancelReason: '台风' })
  await sittingOn(await classOn([], { status: 'draft', ...june }), '2037-06-18')
  const cancelled = { status: 'cancelled', cancelledBecause: '人数不足', ...june }
  await sittingOn(await classOn([], cancelled), '2037-06-18')
  const of = await classOn([], june)
  await sittingOn(of, '2037-06-18')
  const changed = [{ date: '2037-06-18', was: 'workday', is: 'holiday', name: '端午节' } as const]
  const begun = new Date('2037-06-18T14:00:00+08:00')
  const none = { classes: 0, sessions: 0, sittings: 0 }
  expect(await as(handler, (tx) => followCalendar(tx, { changed, now: begun }))).toEqual(none)
  expect(await concerned(2037, ['2037-06-18 放假 端午节'])).toEqual([1, 0, 1])
  expect((await sittingDays(of)).doubts).toHaveLength(1)
  expect(await concerned(2037)).toEqual([0, 0])
  expect((await sittingDays(of)).doubts).toEqual([])
})
