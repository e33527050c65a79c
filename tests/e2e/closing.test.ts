import { beforeAll, expect, test } from 'vitest'
import { closingWords } from '#app/features/training/closing-words.ts'
import { words as deskWords } from '#app/features/training/desk-words.ts'
import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import { DESK, openPage } from '#tests/support/chromium.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { type Site, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { expectText, signInByForm, staffAccount } from './support.ts'

const w = closingWords['zh-CN']
const { hours } = deskWords['zh-CN']

let site: Site
let manage: string
let classId: string
let className: string

beforeAll(async () => {
  const database = await freshDatabase({ holds: 'content' })
  const world = trainingWorld(database)
  const academy = await world.academy()
  for (const login of ['first', 'second']) await staffAccount({ role: 'academy_admin', login, academyId: academy.id })
  const today = shanghaiDate(new Date())
  const held = await world.classOf(academy, { startsOn: addDays(today, -10), endsOn: addDays(today, -9), taken: 1 })
  const { id: personId } = await world.person()
  await world.enrolment(held, { personId })
  classId = held.id
  className = held.name
  site = await startSite(database)
  manage = `${site.url}/academies/${academy.code}/manage`
})

test('a class that is over is closed with a reason, changes no more and says so, and a second administrator opens it again', async () => {
  const page = await openPage({ viewport: DESK, allow: [/400/] })
  await signInByForm(page, site, 'first')
  await expectText(page, w.todo(1))
  await page.getByRole('link', { name: w.toThem }).click()
  await page.waitForURL(/status=to_close/)
  await expectText(page, className)

  // The form of hours was open before the class was closed.
  await page.goto(`${manage}/classes/${classId}?view=hours`)
  const late = await page.context().newPage()
  await late.goto(page.url())
  await page.goto(`${manage}/classes/${classId}`)
  await page.getByRole('link', { name: w.toClose }).click()
  await page.getByRole('button', { name: w.submit }).click()
  await expectText(page, w.refused.reason_needed)
  await page.getByLabel(w.reason).fill('成绩月底才到，先结班')
  await page.getByRole('button', { name: w.submit }).click()
  await expectText(page, w.closed)
  await expectText(page, w.isOwn)
  expect(await page.getByRole('button', { name: w.reopen }).count()).toBe(0)
  await late.getByRole('button', { name: hours.save }).click()
  await expect.poll(() => late.getByRole('alert').textContent(), { timeout: 5000 }).toContain(w.classClosed)
  await page.goto(manage)
  expect(await page.getByRole('main').textContent()).not.toContain(w.todo(1))

  const other = await openPage({ viewport: DESK, allow: [/400/] })
  await signInByForm(other, site, 'second')
  await other.goto(`${manage}/classes/${classId}`)
  await expectText(other, w.stateText)
  await other.getByRole('link', { name: w.toIt }).click()
  await other.getByRole('button', { name: w.reopen }).click()
  await expectText(other, w.refused.reason_needed)
  await other.getByLabel(w.reopenReason).fill('学时录错，需要更正')
  await other.getByRole('button', { name: w.reopen }).click()
  await expectText(other, w.reopened)
  await expectText(other, w.because('学时录错，需要更正'))
})
