import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { closeIfDue } from '#app/features/courses/close-attempt.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import type { Answers } from '#app/features/courses/question.ts'
import { saveAnswers, startAttempt, submitAttempt } from '#app/features/courses/sit.server.ts'
import { FINAL_TEST } from '#tests/features/courses/questions.ts'
import { contentFolder, TWO_LESSONS } from '#tests/features/courses/support.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { attemptOf, finishLessons, formOf } from '#tests/support/final-test.ts'
import { trainingWorld } from '#tests/support/training.ts'

const CONNECTIONS = 30
const NOW = new Date('2026-11-01T02:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const at = { courseSlug: 'trial', personId: null }

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
beforeAll(async () => {
  db = await freshDatabase({ max: CONNECTIONS })
  world = trainingWorld(db)
  const dir = await contentFolder({ trial: { ...TWO_LESSONS, ...FINAL_TEST } })
  const compile = async (jobs: unknown[]) => jobs.map(() => ({ blocks: [] }))
  await as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date('2026-10-01'), compile }))
})

const times = <T>(count: number, one: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => one(index)))

async function ready(): Promise<Viewer> {
  const worker = await world.worker()
  await finishLessons(db, worker.accountId, 'trial', NOW)
  return worker
}
const start = ({ accountId }: Viewer) => as(system('credit'), (tx) => startAttempt(tx, { ...at, accountId, now: NOW }))
const save = ({ accountId }: Viewer, attemptId: string, answers: Answers) =>
  as(system('credit'), (tx) =>
    saveAnswers(tx, { ...at, accountId, attemptId, form: formOf(answers, { isScript: true }), now: later(5) }),
  )
const handIn = ({ accountId }: Viewer, attemptId: string, answers: Answers, now = later(10)) =>
  as(system('credit'), (tx) =>
    submitAttempt(tx, { ...at, accountId, attemptId, form: formOf(answers), isConfirmed: true, now }),
  )
const rowsOf = ({ accountId }: Viewer) =>
  db.owner`select right_count, is_passed, answers from final_test_attempt where account_id = ${accountId}`
const eventsOf = async ({ accountId }: Viewer, kind: string) => {
  const [row] = await db.owner`
    select count(*)::int from audit_event where kind = ${kind} and detail->>'onBehalfOf' = ${accountId}`
  return row?.count
}

test('40 taps on begin at once are one attempt and one event', async () => {
  const worker = await ready()
  const begun = await times(40, () => start(worker))
  expect(begun.every((one) => one.ok)).toBe(true)
  expect(await rowsOf(worker)).toHaveLength(1)
  expect(await eventsOf(worker, 'test.started')).toBe(1)
})

test('every answer of a test saved at once, from as many connections, is kept', async () => {
  const worker = await ready()
  await start(worker)
  const { id, right } = await attemptOf(db, worker.accountId, 'trial')
  await Promise.all(Object.entries(right).map(([question, given]) => save(worker, id, { [question]: given })))
  const [row] = await rowsOf(worker)
  expect(row?.answers).toEqual(right)
})

test('handed in from 40 tabs at once it is marked once, credited once, and nobody is refused', async () => {
  const worker = await ready()
  const [account] = await db.owner`select person_id from account where id = ${worker.accountId}`
  const held = await world.classOf(await world.academy(), {
    ...{ mode: 'online', courseSlug: 'trial', capacity: null, startsOn: '2026-10-01', endsOn: '2026-12-31' },
  })
  await world.enrolment(held, { personId: account?.person_id, accountId: worker.accountId })
  await start(worker)
  const { id, right } = await attemptOf(db, worker.accountId, 'trial')
  const handedIn = await times(40, () => handIn(worker, id, right))
  expect(handedIn.every((one) => one.ok)).toBe(true)
  expect(await rowsOf(worker)).toMatchObject([{ right_count: 20, is_passed: true }])
  expect(await eventsOf(worker, 'test.submitted')).toBe(1)
  expect(await eventsOf(worker, 'enrolment.credited')).toBe(1)
})

test('what is saved while it is handed in is either marked or refused, never kept and not marked', async () => {
  for (let round = 0; round < 8; round++) {
    const worker = await ready()
    await start(worker)
    const { id, right } = await attemptOf(db, worker.accountId, 'trial')
    const questions = Object.entries(right)
    const [saved] = await Promise.all([
      Promise.all(questions.map(([question, given]) => save(worker, id, { [question]: given }))),
      handIn(worker, id, {}),
    ])
    const [row] = await rowsOf(worker)
    const kept = saved.filter((one) => one.ok).length
    expect(row?.right_count).toBe(kept)
    expect(Object.keys(row?.answers as Answers)).toHaveLength(kept)
  }
})

test('at the end of its time an attempt is ended once, whoever comes first: its worker, a second tab, or the clock', async () => {
  const worker = await ready()
  await start(worker)
  const { id, right } = await attemptOf(db, worker.accountId, 'trial')
  await save(worker, id, right)
  await Promise.all([
    times(10, () => handIn(worker, id, {}, later(31))),
    times(10, () => as(system('credit'), (tx) => closeIfDue(tx, { attemptId: id, personId: null, now: later(31) }))),
    times(10, () =>
      as(system('credit'), (tx) => startAttempt(tx, { ...at, accountId: worker.accountId, now: later(31) })),
    ),
  ])
  expect(await rowsOf(worker)).toMatchObject([{ right_count: 20, is_passed: true }])
  expect(await eventsOf(worker, 'test.submitted')).toBe(1)
})

test('the database itself refuses a second running attempt, and one that ended without a result', async () => {
  const worker = await ready()
  await start(worker)
  const twin = db.owner`
    insert into final_test_attempt (id, account_id, course_slug, version, number, paper, started_at, deadline_at, answers)
    select gen_random_uuid(), account_id, course_slug, version, 2, paper, started_at, deadline_at, answers
    from final_test_attempt where account_id = ${worker.accountId}`
  await expect(twin).rejects.toMatchObject({ code: '23505' })
  const half = db.owner`update final_test_attempt set submitted_at = started_at where account_id = ${worker.accountId}`
  await expect(half).rejects.toMatchObject({ code: '23514' })
})
