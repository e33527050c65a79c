import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { publishCourses } from '#app/features/courses/publish.server.ts'
import { lessonProgress } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { attemptOf, fieldsOf, finishLessons, firstOf } from '#tests/support/final-test.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { giveTime } from '#tests/support/study.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { EVERY_KIND, FINAL_TEST } from './questions.ts'
import { contentFolder, courseOf, TWO_LESSONS } from './support.ts'

type Source = {
  pass_percent: number
  questions: { id: string; answer: string[]; why: string; options: { id: string }[] }[]
}
type Lesson = { path: string; quiz: Source }

/** Every lesson of the repository with its quiz as the author wrote it, answers and all. */
const lessons: Lesson[] = readdirSync('content/courses', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: course }) =>
    readdirSync(`content/courses/${course}`)
      .filter((file) => file.endsWith('.quiz.yaml'))
      .sort()
      .map((file) => ({
        path: `/courses/${course}/${file.slice(3, -'.quiz.yaml'.length)}`,
        quiz: parse(readFileSync(`content/courses/${course}/${file}`, 'utf8')) as Source,
      })),
  )
const electrical = lessons.filter((lesson) => lesson.path.includes('electrical-safety'))
const first = electrical[0]!

let database: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let academy: { id: string; code: string; name: string }

beforeAll(async () => {
  database = await freshDatabase({ holds: 'content' })
  world = trainingWorld(database)
  academy = await world.academy()
  site = await startSite(database)
  const dir = await contentFolder({
    kinds: courseOf('## 每种题\n\n正文\n\n<Quiz />\n', { '01-lesson.quiz.yaml': EVERY_KIND }),
    tested: { ...TWO_LESSONS, ...FINAL_TEST },
  })
  const published = await as(system('content'), (tx) => publishCourses(tx, { dir, now: new Date() }))
  expect(published.problems).toEqual([])
})

/** A lesson whose quiz has a question of every kind. */
const KINDS = '/courses/kinds/lesson'

/** The fields that are right, as the key of the published quiz has them. */
async function rightFields(): Promise<[string, string][]> {
  const [row] = await database.owner`select key from quiz_key where course_slug = 'kinds'`
  const key = row?.key as Record<string, { answer: string[] }>
  return Object.entries(key).flatMap(([id, { answer }]) =>
    (id === 'q-word' ? answer.slice(0, 1) : answer).map((value): [string, string] => [`q-${id}`, value]),
  )
}

async function newWorker(): Promise<{ viewer: Viewer; cookie: string }> {
  const viewer = await world.worker()
  return { viewer, cookie: await signedIn({ id: viewer.accountId, role: 'worker' }) }
}

const get = async (path: string, cookie = '') => {
  const response = await fetch(site.url + path, { headers: { cookie }, redirect: 'manual' })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

async function post(path: string, cookie: string, fields: [string, string][], method = 'POST') {
  const response = await fetch(site.url + path, {
    method,
    headers: { cookie, origin: site.url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}

const rightAnswers = ({ quiz }: Lesson): [string, string][] =>
  quiz.questions.flatMap((question) => question.answer.map((id): [string, string] => [`q-${question.id}`, String(id)]))

const whysIn = (text: string, { quiz }: Lesson) =>
  quiz.questions.filter((question) => text.includes(question.why.trim()))

const FORMS = (path: string, route = 'lesson') => [
  path,
  `${path}.data`,
  `${path}.data?_routes=routes%2Flearn%2F${route}`,
  `${path}?again=1`,
]

test('anyone reads a lesson without signing in, figures and next lesson included', async () => {
  const { status, text } = await get(first.path)
  expect(status).toBe(200)
  expect(text).toContain('<figure class="figure"><img src="/assets/courses/')
  expect(text).toContain(`href="${electrical[1]!.path}"`)
  expect(text).toContain(`/sign-in?to=${encodeURIComponent(first.path)}`)
})

test('no form of a lesson page carries an answer or a reason before the quiz was answered', async () => {
  const { cookie } = await newWorker()
  for (const lesson of lessons) {
    for (const form of FORMS(lesson.path)) {
      for (const who of ['', cookie]) {
        const { status, text } = await get(form, who)
        expect(status).toBe(200)
        expect(whysIn(text, lesson)).toEqual([])
        expect(text).not.toMatch(/"(?:why|right|answer|isRight)\\?"/)
      }
    }
  }
})

test('of no kind a page or its data carries what is right, or why, before it was answered', async () => {
  const { cookie } = await newWorker()
  const partial = await post(KINDS, cookie, [
    ['version', '1'],
    ['q-q-number', '7'],
  ])
  expect(partial.status).toBe(422)
  const seen = [partial.text, ...(await Promise.all(FORMS(KINDS).map(async (form) => (await get(form, cookie)).text)))]
  for (const text of seen) {
    expect(text).toContain('q-order')
    expect(text).not.toMatch(/CANARY|7193\.25|tolerance|accepted|\bs[1-4]\b|\br[1-4]\b/)
  }
})

test('without JavaScript: a question of every kind comes back as it was left, and is marked once it is whole', async () => {
  const { cookie } = await newWorker()
  const left: [string, string][] = [
    ['version', '1'],
    ['q-q-single', 'b'],
    ['q-q-number', '三十六'],
    ...['2', '2', '', ''].map((place): [string, string] => ['q-q-order', place]),
    ...['B', '', 'A'].map((letter): [string, string] => ['q-q-match', letter]),
    ['q-q-word', '  断电 '],
  ]
  const partial = await post(KINDS, cookie, left)
  expect(partial.status).toBe(422)
  for (const said of ['第2题还没有答', '第3题还没有答', '第4题要填一个数字', '第5题没有选全', '第6题没有选全']) {
    expect(partial.text).toContain(said)
  }
  expect(partial.text).not.toMatch(/第[17]题还没有答/)
  expect(partial.text).toContain('value="三十六"')
  expect(partial.text).toContain('value="断电"')
  expect(partial.text.match(/<option value="2" selected="">/g)).toHaveLength(2)
  expect(partial.text.match(/<option value="[AB]" selected="">/g)).toHaveLength(2)

  const right = await rightFields()
  const done = await post(KINDS, cookie, [['version', '1'], ...right])
  expect([done.status, done.location]).toEqual([303, `${KINDS}#quiz`])
  const { text } = await get(KINDS, cookie)
  expect(text).toContain('通过了！答对7题')
  expect(text.match(/CANARY[一-龥]{2}：/g)?.length).toBeGreaterThanOrEqual(7)
})

test('a wrong answer of every kind shows what is right', async () => {
  const { cookie } = await newWorker()
  const wrong = (await rightFields()).map(([name, value]): [string, string] => {
    if (/single|true|multiple/.test(name)) return [name, value === 'true' ? 'false' : value === 'a' ? 'b' : 'c']
    if (/order/.test(name)) return [name, String(5 - Number(value))]
    return [name, /match/.test(name) ? 'D' : '1']
  })
  expect((await post(KINDS, cookie, [['version', '1'], ...wrong])).status).toBe(303)
  const { text } = await get(KINDS, cookie)
  for (const said of ['7193.25 V（误差不超过0.75 V）', '1. 断开电源', 'CANARY验电、或CANARY验明无电']) {
    expect(text.replaceAll('<!-- -->', '')).toContain(said)
  }
  expect(text).toContain('您排在第4')
})

test('without JavaScript: an unanswered question comes back with what was ticked; answered, the page shows the result', async () => {
  const { cookie } = await newWorker()
  const fields = rightAnswers(first)
  const missing = first.quiz.questions[0]!.id
  const partial = await post(first.path, cookie, [
    ['version', '1'],
    ...fields.filter(([name]) => name !== `q-${missing}`),
  ])
  expect(partial.status).toBe(422)
  expect(partial.text).toContain(`href="#q-${missing}"`)
  expect(partial.text.match(/ checked=""/g)).toHaveLength(fields.filter(([name]) => name !== `q-${missing}`).length)
  expect(whysIn(partial.text, first)).toEqual([])

  const done = await post(first.path, cookie, [['version', '1'], ...fields])
  expect([done.status, done.location]).toEqual([303, `${first.path}#quiz`])
  const { text } = await get(first.path, cookie)
  expect(whysIn(text, first)).toHaveLength(first.quiz.questions.length)
  expect(text).toContain(`${first.quiz.questions.length}题`)
})

test('a wrong answer shows the right one and why, and offers another try', async () => {
  const { cookie } = await newWorker()
  const wrong = first.quiz.questions.map((question): [string, string] => [
    `q-${question.id}`,
    String(question.options.find((option) => !question.answer.map(String).includes(String(option.id)))!.id),
  ])
  expect((await post(first.path, cookie, [['version', '1'], ...wrong])).status).toBe(303)
  const { text } = await get(first.path, cookie)
  expect(text).toContain('is-wrong')
  expect(text).toContain('is-right')
  expect(text).toContain(`${first.path}?again=1#quiz`)
  expect((await get('/learn', cookie)).text).toContain(`href="${first.path}"`)
})

test('a visitor who posts is sent to sign in and back to the lesson; staff have no quiz', async () => {
  const visitor = await post(first.path, '', [['version', '1']])
  expect([visitor.status, visitor.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(first.path)}`])
  const admin = await world.staff('academy_admin', academy)
  const cookie = await signedIn({ id: admin.accountId, role: 'academy_admin' })
  expect((await post(first.path, cookie, [['version', '1'], ...rightAnswers(first)])).status).toBe(404)
  expect((await get(first.path, cookie)).text).not.toContain('name="version"')
})

test('odd addresses, forms and methods are refused, never an error of the server', async () => {
  const { cookie } = await newWorker()
  for (const path of [
    '/courses/x',
    '/courses/electrical-safety/x',
    '/courses/ELECTRICAL/%E7%94%B5',
    '/courses/a..b/c',
  ]) {
    expect((await get(path, cookie)).status).toBe(404)
  }
  const statuses = [
    await post(first.path, cookie, [['version', 'abc']]),
    await post(first.path, cookie, [['version', '1e300']]),
    await post(first.path, cookie, [['version', '99']]),
    await post(first.path, cookie, [['intent', 'finish']]),
    await post('/courses/electrical-safety', cookie, []),
  ].map((answer) => answer.status)
  expect(statuses).toEqual([400, 400, 422, 404, 409])
})

test('a worker who finishes a course has the hours of the joined online class, and sees it at home', async () => {
  const { viewer, cookie } = await newWorker()
  const [account] = await database.owner`select person_id from account where id = ${viewer.accountId}`
  const online = await world.classOf(academy, {
    mode: 'online',
    courseSlug: 'electrical-safety',
    capacity: null,
    startsOn: '2024-01-01',
    endsOn: '2099-12-31',
    plannedHours: 2,
    name: '电工安全线上班',
  })
  const place = await world.enrolment(online, { personId: account?.person_id, accountId: viewer.accountId })
  expect((await get('/learn', cookie)).text).toContain('电工安全线上班')
  await giveTime(database, viewer.accountId, 'electrical-safety')
  for (const lesson of electrical) {
    expect((await post(lesson.path, cookie, [['version', '1'], ...rightAnswers(lesson)])).status).toBe(303)
  }
  expect((await get('/courses/electrical-safety', cookie)).text).toContain('参加结业考试')
  const { attemptId, right } = await begin('electrical-safety', viewer, cookie)
  const handedIn = await post('/courses/electrical-safety/test', cookie, [
    ...whole(attemptId, 'submit'),
    ...fieldsOf(right),
  ])
  expect(handedIn.status).toBe(303)
  const [row] =
    await database.owner`select hours_attended::float as hours, credited_on from enrolment where id = ${place.id}`
  expect(row?.hours).toBe(2)
  expect(row?.credited_on).not.toBeNull()
  expect((await get('/learn', cookie)).text).toContain('学时达标')
  expect((await get('/courses/electrical-safety', cookie)).text).toContain('全部学完了')
})

test('without JavaScript: who finished a course is asked for a rating, gives it, changes it; a refused one keeps what was typed', async () => {
  const { viewer, cookie } = await newWorker()
  const rate = '/learn/rate/kinds'
  expect((await get('/courses/kinds', cookie)).text).not.toContain(`href="${rate}"`)
  expect((await get(rate, cookie)).text).toContain('学完这门课以后，可以在这里评价')
  await world.db.insert(lessonProgress).values({
    ...{ accountId: viewer.accountId, courseSlug: 'kinds', lessonSlug: 'lesson' },
    ...{ readAt: new Date(), readVersion: 1, passedAt: new Date(), doneAt: new Date() },
  })
  expect((await get('/courses/kinds', cookie)).text).toContain(`href="${rate}"`)
  const refused = await post(rate, cookie, [['comment', '图很清楚']])
  expect([refused.status, refused.text.includes('图很清楚')]).toEqual([400, true])
  expect(refused.text).toContain('请选一项')
  for (const score of ['3', '4'])
    expect(await post(rate, cookie, [['score', score]])).toMatchObject({ status: 303, location: `${rate}?saved` })
  expect((await get('/courses/kinds', cookie)).text).toContain('您的评价：满意')
  expect((await get('/learn/rate/no-such-course', cookie)).status).toBe(404)
})

test('an academy takes the list of a course’s learners out, documents masked and no cell a formula; nobody else does', async () => {
  const held = await world.classOf(academy, { mode: 'online', capacity: null, courseSlug: 'kinds', name: '=1+1班' })
  const { viewer, cookie: worker } = await newWorker()
  const { document, id } = await world.person()
  await world.enrolment(held, { accountId: viewer.accountId, personId: id, name: '王小明' })
  const list = `/academies/${academy.code}/manage/courses/kinds`
  const admin = await world.staff('academy_admin', academy)
  const cookie = await signedIn({ id: admin.accountId, role: 'academy_admin' })
  expect((await get(list, cookie)).text).toContain('王*明')
  const csv = await get(`${list}/export?format=csv`, cookie)
  expect(csv.headers.get('content-type')).toContain('text/csv')
  expect(csv.text).toContain(`王*明,${document.slice(0, 6)}********${document.slice(-4)},'=1+1班`)
  expect(csv.text).not.toContain(document)
  for (const view of ['', '&view=results', '&view=ratings']) {
    const xlsx = await get(`${list}/export?format=xlsx${view}`, cookie)
    expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, 'PK'])
  }
  expect((await get(`${list}/export`, worker)).status).toBe(404)
  expect((await get(`/academies/${academy.code}/manage/courses/workers-rights`, cookie)).status).toBe(404)
})

/** Begins the final test of a course whose lessons the worker has done. */
async function begin(course: string, { accountId }: Viewer, cookie: string) {
  const started = await post(`/courses/${course}/test`, cookie, [['intent', 'start']])
  expect([started.status, started.location]).toEqual([303, `/courses/${course}/test`])
  const { id, ...attempt } = await attemptOf(database, accountId, course)
  return { attemptId: id, ...attempt }
}

/** The fields of a whole form of an attempt, besides its answers. */
const whole = (attemptId: string, intent: string): [string, string][] => [
  ['intent', intent],
  ['attempt', attemptId],
  ['was', '{}'],
]

const TEST = '/courses/tested/test'

test('what a test asks is told to everyone; who may sit it is told what comes first', async () => {
  const { viewer, cookie } = await newWorker()
  const visitor = await get(TEST)
  for (const said of [
    '20题',
    '30分钟',
    '答对16题以上',
    '连续2次没通过，24小时后再考',
    '/sign-in?to=%2Fcourses%2Ftested%2Ftest',
  ]) {
    expect(visitor.text).toContain(said)
  }
  expect((await get(TEST, cookie)).text).toContain('href="/courses/tested/first"')
  await finishLessons(database, viewer.accountId, 'tested')
  expect((await get(TEST, cookie)).text).toContain('value="start"')
  expect((await get('/courses/tested', cookie)).text).toContain(`href="${TEST}"`)
  expect((await get('/courses/tested/second', cookie)).text).toContain(`href="${TEST}"`)
  expect((await get('/courses/kinds/test', cookie)).status).toBe(404)
  const admin = await world.staff('academy_admin', academy)
  const staff = await signedIn({ id: admin.accountId, role: 'academy_admin' })
  expect((await post(TEST, staff, [['intent', 'start']])).status).toBe(404)
})

test('while an attempt runs, no byte of its page, its data or an answer to a form says what is right or why', async () => {
  const courses = [...new Set(lessons.map(({ path }) => path.split('/')[2]!)), 'tested']
  const { viewer, cookie } = await newWorker()
  for (const course of courses) {
    const path = `/courses/${course}/test`
    await finishLessons(database, viewer.accountId, course)
    const { attemptId, right, whys } = await begin(course, viewer, cookie)
    const chosen = Object.entries(right).filter(([, given]) => !/CANARY|7193/.test(given.join()))
    const some = [...whole(attemptId, 'submit'), ...fieldsOf(firstOf(Object.fromEntries(chosen), 3))]
    const seen = [
      ...FORMS(path, 'final-test').map(async (form) => (await get(form, cookie)).text),
      get(`/courses/${course}`, cookie).then(({ text }) => text),
      post(path, cookie, some).then(({ text }) => text),
      post(`${path}.data`, cookie, some).then(({ text }) => text),
      post(`${path}.data`, cookie, [...whole(attemptId, 'keep'), ['changed', Object.keys(right)[0]!]]).then(
        ({ text }) => text,
      ),
    ]
    for (const text of await Promise.all(seen)) {
      expect(whys.filter((why) => text.includes(why.trim()))).toEqual([])
      expect(text).not.toMatch(/CANARY|7193\.25|tolerance|accepted|isRight|"why/)
    }
  }
})

test('without JavaScript: begins, saves, comes back to what was saved, is told what is open, hands in and reads why', async () => {
  const { viewer, cookie } = await newWorker()
  await finishLessons(database, viewer.accountId, 'tested')
  const { attemptId, right, whys } = await begin('tested', viewer, cookie)
  const empty = await get(TEST, cookie)
  expect(empty.text.replaceAll('<!-- -->', '')).toMatch(/请在\d+:\d\d前交卷。<noscript>打开这一页时还有(?:29|30)分钟/)
  const saved = await post(TEST, cookie, [...whole(attemptId, 'save'), ...fieldsOf(firstOf(right, 12))])
  expect([saved.status, saved.location]).toEqual([303, TEST])
  const back = (await get(TEST, cookie)).text.replaceAll('<!-- -->', '')
  expect(back).toContain('已答12/20')
  expect(back).toMatch(/\d+:\d\d已保存/)

  const open = await post(TEST, cookie, [...whole(attemptId, 'submit'), ...fieldsOf(firstOf(right, 14))])
  expect(open.status).toBe(422)
  expect(open.text).toContain('还有6题没有答好')
  expect(open.text).toContain(`href="#q-${Object.keys(right)[19]}"`)
  expect(open.text.replaceAll('<!-- -->', '')).toContain('已答14/20')
  const done = await post(TEST, cookie, [...whole(attemptId, 'submit'), ['confirmed', 'yes']])
  expect([done.status, done.location]).toEqual([303, TEST])
  const { text } = await get(TEST, cookie)
  expect(text).toContain('答对14题，共20题，没有通过。')
  expect(whys.slice(14).every((why) => text.includes(why))).toBe(true)
  expect(text).not.toContain('正确答案')
  expect(text).toContain('value="start"')
})

test('the script’s way to save is answered by a status alone: kept, over, or not theirs', async () => {
  const { viewer, cookie } = await newWorker()
  await finishLessons(database, viewer.accountId, 'tested')
  const { attemptId, right } = await begin('tested', viewer, cookie)
  const [question = ''] = Object.keys(right)
  const keep = (id: string, who = cookie) =>
    post(`${TEST}.data`, who, [
      ['intent', 'keep'],
      ['attempt', id],
      ['changed', question],
      ...fieldsOf(firstOf(right, 1)),
    ])
  expect((await keep(attemptId)).status).toBe(200)
  expect((await keep(attemptId, (await newWorker()).cookie)).status).toBe(404)
  expect((await keep('not-an-id')).status).toBe(400)
  expect((await keep(attemptId, '')).status).toBe(202)
  await post(TEST, cookie, [...whole(attemptId, 'submit'), ['confirmed', 'yes']])
  expect((await keep(attemptId)).status).toBe(409)
  expect(
    (
      await post(TEST, cookie, [
        ['intent', 'else'],
        ['attempt', attemptId],
      ])
    ).status,
  ).toBe(400)
})

test('a figure is served under its digest, for ever, and can run nothing', async () => {
  const { text } = await get(first.path)
  const path = /\/assets\/courses\/[0-9a-f]{64}/.exec(text)![0]
  const { status, headers } = await get(path)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('image/svg+xml')
  expect(headers.get('cache-control')).toContain('immutable')
  expect(headers.get('content-security-policy')).toContain('sandbox')
  expect((await get('/assets/courses/%00')).status).toBe(400)
  expect((await get(`/assets/courses/${'0'.repeat(64)}`)).status).toBe(404)
})
