import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { materialDeskWords } from '#app/features/materials/desk-words.ts'
import { removeDueMaterials } from '#app/features/materials/due-materials.server.ts'
import { LARGEST_FILE } from '#app/features/materials/rules.ts'
import { materialWords } from '#app/features/materials/words.ts'
import { requirementWords } from '#app/features/training/requirement-words.ts'
import { addDays, shanghaiDate } from '#app/lib/calendar.ts'
import { newId } from '#app/lib/ids.ts'
import { runtime } from '#app/lib/runtime.server.ts'
import { account, classRequirement, classStaff } from '#db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { pdf, photograph } from '#tests/support/documents.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

const { faults, own } = materialWords['zh-CN']
const w = materialDeskWords['zh-CN']
const startsOn = addDays(shanghaiDate(new Date()), 10)
let db: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
let of: Awaited<ReturnType<typeof world.classOf>>
let folder: string
let enrolmentId: string
let [base, manage] = ['', '']
const needs: Record<'photo' | 'earlier_certificate' | 'other', string> = {
  ...{ photo: newId(), earlier_certificate: newId(), other: newId() },
}
const cookies: Record<string, string> = {}

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  world = trainingWorld(db)
  academy = await world.academy()
  of = await world.classOf(academy, { startsOn, endsOn: addDays(startsOn, 1), name: '低压电工实操班' })
  base = `/academies/${academy.code}/classes/${of.id}/materials`
  manage = `/academies/${academy.code}/manage/classes/${of.id}/materials`
  const row = { academyId: academy.id, classId: of.id }
  await world.db.insert(classRequirement).values([
    { ...row, id: needs.photo, kind: 'photo' },
    { ...row, id: needs.earlier_certificate, kind: 'earlier_certificate' },
    { ...row, id: needs.other, kind: 'other', name: '体检表' },
  ])
  const worker = await world.worker({ name: '张合成' })
  const mate = await world.worker()
  enrolmentId = (await world.enrolment(of, { accountId: worker.accountId, name: '张合成' })).id
  await world.enrolment(of, { accountId: mate.accountId })
  const foreign = await world.academy()
  const teacher = await world.staff('instructor', academy)
  const head = await world.staff('instructor', academy)
  await world.db.insert(classStaff).values([
    { ...row, accountId: teacher.accountId },
    { ...row, accountId: head.accountId, role: 'head' },
  ])
  const people: Record<string, Viewer> = {
    ...{ worker, mate, teacher, head, stranger: await world.worker() },
    admin: await world.staff('academy_admin', academy),
    otherAdmin: await world.staff('academy_admin', foreign),
  }
  const sponsor = { id: newId(), role: 'sponsor_reviewer', unionId: academy.sponsorId } as const
  const login = { login: `a${sponsor.id}`, passwordHash: 'none', displayName: '林合成', createdAt: new Date() }
  await world.db.insert(account).values({ ...sponsor, ...login })
  cookies.sponsor = await signedIn(sponsor)
  folder = temporaryFolder('materials')
  runtime().env.dataDir = folder // for the job, which the test runs itself
  site = await startSite(db, { DATA_DIR: folder })
  for (const [who, { accountId, role }] of Object.entries(people))
    cookies[who] = await signedIn({ id: accountId, role })
})

beforeEach(async () => {
  await db.owner`update enrolment set seat = 'enrolled' where id = ${enrolmentId}`
  await db.owner`delete from material`
  await db.owner`update material_file set drop_at = now() - interval '1 second'`
  await removeDueMaterials(new Date())
})

const get = (path: string, who = 'worker') =>
  fetch(site.url + path, { redirect: 'manual', headers: { cookie: cookies[who] ?? '' } })
const post = async (path: string, body: BodyInit, who: string) => {
  const headers = { cookie: cookies[who] ?? '', origin: site.url, 'sec-fetch-site': 'same-origin' }
  const response = await fetch(site.url + path, { method: 'POST', redirect: 'manual', headers, body })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}
type Kind = keyof typeof needs
const send = (kind: Kind, files: Buffer[], { who = 'worker', said = {} as Record<string, string> } = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(said)) form.append(name, value)
  for (const file of files) form.append('file', new File([new Uint8Array(file)], '张合成 440308199001011234.jpg'))
  return post(`${base}?of=${needs[kind]}`, form, who)
}
const act = (intent: string, chosen: string[], reason = '') => {
  const form = new URLSearchParams({ intent, reason })
  for (const id of chosen) form.append('chosen', id)
  return post(manage, form, 'admin')
}
const materials = () => db.owner`select * from material order by handed_at`
const fileIds = async (kind: Kind) => {
  const rows =
    await db.owner`select id from material_file where requirement_id = ${needs[kind]} and drop_at is null order by id`
  return rows.map((row): string => row.id)
}
const lying = () =>
  ['uploads', 'materials'].flatMap((name) => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []))

test('what is handed in is kept sealed, without the place of a picture and the name that it had, and opens for its worker', async () => {
  expect(await send('photo', [photograph()])).toMatchObject({ status: 303, location: `${base}?saved=${needs.photo}` })
  const [id = ''] = await fileIds('photo')
  const path = join(folder, 'materials', id)
  expect(lying()).toEqual([id])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readFileSync(path).includes('JFIF') || readFileSync(path).includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(
    false,
  )
  const shown = await get(`${base}/${id}`)
  const bytes = Buffer.from(await shown.arrayBuffer())
  expect([bytes.subarray(0, 2).toString('hex'), bytes.includes('GPS')]).toEqual(['ffd8', false])
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  })
  expect(decodeURIComponent(shown.headers.get('content-disposition') ?? '')).toMatch(/^inline;.*张合成 一寸照片\.jpg$/)
  const [event] =
    await db.owner`select detail from audit_event where kind = 'material.handed_in' order by at desc limit 1`
  expect(event?.detail).toEqual({ classId: of.id, of: 'photo', files: 1 })
  const page = await (await get(base.replace('/materials', ''))).text()
  expect(page).toContain(own.lacking(2))
  expect(page).toContain(materialWords['zh-CN'].standings.handed_in)
})

test('hostile and unfit files are refused with words, whole forms at a time, and nothing of them stays', async () => {
  const refused = async (kind: Kind, files: Buffer[], reason: keyof typeof faults) => {
    const answer = await send(kind, files)
    expect([answer.status, answer.text.includes(faults[reason])], reason).toEqual([400, true])
  }
  await refused('other', [Buffer.from('<html><script>alert(1)</script>')], 'unknown_kind')
  await refused('other', [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')], 'unknown_kind')
  await refused('other', [Buffer.from('PK\x03\x04 macro')], 'unknown_kind')
  await refused('other', [photograph().subarray(0, 150)], 'unknown_kind')
  await refused('other', [pdf(), Buffer.from('MZ\x90\0')], 'unknown_kind')
  await refused('photo', [pdf()], 'unknown_kind')
  await refused('photo', [Buffer.alloc(0)], 'empty')
  await refused('photo', [], 'no_file')
  await refused('photo', [photograph(1), photograph(2)], 'too_many')
  await refused(
    'other',
    Array.from({ length: 5 }, (_, n) => pdf(String(n))),
    'too_many',
  )
  await refused('photo', [Buffer.alloc(LARGEST_FILE + 1, '\xff\xd8\xff', 'latin1')], 'too_large')
  const wrong = await send('earlier_certificate', [pdf()], { said: { number: '编号' } })
  expect([wrong.status, wrong.text.includes(faults.number)]).toEqual([400, true])
  expect([await materials(), lying()]).toEqual([[], []])
  expect(
    (
      await send(
        'other',
        Array.from({ length: 4 }, (_, n) => pdf(String(n))),
      )
    ).status,
  ).toBe(303)
})

test('a body that no form of a worker can have is refused before it is read', async () => {
  const answer = await post(`${base}?of=${needs.photo}`, Buffer.alloc(5 * LARGEST_FILE + 1), 'worker').catch(() => null)
  expect(answer?.status ?? 413).toBe(413)
})

test('a certificate’s number is kept sealed and shown masked, with its level', async () => {
  const number = 'T440308199001011234'
  await send('earlier_certificate', [photograph(), pdf()], { said: { level: 'l4', number: number.toLowerCase() } })
  const [row] = await materials()
  expect([row?.level, row?.number_sealed.includes(number)]).toEqual(['l4', false])
  const page = await (await get(manage, 'admin')).text()
  expect(page).toContain('T44030*********1234')
  expect(page).not.toContain(number)
})

test('it is replaced until it is accepted: the files before go, and what was looked at before is accepted by nobody', async () => {
  await send('photo', [photograph(1)])
  const [before] = await materials()
  await send('photo', [photograph(2)])
  const [after] = await materials()
  expect(after?.id).not.toBe(before?.id)
  expect(lying()).toEqual(await fileIds('photo'))
  expect((await act('accept', [before?.id])).location).toContain('n=0&left=1')
  expect((await act('accept', [after?.id])).location).toContain('n=1&left=0')
  const late = await send('photo', [photograph(3)])
  expect([late.status, late.text.includes(faults.accepted)]).toEqual([409, true])
  expect(lying()).toHaveLength(1)
})

test('what is sent back has a reason that its worker reads and is told of once; accepted by mistake it is sent back too', async () => {
  await send('photo', [photograph()])
  await send('other', [pdf()])
  const ids = (await materials()).map(({ id }): string => id)
  const bare = await act('refuse', ids, '。')
  expect([bare.status, bare.text.includes(w.refusals.reason_needed)]).toEqual([400, true])
  expect((await act('refuse', [])).text).toContain(w.refusals.none_chosen)
  await act('accept', ids)
  await act('refuse', ids, '照片不是白底，请重拍')
  const notices = await db.owner`select kind, detail from notice where subject_id in ${db.owner(ids)} order by at`
  expect(notices.map(({ kind }) => kind)).toEqual(['material.accepted', 'material.refused'])
  expect(notices[1]?.detail.title).toMatch(/^低压电工实操班 · (一寸照片、体检表|体检表、一寸照片)$/)
  const page = await (await get(base)).text()
  expect(page).toContain(own.refused('照片不是白底，请重拍'))
  await send('photo', [photograph(7)])
  const again = (await materials()).find(({ state }) => state === 'handed_in')
  await act('refuse', [again?.id], '还是不清楚')
  const [{ count } = { count: 0 }] =
    await db.owner`select count(*)::int from notice where kind = 'material.refused' and subject_id = ${again?.id}`
  expect(count).toBe(1)
})

test('only the worker, the class head and the academy’s administrators see what was handed in; each time staff open a file is recorded', async () => {
  await send('photo', [photograph()])
  const [id = ''] = await fileIds('photo')
  expect((await get(`${base}/${id}`)).status).toBe(200)
  for (const who of ['admin', 'head'])
    expect([(await get(manage, who)).status, (await get(`${manage}/${id}`, who)).status], who).toEqual([200, 200])
  expect(await (await get(manage, 'head')).text()).not.toContain('name="otherRequirements"')
  expect((await post(manage, new URLSearchParams({ intent: 'ask' }), 'head')).status).toBe(404)
  for (const who of ['mate', 'stranger', 'teacher', 'otherAdmin', 'sponsor', 'admin'])
    expect((await get(`${base}/${id}`, who)).status, who).toBe(404)
  for (const who of ['worker', 'mate', 'teacher', 'otherAdmin', 'sponsor'])
    expect([(await get(`${manage}/${id}`, who)).status, (await get(manage, who)).status], who).toEqual([404, 404])
  expect((await send('photo', [photograph()], { who: 'stranger' })).status).toBe(404)
  expect((await get(base, 'stranger')).status).toBe(404)
  const [opened] = await db.owner`select detail, subject_id from audit_event where kind = 'material.opened'`
  expect(opened).toEqual({ detail: { classId: of.id, of: 'photo' }, subject_id: enrolmentId })
  const [{ count } = { count: 0 }] =
    await db.owner`select count(*)::int from audit_event where kind = 'material.opened'`
  expect(count).toBe(2)
})

test('who waits in line hands in nothing yet, who gave the seat back nothing any more, and what was there is removed', async () => {
  await send('photo', [photograph()])
  await db.owner`update enrolment set seat = 'waitlisted', line_number = 1 where id = ${enrolmentId}`
  const waits = await send('photo', [photograph()])
  expect([waits.status, waits.text.includes(faults.over)]).toEqual([409, true])
  expect(await removeDueMaterials(new Date())).toBe(0)
  await db.owner`update enrolment set seat = 'withdrawn' where id = ${enrolmentId}`
  expect(await removeDueMaterials(new Date())).toBe(1)
  expect([await materials(), lying()]).toEqual([[], []])
})

test('it goes on the 181st day after the class, and a file that a killed process left goes an hour later', async () => {
  await send('photo', [photograph()])
  const day = (n: number) => new Date(`${addDays(of.endsOn, n)}T12:00:00+08:00`)
  expect(await removeDueMaterials(day(180))).toBe(0)
  expect(await removeDueMaterials(day(181))).toBe(1)
  await send('photo', [photograph()])
  await db.owner`delete from material`
  await db.owner`update material_file set drop_at = now() + interval '1 hour'`
  await removeDueMaterials(new Date())
  expect(lying()).toHaveLength(1)
  await removeDueMaterials(new Date(Date.now() + 3_700_000))
  expect(lying()).toEqual([])
})

test('an administrator says anew what the class needs; what is not needed any more goes, and a copy asks for the same', async () => {
  const q = requirementWords['zh-CN']
  const ask = (fields: [string, string][]) => post(manage, new URLSearchParams([['intent', 'ask'], ...fields]), 'admin')
  await send('other', [pdf()])
  const many = await ask([['otherRequirements', '一\n二']])
  expect([many.status, many.text.includes(q.fault), many.text.includes('一\n二')]).toEqual([400, true, true])
  const said: [string, string][] = [
    ['requirements', 'photo'],
    ['requirements', 'work_years'],
    ['otherRequirements', '学历证明'],
  ]
  expect((await ask(said)).location).toContain('said=asked&n=4')
  expect((await ask(said)).location).toContain('said=asked&n=0')
  expect(await removeDueMaterials(new Date())).toBe(1)
  expect((await send('other', [pdf()])).status).toBe(404)
  const page = await (await get(base.replace('/materials', ''))).text()
  expect(page).toContain('一寸照片、工龄证明、学历证明')
  const copy = await (await get(`/academies/${academy.code}/manage/classes/new?copy=${of.id}`, 'admin')).text()
  expect(copy).toMatch(/name="requirements"[^>]*checked[^>]*value="work_years"|value="work_years"[^>]*checked/)
  expect(copy).toContain('学历证明</textarea>')
  const [event] = await db.owner`select detail from audit_event where kind = 'class.requirements_changed'`
  expect(event?.detail).toEqual({ asked: ['work_years', 'other'], ended: ['earlier_certificate', 'other'] })
})
