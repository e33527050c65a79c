import { parseWithZod } from '@conform-to/zod/v4'
import { beforeAll, expect, test } from 'vitest'
import { loadReference } from '#app/features/academies/reference.server.ts'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { findCopied } from '#app/features/training/copy-class.server.ts'
import { copiedFields, copyStartsOn, followingDeadlines } from '#app/features/training/copy-class.ts'
import { openClass } from '#app/features/training/open-class.server.ts'
import { openClassForm } from '#app/features/training/open-class-form.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let admin: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  world = trainingWorld(db)
  await as(system('setup'), loadReference)
  academy = await world.academy()
  admin = await world.staff('academy_admin', academy)
})

const now = new Date('2026-11-10T12:00:00+08:00')

/** Reads a filled-in form as a browser would send it. */
function sent(fields: Record<string, unknown>, changes: Record<string, string>) {
  const form = new FormData()
  const write = (name: string, value: unknown): void => {
    if (Array.isArray(value))
      for (const [index, one] of value.entries())
        if (typeof one === 'object') write(`${name}[${index}]`, one)
        else form.append(name, one)
    else if (typeof value === 'object' && value)
      for (const [key, one] of Object.entries(value)) write(name ? `${name}.${key}` : key, one)
    else if (value !== undefined) form.append(name, String(value))
  }
  write('', { ...fields, ...changes })
  const submission = parseWithZod(form, { schema: openClassForm(referenceCalendar) })
  if (submission.status !== 'success') throw new Error(JSON.stringify(submission.error))
  return submission.value
}

const first = {
  code: '2026-01',
  name: '低压电工实操班',
  mode: 'practical',
  occupationCode: '6-31-01-03',
  level: 'l4',
  startsOn: '2026-12-05',
  endsOn: '2026-12-06',
  plannedHours: '8',
  capacity: '30',
  siteName: '实训楼',
  siteAddress: '佛山市禅城区季华路1号',
  enrolClosesAt: '2026-12-01T18:00',
  certificatesExpectedOn: '2027-01-05',
  feeYuan: '120.50',
  bring: '工作服、绝缘鞋',
  hasWaitlist: 'on',
  eligibleEmployers: '广州数控\n佛山机械',
  sessions: [
    { date: '2026-12-05', from: '09:00', to: '12:00', hours: '4', topic: '验电' },
    { date: '2026-12-06', from: '13:30', to: '16:30', hours: '4' },
  ],
}

async function opened(fields: Record<string, unknown>, changes: Record<string, string> = {}) {
  const form = sent(fields, changes)
  const answer = await as(admin, (tx) =>
    openClass(tx, { academyId: academy.id, form, isPublished: true, by: admin, now }),
  )
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.classId
}
const copyOf = (classId: string) => as(admin, (tx) => findCopied(tx, { academyId: academy.id, classId }))

test('one more like a class has every day moved by as many days as the first one, and everything else the same', async () => {
  const copied = (await copyOf(await opened(first)))!
  const classId = await opened(copiedFields(copied, '2027-02-27'), { code: '2027-01' })
  const again = (await copyOf(classId))!
  const { id, code, startsOn, endsOn, enrolClosesAt, certificatesExpectedOn, ...same } = again.class
  expect({ startsOn, endsOn, certificatesExpectedOn }).toEqual({
    startsOn: '2027-02-27',
    endsOn: '2027-02-28',
    certificatesExpectedOn: '2027-03-30',
  })
  expect(enrolClosesAt).toEqual(new Date('2027-02-23T18:00:00+08:00'))
  expect(copied.class).toMatchObject(same)
  expect([id, code]).not.toContain(copied.class.id)
  expect(again.sessions).toEqual([
    { ...copied.sessions[0]!, startsAt: at('2027-02-27', '09:00'), endsAt: at('2027-02-27', '12:00') },
    { ...copied.sessions[1]!, startsAt: at('2027-02-28', '13:30'), endsAt: at('2027-02-28', '16:30') },
  ])
})
const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`)

test('a cancelled session is not copied, nor can a class of a ledger or of another academy be', async () => {
  const sessions = first.sessions.map((one) => ({ ...one, date: moved(one.date) }))
  const days = { startsOn: moved(first.startsOn), endsOn: moved(first.endsOn) }
  const classId = await opened({ ...first, ...days, sessions }, { code: '2026-03' })
  await db.owner`
    update class_session set status = 'cancelled', cancel_reason = '台风'
    where class_id = ${classId} and starts_at = ${at(moved('2026-12-05'), '09:00').toISOString()}`
  expect((await copyOf(classId))!.sessions).toHaveLength(1)
  const foreign = await world.classOf(await world.academy())
  expect(await copyOf(foreign.id)).toBeNull()
  const { id } = await world.classOf(academy, { origin: 'ledger' })
  expect(await copyOf(id)).toBeNull()
})
const moved = (day: string) => day.replace('2026-12-0', '2026-12-1')

test('where the first day is typed by hand, the deadlines are those of a copy for that day; half a day moves none', async () => {
  const copied = (await copyOf(
    await opened({ ...first, withdrawUntil: '2026-12-03T12:00' }, { code: '2026-09', siteName: '焊接楼' }),
  ))!
  const fields = copiedFields(copied, '2027-02-27')
  for (const day of ['2027-01-16', '2027-03-06']) {
    const { enrolClosesAt, withdrawUntil, certificatesExpectedOn } = copiedFields(copied, day)
    expect(followingDeadlines(fields, day)).toEqual({ enrolClosesAt, withdrawUntil, certificatesExpectedOn })
  }
  for (const day of ['', '0002-02-27', '2027-02-30']) expect(followingDeadlines(fields, day)).toEqual({})
})

test('the first day offered is the same weekday, by whole weeks from tomorrow on, and never the old one', () => {
  expect(copyStartsOn({ startsOn: '2026-11-02', today: '2026-11-25' })).toBe('2026-11-30')
  expect(copyStartsOn({ startsOn: '2026-11-02', today: '2026-11-29' })).toBe('2026-11-30')
  expect(copyStartsOn({ startsOn: '2026-11-02', today: '2026-11-30' })).toBe('2026-12-07')
  expect(copyStartsOn({ startsOn: '2027-03-01', today: '2026-11-30' })).toBe('2027-03-08')
})
