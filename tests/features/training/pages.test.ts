import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { anonymous, system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findRosterPage } from '#app/features/certification/roster.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { findClassPage } from '#app/features/training/class-page.server.ts'
import { listClassCards } from '#app/features/training/classes.server.ts'
import { countToClose, listDeskClasses } from '#app/features/training/desk.server.ts'
import { readDeskFilters } from '#app/features/training/desk-list.ts'
import { listMyClasses } from '#app/features/training/mine.server.ts'
import { findRosterClass, listRoster } from '#app/features/training/roster.server.ts'
import { readRosterPlace } from '#app/features/training/roster-view.ts'
import { bookSeat } from '#app/features/training/seats.server.ts'
import { newId } from '#app/lib/ids.ts'
import { besidesClass } from '#app/routes/site/class-besides.server.ts'
import { classSession } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
  })
})

const now = new Date('2026-11-10T12:00:00+08:00')
const pageOf = async (academy: { code: string }, classId: string, actor: Parameters<typeof as>[0] = anonymous) =>
  (await findClassPage({ academyCode: academy.code, classId, actor, now }))?.page ?? null
const listed = async (filters: Parameters<typeof listClassCards>[1]['filters']) =>
  (await as(anonymous, (tx) => listClassCards(tx, { filters, after: null, limit: 100, now }))).classes.map(
    (one) => one.id,
  )

test('visitors see published classes that are not over; never drafts or a ledger’s, not even its administrator here', async () => {
  const academy = await world.academy()
  const shown = await world.classOf(academy)
  const over = await world.classOf(academy, {
    startsOn: '2026-11-01',
    endsOn: '2026-11-09',
    enrolOpensAt: null,
    enrolClosesAt: null,
  })
  const draft = await world.classOf(academy, { status: 'draft' })
  const ledger = await world.classOf(academy, { origin: 'ledger', capacity: null })
  expect(await listed({ academy: academy.code })).toEqual([shown.id])
  const admin = await world.staff('academy_admin', academy)
  for (const hidden of [draft, ledger]) expect(await pageOf(academy, hidden.id, admin)).toBeNull()
  expect(await pageOf(academy, over.id)).toMatchObject({ state: { is: 'ended' } })
})

test('a class is found under its own academy’s address alone', async () => {
  const [academy, other] = [await world.academy(), await world.academy()]
  const { id } = await world.classOf(academy)
  expect(await pageOf(other, id)).toBeNull()
  expect(await pageOf(academy, id)).toMatchObject({
    id,
    state: { is: 'open', left: 30 },
    toCredit: { hours: 13, percent: 80, onTimetable: null },
  })
})

test('a class says what credits a worker as its timetable stands, with sessions that were cancelled and made up', async () => {
  const academy = await world.academy()
  const of = await world.classOf(academy)
  const place = { academyId: academy.id, classId: of.id, hours: 4 }
  const session = async (day: string, given: Partial<typeof classSession.$inferInsert> = {}) => {
    const [startsAt, endsAt] = [new Date(`2026-11-${day}:00+08:00`), new Date(`2026-11-${day}:59+08:00`)]
    const id = newId()
    await world.db.insert(classSession).values({ ...place, id, startsAt, endsAt, ...given })
    return id
  }
  const [first, last] = [await session('21T09'), await session('21T14')]
  for (const day of ['22T09', '22T14']) await session(day)
  const toCredit = async () => (await pageOf(academy, of.id))?.toCredit
  const whole = { hours: 13, percent: 80, onTimetable: null }
  expect(await toCredit()).toEqual(whole)
  const cancel = (id: string) =>
    db.owner`update class_session set status = 'cancelled', cancel_reason = '停电' where id = ${id}`
  await cancel(last)
  const short = { ...whole, onTimetable: { hours: 12, planned: 16, isEnough: false } }
  expect(await toCredit()).toEqual(short)
  // What makes up for a session that was held brings no hours of its own.
  await session('20T09', { makesUpForId: first })
  expect(await toCredit()).toEqual(short)
  await db.owner`update class set delivered_hours = 12 where id = ${of.id}`
  expect(await toCredit()).toEqual(short)
  await session('20T14', { makesUpForId: last, hours: 2 })
  await db.owner`update class set delivered_hours = 14 where id = ${of.id}`
  expect(await toCredit()).toEqual({
    hours: 11.5,
    percent: 80,
    onTimetable: { hours: 14, planned: 16, isEnough: true },
  })
  // Hours that are entered by hand are measured by the plan.
  await db.owner`update class set delivered_hours = null where id = ${of.id}`
  expect(await toCredit()).toEqual(whole)
  await session('20T18', { hours: 2 })
  expect(await toCredit()).toEqual(whole)
})

test('city, mode and occupation narrow the list', async () => {
  const academy = await world.academy({ cityCode: '440600' })
  const welding = await world.classOf(academy, { occupationCode: '6-18-02-04', occupationEdition: 2022 })
  const online = await world.classOf(academy, { mode: 'online', capacity: null, courseSlug: 'x' })
  expect(await listed({ academy: academy.code, occupation: '6-18-02-04' })).toEqual([welding.id])
  expect(await listed({ academy: academy.code, mode: 'online' })).toEqual([online.id])
  expect(await listed({ city: '440600' })).toHaveLength(2)
  expect(await listed({ city: '440100', academy: academy.code })).toEqual([])
})

test('page after page shows every class once, those of one day too', async () => {
  const academy = await world.academy()
  const made = []
  for (let i = 0; i < 7; i++)
    made.push((await world.classOf(academy, { endsOn: '2026-12-24', startsOn: `2026-12-2${i % 3}` })).id)
  const seen: string[] = []
  let after: { startsOn: string; id: string } | null = null
  for (let page = 0; page < 5; page++) {
    const filters = { academy: academy.code }
    const { classes, hasMore } = await as(anonymous, (tx) => listClassCards(tx, { filters, after, limit: 2, now }))
    seen.push(...classes.map((one) => one.id))
    if (!hasMore) break
    const last = classes.at(-1)!
    after = { startsOn: last.startsOn, id: last.id }
  }
  expect([...seen].sort()).toEqual(made.sort())
})

test('a full class points to open ones of the same academy and occupation', async () => {
  const academy = await world.academy()
  const trade = { occupationCode: '6-18-02-04', occupationEdition: 2022 }
  const full = await world.classOf(academy, { ...trade, capacity: 1, taken: 1 })
  const open = await world.classOf(academy, trade)
  await world.classOf(academy, { occupationCode: '6-31-01-03', occupationEdition: 2022 })
  expect((await pageOf(academy, full.id))?.others.map((one) => one.id)).toEqual([open.id])
  expect((await pageOf(academy, open.id))?.others).toEqual([])
})

test('who sits in a class is shown no others in its place until it is over', async () => {
  const academy = await world.academy()
  const trade = { occupationCode: '6-18-02-04', occupationEdition: 2022 }
  const full = await world.classOf(academy, { ...trade, capacity: 1 })
  const open = await world.classOf(academy, {
    ...trade,
    startsOn: '2026-12-24',
    endsOn: '2026-12-24',
    enrolClosesAt: null,
  })
  const [seated, other] = [await world.worker(), await world.worker()]
  await bookSeat(seated, { academyCode: academy.code, classId: full.id, now })
  await db.owner`update enrolment set hours_attended = 4 where class_id = ${full.id}` // the first of its sheets is closed
  const othersOn = async (day: string, actor: Parameters<typeof as>[0]) => {
    const at = new Date(`${day}T12:00:00+08:00`)
    const found = await findClassPage({ academyCode: academy.code, classId: full.id, actor, now: at })
    return found?.page.others.map((one) => one.id)
  }
  expect(await othersOn('2026-11-22', seated)).toEqual([])
  expect(await othersOn('2026-11-22', other)).toEqual([open.id])
  expect(await othersOn('2026-11-23', seated)).toEqual([open.id])
})

test('a worker sees the own place on the page, and nobody else’s', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy)
  const [one, other] = [await world.worker(), await world.worker()]
  await bookSeat(one, { academyCode: academy.code, classId: id, now })
  expect((await pageOf(academy, id, one))?.own).toMatchObject({ seat: 'enrolled', withdrawUntil: expect.any(Date) })
  expect((await pageOf(academy, id, other))?.own).toBeNull()
  expect((await pageOf(academy, id))?.own).toBeNull()
})

test('one’s classes: what comes first, what is past behind; a withdrawn one is past', async () => {
  const academy = await world.academy()
  const worker = await world.worker()
  const coming = await world.classOf(academy)
  const past = await world.classOf(academy, {
    origin: 'ledger',
    capacity: null,
    startsOn: '2026-10-01',
    endsOn: '2026-10-09',
  })
  const left = await world.classOf(academy)
  await world.enrolment(coming, { accountId: worker.accountId })
  await world.enrolment(past, { accountId: worker.accountId, hoursAttended: 16, creditedOn: '2026-10-09' })
  await world.enrolment(left, { accountId: worker.accountId, seat: 'withdrawn' })
  await db.owner`insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours)
    values (${academy.id}, gen_random_uuid(), ${coming.id}, '2026-11-21 01:00Z', '2026-11-21 04:00Z', 4)`
  const mine = await as(worker, (tx) => listMyClasses(tx, { viewer: worker, pastBefore: null, now }))
  expect(mine.coming).toMatchObject([{ classId: coming.id, nextAt: new Date('2026-11-21T01:00:00Z') }])
  expect(mine.past.map((one) => one.classId).sort()).toEqual([past.id, left.id].sort())
  const isOnAt = async (time: string) => {
    const asked = { viewer: worker, pastBefore: null, now: new Date(time) }
    return (await as(worker, (tx) => listMyClasses(tx, asked))).coming[0]?.isOn
  }
  expect(await isOnAt('2026-11-21T00:59:59Z')).toBe(false)
  expect(await isOnAt('2026-11-21T01:00:00Z')).toBe(true)
  const stranger = await world.worker()
  expect(await as(stranger, (tx) => listMyClasses(tx, { viewer: stranger, pastBefore: null, now }))).toEqual({
    coming: [],
    past: [],
    hasMore: false,
  })
})

test('an administrator lists the academy’s classes, an instructor the own ones alone', async () => {
  const academy = await world.academy()
  const [own, others] = [await world.classOf(academy), await world.classOf(academy)]
  await world.enrolment(own, { hoursAttended: 16, creditedOn: '2026-11-22' })
  const admin = await world.staff('academy_admin', academy)
  const teacher = await world.staff('instructor', academy)
  await db.owner`insert into class_staff (academy_id, class_id, account_id) values (${academy.id}, ${own.id}, ${teacher.accountId})`
  const filters = readDeskFilters(new URLSearchParams())
  const list = (viewer: typeof admin) => as(viewer, (tx) => listDeskClasses(tx, { viewer, filters, after: null, now }))
  expect(await list(admin)).toMatchObject({ total: 2 })
  // Credited ahead: it counts from the class's last day on.
  expect(await list(teacher)).toMatchObject({
    total: 1,
    classes: [{ id: own.id, enrolled: 1, credited: 0, state: 'open' }],
  })
  const find = (viewer: typeof admin, classId: string) =>
    as(viewer, (tx) => findRosterClass(tx, { viewer, classId, now: new Date() }))
  expect(await find(teacher, others.id)).toBeNull()
  expect(await find(teacher, own.id)).toMatchObject({ total: 1 })
  expect(await find(await world.staff('academy_admin', await world.academy()), own.id)).toBeNull()
})

test('the list of classes sorts by its columns and pages without losing one', async () => {
  const academy = await world.academy()
  const admin = await world.staff('academy_admin', academy)
  const codes = Array.from({ length: 33 }, (_, i) => `N${String((i * 7) % 33).padStart(2, '0')}`)
  for (const code of codes) await world.classOf(academy, { code })
  const list = (sort: string, after: string | null) =>
    as(admin, (tx) => {
      const filters = readDeskFilters(new URLSearchParams({ sort }))
      return listDeskClasses(tx, { viewer: admin, filters, after, now })
    })
  for (const sort of ['code', '-code', 'startsOn', '-name']) {
    const first = await list(sort, null)
    const second = await list(sort, first.classes.at(-1)!.id)
    expect([first.hasMore, second.hasMore]).toEqual([true, false])
    const seen = [...first.classes, ...second.classes].map((one) => one.code)
    expect([...seen].sort()).toEqual([...codes].sort())
    if (sort === 'code') expect(seen).toEqual([...codes].sort())
    if (sort === '-code') expect(seen).toEqual([...codes].sort().reverse())
  }
  const found = readDeskFilters(new URLSearchParams({ q: 'n3_' }))
  const none = await as(admin, (tx) => listDeskClasses(tx, { viewer: admin, filters: found, after: null, now }))
  expect(none.total).toBe(0) // an underscore is an underscore
})

test('classes that are over and not closed are counted and listed: none of a ledger, a draft, or one that still runs', async () => {
  const academy = await world.academy()
  const admin = await world.staff('academy_admin', academy)
  const later = new Date('2026-11-23T00:00:00+08:00')
  const of = { viewer: admin, filters: readDeskFilters(new URLSearchParams('status=to_close')), after: null }
  const found = (now: Date) =>
    as(admin, async (tx) => ({
      count: await countToClose(tx, { viewer: admin, now }),
      ids: (await listDeskClasses(tx, { ...of, now })).classes.map(({ id }) => id),
    }))
  const over = await world.classOf(academy)
  await world.classOf(academy, { origin: 'ledger', capacity: null })
  await world.classOf(academy, { status: 'draft' })
  await world.classOf(academy, { endsOn: '2026-11-23' })
  expect(await found(new Date('2026-11-22T23:59:00+08:00'))).toEqual({ count: 0, ids: [] })
  expect(await found(later)).toEqual({ count: 1, ids: [over.id] })
})

test('a roster shows documents and phones masked, and whose identity nobody has checked', async () => {
  const academy = await world.academy()
  const of = await world.classOf(academy)
  const admin = await world.staff('academy_admin', academy)
  const worker = await world.worker({ name: '王合成' })
  await bookSeat(worker, { academyCode: academy.code, classId: of.id, now })
  const { personId } = await world.enrolment(of)
  const { rows } = await listRoster(admin, { classId: of.id, after: null, isSeated: false })
  expect(rows.map((row) => [row.name, row.isUnconfirmed])).toEqual([
    ['王合成', true],
    ['李合成', false],
  ])
  for (const row of rows) expect(row.document).toMatch(/^\d{6}\*{8}[\dX]{4}$/)
  expect(rows[0]?.phone).toMatch(/^139\*{4}\d{4}$/)
  expect(JSON.stringify(rows)).not.toContain(personId)
})

test('the parts of a roster: results on the latest day, certificates of those who passed', async () => {
  const academy = await world.academy()
  const of = await world.classOf(academy)
  const admin = await world.staff('academy_admin', academy)
  const { id } = await world.enrolment(of)
  await db.owner`insert into assessment (academy_id, id, enrolment_id, assessed_on, result, created_at)
    values (${academy.id}, gen_random_uuid(), ${id}, '2026-11-28', 'passed', now())`
  const part = (view: string) =>
    findRosterPage(admin, { classId: of.id, place: readRosterPlace(new URLSearchParams({ view })), now })
  expect(await part('results')).toMatchObject({ on: '2026-11-28', rows: [{ enrolmentId: id }] })
  expect(await part('certificates')).toMatchObject({ passed: [{ name: '李合成', certificates: [] }] })
  expect(await part('hours')).toMatchObject({ hoursFrom: null, rows: [{ hoursAttended: null }] })
  expect(await part('nonsense')).toMatchObject({ view: 'overview' })
})

test('results are entered for the day of the sitting that was last due, or of later results; one ahead or cancelled is no such day', async () => {
  const academy = await world.academy()
  const of = await world.classOf(academy)
  const admin = await world.staff('academy_admin', academy)
  const { id } = await world.enrolment(of)
  const plan = (day: string, status = 'planned') => db.owner`
    insert into assessment_sitting (academy_id, id, class_id, part, starts_at, ends_at, place, status, cancel_reason)
    values (${academy.id}, gen_random_uuid(), ${of.id}, 'both', ${`${day}T09:00+08:00`}, ${`${day}T11:00+08:00`}, '市鉴定中心',
      ${status}, ${status === 'cancelled' ? '台风' : null})`
  const on = async (at: string, search = {}) => {
    const place = readRosterPlace(new URLSearchParams({ view: 'results', ...search }))
    const page = await findRosterPage(admin, { classId: of.id, place, now: new Date(`${at}T12:00:00+08:00`) })
    return page?.view === 'results' ? page.on : null
  }
  for (const day of ['2026-12-01', '2026-12-10', '2026-12-20']) await plan(day)
  await plan('2026-12-12', 'cancelled')
  expect([await on('2026-11-30'), await on('2026-12-01'), await on('2026-12-15')]).toEqual([
    ...['2026-11-30', '2026-12-01', '2026-12-10'],
  ])
  expect(await on('2026-12-15', { on: '2026-12-02' })).toBe('2026-12-02')
  await db.owner`insert into assessment (academy_id, id, enrolment_id, assessed_on, result, created_at)
    values (${academy.id}, gen_random_uuid(), ${id}, '2026-12-11', 'failed', now())`
  expect([await on('2026-12-15'), await on('2026-12-21')]).toEqual(['2026-12-11', '2026-12-20'])
})

test('what a class’s page says to who sits in it is asked at once', async () => {
  const academy = await world.academy()
  const { id } = await world.classOf(academy)
  const worker = await world.worker()
  await world.enrolment({ academyId: academy.id, id }, { accountId: worker.accountId })
  let times = 0
  const besides: ReturnType<typeof besidesClass> = (found) => {
    const ask = besidesClass(worker, now)(found)
    times = 0
    const counted: typeof ask = (tx) => {
      times += 1
      return ask!(tx)
    }
    return ask && counted
  }
  const found = await findClassPage({ academyCode: academy.code, classId: id, actor: worker, now, besides })
  expect([found?.page.own?.seat, found?.besides?.attendance, times]).toEqual(['enrolled', [], 1])
})
