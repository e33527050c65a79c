import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { listClassesToRemind, remindOfMaterials } from '#app/features/materials/reminders.server.ts'
import { reminderDue, saidLacking } from '#app/features/materials/reminders.ts'
import { smsText } from '#app/features/notices/messages.ts'
import { listNotices } from '#app/features/notices/notices.server.ts'
import { newId } from '#app/lib/ids.ts'
import { classRequirement, material } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  academy = await world.academy()
})

const at = (day: string, time = '10:00') => new Date(`2026-11-${day}T${time}:00+08:00`)

/** A class that begins on 21 November and needs a photo and a proof of years of work. */
async function classOf(given: Parameters<typeof world.classOf>[1] = {}) {
  const of = await world.classOf(academy, given)
  const [photo, proof] = [newId(), newId()]
  const row = { academyId: academy.id, classId: of.id }
  await world.db.insert(classRequirement).values([
    { ...row, id: photo, kind: 'photo' },
    { ...row, id: proof, kind: 'work_years' },
  ])
  return { ...of, photo, proof }
}
type Of = Awaited<ReturnType<typeof classOf>>
async function seated(of: Of, given: Parameters<typeof world.enrolment>[1] = {}) {
  const viewer = await world.worker()
  const { id } = await world.enrolment(of, { accountId: viewer.accountId, ...given })
  return { viewer, id }
}
const handIn = (
  of: Of,
  enrolmentId: string,
  requirementId: string,
  given: Partial<typeof material.$inferInsert> = {},
) =>
  world.db.insert(material).values({
    ...{ academyId: of.academyId, classId: of.id, enrolmentId, requirementId, id: newId(), state: 'handed_in' },
    ...{ handedAt: at('02'), handedBy: newId(), ...given },
  })
const refused = { state: 'refused', answeredBy: newId(), refusedBecause: '不清楚' }
const remind = (of: Of, now: Date) => remindOfMaterials({ classId: of.id, now })
const told = async ({ viewer }: { viewer: Viewer }) => {
  const { notices } = await as(viewer, (tx) => listNotices(tx, { accountId: viewer.accountId, before: null }))
  return notices.map(({ kind, detail }) => [kind, 'title' in detail ? detail.title : ''])
}

test('a reminder is due seven days and two days before the first day, from nine to eight in the evening, and none once the class has begun', () => {
  const due = (day: string, time?: string) => reminderDue('2026-11-21', at(day, time))
  expect([due('13', '19:59'), due('14', '08:59'), due('14', '09:00'), due('18', '19:59')]).toEqual([null, null, 7, 7])
  expect([due('19', '09:00'), due('20', '19:59'), due('20', '20:00'), due('21', '09:00')]).toEqual([2, 2, null, null])
})

test('who lacks something is told what, once a reminder; who handed everything in is not, nor who is only looked at still', async () => {
  const of = await classOf()
  const [none, half, back, whole] = [await seated(of), await seated(of), await seated(of), await seated(of)]
  await handIn(of, half.id, of.photo)
  await handIn(of, back.id, of.photo, { ...refused, answeredAt: at('05') })
  await handIn(of, back.id, of.proof, { state: 'accepted', answeredAt: at('05'), answeredBy: newId() })
  await handIn(of, whole.id, of.photo)
  await handIn(of, whole.id, of.proof)
  expect(await Promise.all([remind(of, at('14')), remind(of, at('14'))]).then((sent) => sent.sort())).toEqual([0, 3])
  expect(await remind(of, at('18'))).toBe(0)
  const titled = (lacking: string) => ['materials.lacking', `低压电工实操班 · 11月21日开课，还差${lacking}`]
  expect(await told(none)).toEqual([titled('一寸照片、工龄证明')])
  expect(await told(half)).toEqual([titled('工龄证明')])
  expect(await told(back)).toEqual([titled('一寸照片')])
  expect(await told(whole)).toEqual([])
  await handIn(of, none.id, of.photo)
  await handIn(of, half.id, of.proof)
  expect(await remind(of, at('19'))).toBe(2)
  expect((await told(none)).at(0)).toEqual(titled('工龄证明'))
  expect([(await told(half)).length, (await told(back)).length]).toEqual([1, 2])
  const events =
    await db.owner`select detail from audit_event where kind = 'materials.reminded' and subject_id = ${of.id} order by at`
  expect(events.map(({ detail }) => [detail.days, detail.workers])).toEqual([
    [7, 3],
    [2, 2],
  ])
})

test('who took the seat or had something sent back within a day is left in peace until that is over', async () => {
  const of = await classOf()
  const fresh = await seated(of, { seatedAt: at('13', '10:01') })
  const back = await seated(of)
  await handIn(of, back.id, of.photo, { ...refused, answeredAt: at('13', '10:01') })
  expect(await remind(of, at('14'))).toBe(0)
  expect(await remind(of, at('14', '10:01'))).toBe(2)
  expect([(await told(fresh)).length, (await told(back)).length]).toEqual([1, 1])
})

test('who took the seat after a reminder was due is left to the next one: the waitlist has told them of the class already', async () => {
  const of = await classOf()
  const late = await seated(of, { createdAt: at('02'), seatedAt: at('14', '09:01') })
  const inTime = await seated(of, { createdAt: at('02'), seatedAt: at('14', '08:59') })
  expect([await remind(of, at('14', '12:00')), await remind(of, at('16'))]).toEqual([0, 1])
  expect([await told(late), await told(inTime)]).toEqual([[], [['materials.lacking', expect.any(String)]]])
  expect(await remind(of, at('19'))).toBe(2)
})

test('whom a union enrolled is reminded by the account that an academy confirmed; of the others it hears once a reminder, without what each lacks', async () => {
  const [of, union] = [await classOf(), await world.union()]
  const byUnion = { accountId: null, enterpriseId: union.enterpriseId }
  const { id: personId } = await world.person()
  const confirmed = await world.worker({ personId, isConfirmed: true })
  await world.enrolment(of, { ...byUnion, personId })
  const half = await world.enrolment(of, byUnion)
  await handIn(of, half.id, of.photo)
  await world.enrolment(of, byUnion)
  expect([await remind(of, at('14')), await remind(of, at('15'))]).toEqual([3, 0])
  expect(await told({ viewer: confirmed })).toEqual([
    ['materials.lacking', '低压电工实操班 · 11月21日开课，还差一寸照片、工龄证明'],
  ])
  expect(await told({ viewer: union })).toEqual([['worker.not_reached', '低压电工实操班']])
})

test('only those with a seat are reminded, of what is asked for now, in a class that takes place', async () => {
  const of = await classOf()
  await seated(of, { seat: 'withdrawn' })
  await seated(of, { seat: 'waitlisted', lineNumber: 1 })
  const sits = await seated(of)
  await handIn(of, sits.id, of.photo)
  await db.owner`update class_requirement set ended_at = now() where id = ${of.proof}`
  expect(await remind(of, at('14'))).toBe(0)
  const [draft, cancelled, bare] = [
    await classOf({ status: 'draft' }),
    await classOf({ status: 'cancelled' }),
    await world.classOf(academy),
  ]
  for (const none of [draft, cancelled]) await seated(none)
  expect([await remind(draft, at('14')), await remind(cancelled, at('14'))]).toEqual([0, 0])
  const due = await listClassesToRemind(at('14'))
  expect([of, draft, cancelled, bare].map(({ id }) => due.includes(id))).toEqual([true, false, false, false])
  expect(await listClassesToRemind(at('13'))).not.toContain(of.id)
})

test('a reminder is of use until the class begins, and its SMS says how much is lacking, in one message', async () => {
  const lacking = [
    { kind: 'photo', name: null },
    { kind: 'other', name: '体检表' },
  ] as const
  const said = saidLacking({ name: '低压电工实操班', startsOn: '2026-11-21', lacking })
  const detail = { academyCode: 'A', classId: 'c', className: '低压电工实操班', until: null, ...said }
  const sms = (locale: 'zh-CN' | 'en') =>
    smsText({ kind: 'materials.lacking', detail }, { locale, signature: '匠学堂' })
  expect(sms('zh-CN')).toBe('【匠学堂】《低压电工实操班》11月21日开课，您还差2样材料没有交，请登录匠学堂交齐。')
  expect(sms('en')).toBe(
    '【匠学堂】“低压电工实操班” begins on 21 Nov, and 2 things are still to be handed in: please sign in.',
  )
  const of = await classOf()
  const { viewer } = await seated(of)
  await remind(of, at('14'))
  const [row] = await db.owner`select detail from notice where account_id = ${viewer.accountId}`
  expect(row?.detail).toMatchObject({ until: '2026-11-20T16:00:00.000Z', className: '低压电工实操班' })
})
