import { beforeAll, expect, test } from 'vitest'
import { anonymous, type Viewer } from '#app/features/accounts/actor.ts'
import { as, asReader } from '#app/features/accounts/as.server.ts'
import { findCourse } from '#app/features/courses/course-detail.server.ts'
import { findCoursePage } from '#app/features/courses/course-page.server.ts'
import { enrolLearner, findClassCourse } from '#app/features/courses/enrol.server.ts'
import { findLessonTime } from '#app/features/courses/lesson-time.server.ts'
import { findLesson } from '#app/features/courses/lessons.server.ts'
import { listOnlineClasses } from '#app/features/courses/offers.server.ts'
import { firstOffer } from '#app/features/courses/online-class.ts'
import { listPrerequisites } from '#app/features/courses/prerequisites.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { chooseAcademy, findAcademyChoice } from '#app/features/training/academy-choice.server.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import type { Tx } from '#db/client.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { plainCourse } from './support.ts'

const now = new Date('2026-11-10T12:00:00+08:00')
let db: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let serial = 0

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  world = trainingWorld(db)
  site = await startSite(db)
})

/** A published course of two lessons. */
async function newCourse(given: { prerequisites?: string[]; academy?: string } = {}): Promise<string> {
  serial += 1
  const slug = `course-${serial}`
  await plainCourse(db, slug)
  const { prerequisites = [], academy = null } = given
  await db.owner`update course set prerequisites = ${prerequisites}, academy_code = ${academy} where slug = ${slug}`
  return slug
}

/** An online class of the year, as its administrator opens it in the desk. */
async function online(of: Awaited<ReturnType<typeof world.academy>>, courseSlug: string, given: object = {}) {
  serial += 1
  const admin = await world.staff('academy_admin', of)
  const form = openClassForm(referenceCalendar).parse({
    ...{ code: `WS-${serial}`, name: '线上班', mode: 'online', courseSlug, plannedHours: 2 },
    ...{ startsOn: '2026-11-01', endsOn: '2026-12-31', ...given },
  })
  const input = { academyId: of.id, form, isPublished: true, by: admin, now }
  const answer = await as(admin, (tx) => openClass(tx, input))
  if (!answer.ok) throw new Error(answer.reason)
  return { academy: of, id: answer.classId, courseSlug }
}
type Online = Awaited<ReturnType<typeof online>>

const finish = (viewer: Viewer, courseSlug: string, lessons: string[]) => db.owner`
  insert into lesson_progress (account_id, course_slug, lesson_slug, read_at, read_version, seen_revision, passed_at, done_at)
  select ${viewer.accountId}, course_slug, slug, now(), 1, 1, now(), now() from lesson
  where course_slug = ${courseSlug} and slug = any(${lessons})`
const enrol = (viewer: Viewer, one: Online, isChosen = false) =>
  enrolLearner(viewer, { academyCode: one.academy.code, classId: one.id, isChosen, now })
const choose = (viewer: Viewer, code: string | null) => as(viewer, (tx) => chooseAcademy(tx, { viewer, code, now }))
const choiceOf = (viewer: Viewer) => as(viewer, (tx) => findAcademyChoice(tx, viewer.accountId))
const offered = (viewer: Viewer | null, courseSlug: string) =>
  as(viewer ?? anonymous, (tx) =>
    listOnlineClasses(tx, { courseSlug, learner: viewer && { accountId: viewer.accountId, personId: null }, now }),
  )
const seats = async (viewer: Viewer) => {
  const rows =
    await db.owner`select class_id from enrolment where account_id = ${viewer.accountId} and seat = 'enrolled'`
  return rows.map((row) => row.class_id)
}
const browse = async (path: string, viewer: Viewer | null, fields?: Record<string, string>) => {
  const cookie = viewer ? await signedIn({ id: viewer.accountId, role: viewer.role }) : ''
  const response = await fetch(site.url + path, {
    headers: { cookie, origin: site.url, 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}

test('the online academy offers a course that another one made, and both are named on the course and on the class', async () => {
  const maker = await world.academy({ name: '编写学院' })
  const pool = await world.academy({ name: '网上学院', kind: 'online' })
  const courseSlug = await newCourse({ academy: maker.code })
  const pooled = await online(pool, courseSlug, { classHead: '欧老师' })
  const own = await online(maker, courseSlug)
  const find = (one: Online) =>
    as(anonymous, (tx) => findClassCourse(tx, { courseSlug, academyCode: one.academy.code, viewer: null }))
  expect(await find(pooled)).toMatchObject({ madeBy: '编写学院', isPooled: true })
  expect(await find(own)).toMatchObject({ madeBy: '编写学院', isPooled: false })
  expect(await offered(null, courseSlug)).toMatchObject([
    { academyName: '网上学院', isPooled: true, classHead: '欧老师' },
    { academyName: '编写学院', isPooled: false, classHead: null },
  ])
  expect(await as(anonymous, (tx) => findCourse(tx, { courseSlug, accountId: null }))).toMatchObject({
    author: '测试',
    academyName: '编写学院',
  })
  for (const path of [`/courses/${courseSlug}`, `/academies/${pool.code}/classes/${pooled.id}`]) {
    const { text } = await browse(path, null)
    for (const said of ['编写学院', '网上学院（班主任欧老师）', '网上工匠学院汇集']) expect(text).toContain(said)
  }
})

test('the academy that a worker chose is offered first, then those of its city, then whatever ends first', async () => {
  const courseSlug = await newCourse()
  const [near, chosen] = [await world.academy(), await world.academy()]
  await db.owner`insert into city ${db.owner({ code: '449900', name: '试市', name_en: 'Trial', position: 99 })}`
  await db.owner`update academy set city_code = '449900' where id in (${near.id}, ${chosen.id})`
  const soon = await online(await world.academy(), courseSlug, { endsOn: '2026-11-20' })
  const nearby = await online(near, courseSlug, { endsOn: '2026-12-20' })
  const own = await online(chosen, courseSlug)
  const worker = await world.worker()
  const order = async () => (await offered(worker, courseSlug)).map(({ classId }) => classId)
  expect(await order()).toEqual([soon.id, nearby.id, own.id])
  await choose(worker, chosen.code)
  expect(await order()).toEqual([own.id, nearby.id, soon.id])
  await choose(worker, null)
  expect(await order()).toEqual([soon.id, nearby.id, own.id])
})

test('whoever has joined one of a course’s classes is offered no other', async () => {
  const courseSlug = await newCourse()
  const [one, other] = [
    await online(await world.academy(), courseSlug),
    await online(await world.academy(), courseSlug),
  ]
  const worker = await world.worker()
  expect(firstOffer(await offered(worker, courseSlug))?.classId).toBe(one.id)
  expect(await enrol(worker, one)).toEqual({ ok: true })
  expect(firstOffer(await offered(worker, courseSlug))).toBeNull()
  expect(firstOffer(await offered(await world.worker(), courseSlug))?.classId).toBe(one.id)
  expect(await offered(worker, courseSlug)).toHaveLength(2)
  expect(await seats(worker)).not.toContain(other.id)
})

test('a worker enrols from the course without JavaScript, reads for whom it counts before, and picks the academy once', async () => {
  const academy = await world.academy()
  const courseSlug = await newCourse()
  const one = await online(academy, courseSlug)
  const worker = await world.worker()
  const before = await browse(`/courses/${courseSlug}`, worker)
  expect(before.text).toContain(`学完后，学时计入${academy.name}`)
  expect(before.text).toContain('name="choose"')
  const classPath = `/academies/${academy.code}/classes/${one.id}`
  expect(before.text).toContain(`action="${classPath}"`)
  const posted = await browse(classPath, worker, { intent: 'enrol', choose: 'on' })
  expect(posted).toMatchObject({ status: 303, location: classPath })
  expect(await seats(worker)).toEqual([one.id])
  expect(await choiceOf(worker)).toMatchObject({ code: academy.code })
  const next = await newCourse()
  await online(academy, next)
  expect((await browse(`/courses/${next}`, worker)).text).not.toContain('name="choose"')
})

test('changing the academy leaves classes where they are, is one’s own, and refuses one that does not exist', async () => {
  const [first, second] = [await world.academy(), await world.academy()]
  const one = await online(first, await newCourse())
  const [worker, other] = [await world.worker(), await world.worker()]
  await enrol(worker, one, true)
  const to = '/me/academy?to=%2Fcourses%2Fx'
  const changed = await browse(to, worker, { academy: second.code })
  expect(changed).toMatchObject({ status: 303, location: '/me/academy?saved&to=%2Fcourses%2Fx' })
  expect((await browse(changed.location!, worker)).text).toContain('href="/courses/x"')
  const events = () => db.owner`select count(*)::int from audit_event where actor_account_id = ${worker.accountId}`
  const before = await events()
  expect(await browse(to, worker, { academy: second.code })).toMatchObject({ status: 303 })
  expect(await events()).toEqual(before) // the same choice again is no change
  expect(await choiceOf(worker)).toMatchObject({ code: second.code })
  expect(await seats(worker)).toEqual([one.id])
  const unknown = await browse('/me/academy', worker, { academy: 'NOWHERE' })
  expect(unknown.status).toBe(422)
  expect(unknown.text).toContain('没有保存')
  expect(await choiceOf(worker)).toMatchObject({ code: second.code })
  expect(await as(other, (tx) => findAcademyChoice(tx, worker.accountId))).toBeNull()
  expect((await browse('/me/academy?to=//evil.example', worker, { academy: '' })).location).toBe('/me/academy?saved')
  expect(await choiceOf(worker)).toBeNull()
})

test('nobody enrols before what comes first is finished: said with what is missing, and nothing is written', async () => {
  const first = await newCourse()
  const courseSlug = await newCourse({ prerequisites: [first, 'never-published'] })
  const one = await online(await world.academy(), courseSlug)
  const worker = await world.worker()
  const learner = { accountId: worker.accountId, personId: null }
  const missing = () => as(worker, (tx) => listPrerequisites(tx, { courseSlug, learner }))
  await finish(worker, first, ['first'])
  expect(await missing()).toMatchObject([{ slug: first, doneCount: 1, lessonCount: 2, isDone: false }])
  expect(await enrol(worker, one, true)).toEqual({ ok: false, reason: 'prerequisites' })
  expect([await seats(worker), await choiceOf(worker)]).toEqual([[], null])
  const path = `/academies/${one.academy.code}/classes/${one.id}`
  const refused = await browse(path, worker, { intent: 'enrol' })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('没有报上：要先学完下面的课程')
  for (const shown of [path, `/courses/${courseSlug}`]) {
    const { text } = await browse(shown, worker)
    expect(text).toContain(`href="/courses/${first}"`)
    expect(text).not.toContain('value="enrol"')
  }
  await finish(worker, first, ['second'])
  expect(await missing()).toMatchObject([{ doneCount: 2, isDone: true }])
  expect(await enrol(worker, one)).toEqual({ ok: true })
})

test('hours that an academy credited for the course before are as good as its lessons', async () => {
  const first = await newCourse()
  const one = await online(await world.academy(), await newCourse({ prerequisites: [first] }))
  const earlier = await online(await world.academy(), first)
  const worker = await world.worker()
  await world.enrolment(
    { academyId: earlier.academy.id, id: earlier.id },
    { accountId: worker.accountId, hoursAttended: 2, completedOn: '2026-11-05', creditedOn: '2026-11-05' },
  )
  expect(await enrol(worker, one)).toEqual({ ok: true })
})

test('a course’s page asks at once for all it shows, also where another course comes first; so does a lesson’s that was read before', async () => {
  const courseSlug = await newCourse({ prerequisites: [await newCourse()] })
  const viewer = await world.worker()
  let times = 0
  const read = <T>(page: (tx: Tx) => Promise<T>) =>
    asReader(viewer, (tx) => {
      times += 1
      return page(tx)
    })
  const page = await read((tx) => findCoursePage(tx, { courseSlug, learner: viewer, now }))
  expect([page?.prerequisites.length, times]).toEqual([1, 1])

  const of = { courseSlug, lessonSlug: page!.course.lessons[0]!.slug, accountId: viewer.accountId }
  const lesson = (tx: Tx) => Promise.all([findLesson(tx, of), findLessonTime(tx, { ...of, now })])
  const [first] = await read(lesson)
  times = 0
  expect([(await read(lesson))[0], times]).toEqual([first, 1])
})
