import { parseWithZod } from '@conform-to/zod/v4'
import { beforeAll, expect, test } from 'vitest'
import { measureSites } from '#app/features/academies/site-rooms.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { changeSession } from '#app/features/training/change-session.server.ts'
import { editClass, findEdited } from '#app/features/training/edit-class.server.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import type { OpenClassInput } from '#app/features/training/open-class-shape.ts'
import { type SessionEntry, sessionMark } from '#app/features/training/session-entry.ts'
import { listSessions } from '#app/features/training/session-held.server.ts'
import { newId } from '#app/lib/ids.ts'
import { site } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

/** Many connections at once, so that the database, not the pool, decides who comes first. */
const CONNECTIONS = 30

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase({ max: CONNECTIONS })
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')
async function place(room: { seats?: number; workstations?: number } = {}) {
  const id = newId()
  await world.db.insert(site).values({ academyId: academy.id, id, name: `实训楼${id}`, address: '示例路1号', ...room })
  return id
}
const entry = (given: Partial<Pick<SessionEntry, 'date' | 'from' | 'to' | 'firstStation' | 'lastStation'>> = {}) => ({
  ...{
    date: '2026-11-21',
    from: '09:00',
    to: '12:00',
    hours: '2',
    kind: '',
    topic: '',
    siteId: '',
    firstStation: '',
    lastStation: '',
    instructorIds: [] as string[],
    reason: '',
    was: '',
  },
  ...given,
})
const request = (of: { id: string }) => ({ viewer: admin, academyId: academy.id, classId: of.id, now })
const add = (of: { id: string }, given?: Parameters<typeof entry>[0]) =>
  as(admin, (tx) => addSession(tx, { ...request(of), entry: entry(given) }))
const plannedAt = async (siteId: string) => {
  const [row] = await db.owner`select count(*)::int from class_session where site_id = ${siteId} and status = 'planned'`
  return row?.count
}

test('30 classes that plan the same site at the same time at once: one has it, 29 are told who', async () => {
  const siteId = await place()
  const classes = await Promise.all(Array.from({ length: 30 }, () => world.classOf(academy, { siteId })))
  const answers = await Promise.all(classes.map((of) => add(of)))
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(1)
  const refused = answers.flatMap((answer) =>
    answer && !answer.ok && answer.reason === 'site_taken' ? answer.clash : [],
  )
  expect(refused).toHaveLength(29)
  const winner = classes[answers.findIndex((answer) => answer?.ok)]
  for (const clash of refused)
    expect(clash).toMatchObject({ classCode: winner?.code, date: '2026-11-21', from: '09:00', to: '12:00' })
  expect(await plannedAt(siteId)).toBe(1)
})

test('20 classes opened at once with the same evenings at one site: one opens, of the others nothing is written', async () => {
  const siteId = await place()
  const form = (code: string): OpenClassInput => ({
    ...{
      code,
      name: '晚间班',
      mode: 'practical',
      startsOn: '2026-12-01',
      endsOn: '2026-12-31',
      plannedHours: 27,
      siteId,
    },
    capacity: 30,
    sessions: [],
    series: [{ weekdays: ['2', '4'], from: '19:00', to: '21:30', hours: 3, skipsHolidays: true }],
  })
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      as(admin, (tx) =>
        openClass(tx, { academyId: academy.id, form: form(`E${at}`), isPublished: true, by: admin, now }),
      ),
    ),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.filter((answer) => !answer.ok && answer.reason === 'site_taken')).toHaveLength(19)
  expect(await plannedAt(siteId)).toBe(10)
  const [row] = await db.owner`select count(*)::int from class where academy_id = ${academy.id} and code like 'E%'`
  expect(row?.count).toBe(1)
})

test('one session may begin when another ends; moved into a taken time, it stays where it was', async () => {
  const siteId = await place()
  const [one, other] = [await world.classOf(academy, { siteId }), await world.classOf(academy, { siteId })]
  expect(await add(one)).toMatchObject({ ok: true })
  expect(await add(other, { from: '12:00', to: '14:00' })).toMatchObject({ ok: true })
  const [held] = await as(admin, (tx) => listSessions(tx, { academyId: academy.id, classId: other.id }))
  const moved = { ...entry({ from: '11:59', to: '14:00' }), reason: '提前一些', was: sessionMark(held!) }
  const answer = await as(admin, (tx) => changeSession(tx, { ...request(other), sessionId: held!.id, entry: moved }))
  expect(answer).toMatchObject({ ok: false, reason: 'site_taken', clash: { classCode: one.code } })
  const [after] = await as(admin, (tx) => listSessions(tx, { academyId: academy.id, classId: other.id }))
  expect(after).toEqual(held)
})

const range = (first: number, last: number) => ({ firstStation: String(first), lastStation: String(last) })
const classesAt = (siteId: string, count: number, given: { capacity?: number; status?: 'draft' } = {}) =>
  Promise.all(Array.from({ length: count }, () => world.classOf(academy, { siteId, capacity: 2, ...given })))
const reasonsOf = (answers: readonly Awaited<ReturnType<typeof add>>[]) =>
  answers.map((answer) => (answer?.ok ? 'ok' : answer?.reason)).sort()

test('of 30 classes that want one workstation in common at once one has it; beside it another plans, the whole place nobody', async () => {
  const siteId = await place({ workstations: 8 })
  const classes = await classesAt(siteId, 30)
  const answers = await Promise.all(classes.map((of, at) => add(of, at % 2 ? range(1, 4) : range(4, 6))))
  expect(answers.filter((answer) => answer?.ok)).toHaveLength(1)
  const winner = classes[answers.findIndex((answer) => answer?.ok)]
  for (const answer of answers)
    if (answer && !answer.ok)
      expect(answer).toMatchObject({ reason: 'site_taken', clash: { classCode: winner?.code, from: '09:00' } })
  const [beside, whole] = await classesAt(siteId, 2)
  expect(await add(beside!, range(7, 8))).toEqual({ ok: true, isNew: true })
  const refused = await add(whole!)
  expect(refused).toMatchObject({ ok: false, reason: 'site_taken' })
  expect(await plannedAt(siteId)).toBe(2)
})

/** Edits a draft so that it has more seats. */
async function grow(of: { id: string }, capacity: number) {
  const asked = { academyId: academy.id, classId: of.id, now }
  const { fields, mark } = (await as(admin, (tx) => findEdited(tx, asked)))!
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...fields, capacity: String(capacity), sessions: undefined }))
    if (typeof value === 'string') form.set(name, value)
  for (const [at, session] of (fields.sessions as Record<string, string>[]).entries())
    for (const [name, value] of Object.entries(session)) form.set(`sessions[${at}].${name}`, value)
  const read = parseWithZod(form, { schema: openClassForm(referenceCalendar) })
  if (read.status !== 'success') throw new Error(JSON.stringify(read.error))
  return editClass(admin, { classId: of.id, form: read.value, was: mark, reason: '', sent: null, now })
}

test('classes beside each other come to no more than the room seats, however many plan or grow at once', async () => {
  const siteId = await place({ seats: 20, workstations: 100 })
  const classes = await classesAt(siteId, 10, { capacity: 6, status: 'draft' })
  const answers = await Promise.all(classes.map((of, at) => add(of, range(10 * at + 1, 10 * at + 10))))
  expect(reasonsOf(answers)).toEqual([...Array(7).fill('no_room'), ...Array(3).fill('ok')])
  for (const answer of answers)
    if (answer && !answer.ok) expect(answer).toEqual({ ok: false, reason: 'no_room', limit: { is: 'shared', most: 2 } })
  const inside = classes.filter((_, at) => answers[at]?.ok)
  const grown = await Promise.all(inside.map((of) => grow(of, 8)))
  expect(grown.filter((answer) => answer?.ok)).toHaveLength(1)
  const [row] = await db.owner`select sum(capacity)::int from class
    where id in (select class_id from class_session where site_id = ${siteId} and status = 'planned')`
  expect(row?.sum).toBe(20)
})

test('workstations that are cut while sessions plan them: one of the two waits and is refused', async () => {
  const sites = await Promise.all(Array.from({ length: 12 }, () => place({ workstations: 8 })))
  await Promise.all(
    sites.map(async (siteId) => {
      const [of] = await classesAt(siteId, 1)
      const form = new FormData()
      form.set(`workstations.${siteId}`, '4')
      const [planned, cut] = await Promise.all([
        add(of!, range(5, 8)),
        as(admin, (tx) => measureSites(tx, { viewer: admin, academyId: academy.id, form, now })),
      ])
      expect([planned?.ok, cut.ok].filter(Boolean)).toHaveLength(1)
      if (planned && !planned.ok) expect(planned).toEqual({ ok: false, reason: 'no_stations', most: 4 })
      if (!cut.ok) expect(cut.held).toMatchObject([{ siteId, station: 8, date: '2026-11-21' }])
    }),
  )
})
