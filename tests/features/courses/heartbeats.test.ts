import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { submitQuiz } from '#app/features/courses/finish.server.ts'
import { type TakenBeat, takeBeat } from '#app/features/courses/heartbeats.server.ts'
import type { Learner } from '#app/features/courses/learner.ts'
import { findLessonTime, settleTime } from '#app/features/courses/lesson-time.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { sealOpening } from '#app/features/courses/time/opening.server.ts'
import { writeSoon } from '#app/features/courses/time/round.server.ts'
import type { Claim } from '#app/features/courses/time/settle.ts'
import { writeTime } from '#app/features/courses/time/write.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { openPool } from '#db/client.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { HEAD } from './hostile.ts'
import { contentFolder, TWO_LESSONS } from './support.ts'

/** Lessons of five minutes: two and a half of them must be active. */
const NEEDED_MS = 150_000
let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let dir: string
let learner: Learner
/** Seconds since the tests' beginning of time; a test moves it on. */
let clock = 0
const BEGAN = Date.parse('2026-11-02T01:00:00Z')
const at = (seconds: number) => new Date(BEGAN + seconds * 1000)

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  dir = await contentFolder({ trial: { ...TWO_LESSONS, '03-third.mdx': `${HEAD}## 第三节\n\n没有测验的一课。\n` } })
  await as(system('setup'), loadPolicy)
  await as(system('content'), (tx) => publishCourses(tx, { dir, now: at(0) }))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

beforeEach(async () => {
  const { accountId, personId } = await world.worker()
  learner = { accountId, personId }
  clock += 100_000
  otherServer()
})

/** From here on a process that remembers nothing: another server on the same database, or this one after kill -9. */
function otherServer(): unknown {
  const shared = globalThis as Record<symbol, unknown>
  const before = shared[MEMORY]
  shared[MEMORY] = undefined
  return before
}
const backOn = (server: unknown) => {
  ;(globalThis as Record<symbol, unknown>)[MEMORY] = server
}
const MEMORY = Symbol.for('jiangxuetang.heartbeats')

/** A page of a lesson that is opened now. */
function openPage(lesson = 'first', opened = clock) {
  const opening = sealOpening({ ...learner, courseSlug: 'trial', lessonSlug: lesson }, at(opened))
  const beat = (fields: Record<string, string>, who = learner): Promise<TakenBeat> =>
    takeBeat(who, new URLSearchParams({ c: 'trial', l: lesson, o: opening, i: '0', ...fields }), at(clock))
  /** Heartbeats of ten seconds each, one after the other. */
  const read = async (seconds: number) => {
    let taken: TakenBeat | undefined
    for (let left = seconds; left > 0; left -= 10) {
      clock += 10
      taken = await beat({ s: '10000-0' })
    }
    if (!taken?.ok) throw new Error(`not taken: ${taken?.reason}`)
    return taken.counted
  }
  return { opening, beat, read }
}

const write = () => writeSoon({ now: at(clock).getTime() })
const timeOf = async (lesson = 'first') => {
  const [row] = await database.owner`
    select active_ms, by_form_ms from lesson_time where account_id = ${learner.accountId} and lesson_slug = ${lesson}`
  return row ? { active: row.active_ms / 1000, byForm: row.by_form_ms / 1000 } : null
}
const view = (lesson = 'first') =>
  as(system('hours'), (tx) =>
    findLessonTime(tx, { ...learner, courseSlug: 'trial', lessonSlug: lesson, now: at(clock) }),
  )
const submit = (lesson = 'first') =>
  as(system('credit'), (tx) =>
    submitQuiz(tx, {
      ...learner,
      ...{ courseSlug: 'trial', lessonSlug: lesson, version: 1, now: at(clock) },
      form: { getAll: (name: string) => (name === 'q-q1' ? ['a'] : []) },
    }),
  )
const isDone = async (lesson = 'first') => {
  const [row] = await database.owner`
    select done_at from lesson_progress where account_id = ${learner.accountId} and lesson_slug = ${lesson}`
  return row?.done_at != null
}

test('a page that is read for half a minute has half a minute; the reader is told at every heartbeat', async () => {
  const page = openPage()
  expect(await page.read(10)).toMatchObject({ activeMs: 10_000, neededMs: NEEDED_MS, isCounting: true, isDone: false })
  expect(await page.read(20)).toMatchObject({ activeMs: 30_000 })
  expect((await view())?.activeMs).toBe(10_000)
  await write()
  expect(await view()).toMatchObject({ activeMs: 30_000, isDone: false })
})

test('heartbeats of an account are written once in fifteen seconds, however many come', async () => {
  const page = openPage()
  await page.read(10)
  const writes = async () => {
    const [row] =
      await database.owner`select xmin::text as last from learner_clock where account_id = ${learner.accountId}`
    return row?.last
  }
  const first = await writes()
  for (let second = 0; second < 14; second++) {
    clock += 1
    await page.beat({ s: '1000-0' })
    await write()
  }
  expect(await writes()).toBe(first)
  clock += 1
  await write()
  expect(await writes()).not.toBe(first)
  expect(await timeOf()).toEqual({ active: 24, byForm: 0 })
})

test('a heartbeat that comes between a round’s beginning and its turn loses nothing', async () => {
  const page = openPage()
  await page.read(10)
  clock += 16
  const round = write()
  clock += 5
  await page.beat({ s: '21000-0' })
  await round
  clock += 15
  await write()
  expect(await timeOf()).toEqual({ active: 31, byForm: 0 })
})

test('a killed server loses no more than what it had not written, and the page goes on at another', async () => {
  const page = openPage()
  await page.read(10)
  await page.read(10)
  otherServer()
  await page.read(10)
  await write()
  expect(await timeOf()).toEqual({ active: 20, byForm: 0 })
})

test('a graceful stop writes everything', async () => {
  const page = openPage()
  await page.read(10)
  await page.read(10)
  await writeSoon({ everything: true, now: at(clock).getTime() })
  expect(await timeOf()).toEqual({ active: 20, byForm: 0 })
})

test('two tabs at one server count once, and the one that is not used is told so', async () => {
  const [first, second] = [openPage('first'), openPage('second')]
  await first.read(10)
  clock += 10
  const unused = await first.beat({ s: '10000-0', i: '9000' })
  const used = await second.beat({ s: '10000-0', i: '1000' })
  const again = await first.beat({ s: '10000-0', i: '9000' })
  expect([unused, used, again].map((taken) => taken.ok && taken.counted.isCounting)).toEqual([true, true, false])
  await writeSoon({ everything: true, now: at(clock).getTime() })
  expect(((await timeOf('first'))?.active ?? 0) + ((await timeOf('second'))?.active ?? 0)).toBe(20)
})

test('two devices at two servers count once: the database decides', async () => {
  const [phone, desk] = [openPage('first'), openPage('second')]
  const servers = [undefined, undefined] as unknown[]
  for (let round = 0; round < 6; round++) {
    clock += 10
    for (const [index, page] of [phone, desk].entries()) {
      backOn(servers[index])
      await page.beat({ s: '10000-0', i: String(5000 - index) })
      await write()
      servers[index] = otherServer()
    }
  }
  for (const server of servers) {
    backOn(server)
    await writeSoon({ everything: true, now: at(clock).getTime() })
  }
  expect(((await timeOf('first'))?.active ?? 0) + ((await timeOf('second'))?.active ?? 0)).toBe(60)
  const [row] = await database.owner`
    select extract(epoch from upper(counted) - lower(counted))::int as seconds from learner_clock
    where account_id = ${learner.accountId}`
  expect(row?.seconds).toBe(60)
})

test('time that a phone out of reach kept is counted when it is told, within half an hour and never before the page was opened', async () => {
  const page = openPage()
  await page.read(10)
  clock += 20 * 60
  const late = await page.beat({ s: '1200000-600000,300000-0' })
  expect(late).toMatchObject({ ok: true, counted: { activeMs: 10_000 + 600_000 + 300_000 } })
  await write()
  clock += 40 * 60
  expect(await page.beat({ s: '2400000-2100000' })).toMatchObject({ counted: { activeMs: 910_000 } })
  const fresh = openPage('second')
  expect(await fresh.beat({ s: '600000-0' })).toMatchObject({ counted: { activeMs: 0 } })
})

test('a page without script is known by its opening and its form, for no longer than the lesson’s own minutes', async () => {
  const { opening } = openPage()
  const settle = (given: string) =>
    settleTime(learner, { opening: given, courseSlug: 'trial', lessonSlug: 'first', now: at(clock) })
  clock += 100
  await settle(opening)
  expect(await timeOf()).toEqual({ active: 100, byForm: 100 })
  await settle(opening)
  expect(await timeOf()).toEqual({ active: 100, byForm: 100 })
  clock += 3600
  await settle(openPage('first', clock - 3600).opening)
  expect(await timeOf()).toEqual({ active: 400, byForm: 400 })
  await settle(openPage('second').opening)
  await settle(`${opening}x`)
  await settle(opening.replace(/^[^.]+/, '0'))
  expect(await timeOf()).toEqual({ active: 400, byForm: 400 })
})

test('two pages without script that were open at once count once', async () => {
  const [first, second] = [openPage('first'), openPage('second')]
  clock += 100
  for (const [lessonSlug, { opening }] of [
    ['first', first],
    ['second', second],
  ] as const)
    await settleTime(learner, { opening, courseSlug: 'trial', lessonSlug, now: at(clock) })
  expect([await timeOf('first'), await timeOf('second')]).toEqual([{ active: 100, byForm: 100 }, null])
})

test('where scripts run only heartbeats count: a form adds nothing to them', async () => {
  const page = openPage()
  await page.read(10)
  clock += 100
  await settleTime(learner, { opening: page.opening, courseSlug: 'trial', lessonSlug: 'first', now: at(clock) })
  expect(await timeOf()).toEqual({ active: 10, byForm: 0 })
})

test('a passed quiz alone does not finish a lesson: its time does, the moment it is written', async () => {
  const page = openPage()
  await page.read(140)
  expect(await submit()).toMatchObject({ ok: true, isPassed: true })
  expect(await isDone()).toBe(false)
  await page.read(10)
  await writeSoon({ everything: true, now: at(clock).getTime() })
  expect(await isDone()).toBe(true)
  expect(await view()).toMatchObject({ isDone: true })
})

test('time alone does not finish a lesson: its quiz does', async () => {
  const page = openPage()
  await page.read(160)
  await writeSoon({ everything: true, now: at(clock).getTime() })
  expect(await isDone()).toBe(false)
  await submit()
  expect(await isDone()).toBe(true)
})

test('a heartbeat of another account’s page, of another lesson or of no page of ours is refused', async () => {
  const page = openPage()
  clock += 10
  const { accountId, personId } = await world.worker()
  expect(await page.beat({ s: '10000-0' }, { accountId, personId })).toEqual({ ok: false, reason: 'foreign' })
  expect(await page.beat({ s: '10000-0', l: 'second' })).toEqual({ ok: false, reason: 'foreign' })
  expect(await page.beat({ o: 'x.y.z' })).toEqual({ ok: false, reason: 'foreign' })
  expect(await page.beat({ s: 'x' })).toEqual({ ok: false, reason: 'malformed' })
  expect(await timeOf()).toBeNull()
})

test('who sends more heartbeats than pages do is slowed, and loses no time that is told later', async () => {
  const page = openPage()
  clock += 10
  const answers = []
  for (let n = 0; n < 14; n++) answers.push(await page.beat({ s: '10000-0' }))
  expect(answers.filter((taken) => !taken.ok)).toEqual([
    { ok: false, reason: 'often' },
    { ok: false, reason: 'often' },
  ])
  clock += 10
  expect(await page.beat({ s: '20000-0' })).toMatchObject({ counted: { activeMs: 20_000 } })
})

test('a database that is away costs nothing: what was told is written when it is back', async () => {
  const page = openPage()
  await page.read(20)
  const before = runtime()
  const nowhere = openPool('postgres://nobody@127.0.0.1:1/nowhere')
  setRuntime({ ...before, pool: nowhere })
  try {
    clock += 20
    expect(await page.beat({ s: '20000-0' })).toMatchObject({ counted: { activeMs: 40_000 } })
    await write()
  } finally {
    setRuntime(before)
    await nowhere.end()
  }
  clock += 20
  await page.beat({ s: '20000-0' })
  await write()
  expect(await timeOf()).toEqual({ active: 60, byForm: 0 })
})

test('time is one worker’s own: no one else reads it', async () => {
  await openPage().read(10)
  const other = await world.worker()
  for (const actor of [other, system('ledger'), system('seats')])
    for (const table of ['lesson_time', 'learner_clock'] as const) {
      const { lessonTime, learnerClock } = await import('#db/schema/index.ts')
      expect(await as(actor, (tx) => tx.select().from(table === 'lesson_time' ? lessonTime : learnerClock))).toEqual([])
    }
})

test('servers that write the same accounts at the same moment take turns: nothing counts twice, none waits for ever', async () => {
  const others = [learner.accountId, (await world.worker()).accountId, (await world.worker()).accountId]
  const until = at(clock).getTime()
  const claimOf = (server: number): Claim => ({
    ...{ page: `page-${server}`, lesson: 'trial/first', openedAt: until - 60_000, touchedAt: until, seenAt: until },
    ...{ hasLeft: false, spans: [[until - 30_000 - server * 1000, until - server * 1000]], runs: [] },
  })
  await Promise.all(
    Array.from({ length: 8 }, (_, server) => {
      const order = server % 2 === 0 ? others : [...others].reverse()
      const claims = order.map((accountId) => ({ accountId, claims: [claimOf(server)] }))
      return as(system('hours'), (tx) => writeTime(tx, claims, at(clock)))
    }),
  )
  const rows = await database.owner`select active_ms from lesson_time where account_id = any(${others})`
  expect(rows.map((row) => row.active_ms)).toEqual([37_000, 37_000, 37_000])
})

test('what was finished before time was asked for stays finished', async () => {
  const migration = readFileSync('db/migrations/0017_done_before_hours_were_earned.sql', 'utf8')
  const finished = async (lesson: string, passedAt: string | null) =>
    database.owner`
      insert into lesson_progress (account_id, course_slug, lesson_slug, read_at, read_version, passed_at)
      values (${learner.accountId}, 'trial', ${lesson}, ${at(0).toISOString()}, 1, ${passedAt})`
  await finished('first', at(5).toISOString())
  await finished('second', null)
  await finished('third', null)
  await database.owner.begin(async (tx) => {
    for (const statement of migration.split('--> statement-breakpoint')) await tx.unsafe(statement)
  })
  expect([await isDone('first'), await isDone('second'), await isDone('third')]).toEqual([true, false, true])
})
