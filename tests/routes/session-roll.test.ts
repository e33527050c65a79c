import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { LARGEST_SENDING, rollPath } from '#app/features/attendance/sent.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession, classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let site: Site
let path: string
let account: string
let cookie: string
let worker: string

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  site = await startSite(db)
  await as(system('setup'), loadPolicy)
  const world = trainingWorld(db)
  const academy = await world.academy()
  const instructor = await world.staff('instructor', academy)
  const of = await world.classOf(academy)
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: instructor.accountId })
  const sessionId = newId()
  const startsAt = new Date(Date.now() - 3_600_000)
  await world.db.insert(classSession).values({
    ...{ academyId: academy.id, classId: of.id, id: sessionId, hours: 4, kind: 'practical' },
    ...{ startsAt, endsAt: new Date(startsAt.getTime() + 3 * 3_600_000) },
  })
  worker = (await world.enrolment(of)).id
  account = instructor.accountId
  cookie = await signedIn({ id: account, role: 'instructor' })
  path = rollPath(academy.code, sessionId)
})

const mark = () => ({
  ...{ id: newId(), at: Date.now() - 60_000, kind: 'hand', enrolmentId: worker },
  ...{ mark: 'present', in: null, out: null, reason: '没有网络' },
})
const post = (form: Record<string, string>, to = path, as = cookie) =>
  fetch(site.url + to, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(form) },
    headers: { cookie: as, origin: site.url },
  })
const sending = () => ({ account, marks: JSON.stringify([mark()]) })

test('a sending is answered mark by mark, with the server’s time, and kept by no cache', async () => {
  const form = sending()
  const [response, again] = [await post(form), await post(form)]
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
  const body = (await response.json()) as { now: number; answers: unknown[] }
  expect(body.answers).toMatchObject([{ ok: true, isOvertaken: false }])
  expect(Math.abs(body.now - Date.now())).toBeLessThan(60_000)
  expect(((await again.json()) as { answers: unknown[] }).answers).toEqual(body.answers)
  const [row] = await db.owner`select count(*)::int as n from attendance_entry`
  expect(row?.n).toBe(1)
})

test('a sending is refused whole where it is none of ours, somebody else’s, too large, signed out, or of no session of one’s own', async () => {
  const statuses = [
    await post({ account, marks: '[]' }),
    await post({ ...sending(), account: newId() }),
    await post({ ...sending(), x: 'x'.repeat(LARGEST_SENDING) }),
    await post({ ...sending(), x: 'x'.repeat(LARGEST_SENDING) }, `${path.toUpperCase()}/.data`),
    await post(sending(), path, ''),
    await post(sending(), path.replace(/sessions\/[^/]+/, `sessions/${newId()}`)),
    await post(sending(), path.replace(/sessions\/[^/]+/, 'sessions/none')),
  ].map(({ status }) => status)
  expect(statuses).toEqual([400, 409, 413, 413, 303, 404, 404])
})
