import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { LIMITS } from '#app/features/accounts/slowing.ts'
import { answer } from '#app/features/courses/answer.server.ts'
import { ask } from '#app/features/courses/ask.server.ts'
import { findAskPage, listOwnQuestions } from '#app/features/courses/ask-page.server.ts'
import { LONGEST_ANSWER, LONGEST_QUESTION, MOST_ANSWERS, whoIsTold } from '#app/features/courses/asking.ts'
import { findQuestion, listQuestions } from '#app/features/courses/questions-desk.server.ts'
import { listNotices, notify, openNotice, readAllNotices } from '#app/features/notices/notices.server.ts'
import { newId } from '#app/lib/ids.ts'
import { lessonAnswer, lessonQuestion, notice } from '#db/schema/index.ts'
import { PURPOSES } from '#db/values.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { plainCourse } from './support.ts'

const NOW = new Date('2026-11-01T02:00:00Z')
const AT = { courseSlug: 'trial', lessonSlug: 'first' }
let database: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let teacher: Viewer
let held: { academyId: string; id: string }

beforeAll(async () => {
  database = await freshDatabase()
  world = trainingWorld(database)
  await plainCourse(database)
  academy = await world.academy()
  ;[admin, teacher] = [await world.staff('academy_admin', academy), await world.staff('instructor', academy)]
  held = await online(academy)
  await database.owner`insert into class_staff values (${academy.id}, ${held.id}, ${teacher.accountId})`
})

const online = (of: { id: string }, given = {}) =>
  world.classOf(of, {
    mode: 'online',
    capacity: null,
    courseSlug: 'trial',
    startsOn: '2026-10-01',
    endsOn: '2026-12-31',
    ...given,
  })

/** A worker who sits in a class, or in none. */
async function learner(of: { academyId: string; id: string } | null = held): Promise<Viewer> {
  const worker = await world.worker()
  if (of) await world.enrolment(of, { accountId: worker.accountId, name: '李小明' })
  return worker
}

const put = (viewer: Viewer, text: unknown = '为什么要先验电？', given = {}) =>
  ask(viewer, { ...AT, id: newId(), classId: null, text, now: NOW, ...given })
const pageOf = async (viewer: Viewer) => (await as(viewer, (tx) => findAskPage(tx, { ...AT, viewer, now: NOW })))!
const queue = (viewer: Viewer, view: 'open' | 'answered' = 'open') =>
  as(viewer, (tx) => listQuestions(tx, { viewer, view, after: null }))
const noticesOf = async (viewer: Viewer) =>
  (await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))).notices
const reply = (viewer: Viewer, questionId: string, text: unknown = '因为可能反送电。', id = newId()) =>
  answer(viewer, { questionId, id, text, now: NOW })

test('a question goes to the academy of the worker’s online class, its answer back, and each is told', async () => {
  const worker = await learner()
  const before = (await noticesOf(teacher)).length
  expect(await put(worker)).toEqual({ ok: true })
  const [question] = (await pageOf(worker)).questions
  expect(question).toMatchObject({ text: '为什么要先验电？', academyName: academy.name, answers: [] })
  const told = await noticesOf(teacher)
  expect(told).toHaveLength(before + 1)
  expect(told[0]).toMatchObject({ kind: 'question.asked', isRead: false, detail: { title: '第1课' } })
  expect(JSON.stringify(told[0])).not.toContain('李小明')

  const [waiting] = (await queue(teacher)).questions.filter(({ id }) => id === question!.id)
  expect(waiting).toMatchObject({ asker: '李*明', courseTitle: '试验课程' })
  expect(await reply({ ...teacher, name: '何合成' }, question!.id)).toEqual({ ok: true })
  expect((await pageOf(worker)).questions[0]?.answers).toMatchObject([{ name: '何合成', text: '因为可能反送电。' }])
  expect((await queue(teacher)).questions.map(({ id }) => id)).not.toContain(question!.id)
  expect((await queue(admin, 'answered')).questions.map(({ id }) => id)).toContain(question!.id)
  const [news] = await noticesOf(worker)
  expect(news).toMatchObject({ kind: 'question.answered', isRead: false })
  const path = await as(worker, (tx) => openNotice(tx, { accountId: worker.accountId, id: news!.id, now: NOW }))
  expect(path).toBe(`/courses/trial/first/ask#q-${question!.id}`)
  expect(await noticesOf(worker)).toMatchObject([{ isRead: true }])
  const events =
    await database.owner`select kind, detail from audit_event where subject_id = ${question!.id} order by at, kind`
  expect(events.map(({ kind }) => kind).sort()).toEqual(['question.answered', 'question.asked'])
  expect(JSON.stringify(events)).not.toContain('验电')
})

test('where nobody teaches the class its academy’s administrators are told', async () => {
  const other = await world.academy()
  const [first, second] = [await world.staff('academy_admin', other), await world.staff('academy_admin', other)]
  const idle = await world.staff('instructor', other)
  await put(await learner(await online(other)))
  for (const viewer of [first, second]) expect(await noticesOf(viewer)).toHaveLength(1)
  expect(await noticesOf(idle)).toEqual([])
  expect(whoIsTold(['t'], ['a'])).toEqual(['t'])
})

test('who sits in no running online class of the course asks nobody', async () => {
  const none = [
    await learner(null),
    await learner(await online(academy, { endsOn: '2026-10-31' })),
    await learner(await online(academy, { courseSlug: 'another' })),
    await learner(await online(academy, { mode: 'classroom', capacity: 30 })),
    await learner(await online(academy, { status: 'cancelled' })),
  ]
  for (const viewer of none) expect(await put(viewer)).toEqual({ ok: false, reason: 'no_class' })
  const withdrawn = await world.worker()
  await world.enrolment(held, { accountId: withdrawn.accountId, seat: 'withdrawn' })
  expect(await put(withdrawn)).toEqual({ ok: false, reason: 'no_class' })
  expect(await put(await learner(await online(academy, { endsOn: '2026-11-01' })))).toEqual({ ok: true })
})

test('with classes of two academies the worker says whom to ask, and only own classes count', async () => {
  const other = await world.academy()
  const second = await online(other, { endsOn: '2027-01-31' })
  const worker = await learner()
  await world.enrolment(second, { accountId: worker.accountId, personId: (await world.person()).id })
  expect((await pageOf(worker)).classes.map(({ classId }) => classId)).toEqual([second.id, held.id])
  await put(worker, '问甲', { classId: held.id })
  await put(worker, '问乙')
  expect((await pageOf(worker)).questions.map(({ academyName }) => academyName)).toEqual([academy.name, other.name])
  const foreign = await online(await world.academy())
  expect(await put(worker, '问丙', { classId: foreign.id })).toEqual({ ok: false, reason: 'no_class' })
})

test('the same form sent twice is one question and one notice; the same answer too', async () => {
  const worker = await learner()
  const before = (await noticesOf(teacher)).length
  const id = newId()
  for (let round = 0; round < 2; round++) expect(await put(worker, '一次', { id })).toEqual({ ok: true })
  expect((await pageOf(worker)).questions).toHaveLength(1)
  expect(await noticesOf(teacher)).toHaveLength(before + 1)
  const answerId = newId()
  for (let round = 0; round < 2; round++) expect(await reply(teacher, id, '答', answerId)).toEqual({ ok: true })
  expect((await pageOf(worker)).questions[0]?.answers).toHaveLength(1)
  expect(await noticesOf(worker)).toHaveLength(1)
})

test('whoever asked first stands first, whatever id the form carried, and the next page goes on from there', async () => {
  const own = await world.academy()
  const theirs = await online(own)
  const [worker, desk] = [await learner(theirs), await world.staff('academy_admin', own)]
  const ids = [newId(), newId(), newId()].reverse()
  for (const [minute, id] of ids.entries()) await put(worker, `第${minute}问`, { id, now: addMinutes(minute) })
  const list = async (view: 'open' | 'answered', after: string | null) =>
    (await as(desk, (tx) => listQuestions(tx, { viewer: desk, view, after }))).questions.map(({ id }) => id)
  expect(await list('open', null)).toEqual(ids)
  expect(await list('open', ids[0]!)).toEqual(ids.slice(1))
  for (const id of ids) await reply({ ...desk, name: '林一' }, id)
  expect(await list('answered', null)).toEqual(ids.toReversed())
  expect(await list('answered', ids[2]!)).toEqual([ids[1], ids[0]])
})
const addMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

test('empty, overlong and too many are refused; hostile text is kept as text', async () => {
  const worker = await learner()
  expect(await put(worker, ' \u0000\n')).toEqual({ ok: false, reason: 'empty' })
  expect(await put(worker, '长'.repeat(LONGEST_QUESTION + 1))).toEqual({ ok: false, reason: 'long' })
  expect(await put(worker, '长'.repeat(LONGEST_QUESTION))).toEqual({ ok: true })
  expect(await put(worker, `<script>alert('x')</script>\u202E'); drop table notice; --`)).toEqual({ ok: true })
  const [long, hostile] = (await pageOf(worker)).questions
  expect(hostile?.text).toBe(`<script>alert('x')</script>'); drop table notice; --`)
  expect(await reply(teacher, long!.id, '')).toEqual({ ok: false, reason: 'empty' })
  expect(await reply(teacher, long!.id, '长'.repeat(LONGEST_ANSWER + 1))).toEqual({ ok: false, reason: 'long' })
  for (let n = 0; n < MOST_ANSWERS; n++) expect(await reply(teacher, long!.id, `第${n}次`)).toEqual({ ok: true })
  expect(await reply(teacher, long!.id, '再一次')).toEqual({ ok: false, reason: 'many' })
})

test('whoever asks many times in a row waits; what was refused costs nothing', async () => {
  const worker = await learner()
  for (let n = 0; n < 20; n++) await put(worker, '')
  for (let n = 0; n < LIMITS.question.free; n++) expect(await put(worker, `第${n}问`)).toEqual({ ok: true })
  expect(await put(worker, '太多')).toMatchObject({ ok: false, reason: 'wait' })
  expect(await as(worker, (tx) => listOwnQuestions(tx, worker))).toHaveLength(LIMITS.question.free)
})

test('a question is nobody’s but the asker’s and the academy’s: its administrator, the class’s own instructor', async () => {
  const worker = await learner()
  const id = newId()
  await put(worker, '私下问', { id })
  await reply(teacher, id, '私下答')
  const elsewhere = await world.academy()
  const strangers = [
    await learner(),
    await world.staff('instructor', academy),
    await world.staff('academy_admin', elsewhere),
    await world.staff('instructor', elsewhere),
    ...(['provincial_handler', 'provincial_reviewer', 'operator'] as const).map((role) => ({
      ...worker,
      accountId: newId(),
      role,
    })),
  ]
  for (const actor of [...strangers, ...PURPOSES.filter((purpose) => purpose !== 'questions').map(system)]) {
    expect((await as(actor, (tx) => tx.select().from(lessonQuestion))).filter((row) => row.id === id)).toEqual([])
    expect((await as(actor, (tx) => tx.select().from(lessonAnswer))).filter((row) => row.questionId === id)).toEqual([])
  }
  for (const viewer of strangers) {
    expect(await as(viewer, (tx) => findQuestion(tx, { viewer, questionId: id }))).toBeNull()
    expect(await reply(viewer, id)).toEqual({ ok: false, reason: 'absent' })
  }
  for (const viewer of [admin, teacher])
    expect(await as(viewer, (tx) => findQuestion(tx, { viewer, questionId: id }))).not.toBeNull()
})

test('notices are their account’s own to read and to mark, and only named purposes write them', async () => {
  const [one, other] = [await world.worker(), await world.worker()]
  const detail = { ...AT, title: '课', titleEn: 'Lesson', questionId: newId() }
  const tell = (actor: Parameters<typeof as>[0]) =>
    as(actor, (tx) =>
      notify(tx, {
        accountIds: [one.accountId],
        kind: 'question.answered',
        subjectId: detail.questionId,
        detail,
        now: NOW,
      }),
    )
  for (let round = 0; round < 2; round++) await tell(system('questions'))
  const [own] = await noticesOf(one)
  for (const actor of [one, other, system('credit')]) await expect(tell(actor)).rejects.toMatchObject({ status: 404 })
  const at = { accountId: one.accountId, now: NOW }
  expect(await as(other, (tx) => openNotice(tx, { ...at, id: own!.id }))).toBeNull()
  await as(other, (tx) => readAllNotices(tx, at))
  expect(await as(other, (tx) => tx.select().from(notice))).toEqual([])
  expect(await noticesOf(one)).toMatchObject([{ isRead: false }])
  await as(one, (tx) => readAllNotices(tx, at))
  expect(await noticesOf(one)).toMatchObject([{ isRead: true }])
})
