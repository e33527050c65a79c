import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { LARGEST_DOCUMENT, MOST_DOCUMENTS } from '#app/features/classfile/parts.ts'
import { listStrays } from '#app/features/classfile/stray.server.ts'
import { classFileWords } from '#app/features/classfile/words.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime, setRuntime } from '#app/lib/runtime.server.ts'
import { words as uiWords } from '#app/ui/words.ts'
import {
  account,
  assessment,
  assessmentSitting,
  classFile,
  classSession,
  classStaff,
  sittingAssessor,
} from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { pdf, photograph, readZip } from '#tests/support/documents.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

const w = classFileWords['zh-CN']
const shown = uiWords['zh-CN']
let db: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let of: Awaited<ReturnType<typeof world.classOf>>
let base: string
let folder: string
const cookies: Record<string, string> = {}

beforeAll(async () => {
  db = await freshDatabase()
  world = trainingWorld(db)
  academy = await world.academy()
  of = await world.classOf(academy, { startsOn: '2026-03-07', endsOn: '2026-03-08', name: '低压电工/实操班' })
  base = `/academies/${academy.code}/classes/${of.id}/file`
  const staff = { admin: await world.staff('academy_admin', academy), head: await world.staff('instructor', academy) }
  await world.db.insert(classStaff).values({ academyId: academy.id, classId: of.id, accountId: staff.head.accountId })
  const foreign = await world.academy()
  const above = async (role: 'sponsor_reviewer' | 'provincial_handler', unionId: string | null) => {
    const id = newId()
    const login = { login: `a${id}`, passwordHash: 'none', displayName: '林合成', createdAt: new Date() }
    await world.db.insert(account).values({ id, role, unionId, ...login })
    return { accountId: id, role } as Viewer
  }
  const people: Record<string, Viewer> = {
    ...staff,
    sponsor: await above('sponsor_reviewer', academy.sponsorId),
    province: await above('provincial_handler', null),
    otherAdmin: await world.staff('academy_admin', foreign),
    otherTeacher: await world.staff('instructor', academy),
    otherSponsor: await above('sponsor_reviewer', foreign.sponsorId),
    worker: await world.worker({ isConfirmed: true }),
  }
  folder = temporaryFolder('class-file')
  site = await startSite(db, { DATA_DIR: folder })
  for (const [who, { accountId, role }] of Object.entries(people))
    cookies[who] = await signedIn({ id: accountId, role })
})

const get = (path: string, who = 'admin') =>
  fetch(site.url + path, { redirect: 'manual', headers: { cookie: cookies[who] ?? '' } })
const post = async (path: string, body: BodyInit, who = 'admin') => {
  const headers = { cookie: cookies[who] ?? '', origin: site.url, 'sec-fetch-site': 'same-origin' }
  const response = await fetch(site.url + path, { method: 'POST', redirect: 'manual', headers, body })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}
type Sent = [name: string, content: Buffer]
const upload = (part: string, files: Sent[], { who = 'admin', to = base } = {}) => {
  const form = new FormData()
  for (const [name, content] of files) form.append('file', new File([new Uint8Array(content)], name))
  return post(`${to}?part=${part}`, form, who)
}
const kept = () =>
  db.owner`select id, part, name, kind, bytes, digest from class_file where class_id = ${of.id} and removed_at is null order by id`
const clean = () => db.owner`delete from class_file where class_id = ${of.id}`
const documentPath = (id: string) => join(folder, 'class-files', id)
/** Every file that uploads left on the disk. */
const lying = () =>
  ['uploads', 'class-files'].flatMap((name) => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []))

test('documents are kept by what they are, below the data folder, readable by the server alone, pictures without their place', async () => {
  const before = lying().length
  const sent: Sent[] = [
    ['现场 01.jpeg', photograph(1)],
    ['只是叫做.png', photograph(2)],
  ]
  expect(await upload('photographs', sent, { who: 'head' })).toMatchObject({ status: 303, location: `${base}?saved=2` })
  const rows = await kept()
  expect(rows.map(({ part, name, kind }) => [part, name, kind])).toEqual([
    ['photographs', '现场 01.jpg', 'jpg'],
    ['photographs', '只是叫做.jpg', 'jpg'],
  ])
  expect(lying()).toHaveLength(before + 2)
  expect(statSync(documentPath(rows[0]!.id)).mode & 0o777).toBe(0o600)

  const shown = await get(`${base}/${rows[0]!.id}`, 'sponsor')
  const bytes = Buffer.from(await shown.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest()).toEqual(rows[0]!.digest)
  expect(bytes.includes('GPS')).toBe(false)
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  })
  expect(shown.headers.get('content-disposition')).toMatch(/^inline;/)
  expect((await upload('photographs', sent)).text).toContain(w.faults.same)
  expect(await kept()).toHaveLength(2)
  const [added] = await db.owner`select detail from audit_event where kind = 'class_file.added' order by at limit 1`
  expect(added?.detail).toMatchObject({ classId: of.id, part: 'photographs', kind: 'jpg' })
  expect(JSON.stringify(added?.detail)).not.toContain('现场')
})

test('what only is called a document is refused by name and the others of the form are kept; nothing of it stays', async () => {
  await clean()
  const before = lying().length
  const answer = await upload('papers', [
    ['试卷.pdf', Buffer.from('<html><script>alert(1)</script>')],
    ['program.pdf', Buffer.from('MZ\x90\0')],
    ['cut.pdf', Buffer.from('%PDF-1.4\n1 0 obj')],
    ['macro.docx', Buffer.from('PK\x03\x04 no directory')],
    ['nothing.pdf', Buffer.alloc(0)],
    ['好的.pdf', pdf()],
  ])
  expect(answer.status).toBe(400)
  for (const name of ['试卷.pdf', 'program.pdf', 'cut.pdf', 'macro.docx'])
    expect(answer.text).toContain(w.faultOf(name, w.faults.unknown_kind))
  expect(answer.text).toContain(w.faultOf('nothing.pdf', w.faults.empty))
  expect(answer.text).toContain(w.keptOnly(1))
  expect(answer.text).toContain(shown.errors(5))
  expect((await kept()).map(({ name }) => name)).toEqual(['好的.pdf'])
  expect(lying()).toHaveLength(before + 1)
})

test('a document over 20 MB, an eleventh of one form and the 201st of a class are refused', async () => {
  await clean()
  const large = await upload('papers', [['大.pdf', Buffer.alloc(LARGEST_DOCUMENT + 1, '%PDF-1.4')]])
  expect([large.status, large.text.includes(w.faultOf('大.pdf', w.faults.too_large))]).toEqual([400, true])
  const eleven = Array.from({ length: 11 }, (_, n): Sent => [`${n}.pdf`, pdf(String(n))])
  expect((await upload('papers', eleven)).text).toContain(w.form.other_fields)
  expect(await kept()).toEqual([])

  const row = { academyId: academy.id, classId: of.id, part: 'papers', name: 'a.pdf', kind: 'pdf', bytes: 1 }
  const by = { addedBy: newId(), addedAt: new Date() }
  const rows = Array.from({ length: MOST_DOCUMENTS }, (_, n) => ({
    ...{ ...row, ...by, id: newId(), digest: createHash('sha256').update(String(n)).digest() },
  }))
  await world.db.insert(classFile).values(rows.slice(1))
  expect((await upload('papers', [['last.pdf', pdf('last')]])).status).toBe(303)
  const full = await upload('papers', [['more.pdf', pdf('more')]])
  expect([full.status, full.text.includes(w.form.too_many)]).toEqual([409, true])
  await clean()
})

test('two who add to a class’s file at once do not pass its limit together', async () => {
  await clean()
  const row = { academyId: academy.id, classId: of.id, part: 'papers', name: 'a.pdf', kind: 'pdf', bytes: 1 }
  const rows = Array.from({ length: MOST_DOCUMENTS - 1 }, (_, n) => ({
    ...{ ...row, addedBy: newId(), addedAt: new Date(), id: newId() },
    digest: createHash('sha256').update(String(n)).digest(),
  }))
  await world.db.insert(classFile).values(rows)
  const five = (who: string) => Array.from({ length: 5 }, (_, n): Sent => [`${n}.pdf`, pdf(`${who} ${n}`)])
  const before = lying().length
  await Promise.all(['admin', 'head'].map((who) => upload('papers', five(who), { who })))
  expect(await kept()).toHaveLength(MOST_DOCUMENTS)
  expect(lying()).toHaveLength(before + 1)
  await clean()
})

test('a photographed sheet lies in its class’s file once, named after its session, and is ticked off without a script', async () => {
  const held = await world.classOf(academy, { startsOn: '2026-03-07', endsOn: '2030-03-08' })
  const worker = await world.enrolment(held, { name: '乙合成' })
  const meeting = { academyId: academy.id, classId: held.id, hours: 4, kind: 'practical' }
  const sessions = ['09:00', '14:00'].map((from) => ({
    id: newId(),
    startsAt: new Date(`2026-03-07T${from}:00+08:00`),
  }))
  const rows = sessions.map((one) => ({ ...one, ...meeting, endsAt: new Date(one.startsAt.getTime() + 3 * 3_600_000) }))
  await world.db.insert(classSession).values(rows)
  const [morning, afternoon] = sessions.map(({ id }) => `/academies/${academy.code}/manage/sessions/${id}`) as [
    string,
    string,
  ]
  const send = (to: string, files: Sent[], who?: string) => upload('', files, { to: `${to}/photos`, who })
  const filed = () => db.owner`select id, part, name from class_file where class_id = ${held.id}`

  expect(await (await get(`${morning}/paper`)).headers.get('location')).toBe(`${morning}/photos`)
  const refused = await send(morning, [['签到表.pdf', pdf()]])
  expect([refused.status, refused.text.includes(w.faultOf('签到表.pdf', w.faults.no_picture))]).toEqual([400, true])
  const sheet: Sent[] = [['IMG_2031.jpg', photograph(7)]]
  expect((await send(morning, sheet, 'otherTeacher')).status).toBe(404)
  expect(await send(morning, sheet)).toMatchObject({ status: 303, location: `${morning}/paper?added=1` })
  expect((await send(morning, sheet)).status).toBe(303)
  expect((await send(afternoon, sheet)).status).toBe(303)
  const [photo, ...others] = await filed()
  expect([photo?.part, photo?.name, others]).toEqual(['sign_in', '2026-03-07 0900 签到表.jpg', []])

  const page = await (await get(`${morning}/paper`)).text()
  expect(page).toContain(`src="/academies/${academy.code}/classes/${held.id}/file/${photo?.id}"`)
  const fields = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"[^>]*>/g)]
  const form = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))
  expect(form.get(`tick.${worker.id}`)).toBe('yes')
  form.delete(`mark.${worker.id}`)
  form.delete('others')
  expect(await post(`${morning}/paper`, form)).toMatchObject({ status: 303, location: `${morning}?saved=1` })
  expect(await post(`${morning}/paper`, form)).toMatchObject({ status: 303, location: `${morning}?saved=1` })
  expect(await (await get(morning)).text()).toContain(`/file/${photo?.id}`)
})

test('the class’s own people keep its file, its sponsor and the province read it, nobody else sees that there is one', async () => {
  await clean()
  expect((await upload('notice', [['通知.pdf', pdf()]])).status).toBe(303)
  const [{ id } = { id: '' }] = await kept()
  const reads = async (who: string) =>
    Promise.all(
      [base, `${base}/zip`, `${base}/${id}`, `${base}/made/scores`].map(async (path) => (await get(path, who)).status),
    )
  for (const who of ['admin', 'head', 'sponsor', 'province'])
    expect(await reads(who), who).toEqual([200, 200, 200, 200])
  for (const who of ['otherAdmin', 'otherTeacher', 'otherSponsor', 'worker'])
    expect(await reads(who), who).toEqual([404, 404, 404, 404])
  const foreign = `/academies/${academy.code}/classes/${newId()}/file`
  for (const who of ['sponsor', 'province', 'otherAdmin', 'otherTeacher', 'worker']) {
    expect((await upload('notice', [['x.pdf', pdf(who)]], { who })).status, who).toBe(404)
    expect((await post(`${base}/${id}/remove`, new URLSearchParams({ reason: '不要了' }), who)).status, who).toBe(404)
  }
  expect((await upload('notice', [['x.pdf', pdf('x')]], { to: foreign })).status).toBe(404)
  expect((await upload('scores', [['x.pdf', pdf('x')]])).status).toBe(404) // the system makes it alone
  expect(await kept()).toHaveLength(1)
  expect(await (await get(base, 'sponsor')).text()).not.toContain('type="file"')
  const page = base.replace(/\/file$/, '')
  const leads = async (who: string) => (await (await get(page, who)).text()).includes(`href="${base}"`)
  expect([await leads('sponsor'), await leads('province')]).toEqual([true, true])
  expect([await leads('otherSponsor'), await leads('worker'), await leads('nobody')]).toEqual([false, false, false])
})

test('a document is removed with a reason: its bytes go, who did it and why stays', async () => {
  await clean()
  await upload('papers', [['错的.pdf', pdf('wrong')]])
  const [{ id } = { id: '' }] = await kept()
  const remove = (reason: string) => post(`${base}/${id}/remove`, new URLSearchParams({ reason }), 'head')
  const bare = await remove('。')
  expect([bare.status, bare.text.includes(w.removing.faults.reason_needed)]).toEqual([400, true])
  expect(await remove('传错了班')).toMatchObject({ status: 303, location: `${base}?saved=removed` })
  expect(existsSync(documentPath(id))).toBe(false)
  expect((await get(`${base}/${id}`)).status).toBe(404)
  expect((await remove('传错了班')).status).toBe(404)
  expect(await (await get(base)).text()).toContain('传错了班')
  const [event] = await db.owner`select detail from audit_event where kind = 'class_file.removed'`
  expect(event?.detail).toMatchObject({ part: 'papers', reason: '传错了班' })
})

test('the class’s own people say why there is none of a part, and take it back; it is not missing meanwhile', async () => {
  await clean()
  const part = `${base}/none/photographs`
  const say = (fields: Record<string, string>, who = 'head') => post(part, new URLSearchParams(fields), who)
  const bare = await say({ intent: 'say', reason: '。' })
  expect([bare.status, bare.text.includes(w.none.faults.reason_needed)]).toEqual([400, true])
  expect((await say({ intent: 'say', reason: '不许拍照' }, 'sponsor')).status).toBe(404)
  expect((await say({ intent: 'say', reason: '不许拍照' }, 'otherTeacher')).status).toBe(404)
  expect((await post(`${base}/none/scores`, new URLSearchParams({ intent: 'say', reason: '没有' }))).status).toBe(404)
  for (const reason of ['保密车间，不许拍照', '又说一次'])
    expect((await say({ intent: 'say', reason })).status).toBe(303)
  expect(await (await get(base, 'sponsor')).text()).toContain('保密车间，不许拍照')
  expect(await (await get(base, 'sponsor')).text()).not.toContain('又说一次')
  expect((await say({ intent: 'back' })).status).toBe(303)
  expect(await (await get(base)).text()).not.toContain('保密车间，不许拍照')
  const rows = await db.owner`select because, ended_at from class_file_none where class_id = ${of.id}`
  expect(rows.map(({ because, ended_at }) => [because, ended_at !== null])).toEqual([['保密车间，不许拍照', true]])
})

test('bytes that belong to nothing go once an hour has passed, those of a document stay', async () => {
  await clean()
  await upload('papers', [['好的.pdf', pdf('kept')]])
  await upload('papers', [['要删的.pdf', pdf('gone')]])
  const [{ id: keptId } = { id: '' }, { id: goneId } = { id: '' }] = await kept()
  await db.owner`update class_file set removed_at = now(), removed_by = added_by, removed_because = '停电' where id = ${goneId}`
  const strayId = newId()
  writeFileSync(documentPath(strayId), 'left by a killed process')
  setRuntime({ ...runtime(), env: { ...runtime().env, dataDir: folder } })
  const strays = async (now: number) => {
    const ids = await listStrays(new Date(now))
    return ids.filter((id) => [keptId, goneId, strayId].includes(id)).sort()
  }
  expect(await strays(Date.now())).toEqual([])
  expect(await strays(Date.now() + 3_601_000)).toEqual([goneId, strayId].sort())
})

test('one zip is made at a time for each account; whoever asked for several has one and may ask again', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => get(`${base}/zip`, 'sponsor')))
  const statuses = answers.map(({ status }) => status)
  await Promise.all(answers.map((answer) => answer.arrayBuffer()))
  expect(statuses).toContain(200)
  expect(statuses).toContain(429)
  expect((await get(`${base}/zip`, 'sponsor')).status).toBe(200)
})

test('the whole file is one zip in a fixed order, numbered, with Chinese names, the tables of the system and what was added', async () => {
  await clean()
  const session = { academyId: academy.id, classId: of.id, id: newId(), hours: 4, kind: 'practical', topic: '验电' }
  const [startsAt, endsAt] = [new Date('2026-03-07T09:00:00+08:00'), new Date('2026-03-07T12:00:00+08:00')]
  await world.db.insert(classSession).values({ ...session, startsAt, endsAt })
  const planned = { academyId: academy.id, classId: of.id, id: newId(), part: 'theory', place: '市鉴定中心' }
  const [from, to] = [new Date('2026-03-09T09:00:00+08:00'), new Date('2026-03-09T10:30:00+08:00')]
  await world.db.insert(assessmentSitting).values({ ...planned, startsAt: from, endsAt: to })
  const assessor = { academyId: academy.id, classId: of.id, sittingId: planned.id, id: newId() }
  await world.db.insert(sittingAssessor).values({ ...assessor, name: '何合成', body: '市评价中心' })
  const worker = await world.enrolment(of, { name: '甲合成' })
  const sat = { enrolmentId: worker.id, assessedOn: '2026-03-09', result: 'failed', theoryScore: 59.5 }
  await world.db.insert(assessment).values({ academyId: academy.id, id: newId(), ...sat, createdAt: new Date() })
  await upload('papers', [['b.pdf', pdf('b')]])
  await upload('papers', [['a.pdf', pdf('a')]])
  await upload('notice', [['通知.pdf', pdf('n')]])
  const answer = await get(`${base}/zip`, 'province')
  expect(answer.headers.get('content-disposition')).toContain(
    encodeURIComponent(`${of.code} 低压电工 实操班 一班一档.zip`),
  )
  const files = readZip(Buffer.from(await answer.arrayBuffer()))
  const root = `${of.code} 低压电工 实操班`
  expect([...files.keys()]).toEqual(
    [
      '00-目录.xlsx',
      '01-开班通知/01-通知.pdf',
      '02-课程表/00-课程表.xlsx',
      '03-签到表/00-考勤汇总.xlsx',
      '05-试卷/01-b.pdf',
      '05-试卷/02-a.pdf',
      '06-成绩册/00-成绩册.xlsx',
      '07-证书领取表/00-证书领取表.xlsx',
    ].map((name) => `${root}/${name}`),
  )
  expect(files.get(`${root}/05-试卷/01-b.pdf`)).toEqual(pdf('b'))
  const sheet = (name: string) =>
    readZip(files.get(`${root}/${name}`)!)
      .get('xl/worksheets/sheet1.xml')!
      .toString()
  expect(sheet('06-成绩册/00-成绩册.xlsx')).toMatch(/甲合成[\s\S]*59\.5[\s\S]*不合格/)
  expect(sheet('02-课程表/00-课程表.xlsx')).toMatch(
    /验电[\s\S]*2026-03-09[\s\S]*09:00—10:30[\s\S]*理论考核[\s\S]*市鉴定中心[\s\S]*考评员：何合成（市评价中心）/,
  )
  expect(sheet('03-签到表/00-考勤汇总.xlsx')).toContain('未标记')
  expect(sheet('03-签到表/00-考勤汇总.xlsx')).not.toContain('还没上')
  expect(sheet('00-目录.xlsx')).toContain(createHash('sha256').update(pdf('b')).digest('hex'))
  expect(sheet('00-目录.xlsx')).toContain('缺：1次课还没有完成点名')
  const [taken] =
    await db.owner`select detail from audit_event where kind = 'class_file.taken' order by at desc limit 1`
  expect(taken?.detail).toMatchObject({ classId: of.id, files: 8 })
  expect(await (await get(`/academies/${academy.code}/manage/classes/${of.id}`)).text()).toContain('存档材料还缺2项')
})

test('a table of attendance says of a session that is still to come that it was not held yet, never that nobody was marked', async () => {
  const ahead = await world.classOf(academy, { startsOn: '2099-03-07', endsOn: '2099-03-08' })
  const session = { academyId: academy.id, classId: ahead.id, id: newId(), hours: 4, kind: 'practical' }
  const [startsAt, endsAt] = [new Date('2099-03-07T09:00:00+08:00'), new Date('2099-03-07T12:00:00+08:00')]
  await world.db.insert(classSession).values({ ...session, startsAt, endsAt })
  await world.enrolment(ahead, { name: '甲合成' })
  const answer = await get(`/academies/${academy.code}/classes/${ahead.id}/file/made/sign_in`)
  const sheet = readZip(Buffer.from(await answer.arrayBuffer()))
    .get('xl/worksheets/sheet1.xml')!
    .toString()
  expect(sheet).toContain('还没上')
  expect(sheet).not.toContain('未标记')
})
