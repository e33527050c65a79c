import { beforeAll, expect, test } from 'vitest'
import { anonymous, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { inOrder, stepsDone } from '#app/features/catalogue/path.ts'
import { findPath, listPaths } from '#app/features/catalogue/paths.server.ts'
import { newId } from '#app/lib/ids.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { NOW, shelf, withReference } from './support.ts'

const ELECTRICIAN = '6-31-01-03'
const WELDER = '6-18-02-04'
let db: TestDatabase
let world: ReturnType<typeof shelf>
let academy: { id: string }

beforeAll(async () => {
  db = await freshDatabase()
  world = shelf(db)
  await withReference()
  academy = await world.academy()
  const lessons = [{ slug: 'one', title: '一', text: '正文' }]
  const electrical = { occupationCode: ELECTRICIAN, level: 'l5', lessons }
  await world.course({ slug: 'a-wiring', title: '接线', prerequisites: ['m-safety', 'rights'], ...electrical })
  await world.course({ slug: 'm-safety', title: '安全', ...electrical })
  await world.course({ slug: 'rights', title: '权益', lessons })
  await world.course({ slug: 'm-motors', title: '电动机', ...electrical, level: 'l4' })
  const opened = { enrolOpensAt: null, enrolClosesAt: null, occupationCode: ELECTRICIAN, occupationEdition: 2022 }
  await world.classOf(academy, { ...opened, name: '五级班', level: 'l5' })
  await world.classOf(academy, {
    ...opened,
    name: '结束了的班',
    level: 'l5',
    startsOn: '2026-10-01',
    endsOn: '2026-11-09',
  })
  await world.classOf(academy, { ...opened, name: '草稿', level: 'l5', status: 'draft' })
  await world.classOf(academy, { ...opened, name: '不分级班' })
  await world.classOf(academy, { ...opened, name: '线上班', mode: 'online', capacity: null, courseSlug: 'm-safety' })
})

const pathOf = async (code: string, viewer: Viewer | null = null) =>
  as(viewer ?? anonymous, (tx) => findPath(tx, { code, viewer, now: NOW }))
const shape = (path: Awaited<ReturnType<typeof pathOf>>) =>
  path?.levels.map(({ level, courses, classes }) => [
    level,
    courses.map(({ slug }) => slug),
    classes.map(({ name }) => name),
  ])

test('a path goes level by level: courses behind what they want first, of whatever occupation, then classes not over', async () => {
  expect(shape(await pathOf(ELECTRICIAN))).toEqual([
    ['l5', ['m-safety', 'rights', 'a-wiring'], ['五级班']],
    ['l4', ['m-motors'], []],
    [null, [], ['不分级班']],
  ])
  expect(await pathOf(WELDER)).toMatchObject({ name: '焊工', levels: [] })
  expect(await pathOf('9-99-99-99')).toBeNull()
})

test('occupations with something to learn now are listed with what there is, and no others', async () => {
  expect(await as(anonymous, (tx) => listPaths(tx, NOW))).toEqual([
    { code: ELECTRICIAN, name: '电工', courses: 3, classes: 2, levels: ['l5', 'l4'] },
  ])
})

test('a learner’s steps are done by lessons, credited hours and valid certificates of their own alone', async () => {
  const [worker, other] = [await world.worker({ isConfirmed: true }), await world.worker({ isConfirmed: true })]
  const at = (viewer: Viewer) => async () => {
    const path = await pathOf(ELECTRICIAN, viewer)
    return path!.levels.map((level) => stepsDone(level, path!.behind!))
  }
  const nothing = { learn: false, practise: false, assess: false }
  expect(await at(worker)()).toEqual([nothing, nothing, nothing])
  await db.owner`
    insert into lesson_progress (account_id, course_slug, lesson_slug, read_at, read_version, seen_revision, done_at)
    select ${worker.accountId}, course_slug, slug, now(), 1, 1, now() from lesson where course_slug <> 'm-motors'`
  const held = { occupationCode: ELECTRICIAN, occupationEdition: 2022, origin: 'ledger', capacity: null }
  const past = { ...held, startsOn: '2026-03-01', endsOn: '2026-03-05' }
  const practical = await world.classOf(academy, { ...past, level: 'l5' })
  const own = { personId: worker.personId!, hoursAttended: 16, creditedOn: '2026-03-05' }
  const enrolment = await world.enrolment(practical, own)
  expect(await at(worker)()).toEqual([{ learn: true, practise: true, assess: false }, nothing, nothing])
  const { levels, behind } = (await pathOf(ELECTRICIAN, worker))!
  const courses = levels[0]!.courses.map((course, n) => ({ ...course, isTestOpen: n === 0 }))
  expect(stepsDone({ ...levels[0]!, courses }, behind!).learn).toBe(false)

  const assessmentId = newId()
  await db.owner`insert into assessment (academy_id, id, enrolment_id, assessed_on, result, created_at)
    values (${academy.id}, ${assessmentId}, ${enrolment.id}, '2026-03-06', 'passed', now())`
  const certificateId = newId()
  await db.owner`insert into certificate ${db.owner({
    ...{ academy_id: academy.id, id: certificateId, assessment_id: assessmentId, type: 'skill_level', level: 'l4' },
    ...{ number: 'Y000044030026400001', number_index: Buffer.alloc(32), issued_on: '2026-04-01', status: 'valid' },
    created_at: NOW.toISOString(),
  })}`
  const above = { learn: false, practise: true, assess: true }
  expect(await at(worker)()).toEqual([{ ...above, learn: true }, above, nothing])
  expect(await at(other)()).toEqual([nothing, nothing, nothing])
  await db.owner`update certificate set status = 'revoked' where id = ${certificateId}`
  expect(await at(worker)()).toEqual([{ learn: true, practise: true, assess: false }, nothing, nothing])
})

test('courses that want one another, as an older text may, each come once', () => {
  const circle = [
    { slug: 'a', prerequisites: ['b'] },
    { slug: 'b', prerequisites: ['a'] },
  ]
  expect(inOrder(circle).map(({ slug }) => slug)).toEqual(['b', 'a'])
})
