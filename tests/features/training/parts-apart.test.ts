import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { saveSitting } from '#app/features/training/assessment-acts.server.ts'
import { cancelSession } from '#app/features/training/cancel-session.server.ts'
import { changeHead } from '#app/features/training/class-head.server.ts'
import { newId } from '#app/lib/ids.ts'
import * as schema from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let serial = 970_000
beforeAll(async () => {
  world = trainingWorld(await freshDatabase())
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')
const REFUSED = { cause: { code: '23P01' } }
const NAME = '白合成'

/** One of the academy's instructors; with an account unless said otherwise. */
async function instructor({ hasAccount = true } = {}) {
  serial += 1
  const { accountId } = await world.staff('instructor', academy)
  const form = new FormData()
  const typed = { name: NAME, documentType: 'resident_id', documentNumber: syntheticDocument(serial) }
  for (const [field, value] of Object.entries({ ...typed, accountId: hasAccount ? accountId : '' }))
    form.set(field, value)
  const made = await as(admin, (tx) => addInstructor(tx, { by: admin, academyId: academy.id, now, form }))
  if (!made.ok) throw new Error('refused')
  return { id: made.id, accountId }
}
type Instructor = Awaited<ReturnType<typeof instructor>>
type Of = { id: string }

/** A class with a sitting, and nobody who assesses at it or teaches the class yet. */
async function classOf() {
  const of = await world.classOf(academy)
  const sittingId = newId()
  await world.db.insert(schema.assessmentSitting).values({
    ...{ academyId: academy.id, id: sittingId, classId: of.id, part: 'both', place: '市鉴定中心' },
    startsAt: new Date('2026-11-22T13:00:00+08:00'),
    endsAt: new Date('2026-11-22T15:00:00+08:00'),
  })
  return { id: of.id, sittingId }
}
type WithSitting = Awaited<ReturnType<typeof classOf>>
const staffRow = (of: Of, { accountId }: Instructor, role = 'instructor') => ({
  ...{ academyId: academy.id, classId: of.id, accountId, role },
})
const assessorRow = ({ id: classId, sittingId }: WithSitting, { id: instructorId }: Instructor) => ({
  ...{ academyId: academy.id, id: newId(), sittingId, classId, instructorId, name: NAME, body: null },
})
/** Writes past the product's own checks, as the academy's administrator. */
const putOnStaff = (of: Of, who: Instructor, role?: string) =>
  as(admin, async (tx) => {
    await tx.insert(schema.classStaff).values(staffRow(of, who, role))
  })
const letAssess = (of: WithSitting, who: Instructor) =>
  as(admin, async (tx) => {
    await tx.insert(schema.sittingAssessor).values(assessorRow(of, who))
  })

test('who assesses a class is not put on its staff as an instructor, though no session is given', async () => {
  const [of, who] = [await classOf(), await instructor()]
  await letAssess(of, who)
  await expect(putOnStaff(of, who)).rejects.toMatchObject(REFUSED)
  await putOnStaff(await classOf(), who)
})

test('who is on the staff of a class as an instructor does not assess it, though no session is given', async () => {
  const [of, who] = [await classOf(), await instructor()]
  await putOnStaff(of, who)
  await expect(letAssess(of, who)).rejects.toMatchObject(REFUSED)
  await letAssess(of, await instructor())
  const entry = {
    ...{ part: 'both', attempt: '1', date: '2026-11-22', from: '16:00', to: '17:00', siteId: '', place: '市鉴定中心' },
    ...{ instructorIds: [who.id], outside: [] },
  }
  const request = { viewer: admin, academyId: academy.id, classId: of.id, now, sittingId: null, was: '', reason: '' }
  const answer = await as(admin, (tx) => saveSitting(tx, { ...request, entry }))
  expect(answer).toMatchObject({ reason: 'not_apart', name: NAME, to: 'assess' })
})

test('a head who teaches nothing of the class may assess it, and who assesses it may come to head it', async () => {
  const [of, who, other] = [await classOf(), await instructor(), await instructor()]
  await putOnStaff(of, who, 'head')
  await letAssess(of, who)
  await expect(putOnStaff(of, who)).rejects.toMatchObject(REFUSED)
  await letAssess(of, other)
  const typed = { headId: other.accountId, classHead: '', classHeadPhone: '' }
  const answer = await as(admin, (tx) => changeHead(tx, { viewer: admin, classId: of.id, typed, now }))
  expect(answer).toEqual({ ok: true, isNew: true })
})

test('an assessor of a sitting that is off is free to teach; one that takes place after all is refused then', async () => {
  const [of, who] = [await classOf(), await instructor()]
  await letAssess(of, who)
  const isIt = eq(schema.assessmentSitting.id, of.sittingId)
  const set = (status: 'planned' | 'cancelled') =>
    world.db
      .update(schema.assessmentSitting)
      .set({ status, cancelReason: status === 'planned' ? null : '台风' })
      .where(isIt)
  await set('cancelled')
  await putOnStaff(of, who)
  await expect(set('planned')).rejects.toMatchObject(REFUSED)
})

test('an account is not said to be an assessor’s while it is on the staff of the class', async () => {
  const [of, who] = [await classOf(), await instructor({ hasAccount: false })]
  await letAssess(of, who)
  await putOnStaff(of, who)
  const isWho = and(eq(schema.instructor.academyId, academy.id), eq(schema.instructor.id, who.id))
  const link = world.db.update(schema.instructor).set({ accountId: who.accountId }).where(isWho)
  await expect(link).rejects.toMatchObject(REFUSED)
})

test('who taught a session that was cancelled, and teaches no other, may assess as before', async () => {
  const [of, who] = [await classOf(), await instructor()]
  const request = { viewer: admin, academyId: academy.id, classId: of.id, now }
  const siteId = newId()
  await world.db.insert(schema.site).values({ academyId: academy.id, id: siteId, name: siteId, address: '示例路1号' })
  const entry = {
    ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '', siteId },
    ...{ firstStation: '', lastStation: '', reason: '', was: '', instructorIds: [who.id] },
  }
  expect(await as(admin, (tx) => addSession(tx, { ...request, entry }))).toMatchObject({ ok: true })
  await expect(letAssess(of, who)).rejects.toMatchObject(REFUSED)
  const isOf = eq(schema.classSession.classId, of.id)
  const [session] = await world.db.select({ id: schema.classSession.id }).from(schema.classSession).where(isOf)
  await as(admin, (tx) => cancelSession(tx, { ...request, sessionId: session!.id, reason: '台风停课' }))
  await letAssess(of, who)
})

test('named from both sides at once, one of them is refused', async () => {
  for (let round = 0; round < 10; round++) {
    const [of, who] = [await classOf(), await instructor()]
    const done = await Promise.allSettled([putOnStaff(of, who), letAssess(of, who)])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  }
})
