import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { closeByClock, dueSheets } from '#app/features/attendance/due-sheets.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { isAtRisk } from '#app/features/attendance/risk.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { startWorker } from '#app/lib/jobs.server.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { classSession, classStaff } from '#db/schema/index.ts'
import { atEnd } from '#tests/support/at-end.ts'
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

const HOUR = 3_600_000
const first = new Date('2026-11-21T09:00:00+08:00')

/** Five sessions of four hours, a day apart, of 20 planned: 16 are needed. */
async function classOf(startsAt = first) {
  const of = await world.classOf(academy, { plannedHours: 20, endsOn: '2026-11-25' })
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: instructor.accountId })
  const sessions = [0, 1, 2, 3, 4].map((days) => new Date(startsAt.getTime() + days * 24 * HOUR))
  const rows = sessions.map((from) => ({
    ...{ academyId: academy.id, classId: of.id, id: newId(), hours: 4, kind: 'practical' },
    ...{ startsAt: from, endsAt: new Date(from.getTime() + 3 * HOUR) },
  }))
  await world.db.insert(classSession).values(rows)
  return { ...of, sessions: rows }
}
type Session = Awaited<ReturnType<typeof classOf>>['sessions'][number]
function mark(session: Session, marks: Record<string, string>) {
  const entries = Object.entries(marks).map(([enrolmentId, mark]) => ({
    enrolmentId,
    mark,
    in: '',
    out: '',
    was: '//',
  }))
  const request = { viewer: instructor, academyCode: academy.code, sessionId: session.id, entries, reason: '没带手机' }
  return as(instructor, (tx) => markByHand(tx, { ...request, way: 'hand', wasClosed: false, now: session.startsAt }))
}
const close = (session: Session) =>
  as(instructor, (tx) =>
    closeSheet(tx, { viewer: instructor, academyCode: academy.code, sessionId: session.id, now: session.endsAt }),
  )
const hoursOf = async (id: string) =>
  (await db.owner`select hours_attended::float as hours from enrolment where id = ${id}`)[0]?.hours

test('a sheet that somebody began is closed twelve hours after its session, and its hours count; a moment before it is not', async () => {
  const of = await classOf()
  const [session] = of.sessions
  const worker = await world.enrolment(of)
  await mark(session!, { [worker.id]: 'present' })
  const at = (ms: number) => ({
    academyId: academy.id,
    sessionId: session!.id,
    now: new Date(session!.endsAt.getTime() + ms),
  })
  expect(await closeByClock(at(12 * HOUR))).toBe(false)
  expect(await hoursOf(worker.id)).toBeNull()
  expect(await closeByClock(at(12 * HOUR + 1))).toBe(true)
  expect(await closeByClock(at(12 * HOUR + 1))).toBe(false)
  expect(await hoursOf(worker.id)).toBe(4)
  const [sheet] = await db.owner`select closed_by from attendance_sheet where session_id = ${session!.id}`
  expect(sheet?.closed_by).toBeNull()
})

test('a session whose sheet nobody began is closed by nobody: hours entered by hand stay', async () => {
  const of = await classOf(new Date(Date.now() - 30 * 24 * HOUR))
  const worker = await world.enrolment(of, { hoursAttended: 20 })
  const [begun, untouched] = of.sessions
  await mark(begun!, { [worker.id]: 'present' })
  const waiting = await dueSheets.waiting()
  expect(waiting.some((id) => id.endsWith(begun!.id))).toBe(true)
  expect(waiting.some((id) => id.endsWith(untouched!.id))).toBe(false)
  expect(await dueSheets.run(`${academy.id}/${untouched!.id}`, new AbortController().signal)).toBe(false)
  expect(await hoursOf(worker.id)).toBe(20)
})

test('sheets that cannot be closed, however many and old, keep no other from being closed', async () => {
  const old = await Promise.all([0, 1, 2, 3, 4].map(() => classOf(new Date(Date.now() - 60 * 24 * HOUR))))
  const failing = old.flatMap(({ sessions }) => sessions).slice(0, 21)
  const seats = new Map(await Promise.all(old.map(async (of) => [of.id, await world.enrolment(of)] as const)))
  for (const session of failing) await mark(session, { [seats.get(session.classId)!.id]: 'present' })
  const later = await classOf(new Date(Date.now() - 30 * 24 * HOUR))
  const worker = await world.enrolment(later)
  const [good] = later.sessions
  await mark(good!, { [worker.id]: 'present' })
  await db.owner.unsafe(`
    create table broken_sheet (session_id uuid primary key);
    create function break_sheet() returns trigger language plpgsql security definer as $$ begin
      if exists (select from broken_sheet b where b.session_id = new.session_id) then raise 'broken'; end if;
      return new;
    end $$;
    create trigger break_sheet before update on attendance_sheet for each row execute function break_sheet()`)
  for (const { id } of failing) await db.owner`insert into broken_sheet values (${id})`
  const jobs = startWorker([dueSheets], runtime())
  atEnd(() => jobs.stop(0))
  const closed = async (id: string) =>
    (await db.owner`select closed_at is not null as closed from attendance_sheet where session_id = ${id}`)[0]?.closed
  await expect.poll(() => closed(good!.id), { timeout: 20_000 }).toBe(true)
  expect(await closed(failing[0]!.id)).toBe(false)
})

test('who cannot miss another session is told so once; who missed none, or too many already, is not', async () => {
  const of = await classOf()
  const [one, two, three] = of.sessions
  const seat = async () => {
    const viewer = await world.worker()
    return { viewer, id: (await world.enrolment(of, { accountId: viewer.accountId })).id }
  }
  const [never, once, often] = [await seat(), await seat(), await seat()]
  const told = async ({ viewer }: { viewer: Viewer }) =>
    (await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))).notices.map(
      ({ kind }) => kind,
    )
  await mark(one!, { [never.id]: 'present', [once.id]: 'present', [often.id]: 'present' })
  await close(one!)
  expect([await told(never), await told(once), await told(often)]).toEqual([[], [], []])
  await mark(two!, { [never.id]: 'present', [once.id]: 'absent', [often.id]: 'present' })
  await close(two!)
  expect([await told(never), await told(once)]).toEqual([[], ['attendance.at_risk']])
  await mark(three!, { [never.id]: 'present', [once.id]: 'present', [often.id]: 'excused' })
  await close(three!)
  expect([await told(never), await told(once), await told(often)]).toEqual([
    [],
    ['attendance.at_risk'],
    ['attendance.at_risk'],
  ])
})

test('a union hears of each of its workers without an account who cannot miss another session, once', async () => {
  const of = await classOf()
  const [one, two, three] = of.sessions
  const union = await world.union()
  const seat = () => world.enrolment(of, { enterpriseId: union.enterpriseId })
  const [first, second] = [await seat(), await seat()]
  const left = async () =>
    (await as(union, (tx) => listNotices(tx, { accountId: union.accountId, before: null }))).notices.map(
      ({ detail }) => ('about' in detail ? `${detail.about} ${detail.workers}` : ''),
    )
  await mark(one!, { [first.id]: 'present', [second.id]: 'present' })
  await close(one!)
  expect(await left()).toEqual([])
  await mark(two!, { [first.id]: 'absent', [second.id]: 'present' })
  await close(two!)
  expect(await left()).toEqual(['attendance.at_risk 1'])
  await mark(three!, { [first.id]: 'present', [second.id]: 'excused' })
  await close(three!)
  expect(await left()).toEqual(['attendance.at_risk 1', 'attendance.at_risk 1'])
})

test('a warning is of use as long as the hours can still be reached, and only if one more session missed ends that', () => {
  const of = { attended: 4, toCome: 12, next: 4, needed: 16 }
  expect(isAtRisk(of)).toBe(true)
  expect(isAtRisk({ ...of, toCome: 11.5 })).toBe(false)
  expect(isAtRisk({ ...of, toCome: 16 })).toBe(false)
  expect(isAtRisk({ ...of, attended: 16, toCome: 4 })).toBe(false)
  expect(isAtRisk({ ...of, next: 0 })).toBe(false)
})
