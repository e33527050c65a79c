import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { findCalendarPage, saveCalendarYear } from '#app/features/policy/calendar-page.server.ts'
import { calendarImport } from '#app/features/policy/import-calendar.server.ts'
import { referenceCalendar } from '#app/features/policy/reference-calendar.ts'
import { findWorkCalendar, loadWorkCalendar } from '#app/features/policy/work-calendar.server.ts'
import { followCalendar } from '#app/features/training/days-changed.server.ts'
import { kindOfDay } from '#app/lib/work-calendar.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { fileOf, reportsOf } from '#tests/support/table-files.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let handler: Viewer
beforeAll(async () => {
  db = await freshDatabase()
  handler = await mendingWorld(db).official('provincial_handler')
  await as(system('setup'), (tx) => loadWorkCalendar(tx, { follow: followCalendar, now }))
})

const now = new Date('2026-11-27T10:00:00+08:00')
const NOTICE = '关于2027年部分节假日安排的通知（示例1号）'
/** As somebody copies it out of a spreadsheet. */
const LIST = [
  ['日期', '至', '安排', '节日'],
  ['2027-01-01', '2027-01-03', '放假', '元旦'],
  ['2027年2月5日', '2027-02-11', '放假', '春节'],
  ['2027-01-31', '', '上班', '春节'],
  ['2027-05-01', '2027-05-05', '放假', '劳动节'],
  ['2027-10-01', '2027-10-07', '放假', '国庆节'],
]
/** No session is planned. */
const NOBODY = { classes: 0, sessions: 0, sittings: 0 }
const text = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n')

function save(list: string, given: Record<string, string> = {}, by = handler) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ year: '2027', source: NOTICE, list, ...given })) form.set(name, value)
  return as(by, (tx) => saveCalendarYear(tx, { viewer: by, form, follow: followCalendar, locale: 'zh-CN', now }))
}
const page = (query = '') =>
  as(handler, (tx) => findCalendarPage(tx, { searchParams: new URLSearchParams(query), now }))
const calendar = () => as(handler, findWorkCalendar)
const faultsOf = async (list: string, given: Record<string, string> = {}) => {
  const answer = await save(list, given)
  return answer.ok ? [] : answer.faults.rows.map(({ row, column }) => [row, column])
}

test('what comes with the product is there from the first start, and a start changes nothing that was entered', async () => {
  expect(await calendar()).toEqual(referenceCalendar)
  expect((await page('year=2026')).entered).toMatchObject({ isReference: true })
  await as(system('setup'), (tx) => loadWorkCalendar(tx, { follow: followCalendar, now }))
  expect(await calendar()).toEqual(referenceCalendar)
})

test('the page opens at the first year that nobody entered, and says which one it is', async () => {
  const shown = await page()
  expect([shown.year, shown.entered, shown.spans]).toEqual([2027, null, []])
  expect(shown.years.at(-1)).toEqual({ year: 2027, isEntered: false })
})

test('a row that cannot be read names its row and column, and nothing of the year is kept', async () => {
  const cases: [number, string[], string][] = [
    [2, ['2027-02-30', '', '放假', '元旦'], '日期'],
    [3, ['2027-02-05', '2027-02-01', '放假', '春节'], '至'],
    [3, ['2027-02-05', '2028-02-05', '放假', '春节'], '至'],
    [4, ['2027-01-29', '', '上班', '春节'], '日期'], // a Friday
    [4, ['2027-01-31', '', '调休', '春节'], '类型'], // neither rest nor work
    [5, ['2027-05-01', '2027-05-05', '放假', ''], '节日'],
    [5, ['2028-05-01', '2028-05-05', '放假', '劳动节'], '日期'],
  ]
  for (const [row, cells, column] of cases)
    expect(await faultsOf(text(LIST.with(row - 1, cells))), cells.join()).toContainEqual([row, column])
  expect(await faultsOf(text([...LIST, ['2027-01-01', '', '放假', '春节']]))).toEqual([
    [2, null],
    [7, null],
  ])
  expect((await page('year=2027')).entered).toBeNull()
})

test('half of a year is refused: the legal days of a fixed date must be among its holidays', async () => {
  expect(await faultsOf(text(LIST.slice(0, 4)))).toEqual([[null, '日期']])
  expect(await faultsOf('')).toEqual([[null, null]])
  expect(await faultsOf('2027-01-01\t放假\t元旦\n'.repeat(401))).toEqual([[null, null]])
})

test('year and notice are asked for', async () => {
  expect(await save(text(LIST), { year: '27' })).toMatchObject({ ok: false, faults: { year: true, source: false } })
  expect(await save(text(LIST), { source: ' ' })).toMatchObject({ ok: false, faults: { year: false, source: true } })
})

test('a year that is entered is known to whoever plans from then on, and the trail says by whom', async () => {
  expect(kindOfDay(await calendar(), '2027-02-06').is).toBe('weekend')
  expect(await save(text(LIST))).toEqual({ ok: true, year: 2027, isNew: true, concerned: NOBODY })
  const entered = await calendar()
  expect(entered.years).toContain(2027)
  expect(kindOfDay(entered, '2027-02-06')).toMatchObject({ is: 'holiday', name: '春节' })
  expect(kindOfDay(entered, '2027-01-31')).toMatchObject({ is: 'made_up', name: '春节' })
  const shown = await page('year=2027')
  expect(shown.entered).toMatchObject({ source: NOTICE, isReference: false })
  expect(shown.spans[0]).toEqual({ from: '2027-01-01', to: '2027-01-03', days: 3, kind: 'holiday', name: '元旦' })
  const events = await db.owner`select actor_account_id, detail from audit_event where kind = 'work_calendar.entered'`
  expect(events).toEqual([
    { actor_account_id: handler.accountId, detail: { year: 2027, holidays: 22, workdays: 1, before: null } },
  ])
})

test('the same list again changes nothing; another one replaces the whole year, with commas and without heads too', async () => {
  expect(await save(text(LIST))).toEqual({ ok: true, year: 2027, isNew: false, concerned: NOBODY })
  const without = LIST.slice(1).filter(([, , kind]) => kind !== '上班')
  expect(await save(without.map((row) => row.join('，')).join('\n'))).toMatchObject({ ok: true, isNew: true })
  expect(kindOfDay(await calendar(), '2027-01-31').is).toBe('weekend')
})

test('a day belongs to one arrangement: the next year’s may begin in December, and none may take it then', async () => {
  const next = LIST.slice(1).map((row) => row.map((cell) => cell.replace('2027', '2028')))
  const early = [['2027-12-31', '2028-01-03', '放假', '元旦'], ...next.slice(1).filter(([, , kind]) => kind !== '上班')]
  expect(await save(text(early), { year: '2028' })).toMatchObject({ ok: true })
  expect(kindOfDay(await calendar(), '2027-12-31').is).toBe('holiday')
  expect(await faultsOf(text([...LIST, ['2027-12-31', '', '放假', '元旦']]))).toEqual([[7, '日期']])
})

test('the shell takes the same table as csv and as json, and replaces whole years', async () => {
  const rows = LIST.slice(1).map((row) => row.map((cell) => cell.replace('2027', '2030')).filter((_, at) => at !== 1))
  const fixed = ['05-02', '10-02', '10-03'].map((day) => [`2030-${day}`, '放假', '法定节假日'])
  const all = [...rows.filter(([, kind]) => kind === '放假'), ...fixed]
  const csv = ['年份,日期,类型,节日,文件', ...all.map((row) => `2030,${row.join(',')},示例2号`)].join('\n')
  expect(await reportsOf(calendarImport(followCalendar), fileOf(csv))).toMatchObject({
    status: 0,
    reports: [{ rows: 7, created: 7 }],
  })
  const json = all.map(([day, , name]) => ({ year: 2030, day, kind: 'holiday', name, source: '示例2号' }))
  const again = fileOf(JSON.stringify(json), 'json')
  expect(await reportsOf(calendarImport(followCalendar), again)).toMatchObject({
    status: 0,
    reports: [{ created: 0, unchanged: 7 }],
  })
  const two = fileOf(JSON.stringify([{ ...json[0], day: 'x' }, ...json.slice(1)]), 'json')
  expect(await reportsOf(calendarImport(followCalendar), two)).toMatchObject({ status: 1, reports: [{ rejected: 1 }] })
  expect(await reportsOf(calendarImport(followCalendar), fileOf('{}', 'json'))).toMatchObject({
    status: 1,
    reports: [{ rows: 0 }],
  })
})

test('whoever is not the province’s handler reads the calendar and writes nothing of it, whatever asks', async () => {
  const world = trainingWorld(db)
  const academy = await world.academy()
  const strangers = [
    await world.staff('academy_admin', academy),
    await world.staff('instructor', academy),
    await mendingWorld(db).official('provincial_reviewer'),
  ]
  for (const viewer of strangers) {
    const { role } = viewer
    expect((await as(viewer, findWorkCalendar)).years).toContain(2026)
    await expect(save(text(LIST), { year: '2031' }, viewer), role).resolves.toMatchObject({ ok: false })
    const list = text(
      LIST.map((row) => row.map((cell) => cell.replace('2027', '2033').replace('2033-01-31', '2033-01-30'))),
    )
    await expect(save(list, { year: '2033' }, viewer), role).rejects.toThrow()
  }
  expect((await calendar()).years).not.toContain(2033)
})
