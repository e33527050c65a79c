import { beforeAll, expect, test } from 'vitest'
import { words } from '#app/features/ledger/upload-words.ts'
import { base, documentOf, makeAcademies } from '#tests/features/ledger/ledgers.ts'
import { DESK, openPage } from '#tests/support/chromium.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { type Site, startSite } from '#tests/support/site.ts'
import { expectText, PASSWORD, signInByForm, staffAccount } from './support.ts'

const w = words['zh-CN']

let site: Site
beforeAll(async () => {
  const db = await freshDatabase({ holds: 'content' })
  const { first } = await makeAcademies(db)
  await staffAccount({ role: 'academy_admin', login: 'desk', academyId: first })
  site = await startSite(db)
})

/** A list as an office keeps it: a title, headers of its own, sums at the foot. */
const office = (hours: string) =>
  [
    '焊工班学员名册,,,,,,,',
    '序号,学员姓名,性别,公民证件编号,本人电话号,开班日期,结班日期,实到学时',
    ...[1, 2, 3].map(
      (n) => `${n},工人${n}号,男,${documentOf(n)},1380013800${n},2026.3.2,2026年3月20日,${n === 3 ? hours : '40'}`,
    ),
    '合计,3人,,,,,,',
  ].join('\r\n')

test('an office list comes in with a mouse: columns asked once, errors told, the good rows imported, and taken back', async () => {
  const page = await openPage({ viewport: DESK, allow: [/400/] })
  await signInByForm(page, site, 'desk', PASSWORD)
  const upload = async (text: string) => {
    await page.goto(`${site.url}/academies/GD01/manage/ledger`)
    await page.setInputFiles('input[type=file]', { name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: w.upload.submit }).click()
  }
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await upload(office('99'))
  await expectText(page, w.mapping.unknown)
  expect(await page.content()).not.toContain(documentOf(1))
  await press(w.mapping.submit)
  await page.locator('.error-summary').waitFor()
  await page.getByLabel('班次编号').fill('E2E-L-1')
  await page.getByLabel('班次名称').fill('焊工班')
  await page.getByLabel('培训方式').selectOption('实操')
  await page.getByLabel('职业编码').fill(base.occupationCode!)
  await page.getByLabel('计划学时').fill('40')
  await press(w.mapping.submit)
  await expectText(page, w.preview.errors(1))
  await press(w.preview.importValid(2))
  await expectText(page, w.result.done)

  await upload(office('40'))
  await expectText(page, w.mapping.once)
  expect(await page.getByRole('main').textContent()).not.toContain(w.mapping.unknown)

  await page.goto(`${site.url}/academies/GD01/manage/ledger`)
  await page.getByRole('row', { name: '名册.csv' }).getByRole('link', { name: w.imports.undo }).click()
  await expectText(page, w.undo.goes(1, 2, 0, 0))
  await press(w.undo.confirm)
  await expectText(page, w.undo.did(3, 0))
})
