import ICAL from 'ical.js'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findFeed, makeFeed, readFeed, removeFeed } from '#app/features/calendar/feed.server.ts'
import { calendarTag, toICalendar } from '#app/features/calendar/ical.server.ts'
import { readSecret } from '#app/features/calendar/secret.server.ts'
import { newId } from '#app/lib/ids.ts'
import { loader } from '#app/routes/api/calendar.ts'
import { assessment, assessmentSitting, calendarEvent, calendarFeed, classSession, site } from '#db/schema/index.ts'
import { PURPOSES } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>

beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  academy = await world.academy()
})

/** A class with sessions on these days at 9:00 in Shanghai, at a place of its own: nobody else may be there meanwhile. */
async function classWith(days: string[], given = {}) {
  const held = await world.classOf(academy, given)
  const siteId = newId()
  const place = { name: `松山湖实训基地 ${siteId}`, address: '东莞市松山湖大道1号' }
  await world.db.insert(site).values({ academyId: academy.id, id: siteId, ...place })
  const sessions = days.map((day) => ({
    ...{ academyId: academy.id, id: newId(), classId: held.id, hours: 4, topic: '接线', siteId },
    ...{ startsAt: new Date(`${day}T09:00:00+08:00`), endsAt: new Date(`${day}T12:00:00+08:00`) },
  }))
  await world.db.insert(classSession).values(sessions as (typeof classSession.$inferInsert)[])
  return { ...held, sessions, place }
}

async function sitting(of: { academyId: string; id: string }, given = {}): Promise<Viewer> {
  const worker = await world.worker()
  await world.enrolment(of, { accountId: worker.accountId, name: '李小明', ...given })
  return worker
}

const make = (viewer: Viewer) => as(viewer, (tx) => makeFeed(tx, { viewer, now: NOW }))
const text = async (secret: string, now = NOW) =>
  toICalendar((await readFeed(secret, now))!, { site: 'https://jxt.example', locale: 'zh-CN' })
/** Read back by another library than the one that wrote it. */
const eventsOf = (written: string) =>
  new ICAL.Component(ICAL.parse(written)).getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, location, sequence, startDate, endDate } = new ICAL.Event(component)
    const value = (name: string) => component.getFirstPropertyValue(name)?.toString()
    const [starts, ends] = [startDate, endDate].map((date) => date.toJSDate().toISOString())
    return { uid, summary, location, sequence, starts, ends, status: value('status'), url: value('url') }
  })

test('a worker’s calendar has the sessions of the classes in which it sits, with place, and no one else’s', async () => {
  const held = await classWith(['2026-11-21'])
  const other = await classWith(['2026-11-22'])
  const worker = await sitting(held)
  await world.enrolment(other, { accountId: worker.accountId, seat: 'waitlisted', lineNumber: 1 })
  const written = await text(await make(worker))
  expect(eventsOf(written)).toEqual([
    {
      uid: `${held.sessions[0]!.id}@jiangxuetang`,
      summary: '低压电工实操班 · 接线',
      location: `${held.place.name} · 东莞市松山湖大道1号`,
      sequence: 0,
      starts: '2026-11-21T01:00:00.000Z',
      ends: '2026-11-21T04:00:00.000Z',
      status: 'CONFIRMED',
      url: `https://jxt.example/academies/${academy.code}/classes/${held.id}`,
    },
  ])
  expect(written).not.toMatch(/李小明|张合成|1[39]\d{9}/)
})

test('what is written keeps to the format: CRLF, lines of 75 octets, a time stamp and the refresh it wishes for', async () => {
  const held = await classWith(['2026-11-21'], { name: `长名，有逗号; 分号\\反斜杠${'很'.repeat(80)}` })
  const written = await text(await make(await sitting(held)))
  expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(written).toMatch(/^DTSTAMP:20261101T020000Z\r$/m)
  expect(written).toMatch(/^REFRESH-INTERVAL;VALUE=DURATION:PT1H\r$/m)
  expect(eventsOf(written)[0]?.summary).toContain('长名，有逗号; 分号\\反斜杠很很')
})

test('the same sessions are the same bytes; a change raises the sequence of that session alone, in every feed alike', async () => {
  const held = await classWith(['2026-11-21', '2026-11-22'])
  const [one, other] = [await make(await sitting(held)), await make(await sitting(held))]
  const before = await text(one)
  expect(await text(one, new Date(NOW.getTime() + 3_600_000))).toBe(before)
  expect(calendarTag(await text(other))).toBe(calendarTag(before))
  await db.owner`update class_session set starts_at = starts_at + interval '1 hour' where id = ${held.sessions[0]!.id}`
  const later = new Date('2026-11-02T02:00:00Z')
  const sequences = async (secret: string) => eventsOf(await text(secret, later)).map(({ sequence }) => sequence)
  expect(await Promise.all([one, other, one].map(sequences))).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
  ])
  expect(eventsOf(await text(one, later))[0]?.starts).toBe('2026-11-21T02:00:00.000Z')
  expect(calendarTag(await text(one, later))).not.toBe(calendarTag(before))
})

test('a cancelled class and a session that was removed stay, as cancelled, with a higher sequence', async () => {
  const [called, gone] = [await classWith(['2026-11-21']), await classWith(['2026-11-22', '2026-11-23'])]
  const worker = await sitting(called)
  await world.enrolment(gone, { accountId: worker.accountId })
  const secret = await make(worker)
  await text(secret)
  await db.owner`update class set status = 'cancelled' where id = ${called.id}`
  await db.owner`delete from class_session where id = ${gone.sessions[0]!.id}`
  const found = Object.fromEntries(eventsOf(await text(secret)).map((event) => [event.uid.slice(0, 36), event]))
  expect(found[called.sessions[0]!.id]).toMatchObject({ status: 'CANCELLED', sequence: 1 })
  expect(found[called.sessions[0]!.id]?.summary).toMatch(/^已取消：/)
  expect(found[gone.sessions[0]!.id]).toMatchObject({ status: 'CANCELLED', sequence: 1 })
  expect(found[gone.sessions[1]!.id]).toMatchObject({ status: 'CONFIRMED', sequence: 0 })
})

test('a calendar has the sittings of the assessment plan: moved they rise, cancelled they stay; a re-sit is none of who passed', async () => {
  const held = await classWith(['2026-11-21'])
  const sat = (attempt: number, day: string) => ({
    ...{ academyId: academy.id, id: newId(), classId: held.id, part: 'theory', attempt, place: '市鉴定中心3楼' },
    ...{ startsAt: new Date(`${day}T09:00:00+08:00`), endsAt: new Date(`${day}T10:30:00+08:00`) },
  })
  const [first, again] = [sat(1, '2026-11-25'), sat(2, '2026-12-05')]
  await world.db.insert(assessmentSitting).values([first, again])
  const passed = await world.worker()
  const place = await world.enrolment(held, { accountId: passed.accountId })
  const [one, other] = [await make(passed), await make(await sitting(held))]
  const of = async (secret: string, id: string) =>
    eventsOf(await text(secret)).find(({ uid }) => uid === `${id}@jiangxuetang`)
  expect(await of(one, first.id)).toMatchObject({
    ...{ summary: '低压电工实操班 · 理论考核', location: '市鉴定中心3楼', sequence: 0, status: 'CONFIRMED' },
    ...{ starts: '2026-11-25T01:00:00.000Z', ends: '2026-11-25T02:30:00.000Z' },
  })
  const english = toICalendar((await readFeed(one, NOW))!, { site: 'https://jxt.example', locale: 'en' })
  expect(eventsOf(english).map(({ summary }) => summary)).toContain('低压电工实操班 · Assessment, theory')
  expect((await of(one, again.id))?.summary).toBe('低压电工实操班 · 理论第1次补考')
  const result = { enrolmentId: place.id, assessedOn: '2026-11-25', result: 'passed', theoryScore: 80 }
  await world.db.insert(assessment).values({ academyId: academy.id, id: newId(), ...result, createdAt: NOW })
  expect([await of(one, again.id), (await of(other, again.id))?.status]).toEqual([undefined, 'CONFIRMED'])
  await db.owner`update assessment_sitting set starts_at = starts_at + interval '1 hour' where id = ${first.id}`
  expect(await of(other, first.id)).toMatchObject({ sequence: 1, starts: '2026-11-25T02:00:00.000Z' })
  await db.owner`update assessment_sitting set status = 'cancelled', cancel_reason = '台风' where id = ${first.id}`
  expect(await of(other, first.id)).toMatchObject({
    ...{ summary: '已取消：低压电工实操班 · 理论考核', sequence: 2, status: 'CANCELLED' },
  })
})

test('a title or a place with line ends or control characters adds no line of its own to a calendar', () => {
  const hostile = '班\r\nATTENDEE:x\u2028ATTACH:y\u0085\u000bURL:z\u0001'
  const at = { startsAt: NOW, endsAt: new Date(NOW.getTime() + 3_600_000), changedAt: NOW, sequence: 0 }
  const said = { title: hostile, place: hostile, academyName: '学院', path: '/x', isCancelled: false }
  const written = toICalendar([{ ...at, ...said, academyId: newId(), sessionId: newId(), classId: newId() }], {
    ...{ site: 'https://jxt.example', locale: 'zh-CN' },
  })
  expect(written.split('\r\n').join('')).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
  expect(eventsOf(written)[0]).toMatchObject({ summary: '班 ATTENDEE:x ATTACH:y URL:z', url: 'https://jxt.example/x' })
})

test('of a class that a worker left the sessions are cancelled in that calendar, and stay as they are in the others', async () => {
  const held = await classWith(['2026-11-21'])
  const [leaves, stays, waited] = [await sitting(held), await sitting(held), await world.worker()]
  await world.enrolment(held, { accountId: waited.accountId, seat: 'withdrawn', seatEnding: 'declined' })
  const secrets = [await make(leaves), await make(stays), await make(waited)]
  await text(secrets[0]!)
  await db.owner`update enrolment set seat = 'withdrawn', seat_ending = 'left' where account_id = ${leaves.accountId}`
  const of = async (secret: string) => eventsOf(await text(secret)).map(({ sequence, status }) => [sequence, status])
  expect([await of(secrets[0]!), await of(secrets[1]!), await of(secrets[2]!)]).toEqual([
    ...[[[1, 'CANCELLED']], [[0, 'CONFIRMED']], []],
  ])
})

test('an instructor’s calendar has the classes that are theirs; whoever has none gets an empty one', async () => {
  const held = await classWith(['2026-11-21'])
  await classWith(['2026-11-22'])
  const teacher = await world.staff('instructor', academy)
  await db.owner`insert into class_staff values (${academy.id}, ${held.id}, ${teacher.accountId})`
  expect(eventsOf(await text(await make(teacher))).map(({ uid }) => uid)).toEqual([
    `${held.sessions[0]!.id}@jiangxuetang`,
  ])
  const empty = await text(await make(await world.staff('academy_admin', academy)))
  expect(eventsOf(empty)).toEqual([])
  expect(new ICAL.Component(ICAL.parse(empty)).getAllSubcomponents('vtimezone')).toHaveLength(1)
})

test('an address that was made anew, ended, guessed, or whose account is closed leads nowhere', async () => {
  const worker = await sitting(await classWith(['2026-11-21']))
  const first = await make(worker)
  const second = await make(worker)
  expect(await readFeed(first, NOW)).toBeNull()
  expect(await readFeed(second, NOW)).toHaveLength(1)
  for (const wrong of [null, '', 'x'.repeat(48), `${second.slice(0, -1)}_`, `${second}A`, 'A'.repeat(48)])
    if (wrong !== second) expect(await readFeed(wrong, NOW)).toBeNull()
  await db.owner`update account set disabled_at = now() where id = ${worker.accountId}`
  expect(await readFeed(second, NOW)).toBeNull()
  await db.owner`update account set disabled_at = null where id = ${worker.accountId}`
  await as(worker, (tx) => removeFeed(tx, { viewer: worker, now: NOW }))
  expect(await readFeed(second, NOW)).toBeNull()
  expect(await as(worker, (tx) => findFeed(tx, worker))).toBeNull()
})

test('the secret is stored nowhere, and who has the address is nobody else’s to see', async () => {
  const [worker, other] = [await world.worker(), await world.worker()]
  const secret = await make(worker)
  const stored = await db.owner`select t::text as row from calendar_feed t where account_id = ${worker.accountId}`
  expect(stored[0]?.row).toContain(readSecret(secret)!.toString('hex'))
  expect(stored[0]?.row).not.toContain(Buffer.from(secret, 'base64url').subarray(0, 24).toString('hex'))
  const purposes = PURPOSES.filter((purpose) => purpose !== 'calendar').map(system)
  for (const actor of [other, await world.staff('academy_admin', academy), ...purposes]) {
    expect(await as(actor, (tx) => tx.select().from(calendarFeed))).toEqual([])
    expect(await as(actor, (tx) => tx.select().from(calendarEvent))).toEqual([])
  }
})

test('a phone that asks again with the tag it got is told that nothing changed; a wrong address is a plain 404', async () => {
  const secret = await make(await sitting(await classWith(['2099-11-21'])))
  const ask = async (key: string, headers = {}) => {
    const request = new Request(`https://jxt.example/calendar.ics?key=${key}`, { headers })
    return (await loader({ request } as Parameters<typeof loader>[0]).catch((thrown: unknown) => thrown)) as Response
  }
  const first = await ask(secret)
  expect(first.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
  expect(first.headers.get('Cache-Control')).toBe('private, max-age=900')
  expect(eventsOf(await first.text())).toHaveLength(1)
  const again = await ask(secret, { 'If-None-Match': first.headers.get('ETag') })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect((await ask('guessed')).status).toBe(404)
})
