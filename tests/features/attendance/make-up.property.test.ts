import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { recountHours } from '#app/features/attendance/hours.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { shanghaiTime } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession, classStaff } from '#db/schema/index.ts'
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

const HOURS = [0.5, 2, 4, 6.5]
const MINUTES = 300
const WORKERS = 4
/** What is said of one worker in one session; the minutes lie within it. */
const said = fc.record({
  mark: fc.constantFrom('present', 'late', 'left_early', 'excused', 'absent', ''),
  minute: fc.integer({ min: 1, max: MINUTES - 1 }),
})
const meeting = fc.record({
  hours: fc.constantFrom(...HOURS),
  said: fc.array(said, { minLength: WORKERS, maxLength: WORKERS }),
  isClosed: fc.boolean(),
})
const plan = fc.record({ held: meeting, other: meeting, makeUps: fc.array(meeting, { maxLength: 3 }) })
type Meeting = typeof meeting extends fc.Arbitrary<infer T> ? T : never

/** One session of a class on a day of its own, marked and, where it is `isClosed`, counted. */
async function hold(of: { id: string }, day: number, meeting: Meeting, workers: string[], makesUpForId?: string) {
  const id = newId()
  const startsAt = new Date(`2026-11-${20 + day}T09:00:00+08:00`)
  const endsAt = new Date(startsAt.getTime() + MINUTES * 60_000)
  const row = { academyId: academy.id, classId: of.id, id, startsAt, endsAt, hours: meeting.hours, kind: 'practical' }
  await world.db.insert(classSession).values({ ...row, makesUpForId })
  const sheet = { viewer: instructor, academyCode: academy.code, sessionId: id }
  const entries = meeting.said.map(({ mark, minute }, nth) => {
    const time = shanghaiTime(new Date(startsAt.getTime() + minute * 60_000))
    const times = { in: mark === 'late' ? time : '', out: mark === 'left_early' ? time : '' }
    return { enrolmentId: workers[nth]!, mark, ...times, was: '//' }
  })
  const marked = { ...sheet, entries, reason: '没带手机', way: 'hand', wasClosed: false, now: startsAt } as const
  expect(await as(instructor, (tx) => markByHand(tx, marked))).toMatchObject({ ok: true })
  if (meeting.isClosed) await as(instructor, (tx) => closeSheet(tx, { ...sheet, now: endsAt }))
  return id
}

/** What each worker's marks in a session earn, were it alone. */
const earned = async (sessionId: string) => {
  const rows = await db.owner`select enrolment_id as id, coalesce(hours, 0)::float as hours from attendance_mark
    where session_id = ${sessionId}`
  return new Map(rows.map(({ id, hours }) => [id as string, hours as number]))
}

test('a session and what makes up for it never earn a worker more than the session, nor less than the best of them; a class delivers it once', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ held, other, makeUps }) => {
      const of = await world.classOf(academy, { plannedHours: 16, startsOn: '2026-11-20', endsOn: '2026-11-30' })
      await world.db
        .insert(classStaff)
        .values({ academyId: academy.id, classId: of.id, accountId: instructor.accountId })
      const workers: string[] = []
      for (let nth = 0; nth < WORKERS; nth++) workers.push((await world.enrolment(of)).id)
      // Only what is closed is made up, and one make-up after the other.
      const isClosed = true
      const original = await hold(of, 0, { ...held, isClosed }, workers)
      const another = await hold(of, 1, other, workers)
      const made: string[] = []
      for (const [nth, one] of makeUps.entries())
        made.push(
          await hold(of, 2 + nth, { ...one, isClosed: nth < makeUps.length - 1 || one.isClosed }, workers, original),
        )
      const closed = made.filter((_, nth) => nth < makeUps.length - 1 || makeUps[nth]?.isClosed)
      await as(instructor, (tx) => recountHours(tx, { academyId: academy.id, classId: of.id, now: new Date() }))
      const first = await earned(original)
      const beside = other.isClosed ? await earned(another) : new Map<string, number>()
      const brought = await Promise.all(closed.map(earned))
      const rows = await db.owner`select e.id, e.hours_attended::float as hours, c.delivered_hours::float as delivered
        from enrolment e join class c on c.id = e.class_id where e.class_id = ${of.id}`
      expect(rows).toHaveLength(WORKERS)
      for (const { id, hours, delivered } of rows) {
        const together = hours - (beside.get(id) ?? 0)
        const parts = [first.get(id) ?? 0, ...brought.map((one) => one.get(id) ?? 0)]
        expect(together).toBeLessThanOrEqual(held.hours)
        expect(together).toBeGreaterThanOrEqual(Math.min(held.hours, Math.max(...parts)))
        if (first.get(id) === held.hours) expect(together).toBe(held.hours)
        expect(delivered).toBe(held.hours + other.hours)
      }
    }),
    { numRuns: 25 },
  )
})
