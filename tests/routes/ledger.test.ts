import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { createAccount } from '#app/features/accounts/create.server.ts'
import { hashPassword } from '#app/features/accounts/passwords.server.ts'
import { COLUMNS, FIELDS } from '#app/features/ledger/columns.ts'
import { LARGEST_UPLOAD } from '#app/features/ledger/upload.ts'
import { words } from '#app/features/ledger/upload-words.ts'
import { DEFAULT_PREFERENCES, serialisePreferences } from '#app/lib/preferences.ts'
import {
  base,
  type Cells,
  certified,
  documentOf,
  ledgerText,
  makeAcademies,
  worker,
} from '#tests/features/ledger/ledgers.ts'
import { bookFiles, zipOf } from '#tests/features/ledger/workbooks.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { filesFolder, type Site, signedIn, startSite } from '#tests/support/site.ts'
import { type Desk, deskOf } from '#tests/support/uploads.ts'

const w = words['zh-CN']

let db: TestDatabase
let site: Site
let files: string
let cookie: string
let desk: Desk
let stranger: Desk
let academyId: string

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  const { first, second } = await makeAcademies(db)
  academyId = first
  files = filesFolder()
  site = await startSite(db, { DATA_DIR: files })
  cookie = await administratorOf(first)
  desk = deskOf(site, 'GD01', cookie)
  stranger = deskOf(site, 'GD02', await administratorOf(second))
}, 60_000)

let accounts = 0
async function administratorOf(academy: string): Promise<string> {
  const login = `desk-${++accounts}`
  const passwordHash = await hashPassword('synthetic-password-1')
  await as(system('setup'), (tx) =>
    createAccount(tx, {
      role: 'academy_admin',
      login,
      academyId: academy,
      displayName: '何合成',
      passwordHash,
      now: new Date(),
    }),
  )
  const [row] = await db.owner<{ id: string }[]>`select id from account where login = ${login}`
  return signedIn({ id: row!.id, role: 'academy_admin' })
}

let classes = 0
/** A class of its own for every test, so that they can stand in any order. */
const classOf = (): Cells => ({ classCode: `K-${++classes}`, className: `焊工班${classes}` })
const rowsOf = (count: number, of: Cells, changed: Cells = {}) =>
  Array.from({ length: count }, (_, n) => ({ ...base, ...worker(n + 1), ...of, ...changed }))
const stored = () => readdirSync(join(files, 'uploads'))
const enrolments = async (of: Cells) => {
  const [row] = await db.owner<{ count: number }[]>`
    select count(*)::int as count from enrolment e join class c on c.id = e.class_id
    where c.code = ${of.classCode!} and c.academy_id = ${academyId}`
  return row!.count
}
const stateOf = async (location: string) => {
  const [row] = await db.owner<{ state: string; attempts: number }[]>`
    select state, attempts from ledger_upload where id = ${location.split('/').at(-1)!}`
  return row!
}

test('a ledger with the known headers is checked at once, imported on demand, and its file is gone afterwards', async () => {
  const of = classOf()
  const { status, location } = await desk.upload(ledgerText(rowsOf(3, of)))
  expect(status).toBe(303)
  expect(statSync(join(files, 'uploads', location.split('/').at(-1)!)).mode & 0o777).toBe(0o600)
  const preview = await desk.settled(location)
  expect(preview).toContain(w.preview.clean)
  expect(preview).toContain(w.preview.importAll(3))
  expect(await enrolments(of)).toBe(0)
  expect((await desk.post(location, { intent: 'import', rows: 'all' })).location).toBe(location)
  expect(await desk.settled(location)).toContain(w.result.done)
  expect(await enrolments(of)).toBe(3)
  expect(stored()).not.toContain(location.split('/').at(-1))
  const list = (await desk.get()).text
  expect(list).toContain('ledger.csv')
  expect(list).toContain('何合成')
})

test('every step says what it says in English too', async () => {
  const english = serialisePreferences({ ...DEFAULT_PREFERENCES, locale: 'en' }).split(';')[0]
  const reader = deskOf(site, 'GD01', `${cookie}; ${english}`)
  const { location } = await reader.upload(ledgerText([...rowsOf(2, classOf()), { ...base, hoursAttended: '99' }]))
  const preview = await reader.settled(location)
  for (const text of [
    words.en.steps.preview,
    words.en.preview.importValid(2),
    words.en.preview.errors(1),
    '99 is above',
  ])
    expect(preview).toContain(text)
  await reader.post(location, { intent: 'import', rows: 'valid' })
  expect(await reader.settled(location)).toContain(words.en.result.left(1))
  expect((await reader.get()).text).toContain(words.en.upload.hint)
})

const OFFICE = '某某培训班学员名册,,,\n序号,学员姓名,性别,公民证件编号,本人电话号,开班日期,结班日期,实到学时\n'
const officeRow = (n: number, hours = '40') =>
  `${n},工人${'甲乙丙丁'[n % 4]},男,${documentOf(500 + n)},1380013800${n % 10},2026-03-02,2026-03-20,${hours}\n`

test('unknown headers are guessed by name and content, asked once, and remembered; what is missing is given once', async () => {
  const of = classOf()
  const first = await desk.upload(`${OFFICE}${officeRow(1)}${officeRow(2)}合计,2,,,,,,\n`, '名册.csv')
  const page = await desk.settled(first.location)
  expect(page).toContain('公民证件编号')
  expect(page).not.toContain(documentOf(501))
  expect(page).toMatch(/<option[^>]*value="documentNumber"[^>]*selected|selected[^>]*value="documentNumber"/)
  const answers = Object.fromEntries(
    [...page.matchAll(/<select[^>]*name="(column\.\d+)"[^>]*>(.*?)<\/select>/gs)].map(([, name, options]) => [
      name!,
      /<option(?=[^>]*selected)[^>]*value="([^"]*)"/.exec(options!)?.[1] ?? '',
    ]),
  )
  const half = await desk.post(first.location, { intent: 'choose', ...answers })
  expect(half.status).toBe(400)
  for (const header of ['班次编号', '班次名称', '培训方式', '职业编码', '计划学时'])
    expect(half.text).toContain(w.mapping.faultAt(header, w.mapping.faults.needed))
  const once = {
    'constant.classCode': of.classCode!,
    'constant.className': of.className!,
    'constant.mode': '实操',
    'constant.occupationCode': '6-18-02-04',
    'constant.plannedHours': '40',
    'constant.documentType': '居民身份证',
  }
  const wrong = await desk.post(first.location, {
    intent: 'choose',
    ...answers,
    ...once,
    'constant.plannedHours': 'forty',
  })
  expect(wrong.text).toContain(w.mapping.faults.hours)
  expect(wrong.text).toContain('forty')
  expect((await desk.post(first.location, { intent: 'choose', ...answers, ...once })).status).toBe(303)
  expect(await desk.settled(first.location)).toContain(w.preview.importAll(2))
  await desk.post(first.location, { intent: 'import', rows: 'all' })
  await desk.settled(first.location)
  expect(await enrolments(of)).toBe(2)

  const again = await desk.upload(OFFICE + officeRow(3), '名册2.csv')
  const second = await desk.settled(again.location)
  expect(second).not.toContain(w.mapping.unknown) // remembered: only what belongs to the class is asked
  expect(second).toContain(w.mapping.once)
  const [known] = await db.owner`select field from ledger_mapping where header = '公民证件编号'`
  expect(known!.field).toBe('documentNumber')
  const elsewhere = await stranger.upload(OFFICE + officeRow(3), '名册.csv')
  expect(await stranger.settled(elsewhere.location)).toContain(w.mapping.unknown)
})

test('a file without any header of the ledger comes to the mapping page, where its header can be put right', async () => {
  const of = classOf()
  const rows = [1, 2].map((n) => `${documentOf(700 + n)},工友${'甲乙丙'[n]},电焊一组`)
  const { status, location } = await desk.upload(`证件,人,班组\n证,名,组\n${rows.join('\n')}\n`, '班组名单.csv')
  expect(status).toBe(303)
  const page = await desk.settled(location)
  expect(page).toContain(w.mapping.guessedHeader)
  expect(page).toContain(w.mapping.rowSays(2, '证、名、组'))
  expect(page).not.toContain(documentOf(701))
  expect((await desk.post(location, { intent: 'header', 'header.0': '2' })).status).toBe(303)
  const again = await desk.settled(location)
  expect(again).toContain(w.mapping.guessedAt(null, 2, 2))
  expect(again).toContain(w.mapping.fieldOf('名'))
  const { name: _, documentNumber: __, academyCode: ___, ...constants } = { ...base, ...of }
  const once = Object.fromEntries(Object.entries(constants).map(([field, value]) => [`constant.${field}`, value!]))
  const columns = { 'column.0': 'documentNumber', 'column.1': 'name', 'column.2': 'ignored' }
  expect((await desk.post(location, { intent: 'choose', ...columns, ...once })).status).toBe(303)
  expect(await desk.settled(location)).toContain(w.preview.importAll(2))
  await desk.post(location, { intent: 'import', rows: 'all' })
  await desk.settled(location)
  expect(await enrolments(of)).toBe(2)
})

test('a correction shows the old and the new value before it is made', async () => {
  const of = classOf()
  const one = await desk.upload(ledgerText(rowsOf(1, of)))
  await desk.settled(one.location)
  await desk.post(one.location, { intent: 'import', rows: 'all' })
  await desk.settled(one.location)
  const changed = { hoursAttended: '36.5', employer: '另一家有限公司', phone: '13900139001', ...certified(70) }
  const two = await desk.upload(ledgerText(rowsOf(1, of, changed)))
  const page = await desk.settled(two.location)
  for (const text of ['36.5', '深圳市某某有限公司', '另一家有限公司', '139****9001', '工人乙'])
    expect(page).toContain(text)
  expect(page).not.toContain('13900139001')
  const [row] =
    await db.owner`select corrections_sealed, errors::text from ledger_upload where id = ${two.location.split('/').at(-1)!}`
  expect(row!.corrections_sealed.toString('utf8')).not.toContain('另一家')
  await desk.post(two.location, { intent: 'cancel' })
  expect((await desk.get(two.location)).text).toContain(w.result.cancelled)
  expect(stored()).not.toContain(two.location.split('/').at(-1))
})

test('a workbook with a sheet per class: sheets are chosen, rows with errors come back as a workbook that can be uploaded again', async () => {
  const [one, other] = [classOf(), classOf()]
  const sheet = (name: string, rows: Cells[]) => ({
    name,
    rows: [
      FIELDS.map((field) => COLUMNS[field].header),
      ...rows.map((row) => FIELDS.map((field) => row[field] ?? null)),
    ],
  })
  const wrong = { ...base, ...worker(60), ...other, hoursAttended: '99' }
  const file = await zipOf(
    bookFiles({
      sheets: [
        sheet('一班', rowsOf(2, one)),
        sheet('二班', [...rowsOf(1, other), wrong]),
        { name: '说明', rows: [['说明']] },
      ],
    }),
  )
  const { location } = await desk.upload(new Uint8Array(file), '台账.xlsx')
  const page = await desk.settled(location)
  for (const text of [w.mapping.sheets, '一班', '二班', '说明']) expect(page).toContain(text)
  await desk.post(location, { intent: 'choose', sheet: ['一班', '二班'] })
  expect(await desk.settled(location)).toContain(w.preview.importValid(3))
  expect((await stranger.get(`${location.replace('GD01', 'GD02')}/rejected`)).status).toBe(404)
  const answer = await fetch(`${site.url}${location}/rejected`, { headers: { cookie } })
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('台账'))
  const mend = new Uint8Array(await answer.arrayBuffer())
  await desk.post(location, { intent: 'import', rows: 'valid' })
  expect(await desk.settled(location)).toContain(w.result.left(1))
  expect(await enrolments(one)).toBe(2)
  const again = await desk.upload(mend, '待更正.xlsx')
  expect((await desk.get(again.location)).status).toBe(200)
})

test('rows of another academy are errors, told by row and column', async () => {
  const { location } = await desk.upload(ledgerText([{ ...base, ...classOf(), academyCode: 'GD02' }]))
  const page = await desk.settled(location)
  expect(page).toContain('不是您所在的学院')
  expect(page).not.toContain(w.preview.importAll(1))
})

test.each([
  ['no form', (d: Desk) => rawPost(d, 'a=1', 'application/x-www-form-urlencoded'), 400, w.upload.faults.not_a_form],
  ['json', (d: Desk) => rawPost(d, '{}', 'application/json'), 400, w.upload.faults.not_a_form],
  [
    'a broken form',
    (d: Desk) => rawPost(d, '--b\r\nContent-Disp', 'multipart/form-data; boundary=b'),
    400,
    w.upload.faults.broken,
  ],
  ['no boundary', (d: Desk) => rawPost(d, 'x', 'multipart/form-data;'), 400, w.upload.faults.not_a_form],
  ['an empty file', (d: Desk) => d.upload(''), 400, w.upload.faults.empty],
  ['another field', (d: Desk) => formPost(d, [['files', 'a.csv', 'a']]), 400, w.upload.faults.other_fields],
  [
    'two files',
    (d: Desk) =>
      formPost(d, [
        ['file', 'a.csv', 'a'],
        ['file', 'b.csv', 'b'],
      ]),
    400,
    w.upload.faults.other_fields,
  ],
  ['no file', (d: Desk) => formPost(d, []), 400, w.upload.faults.no_file],
  [
    'a file that is too large',
    (d: Desk) => d.upload(new Uint8Array(LARGEST_UPLOAD + 1_000_000).fill(65)),
    413,
    w.upload.faults.too_large,
  ],
] as const)('%s is refused with a sentence, and nothing is kept', async (_, act, status, sentence) => {
  const before = stored()
  const answer = await act(desk)
  expect(answer.status).toBe(status)
  expect(answer.text).toContain(sentence)
  expect(answer.text).toContain('name="file"')
  expect(stored()).toEqual(before)
})

test.each([
  ['a program called .xlsx', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0]), 'NUL'],
  ['an old or encrypted workbook', Uint8Array.from(Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex')), '.xlsx'],
  ['an archive that is no workbook', Uint8Array.from(Buffer.from('504b0506'.padEnd(44, '0'), 'hex')), '.xlsx'],
  ['a text without a header', 'hello\nworld\n', '找不到表头'],
] as const)(
  '%s is read, its page says why it is no ledger and takes the next file, and nothing is kept',
  async (_, content, reason) => {
    const before = stored()
    const { status, location } = await desk.upload(content, '名册.xlsx')
    expect(status).toBe(303)
    const page = await desk.settled(location)
    for (const text of [reason, w.result.unreadable, 'name="file"', `action="${desk.page}"`])
      expect(page).toContain(text)
    expect(stored()).toEqual(before)
    expect((await desk.get()).text).toContain(w.states.unreadable)
    for (const intent of ['import', 'again', 'choose', 'header']) await desk.post(location, { intent, rows: 'all' })
    expect((await stateOf(location)).state).toBe('unreadable')
    expect((await desk.post(location, { intent: 'cancel' })).location).toBe(desk.page)
    expect((await desk.get()).text).not.toContain(w.states.unreadable)
  },
)

test('a file is read while the imports of others wait for one another', async () => {
  const letGo = await holdTurn()
  const one = await desk.upload(ledgerText(rowsOf(1, classOf())))
  while ((await stateOf(one.location)).state !== 'mapped' || (await stateOf(one.location)).attempts === 0)
    await sleep(20)
  const other = await desk.upload(`${OFFICE}${officeRow(1)}`, '名册.csv')
  expect(await desk.settled(other.location)).toContain(w.mapping.once)
  await letGo()
  await desk.settled(one.location)
})

test('a server that is killed before it has read a file leaves it received; the next one reads it', {
  timeout: 60_000,
}, async () => {
  const folder = filesFolder()
  const first = await startSite(db, { DATA_DIR: folder })
  const letGo = await holdReading()
  const { location } = await deskOf(first, 'GD01', cookie).upload(ledgerText(rowsOf(2, classOf())))
  const page = (await deskOf(first, 'GD01', cookie).get(location)).text
  for (const text of [w.progress.opening, w.progress.leaveReading, 'http-equiv="refresh"']) expect(page).toContain(text)
  expect((await desk.get()).text).toContain(w.states.received)
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  await letGo()
  expect(await stateOf(location)).toEqual({ state: 'received', attempts: 0 })
  const next = deskOf(await startSite(db, { DATA_DIR: folder }), 'GD01', cookie)
  expect(await next.settled(location)).toContain(w.preview.importAll(2))
})

/** Makes every upload from now on wait before it is read; until let go. */
async function holdReading(): Promise<() => Promise<void>> {
  await db.owner.unsafe(`
    create function hold_reading() returns trigger language plpgsql as $$ begin
      new.wait_until := now() + interval '1 hour'; return new; end $$;
    create trigger hold_reading before insert on ledger_upload for each row execute function hold_reading()`)
  return async () => {
    await db.owner`drop function hold_reading cascade`
    await db.owner`update ledger_upload set wait_until = null where state = 'received'`
  }
}

test('a body far over the limit is refused by its announced length', async () => {
  const response = await fetch(site.url + desk.page, {
    method: 'POST',
    headers: { cookie, 'content-type': 'multipart/form-data; boundary=b' },
    body: new Uint8Array(3 * LARGEST_UPLOAD),
  }).catch(() => null) // the server may close while the rest is still being sent
  expect(response?.status ?? 413).toBe(413)
  expect((await desk.get()).status).toBe(200)
})

test('without a session, from another site, or as another role, nothing of the body is kept', async () => {
  const before = stored()
  const form = () => {
    const data = new FormData()
    data.set('file', new File([ledgerText(rowsOf(1, classOf()))], 'a.csv'))
    return data
  }
  const url = site.url + desk.page
  const anonymous = await refused(url, { method: 'POST', redirect: 'manual', body: form() })
  expect(anonymous.location ?? '/sign-in').toContain('/sign-in')
  const foreign = await refused(url, {
    method: 'POST',
    headers: { cookie, origin: 'https://evil.example' },
    body: form(),
  })
  expect([403, null]).toContain(foreign.status)
  const other = await refused(site.url + desk.page, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: await administratorOf((await db.owner`select id from academy where code = 'GD02'`)[0]!.id) },
    body: form(),
  })
  expect([404, null]).toContain(other.status)
  expect(stored()).toEqual(before)
})

test('an upload of another academy does not exist, whatever is done to it', async () => {
  const { location } = await desk.upload(ledgerText(rowsOf(1, classOf())))
  await desk.settled(location)
  const theirs = location.replace('GD01', 'GD02')
  expect((await stranger.get(theirs)).status).toBe(404)
  for (const intent of ['import', 'cancel', 'again', 'choose'])
    expect((await stranger.post(theirs, { intent, rows: 'all' })).status).toBe(404)
  expect((await stranger.get(`${stranger.page}/no-such-id`)).status).toBe(404)
  expect((await stateOf(location)).state).toBe('previewed')
})

test('a double click imports once', async () => {
  const of = classOf()
  const { location } = await desk.upload(ledgerText(rowsOf(2, of)))
  await desk.settled(location)
  await Promise.all(Array.from({ length: 5 }, () => desk.post(location, { intent: 'import', rows: 'all' })))
  await desk.settled(location)
  expect((await desk.post(location, { intent: 'import', rows: 'all' })).status).toBe(303)
  const [row] = await db.owner`
    select count(*)::int as imports from ledger_import i where exists (
      select 1 from class c where c.import_id = i.id and c.code = ${of.classCode!})`
  expect(row!.imports).toBe(1)
  expect((await stateOf(location)).state).toBe('done')
})

test('undoing says what will go, takes it back once, and is refused where something was built on it', async () => {
  const of = classOf()
  const { location } = await desk.upload(ledgerText(rowsOf(2, of)))
  await desk.settled(location)
  await desk.post(location, { intent: 'import', rows: 'all' })
  const result = await desk.settled(location)
  const undo = /href="([^"]+\/undo)"/.exec(result)![1]!
  expect((await desk.get(undo)).text).toContain(w.undo.goes(1, 2, 0, 0))
  expect((await stranger.get(undo.replace('GD01', 'GD02'))).status).toBe(404)
  expect((await stranger.post(undo.replace('GD01', 'GD02'), { intent: 'undo' })).status).toBe(404)

  const more = await desk.upload(ledgerText(rowsOf(3, of)))
  await desk.settled(more.location)
  await desk.post(more.location, { intent: 'import', rows: 'all' })
  const later = /href="([^"]+\/undo)"/.exec(await desk.settled(more.location))![1]!
  const blocked = await desk.get(undo)
  expect(blocked.text).toContain(w.undo.blocked)
  expect(blocked.text).not.toContain(w.undo.confirm)
  expect((await desk.post(undo, { intent: 'undo' })).status).toBe(409)
  expect(await enrolments(of)).toBe(3)

  expect((await desk.post(later, { intent: 'undo' })).location).toBe(later)
  expect(await desk.settled(later)).toContain(w.undo.did(1, 0))
  expect((await desk.post(undo, { intent: 'undo' })).location).toBe(undo)
  expect(await desk.settled(undo)).toContain(w.undo.did(3, 0))
  expect(await enrolments(of)).toBe(0)
  const after = (await desk.get(location)).text
  expect(after).toContain('这次导入已在')
  for (const text of [w.result.done, w.result.undo]) expect(after).not.toContain(text)
  expect((await desk.post(undo, { intent: 'undo' })).status).toBe(409)
})

/** The undo page of an import of so many rows. */
async function imported(count: number, of: Cells): Promise<string> {
  const { location } = await desk.upload(ledgerText(rowsOf(count, of)))
  await desk.settled(location)
  await desk.post(location, { intent: 'import', rows: 'all' })
  return /href="([^"]+\/undo)"/.exec(await desk.settled(location))![1]!
}

const undoing = async (of: Cells) =>
  db.owner<{ state: string; attempts: number }[]>`
    select u.state, u.attempts from ledger_undo u join class c on c.import_id = u.import_id where c.code = ${of.classCode!}`

test('undoing goes on in the system when nobody looks, says that it waits, and a second click asks for nothing more', async () => {
  const of = classOf()
  const undo = await imported(2, of)
  const letGo = await holdTurn()
  const posts = await Promise.all(Array.from({ length: 5 }, () => desk.post(undo, { intent: 'undo' })))
  expect(posts.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
  const waiting = (await desk.get(undo)).text
  for (const text of [w.undo.running, w.undo.waiting, w.undo.leave]) expect(waiting).toContain(text)
  expect((await desk.get()).text).toContain(w.imports.undoing)
  expect(await enrolments(of)).toBe(2)
  await letGo()
  expect(await desk.settled(undo)).toContain(w.undo.did(3, 0))
  expect((await desk.get()).text).not.toContain(w.imports.undoing)
  expect(
    await db.owner`select count(*)::int from audit_event where kind = 'ledger.undone' and subject_id = ${undo.split('/').at(-2)!}`,
  ).toEqual([{ count: 1 }])
})

test('what is built on an import while its undoing waits stands in the way when its turn comes', async () => {
  const of = classOf()
  await imported(3, classOf())
  const undo = await imported(2, of)
  const letGo = await holdTurn()
  await desk.post(undo, { intent: 'undo' })
  await db.owner`insert into enrolment (academy_id, class_id, id, person_id, name, seat, created_at)
    select c.academy_id, c.id, gen_random_uuid(), e.person_id, '后来者', 'enrolled', now() from class c
    join enrolment e on e.class_id <> c.id where c.code = ${of.classCode!}
      and e.person_id not in (select o.person_id from enrolment o where o.class_id = c.id) limit 1`
  await letGo()
  expect(await desk.settled(undo)).toContain(w.undo.blocked)
  expect(await enrolments(of)).toBe(3)
  expect(await undoing(of)).toEqual([{ state: 'refused', attempts: 1 }])
})

test('a server that is killed in the middle of undoing leaves all of it; the next one undoes it', {
  timeout: 60_000,
}, async () => {
  const of = classOf()
  const undo = await imported(2, of)
  const first = await startSite(db)
  const letGo = await holdTurn()
  await deskOf(first, 'GD01', cookie).post(undo, { intent: 'undo' })
  while ((await undoing(of))[0]?.attempts !== 1) await sleep(20)
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  expect(await enrolments(of)).toBe(2)
  await letGo()
  expect(await desk.settled(undo)).toContain(w.undo.did(3, 0))
})

/** Keeps every import waiting, as a long one before it would: they take turns by this lock. */
async function holdTurn(): Promise<() => Promise<void>> {
  const held = await db.owner.reserve()
  await held`select pg_advisory_lock(hashtext('ledger'))`
  return async () => {
    await held`select pg_advisory_unlock(hashtext('ledger'))`
    held.release()
  }
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a server that is ended by %s in the middle of an import leaves nothing; the next one imports it once, and no server that lacks the file tries',
  { timeout: 60_000 },
  async (signal) => {
    const folder = filesFolder()
    const first = await startSite(db, { DATA_DIR: folder })
    const of = classOf()
    const before = deskOf(first, 'GD01', cookie)
    const { location } = await before.upload(ledgerText(rowsOf(4, of)))
    await before.settled(location)
    const letGo = await holdTurn()
    await before.post(location, { intent: 'import', rows: 'all' })
    while ((await stateOf(location)).attempts === 0) await sleep(20)
    expect((await before.get(location)).text).toContain(w.progress.importing)
    first.process.kill(signal)
    await once(first.process, 'exit')
    expect(await enrolments(of)).toBe(0)
    expect((await stateOf(location)).state).toBe('importing')
    await letGo()

    const next = deskOf(await startSite(db, { DATA_DIR: folder }), 'GD01', cookie)
    expect(await next.settled(location)).toContain(w.result.done)
    expect(await enrolments(of)).toBe(4)
    expect(readdirSync(join(folder, 'uploads'))).toEqual([])
  },
)

/** The status; null where the connection was closed while the body was still being sent: refused before it was read. */
async function refused(url: string, init: RequestInit): Promise<{ status: number | null; location: string | null }> {
  const response = await fetch(url, init).catch(() => null)
  return { status: response?.status ?? null, location: response?.headers.get('location') ?? null }
}

async function rawPost(d: Desk, body: string, type: string) {
  const response = await fetch(site.url + d.page, { method: 'POST', headers: { cookie, 'content-type': type }, body })
  return { status: response.status, text: await response.text() }
}

async function formPost(d: Desk, parts: readonly (readonly [string, string, string])[]) {
  const form = new FormData()
  form.set('note', 'x')
  for (const [name, file, text] of parts) form.append(name, new File([text], file))
  const response = await fetch(site.url + d.page, { method: 'POST', headers: { cookie }, body: form })
  return { status: response.status, text: await response.text() }
}
