import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { loadWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { followCalendar } from '#app/features/training/days-changed.server.ts'
import { MOST_CLASSES, openSeries, readSeriesRows } from '#app/features/training/open-series.server.ts'
import { layOut, numbersFrom } from '#app/features/training/template-layout.ts'
import { keepTemplate, listTemplates, removeTemplate } from '#app/features/training/templates.server.ts'
import { findTemplatesPage } from '#app/features/training/templates-page.server.ts'
import { nextTerm } from '#app/features/training/term-name.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
const now = new Date('2026-11-10T12:00:00+08:00')
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), async (tx) => {
    await loadReference(tx)
    await loadPolicy(tx)
    await loadWorkCalendar(tx, { follow: followCalendar, now })
  })
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

/** Saturdays and Sundays, two weeks; the first day has two sessions. */
const weekends = {
  ...{ name: '低压电工实操班', mode: 'practical', occupationCode: '6-31-01-03', plannedHours: '20', capacity: '30' },
  ...{ startsOn: '2026-08-01', endsOn: '2026-08-09', certificatesExpectedOn: '2026-08-20' },
  ...{ siteName: '实训楼', siteAddress: '示例路1号', enrolClosesAt: '2026-07-28T18:00' },
  sessions: [
    { date: '2026-08-01', from: '09:00', to: '12:00', hours: '4', topic: '验电' },
    { date: '2026-08-01', from: '13:30', to: '16:30', hours: '4' },
    { date: '2026-08-02', from: '09:00', to: '12:00', hours: '4' },
    { date: '2026-08-08', from: '09:00', to: '12:00', hours: '4' },
    { date: '2026-08-09', from: '09:00', to: '12:00', hours: '4' },
  ],
}
const days = (fields: Record<string, unknown>) =>
  (fields.sessions as { date: string }[]).map(({ date }) => date.slice(5))

test('a template keeps its weekdays, its order and its two sessions of one day, from the first such weekday on', () => {
  const laid = layOut(weekends, '2026-11-04', referenceCalendar)
  expect(days(laid.fields)).toEqual(['11-07', '11-07', '11-08', '11-14', '11-15'])
  expect(laid.fields).toMatchObject({
    ...{ startsOn: '2026-11-07', endsOn: '2026-11-15', name: '低压电工实操班' },
    ...{ enrolClosesAt: '2026-11-03T18:00', certificatesExpectedOn: '2026-11-26' },
  })
})

test('what would fall on a holiday comes a week later, and what follows keeps its distance', () => {
  // 25 to 27 September is the Mid-Autumn Festival, 1 to 7 October National Day.
  const laid = layOut(weekends, '2026-09-26', referenceCalendar)
  expect(days(laid.fields)).toEqual(['10-10', '10-10', '10-11', '10-17', '10-18'])
  expect(laid.skipped.map(({ date, day }) => `${date} ${day.name}`)).toEqual(['2026-09-26 中秋节', '2026-10-03 国庆节'])
  // Of a year that is not entered New Year's Day is known.
  const friday = { ...weekends, startsOn: '2026-08-07', endsOn: '2026-08-07', sessions: [{ date: '2026-08-07' }] }
  expect(layOut(friday, '2027-01-01', referenceCalendar)).toMatchObject({
    startsOn: '2027-01-08',
    endsOn: '2027-01-08',
  })
})

test('a sitting keeps its distance to the session before it, and comes on no holiday', () => {
  const at = { part: 'both', attempt: 1, from: '09:00', to: '11:00', siteId: null, place: '市鉴定中心' } as const
  const sat = (date: string) => ({ ...at, date, instructorIds: [], outside: [] })
  const plan = { homeSiteId: null, resits: 1, isLater: false, sittings: [sat('2026-08-03'), sat('2026-08-10')] }
  const dates = (from: string) =>
    layOut({ ...weekends, plan }, from, referenceCalendar).fields.plan?.sittings.map(({ date }) => date)
  expect(dates('2026-11-04')).toEqual(['2026-11-09', '2026-11-16'])
  // The class begins a week before National Day; what is meant for the 5th of October comes on the 12th.
  expect(dates('2026-09-19')?.every((date) => date < '2026-10-01' || date > '2026-10-07')).toBe(true)
})

test('numbers are counted up from the first one', () => {
  expect(numbersFrom('2027-09', 3)).toEqual(['2027-09', '2027-10', '2027-11'])
  expect(numbersFrom('焊工', 2)).toEqual(['焊工-01', '焊工-02'])
  expect(numbersFrom('', 2)).toEqual(['', ''])
})

/** A template of a class that is held at a site of its own. */
async function kept(name: string, teaches?: string) {
  const opened = await openOriginal(name)
  if (teaches)
    await db.owner`
    insert into session_instructor (academy_id, session_id, instructor_id)
    select academy_id, id, ${teaches} from class_session where class_id = ${opened}`
  const answer = await as(admin, (tx) =>
    keepTemplate(tx, { viewer: admin, academyId: academy.id, classId: opened, name, now }),
  )
  if (!answer?.ok) throw new Error(JSON.stringify(answer))
  return { templateId: answer.id, classId: opened }
}
async function openOriginal(name: string): Promise<string> {
  const { id } = await world.classOf(academy, {
    ...{
      name,
      mode: 'practical',
      occupationCode: null,
      status: 'draft',
      startsOn: '2026-08-01',
      endsOn: '2026-08-02',
      plannedHours: 8,
    },
    ...{ siteId: await siteOf(name), capacity: 20, enrolOpensAt: null, enrolClosesAt: null, withdrawUntil: null },
  })
  await db.owner`delete from class_session where class_id = ${id}`
  for (const day of ['2026-08-01', '2026-08-02'])
    await db.owner`
      insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours, kind, site_id)
      select ${academy.id}, gen_random_uuid(), ${id}, ${`${day}T09:00+08`}, ${`${day}T12:00+08`}, 4, 'practical', site_id
      from class where id = ${id}`
  return id
}
async function siteOf(name: string): Promise<string> {
  const [row] = await db.owner`
    insert into site (academy_id, id, name, address) values (${academy.id}, gen_random_uuid(), ${name}, '示例路1号') returning id`
  return row!.id
}
const series = (templateId: string, rows: { code: string; startsOn: string }[], by = admin) =>
  openSeries(by, { academyId: by.academyId!, templateId, rows, now })

test('a series opens each class as a draft with its own number and days, and says of each what stands in its way', async () => {
  const { templateId } = await kept('系列班')
  const results = (await series(templateId, [
    { code: 'X-01', startsOn: '2026-12-01' },
    { code: 'X-02', startsOn: '2026-12-05' }, // the same days at the same site
    { code: 'X-01', startsOn: '2026-12-12' },
    { code: 'X-03', startsOn: 'soon' },
    { code: '', startsOn: '2026-12-19' },
    { code: 'X-04', startsOn: '2027-01-02' },
  ]))!
  expect(results.map(({ classId, refusal, fault }) => [classId !== null, refusal?.reason ?? fault])).toEqual([
    [true, null],
    [false, 'site_taken'],
    [false, 'code_taken'],
    [false, 'date'],
    [false, 'required'],
    [true, null],
  ])
  expect(results[0]).toMatchObject({ startsOn: '2026-12-05', endsOn: '2026-12-06', isUntaught: true })
  const rows = await db.owner`select code, status from class where code like 'X-%' order by code`
  expect([...rows]).toEqual([
    { code: 'X-01', status: 'draft' },
    { code: 'X-04', status: 'draft' },
  ])
})

test('classes of a series go on in the terms of their name, past those that the academy has; a name without a term stays', async () => {
  expect(nextTerm('低压电工实操班（第6期）', ['低压电工实操班（第9期）', '焊工班（第30期）'])).toBe(
    '低压电工实操班（第10期）',
  )
  expect(nextTerm('2026年第2期焊工班', ['2025年第8期焊工班'])).toBe('2026年第3期焊工班')
  expect(nextTerm('班组长培训', ['班组长培训'])).toBe('班组长培训')
  const { templateId } = await kept('期数班（第6期）')
  const rows = [
    { code: 'T-01', startsOn: '2026-12-05' },
    { code: 'T-01', startsOn: '2026-12-12' },
    { code: 'T-02', startsOn: '2026-12-19' },
  ]
  const opened = (await series(templateId, rows))?.filter(({ classId }) => classId !== null)
  expect(opened?.map(({ code, name }) => [code, name])).toEqual([
    ['T-01', '期数班（第7期）'],
    ['T-02', '期数班（第8期）'],
  ])
  const names = await db.owner`select name from class where code in ('T-01', 'T-02') order by code`
  expect(names.map(({ name }) => name)).toEqual(['期数班（第7期）', '期数班（第8期）'])
})

test('an instructor who cannot is left out of that class alone, and it is said why', async () => {
  const { id: personId } = await world.person()
  const [one] = await db.owner`
    insert into instructor (academy_id, id, person_id, name, ended_on, created_at)
    values (${academy.id}, gen_random_uuid(), ${personId}, '何合成', '2026-12-31', ${now.toISOString()}) returning id`
  const { templateId } = await kept('带教师的班', one!.id)
  const results = await series(templateId, [
    { code: 'Y-01', startsOn: '2026-12-05' },
    { code: 'Y-02', startsOn: '2027-02-20' },
  ])
  expect(results).toMatchObject([
    { refusal: null, isUntaught: false },
    { refusal: { reason: 'instructor_unfit', unfit: { lack: 'ended' } }, isUntaught: true },
  ])
  expect(results?.every(({ classId }) => classId !== null)).toBe(true)
})

test('a template keeps the assessment plan; a sitting that does not fit one class is left out of that alone', async () => {
  const classId = await openOriginal('带考核的班')
  await db.owner`
    insert into assessment_sitting (academy_id, id, class_id, part, starts_at, ends_at, site_id)
    select academy_id, gen_random_uuid(), id, 'practical', '2026-08-03T09:00+08', '2026-08-03T11:00+08', site_id
    from class where id = ${classId}`
  const command = { viewer: admin, academyId: academy.id, classId, now }
  const made = await as(admin, (tx) => keepTemplate(tx, { ...command, name: '带考核的班' }))
  if (!made?.ok) throw new Error('refused')
  const page = await as(admin, (tx) =>
    findTemplatesPage(tx, { academyId: academy.id, search: new URLSearchParams(), now }),
  )
  expect(page.templates.find(({ id }) => id === made.id)).toMatchObject({ sittings: 1 })
  await db.owner`
    insert into class_session (academy_id, id, class_id, starts_at, ends_at, hours, kind, site_id)
    select academy_id, gen_random_uuid(), id, '2027-01-18T09:00+08', '2027-01-18T12:00+08', 4, 'practical', site_id
    from class where id = ${classId}`
  const results = await series(made.id, [
    { code: 'V-01', startsOn: '2027-01-09' },
    { code: 'V-02', startsOn: '2027-01-16' },
  ])
  expect(results?.map(({ classId, left }) => [classId !== null, left])).toEqual([
    [true, []],
    [true, [{ part: 'practical', attempt: 1, why: 'site' }]],
  ])
  const rows = await db.owner`
    select c.code, s.starts_at::date::text as day from assessment_sitting s join class c on c.id = s.class_id where c.code like 'V-%'`
  expect([...rows]).toEqual([{ code: 'V-01', day: '2027-01-11' }])
})

test('names are one of a kind, a template outlives its class and goes without touching what it opened', async () => {
  const { templateId, classId } = await kept('留用班')
  const again = { viewer: admin, academyId: academy.id, classId, now }
  expect(await as(admin, (tx) => keepTemplate(tx, { ...again, name: '留用班 ' }))).toEqual({
    ok: false,
    reason: 'name_taken',
  })
  expect(await as(admin, (tx) => keepTemplate(tx, { ...again, name: ' ' }))).toEqual({ ok: false, reason: 'name' })
  await db.owner`delete from class_session where class_id = ${classId}`
  await db.owner`delete from class where id = ${classId}`
  expect((await series(templateId, [{ code: 'Z-01', startsOn: '2027-03-06' }]))?.[0]?.classId).not.toBeNull()
  expect(await as(admin, (tx) => removeTemplate(tx, { ...again, id: templateId }))).toBe(true)
  expect(await db.owner`select 1 from class where code = 'Z-01'`).toHaveLength(1)
})

test('another academy sees no template and opens nothing from one; an instructor neither', async () => {
  const { templateId, classId } = await kept('自家班')
  const other = await world.academy()
  for (const viewer of [await world.staff('academy_admin', other), await world.staff('instructor', academy)]) {
    expect(await as(viewer, (tx) => listTemplates(tx, academy.id))).toEqual([])
    expect(await openSeries(viewer, { academyId: academy.id, templateId, rows: [], now })).toBeNull()
    const command = { viewer, academyId: academy.id, now }
    expect(await as(viewer, (tx) => removeTemplate(tx, { ...command, id: templateId }))).toBe(false)
    const keep = as(viewer, (tx) => keepTemplate(tx, { ...command, classId, name: '别家' }))
    await expect(keep.catch(() => null)).resolves.toBeNull()
  }
})

test('no more rows are read than a page has, and empty ones are none', () => {
  const form = new FormData()
  for (let at = 0; at < 40; at += 1) form.set(`code.${at}`, `N-${at}`)
  form.set('code.1', ' ')
  expect(readSeriesRows(form)).toHaveLength(MOST_CLASSES - 1)
})
