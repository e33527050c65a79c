import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addInstructor } from '#app/features/academies/instructors.server.ts'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { addSession } from '#app/features/training/add-session.server.ts'
import { cancelSitting, saveSitting } from '#app/features/training/assessment-acts.server.ts'
import type { SittingEntry } from '#app/features/training/assessment-plan.ts'
import { listSittings, sittingMark } from '#app/features/training/assessment-sittings.server.ts'
import { newsOfSitting } from '#app/features/training/assessor-news.ts'
import { tellAssessors } from '#app/features/training/assessors-told.server.ts'
import { cancelClass } from '#app/features/training/class-changes.server.ts'
import { publishClass } from '#app/features/training/publish-class.server.ts'
import { readEnv } from '#app/lib/env.server.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { account, classStaff, site } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
let serial = 940_000

beforeAll(async () => {
  db = await freshDatabase()
  const gateway = { SMS_GATEWAY_URL: 'https://sms.example', SMS_GATEWAY_KEY: 'secret-key', SMS_SIGNATURE: '匠学堂' }
  setRuntime({ ...runtime(), env: readEnv({ NODE_ENV: 'test', ...gateway }) })
  await as(system('setup'), loadPolicy)
  await as(system('setup'), loadReference)
  world = trainingWorld(db)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')

/** An instructor of the academy, with an account. */
async function assessor(name: string) {
  serial += 1
  const viewer = await world.staff('instructor', academy)
  const form = new FormData()
  const typed = {
    ...{ name, documentType: 'resident_id', documentNumber: syntheticDocument(serial) },
    accountId: viewer.accountId,
  }
  for (const [field, value] of Object.entries(typed)) form.set(field, value)
  const made = await as(admin, (tx) => addInstructor(tx, { by: admin, academyId: academy.id, now, form }))
  if (!made.ok) throw new Error('refused')
  return { id: made.id, viewer }
}

type Of = { id: string }
/** 21 and 22 November, with one session on the 21st from 9 to 12, taught by whom is given. */
async function classOf(status: 'draft' | 'published', taughtBy: string[] = []) {
  const siteId = newId()
  await world.db.insert(site).values({ academyId: academy.id, id: siteId, name: siteId, address: '示例路1号' })
  const of = await world.classOf(academy, { name: '低压电工班', siteId, plannedHours: 4, status })
  const entry = {
    ...{ date: '2026-11-21', from: '09:00', to: '12:00', hours: '4', kind: '', topic: '', siteId: '' },
    ...{ firstStation: '', lastStation: '', reason: '', was: '', instructorIds: taughtBy },
  }
  const added = await as(admin, (tx) => addSession(tx, { ...asks(of), entry }))
  if (!added?.ok) throw new Error(JSON.stringify(added))
  return of
}
const asks = (of: Of) => ({ viewer: admin, academyId: academy.id, classId: of.id, now })
const typed = (given: Partial<SittingEntry> = {}): SittingEntry => ({
  ...{ part: 'both', attempt: '1', date: '2026-11-22', from: '09:00', to: '11:00', siteId: '', place: '市鉴定中心' },
  ...{ instructorIds: [], outside: [], ...given },
})
const plan = (of: Of, given: Partial<SittingEntry> = {}) =>
  as(admin, (tx) => saveSitting(tx, { ...asks(of), sittingId: null, entry: typed(given), was: '', reason: '' }))
const first = async (of: Of) =>
  (await as(admin, (tx) => listSittings(tx, { academyId: academy.id, classId: of.id })))[0]!
async function change(of: Of, given: Partial<SittingEntry>) {
  const found = await first(of)
  const request = { ...asks(of), sittingId: found.id, entry: typed(given), was: sittingMark(found) }
  const answer = await as(admin, (tx) => saveSitting(tx, { ...request, reason: '考场占用' }))
  expect(answer).toEqual({ ok: true, isNew: true })
}
/** What an account was told of a class, in order, and whether it rang. */
async function told({ accountId }: Viewer, of: Of): Promise<string[]> {
  const rows = await db.owner<{ kind: string; what: string | null; rang: boolean }[]>`
    select n.kind, n.detail->>'what' as what, exists (select 1 from delivery d where d.notice_id = n.id and d.channel = 'sms') as rang
    from notice n where n.account_id = ${accountId} and n.detail->>'classId' = ${of.id} order by n.id`
  return rows.map(({ kind, what, rang }) => [kind, what, rang ? 'rings' : 'in the app'].filter(Boolean).join(' · '))
}
const AT = '理论和实操考核（11月22日9:00）'

test('who assesses hears of being named once the class is published, of all sittings at once, and of nothing while it is a draft', async () => {
  const one = await assessor('白合成')
  const of = await classOf('draft')
  await plan(of, { instructorIds: [one.id] })
  await change(of, { instructorIds: [one.id], place: '二楼考场' })
  expect(await told(one.viewer, of)).toEqual([])
  await plan(of, { instructorIds: [one.id], attempt: '2', date: '2026-12-06' })
  await as(admin, (tx) => publishClass(tx, { academyId: academy.id, classId: of.id, by: admin, now }))
  expect(await told(one.viewer, of)).toEqual([`sitting.named · ${AT}，二楼考场，共2场 · rings`])
  const [row] = await db.owner`select detail->>'title' as title from notice where account_id = ${one.viewer.accountId}`
  expect(row?.title.split('；')).toHaveLength(2)
})

test('of a published class who is named, dropped or to come at another time or place hears of it by SMS too; who goes on as before hears nothing of the others', async () => {
  const [stays, goes, comes] = [await assessor('贝合成'), await assessor('车合成'), await assessor('戴合成')]
  const of = await classOf('published')
  await plan(of, { instructorIds: [stays.id, goes.id] })
  const named = `sitting.named · ${AT}，市鉴定中心 · rings`
  expect([await told(stays.viewer, of), await told(goes.viewer, of)]).toEqual([[named], [named]])
  await change(of, { instructorIds: [stays.id, comes.id] })
  expect(await told(stays.viewer, of)).toEqual([named])
  expect(await told(goes.viewer, of)).toEqual([named, `sitting.dropped · ${AT} · rings`])
  expect(await told(comes.viewer, of)).toEqual([named])
  await change(of, { instructorIds: [stays.id], from: '13:00', to: '15:00' })
  const moved = 'sitting.changed · 理论和实操考核（11月22日13:00），市鉴定中心 · rings'
  expect(await told(stays.viewer, of)).toEqual([named, moved])
  const { id: sittingId } = await first(of)
  await as(admin, (tx) => cancelSitting(tx, { ...asks(of), sittingId, reason: '台风' }))
  expect((await told(stays.viewer, of)).at(-1)).toBe('sitting.dropped · 理论和实操考核（11月22日13:00） · rings')
})

test('what is assessed changes neither when nor where one comes: the app alone says so', () => {
  const at = { part: 'theory', attempt: 1, date: '2026-11-22', from: '09:00', to: '11:00', place: '考场' } as const
  const sitting = (given: object = {}) => ({ ...at, assessors: ['白合成'], instructorIds: ['a'], ...given })
  const news = (given: object) => newsOfSitting(sitting(), sitting(given)).map(({ is, rings }) => [is, rings])
  expect(news({ part: 'both' })).toEqual([['changed', false]])
  expect(news({ place: '二楼' })).toEqual([['changed', true]])
  expect(news({ to: '11:30' })).toEqual([['changed', true]])
  expect(news({ assessors: ['白合成', '贝合成'] })).toEqual([])
})

test('whoever did it is not told, nor an account that was closed', async () => {
  const [one, other] = [await assessor('方合成'), await assessor('葛合成')]
  await world.db.update(account).set({ disabledAt: now }).where(eq(account.id, other.viewer.accountId))
  const of = await classOf('published')
  const at = { part: 'both', attempt: 1, date: '2026-11-22', from: '09:00', to: '11:00', place: '考场' } as const
  const news = newsOfSitting(null, { ...at, assessors: [], instructorIds: [one.id, other.id] })
  const by = { accountId: one.viewer.accountId }
  const heard = await as(admin, (tx) =>
    tellAssessors(tx, { by, academyId: academy.id, classId: of.id, name: '班', news, reason: null, now }),
  )
  expect(heard).toEqual([])
})

test('who heads a class and assesses it hears of its sitting once, as who assesses', async () => {
  const one = await assessor('何合成')
  const of = await classOf('published')
  const head = { academyId: academy.id, classId: of.id, accountId: one.viewer.accountId, role: 'head' }
  await world.db.insert(classStaff).values(head)
  await plan(of, { instructorIds: [one.id] })
  await change(of, { place: '三楼考场' })
  expect(await told(one.viewer, of)).toEqual([
    `sitting.named · ${AT}，市鉴定中心 · rings`,
    `sitting.dropped · ${AT} · rings`,
  ])
})

test('a cancelled class is told to who teaches and who was to assess it, of whom a sitting is still to come', async () => {
  const [teaches, assesses] = [await assessor('姜合成'), await assessor('孔合成')]
  const [of, over] = [await classOf('published', [teaches.id]), await classOf('published')]
  await plan(of, { instructorIds: [assesses.id] })
  await plan(over, { instructorIds: [assesses.id], date: '2026-11-23' })
  const cancel = ({ id }: Of, at: string) =>
    cancelClass(admin, { classId: id, sent: null, now: new Date(at), reason: '人数不足' })
  await cancel(of, '2026-11-10T12:00:00+08:00')
  await cancel(over, '2026-11-23T09:00:00+08:00')
  expect((await told(teaches.viewer, of)).at(-1)).toBe('class.cancelled · rings')
  expect((await told(assesses.viewer, of)).at(-1)).toBe('class.cancelled · rings')
  expect((await told(assesses.viewer, over)).at(-1)).toMatch(/^sitting\.named/)
})
