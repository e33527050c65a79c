import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { words as accountWords } from '#app/features/accounts/words.ts'
import { resultsWords } from '#app/features/certification/results-words.ts'
import { words as certificationWords } from '#app/features/certification/words.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { assessmentWords } from '#app/features/training/assessment-words.ts'
import { words as deskWords } from '#app/features/training/desk-words.ts'
import { groupWords } from '#app/features/training/group-words.ts'
import { planWords } from '#app/features/training/plan-words.ts'
import { words as trainingWords } from '#app/features/training/words.ts'
import { addDays, shanghaiDate, shanghaiInstant } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { nthWorkday } from '#app/lib/work-calendar.ts'
import { classSession, instructor, notice, sessionInstructor } from '#db/schema/index.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { DESK, openPage, PHONE, signIn } from '#tests/support/chromium.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'
import { expectText, PASSWORD, signInByForm, staffAccount } from './support.ts'

const { openClass: form, classes, roster, hours } = deskWords['zh-CN']
const { desk, results, types } = certificationWords['zh-CN']
const entry = resultsWords['zh-CN']
const plan = assessmentWords['zh-CN']
const group = groupWords['zh-CN']
const { identity } = accountWords['zh-CN']
const training = trainingWords['zh-CN']
const today = shanghaiDate(new Date())

let site: Site
let world: ReturnType<typeof trainingWorld>
let academy: { id: string; code: string; name: string }
let manage: string

beforeAll(async () => {
  const database = await freshDatabase({ holds: 'content' })
  world = trainingWorld(database)
  academy = await world.academy()
  await staffAccount({ role: 'academy_admin', login: 'desk', academyId: academy.id })
  site = await startSite(database)
  manage = `${site.url}/academies/${academy.code}/manage`
})

/** The administrator at the desk, signed in by the form. 400: forms that come back on purpose. */
async function atTheDesk(): Promise<Page> {
  const page = await openPage({ viewport: DESK, allow: [/400/] })
  await signInByForm(page, site, 'desk', PASSWORD)
  expect(page.url()).toBe(manage)
  return page
}

/** The field's own error, beside the field. */
const errorAt = (page: Page, id: string) =>
  expect.poll(() => page.locator(`.field-error:has([id="${id}"]) .error`).textContent(), { timeout: 5000 })

test('an administrator opens a class: wrong input is told at the field with nothing lost, then it is kept and published', async () => {
  const page = await atTheDesk()
  await page.getByRole('link', { name: classes.open }).click()
  const field = (label: string) => page.getByLabel(label, { exact: true }).first()
  // On a public holiday it would be asked about first.
  const day = nthWorkday(referenceCalendar, addDays(today, 19), 1)
  await field(form.code).fill('E2E-DG-01')
  await field(form.name).fill('低压电工实操班（新）')
  await field(form.startsOn).fill(day)
  await field(form.endsOn).fill(addDays(day, -1))
  await field(form.plannedHours).fill('8')
  await field(form.capacity).fill('20')
  await field(form.siteName).fill('实训楼')
  await field(form.siteAddress).fill('示例路1号')
  await page.locator('input[name="sessions[0].date"]').fill(day)
  await page.locator('input[name="sessions[0].from"]').fill('09:00')
  await page.locator('input[name="sessions[0].to"]').fill('17:00')
  await page.locator('input[name="sessions[0].hours"]').fill('8')
  await page.getByRole('button', { name: form.saveDraft }).click()
  await errorAt(page, 'class-endsOn').toBe(form.errors.ends_before)
  await page.locator('.error-summary').getByRole('link').first().waitFor()
  expect(await field(form.name).inputValue()).toBe('低压电工实操班（新）')
  expect(await page.locator('input[name="sessions[0].from"]').inputValue()).toBe('09:00')

  await field(form.endsOn).fill(day)
  await page.getByRole('button', { name: form.saveDraft }).click()
  await expectText(page, roster.draftNote)
  await page.getByRole('button', { name: roster.publish }).click()
  await expectText(page, roster.published)
  await page.getByRole('link', { name: roster.publicPage }).click()
  await expectText(page, training.state.open(20))
})

test('a draft whose sessions differ from its plan is published once it is said why, and the reason stays beside it', async () => {
  const w = planWords['zh-CN']
  const code = `E2E-${newId()}`
  const of = await world.classOf(academy, {
    status: 'draft',
    code,
    plannedHours: 5,
    startsOn: addDays(today, 20),
    endsOn: addDays(today, 21),
  })
  const at = {
    startsAt: shanghaiInstant(addDays(today, 20), '09:00'),
    endsAt: shanghaiInstant(addDays(today, 20), '12:00'),
  }
  const meeting = { academyId: academy.id, id: newId(), classId: of.id, hours: 4, kind: 'practical', ...at }
  await world.db.insert(classSession).values(meeting)
  const page = await atTheDesk()
  await page.goto(`${manage}/classes/${of.id}`)
  await expectText(page, w.doubts.hours(4, 5))
  await page.getByRole('button', { name: roster.publish }).click()
  await errorAt(page, 'reason').toContain(w.faults.reason_needed)
  await page.getByLabel(w.reason).fill('场地只到中午')
  await page.getByRole('button', { name: roster.publish }).click()
  await expectText(page, roster.published)
  await expectText(page, w.because('场地只到中午'))
})

test('the deadlines of a copied class go along with a first day that is typed by hand, but for one that was typed too', async () => {
  const day = addDays(today, 20)
  const noonOf = (date: string) => new Date(`${date}T12:00:00+08:00`)
  const held = await world.classOf(academy, {
    ...{ startsOn: day, endsOn: addDays(day, 1), enrolOpensAt: null, withdrawUntil: noonOf(addDays(day, -2)) },
    enrolClosesAt: noonOf(addDays(day, -3)),
  })
  const page = await atTheDesk()
  await page.goto(`${manage}/classes/new?copy=${held.id}&from=${addDays(day, 28)}`)
  const field = (name: string) => page.locator(`#class [name="${name}"]`)
  await field('startsOn').fill(addDays(day, 7))
  await expect.poll(() => field('enrolClosesAt').inputValue()).toBe(`${addDays(day, 4)}T12:00`)
  expect(await field('withdrawUntil').inputValue()).toBe(`${addDays(day, 5)}T12:00`)

  await field('withdrawUntil').fill(`${addDays(day, 1)}T09:00`)
  await field('startsOn').fill(addDays(day, 14))
  await expect.poll(() => field('enrolClosesAt').inputValue()).toBe(`${addDays(day, 11)}T12:00`)
  expect(await field('withdrawUntil').inputValue()).toBe(`${addDays(day, 1)}T09:00`)
})

test('hours, a result and a certificate of a class are entered; what is wrong comes back as typed, at its field', async () => {
  const held = await world.classOf(academy, {
    name: '低压电工实操班（旧）',
    startsOn: addDays(today, -20),
    endsOn: addDays(today, -19),
    plannedHours: 16,
    enrolOpensAt: null,
    enrolClosesAt: null,
  })
  const people = [await world.person(), await world.person()]
  const [first, second] = [
    await world.enrolment(held, { personId: people[0]?.id, name: '李合成' }),
    await world.enrolment(held, { personId: people[1]?.id, name: '王合成' }),
  ]
  const page = await atTheDesk()
  await page.goto(`${manage}/classes`)
  await page.getByRole('link', { name: held.name }).click()
  await expectText(page, '李合成')
  for (const { document } of people) {
    await expectText(page, `${document.slice(0, 6)}********${document.slice(-4)}`)
    expect(await page.content()).not.toContain(document)
  }

  const cell = (kind: string, of: { id: string }) => page.locator(`[id="${kind}.${of.id}"]`)
  await page.getByRole('link', { name: roster.hours, exact: true }).click()
  await cell('attended', first).fill('16')
  await cell('attended', second).fill('99')
  await page.getByRole('button', { name: hours.save }).click()
  await errorAt(page, `attended.${second.id}`).toBe(hours.errors.hours(16))
  expect(await cell('attended', first).inputValue()).toBe('16')
  expect(await cell('attended', second).inputValue()).toBe('99')
  await cell('attended', second).fill('4')
  await page.getByRole('button', { name: hours.save }).click()
  await expectText(page, roster.saved(2))

  await page.getByRole('link', { name: roster.results, exact: true }).click()
  await cell('theory', first).fill('180')
  await cell('practical', first).fill('75')
  await page.getByRole('button', { name: entry.save }).click()
  await errorAt(page, `theory.${first.id}`).toBe(desk.faults.theory)
  expect(await cell('practical', first).inputValue()).toBe('75')
  await cell('theory', first).fill('80')
  await page.getByRole('button', { name: entry.save }).click()
  await expectText(page, entry.proposed(1))

  // Whoever entered it does not confirm it; until somebody does, there is nothing to certify.
  await page.getByRole('link', { name: roster.counted(roster.confirm, 1) }).click()
  await expectText(page, entry.confirm.bars.own)
  await page.getByRole('link', { name: roster.certificates, exact: true }).click()
  await expectText(page, desk.noPassed)
  const beside = await openPage()
  const colleague = await world.staff('academy_admin', academy)
  await signIn(beside, { url: site.url, cookie: await signedIn({ id: colleague.accountId, role: 'academy_admin' }) })
  await beside.goto(`${manage}/classes/${held.id}?view=confirm`)
  await beside.getByRole('button', { name: entry.confirm.chooseAll }).click()
  await beside.getByRole('button', { name: entry.confirm.yes }).click()
  await expectText(beside, entry.confirm.done(1))

  await page.reload()
  await page.getByLabel(desk.type, { exact: true }).selectOption({ label: types.training })
  await page.getByLabel(desk.issuedOn, { exact: true }).fill(addDays(today, 30))
  const number = page.locator('input[name^="number."]')
  expect(await number.count()).toBe(1) // the other did not pass
  await number.fill('PX-2026-0001')
  await page.getByRole('button', { name: desk.saveCertificates }).click()
  await errorAt(page, 'issuedOn').toBe(desk.batchFaults.ahead)
  expect(await number.inputValue()).toBe('PX-2026-0001')
  expect(await page.getByLabel(desk.type, { exact: true }).inputValue()).toBe('training')
  await page.getByLabel(desk.issuedOn, { exact: true }).fill(today)
  await page.getByRole('button', { name: desk.saveCertificates }).click()
  await expectText(page, roster.saved(1))

  await page.getByRole('link', { name: roster.overview, exact: true }).click()
  const row = page.getByRole('row', { name: '李合成' })
  await expect.poll(() => row.textContent()).toContain(results.passed)
})

test('a union enrols a pasted group into a class, mends the line that was wrong, and gives one place back', async () => {
  const held = await world.classOf(academy, {
    name: '企业工会报名的班',
    startsOn: addDays(today, 30),
    endsOn: addDays(today, 31),
    enrolOpensAt: null,
    enrolClosesAt: null,
  })
  const { accountId } = await world.union()
  const page = await openPage({ viewport: PHONE, allow: [/409/] })
  await signIn(page, { url: site.url, cookie: await signedIn({ id: accountId, role: 'enterprise_union' }) })
  await page.goto(`${site.url}/enterprise`)
  await page.getByRole('row', { name: held.name }).getByRole('link').click()
  const [good, other] = [syntheticDocument(880_001), syntheticDocument(880_002)]
  const text = page.getByLabel(group.roll.paste)
  await text.fill(`姓名\t身份证号\n甲合成\t${good}\n乙合成\t${other.slice(0, 17)}`)
  await page.getByRole('button', { name: group.class.enrolYes }).click()
  await expectText(page, group.roll.faults.document)
  await expect.poll(() => text.inputValue()).toBe(`姓名\t身份证号\n乙合成\t${other.slice(0, 17)}`)
  await text.fill(`乙合成\t${other}`)
  await page.getByRole('button', { name: group.class.enrolYes }).click()
  await expectText(page, group.class.own(2))
  expect(await page.content()).not.toContain(good)
  await page.getByRole('checkbox', { name: group.class.chooseNamed('甲合成') }).check()
  await page.getByRole('button', { name: group.class.withdraw }).click()
  await expectText(page, group.class.ended.left)
})

test('results that are pasted, filled in and handed in leave one table, with nothing in it that is not saved', async () => {
  const held = await world.classOf(academy, {
    name: '成绩粘贴班',
    startsOn: addDays(today, -20),
    endsOn: addDays(today, -19),
  })
  const place = await world.enrolment(held, { name: '周合成' })
  const page = await atTheDesk()
  await page.goto(`${manage}/classes/${held.id}?view=results`)
  const fill = async (text: string) => {
    await page.locator('textarea[name="pasted"]').fill(text)
    await page.getByRole('button', { name: entry.paste.fill }).click()
  }
  await page.getByText(entry.paste.title, { exact: true }).click()
  await fill('姓名\t理论成绩\t实操成绩\n周合成\t80\t75\n无此人\t80\t75')
  await expectText(page, entry.paste.faults.unknown_name)
  await fill('姓名\t理论成绩\t实操成绩\n周合成\t80\t75')
  await expectText(page, entry.paste.filled(1))
  await expectText(page, entry.doubts.no_credit)
  await page.getByRole('button', { name: entry.save }).click()
  // What a paste says asks for the tick too: it gives way to what the saving said.
  await expect.poll(() => page.getByRole('main').textContent()).not.toContain(entry.paste.filled(1))
  await expectText(page, entry.affirm.many(1))
  await page.getByLabel(entry.affirm.label).check()
  await page.getByRole('button', { name: entry.save }).click()
  await expectText(page, entry.proposed(1))
  expect(await page.locator(`[id="theory.${place.id}"]`).count()).toBe(1)
  expect(await page.getByRole('main').textContent()).not.toContain(entry.paste.filled(1))
})

test('a roster that somebody changed meanwhile says so, shows what stands now, and can then be saved', async () => {
  const held = await world.classOf(academy, {
    name: '两人同改的班',
    startsOn: addDays(today, -20),
    endsOn: addDays(today, -19),
  })
  const place = await world.enrolment(held)
  const page = await atTheDesk()
  await page.goto(`${manage}/classes/${held.id}?view=hours`)
  const other = await atTheDesk()
  await other.goto(page.url())
  for (const [who, typed] of [
    [other, '8'],
    [page, '16'],
  ] as const) {
    await who.locator(`[id="attended.${place.id}"]`).fill(typed)
    await who.getByRole('button', { name: hours.save }).click()
    if (who === other) await expectText(other, roster.saved(1))
  }
  await errorAt(page, `attended.${place.id}`).toBe(hours.errors.changed_meanwhile)
  await page.locator(`[id="attended.${place.id}"]`).fill('16')
  await page.getByLabel(hours.reason).fill('签到表核对')
  await page.getByRole('button', { name: hours.save }).click()
  await expectText(page, roster.saved(1))
})

test('an administrator plans a sitting, is refused one who teaches the class by now, and those enrolled are told of a change', async () => {
  const [day, examDay] = [addDays(today, 20), addDays(today, 22)]
  const held = await world.classOf(academy, { startsOn: day, endsOn: day })
  const session = { academyId: academy.id, classId: held.id, id: newId(), hours: 3 }
  const [startsAt, endsAt] = [new Date(`${day}T09:00+08:00`), new Date(`${day}T12:00+08:00`)]
  await world.db.insert(classSession).values({ ...session, startsAt, endsAt })
  const assessor = { academyId: academy.id, id: newId(), name: '罗合成' }
  const { id: personId } = await world.person()
  await world.db.insert(instructor).values({ ...assessor, personId, createdAt: new Date() })
  const worker = await world.worker()
  await world.enrolment(held, { accountId: worker.accountId })
  const page = await openPage({ viewport: DESK, allow: [/400|409/] })
  await signInByForm(page, site, 'desk', PASSWORD)
  const field = (name: string) => page.locator(`#sitting-form [name="${name}"]`)
  const save = (name: string) => page.getByRole('button', { name, exact: true }).first().click()
  await page.goto(`${manage}/classes/${held.id}/assessment?add`)
  await field('date').fill(examDay)
  await field('from').fill('09:00')
  await field('to').fill('10:30')
  await field('siteId').selectOption('')
  await save(plan.form.saveTold)
  await errorAt(page, 'place').toBe(plan.errors.required)
  await field('place').fill('市鉴定中心3楼')
  await field('outsideName.0').fill('何合成')
  await field('outsideBody.0').fill('市评价中心')
  await page.getByLabel(assessor.name).check()
  const teaching = { academyId: academy.id, sessionId: session.id, instructorId: assessor.id }
  await world.db.insert(sessionInstructor).values(teaching)
  await save(plan.form.saveTold)
  await expectText(page, plan.notSaved(plan.apart.assess(assessor.name)))
  expect(await field('outsideName.0').inputValue()).toBe('何合成')
  await page.goto(`${manage}/classes/${held.id}/assessment?add`)
  expect(await page.getByLabel(assessor.name).count()).toBe(0)
  await field('date').fill(examDay)
  await field('from').fill('09:00')
  await field('to').fill('10:30')
  await field('siteId').selectOption('')
  await field('place').fill('市鉴定中心3楼')
  await field('outsideName.0').fill('何合成')
  await field('outsideBody.0').fill('市评价中心')
  await save(plan.form.saveTold)
  await expectText(page, plan.saved.added)

  await page.getByRole('link', { name: plan.edit, exact: true }).click()
  await field('from').fill('09:30')
  await save(plan.form.saveTold)
  await errorAt(page, 'reason').toBe(plan.why.reason_needed)
  await field('reason').fill('考场调整')
  await save(plan.form.saveTold)
  await expectText(page, plan.saved.changed)
  const told = await world.db.select({ kind: notice.kind }).from(notice).where(eq(notice.accountId, worker.accountId))
  expect(told.map(({ kind }) => kind)).toContain('class.changed')
  await page.goto(`${site.url}/academies/${academy.code}/classes/${held.id}`)
  await expectText(page, '何合成（市评价中心）')
  await expectText(page, '9:30—10:30')
})

test('only after an academy has confirmed who a worker is does the worker see what a ledger recorded before', async () => {
  const person = await world.person()
  const old = await world.classOf(academy, {
    name: '往年的台账班',
    origin: 'ledger',
    status: 'closed',
    startsOn: '2024-03-01',
    endsOn: '2024-03-05',
  })
  await world.enrolment(old, { personId: person.id, hoursAttended: 16, creditedOn: '2024-03-05' })
  const { accountId } = await world.worker({ personId: person.id, name: '李合成' })
  const phone = await openPage()
  await signIn(phone, { url: site.url, cookie: await signedIn({ id: accountId, role: 'worker' }) })
  await phone.goto(`${site.url}/learn/classes`)
  await expectText(phone, training.mine.notConfirmed)
  expect(await phone.getByRole('main').textContent()).not.toContain(old.name)

  const page = await atTheDesk()
  await page.goto(`${manage}/identity`)
  await page.locator('input[name="documentNumber"]').fill(person.document.slice(0, 17))
  await page.getByRole('button', { name: identity.search }).click()
  await errorAt(page, 'documentNumber').toBe(accountWords['zh-CN'].formErrors.form)
  await page.locator('input[name="documentNumber"]').fill(person.document)
  await page.getByRole('button', { name: identity.search }).click()
  await page.getByRole('button', { name: identity.confirm }).click()
  await expectText(page, identity.done)
  expect(page.url()).not.toContain(person.document)

  await phone.reload()
  await expectText(phone, old.name)
})

test('sheets to sign are upright A4: sixty workers take three, and each session begins on a new one', async () => {
  const held = await world.classOf(academy, { capacity: 60 })
  const sessions = ['09', '14'].map((hour) => ({
    ...{ academyId: academy.id, classId: held.id, id: newId(), hours: 3 },
    startsAt: new Date(`2026-11-21T${hour}:00:00+08:00`),
    endsAt: new Date(`2026-11-21T${hour}:30:00+08:00`),
  }))
  await world.db.insert(classSession).values(sessions)
  for (let n = 0; n < 60; n++) await world.enrolment(held, { name: `学员${n}`, employer: '某某机械制造有限公司' })
  const page = await atTheDesk()
  const sheets = async (address: string) => {
    await page.goto(`${manage}/classes/${held.id}/${address}`)
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sizes = [...paper.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
    expect(
      new Set(sizes.map(([, width, height]) => `${Math.round(Number(width))}×${Math.round(Number(height))}`)),
    ).toEqual(new Set(['595×842']))
    return paper.match(/\/Type\s*\/Page\b/g)?.length
  }
  expect(await sheets(`attendance/print?session=${sessions[0]?.id}`)).toBe(3)
  expect(await sheets('attendance/print')).toBe(6)
  expect(await sheets('timetable/print')).toBe(1)
})
