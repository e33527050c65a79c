import { beforeAll, test } from 'vitest'
import { as } from '#app/features/accounts/as.server.ts'
import { closeSheet } from '#app/features/attendance/close.server.ts'
import { markByHand } from '#app/features/attendance/mark.server.ts'
import { attendanceWords } from '#app/features/attendance/words.ts'
import { sessionWords } from '#app/features/training/session-words.ts'
import { addDays, shanghaiDate, shanghaiInstant, yearOf } from '#app/lib/calendar.ts'
import { words as dateWords } from '#app/lib/date-words.ts'
import { newId } from '#app/lib/ids.ts'
import { classSession, classStaff, site as siteTable } from '#db/schema/index.ts'
import { DESK, openPage, signIn } from '#tests/support/chromium.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { expectText } from './support.ts'

const w = sessionWords['zh-CN']
const d = dateWords['zh-CN']
const today = shanghaiDate(new Date())

let site: Site
let world: ReturnType<typeof trainingWorld>
beforeAll(async () => {
  const database = await freshDatabase({ holds: 'content' })
  world = trainingWorld(database)
  site = await startSite(database)
})

test('a session that was held is made up after the class’s last day: the form asks to end the class later, and the class page says so', async () => {
  const academy = await world.academy()
  const admin = await world.staff('academy_admin', academy)
  const instructor = await world.staff('instructor', academy)
  const siteId = newId()
  await world.db.insert(siteTable).values({ academyId: academy.id, id: siteId, name: '实训楼', address: '示例路1号' })
  const held = addDays(today, -1)
  const of = await world.classOf(academy, { siteId, startsOn: held, endsOn: held, plannedHours: 4 })
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: instructor.accountId })
  const sessionId = newId()
  const startsAt = shanghaiInstant(held, '09:00')
  const endsAt = shanghaiInstant(held, '12:00')
  const row = { academyId: academy.id, classId: of.id, siteId, hours: 4, kind: 'practical', startsAt, endsAt }
  await world.db.insert(classSession).values({ ...row, id: sessionId })
  const { id: enrolmentId } = await world.enrolment(of)
  const sheet = { viewer: instructor, academyCode: academy.code, sessionId }
  const entries = [{ enrolmentId, mark: 'absent', in: '', out: '', was: '//' }]
  const marked = { ...sheet, entries, reason: '没带手机', way: 'hand', wasClosed: false, now: startsAt } as const
  await as(instructor, (tx) => markByHand(tx, marked))
  await as(instructor, (tx) => closeSheet(tx, { ...sheet, now: endsAt }))

  // 400: the form that comes back on purpose.
  const page = await openPage({ viewport: DESK, allow: [/400/] })
  await signIn(page, { url: site.url, cookie: await signedIn({ id: admin.accountId, role: 'academy_admin' }) })
  await page.goto(`${site.url}/academies/${academy.code}/manage/sessions/${sessionId}`)
  await page.getByRole('link', { name: attendanceWords['zh-CN'].sheet.makeUp }).click()
  await expectText(page, w.form.lacking(1, d.day(held)))
  const later = addDays(today, 2)
  const day = (one: string) => d.day(one, yearOf(today))
  await page.locator('input[name="date"]').fill(later)
  await page.getByRole('button', { name: w.form.saveToldLacking }).click()
  await expectText(page, w.form.extendNeeded(day(held)))
  await page.locator('input[name="extend"]').check()
  await page.getByRole('button', { name: w.form.saveToldLacking }).click()
  await expectText(page, w.saved.made_up)
  await expectText(page, w.endsOn(day(later)))
  await expectText(page, w.list.makesUpHeld(d.day(held)))

  await page.goto(`${site.url}/academies/${academy.code}/classes/${of.id}`)
  await expectText(page, w.list.makesUpMissed(d.day(held)))
  // The end that moved, old → new, and why.
  await expectText(page, `${d.date(held)} → ${d.date(later)}`)
  await expectText(page, w.changes.reason(w.list.makesUpMissed(d.day(held))))
})
