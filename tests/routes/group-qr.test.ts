import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { classFileWords } from '#app/features/classfile/words.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { classFile } from '#db/schema/index.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { pdf, photograph } from '#tests/support/documents.ts'
import { temporaryFolder } from '#tests/support/folder.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

const { group: w } = classFileWords['zh-CN']
let site: Site
let world: ReturnType<typeof trainingWorld>
let of: Awaited<ReturnType<typeof world.classOf>>
let page: string
let folder: string
const cookies: Record<string, string> = {}

beforeAll(async () => {
  const db = await freshDatabase()
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  const academy = await world.academy()
  of = await world.classOf(academy)
  page = `/academies/${academy.code}/classes/${of.id}`
  const inside = await world.worker({ isConfirmed: true })
  const waiting = await world.worker({ isConfirmed: true })
  await world.enrolment(of, { accountId: inside.accountId, personId: inside.personId ?? undefined })
  await world.enrolment(of, {
    accountId: waiting.accountId,
    seat: 'requested',
    lineNumber: 1,
    answerDueAt: new Date('2030-01-01'),
  })
  const people: Record<string, Viewer> = {
    ...{ inside, waiting, outside: await world.worker({ isConfirmed: true }) },
    admin: await world.staff('academy_admin', academy),
    otherAdmin: await world.staff('academy_admin', await world.academy()),
  }
  folder = temporaryFolder('group-qr')
  site = await startSite(db, { DATA_DIR: folder })
  for (const [who, { accountId, role }] of Object.entries(people))
    cookies[who] = await signedIn({ id: accountId, role })
})

const get = (path: string, who = 'admin') =>
  fetch(site.url + path, { redirect: 'manual', headers: { cookie: cookies[who] ?? '' } })
const send = async (path: string, body: BodyInit, who = 'admin') => {
  const headers = { cookie: cookies[who] ?? '', origin: site.url, 'sec-fetch-site': 'same-origin' }
  const response = await fetch(site.url + path, { method: 'POST', redirect: 'manual', headers, body })
  return { status: response.status, text: await response.text() }
}
const upload = (content: Buffer, who = 'admin') => {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(content)], 'qr.jpg'))
  return send(`${page}/group`, form, who)
}
const rows = () => world.db.select().from(classFile)
const kept = () => readdirSync(join(folder, 'class-files'))

test('the code of a class’s group is seen by who sits in it and who runs it, and by nobody else', async () => {
  expect((await upload(photograph(1))).status).toBe(303)
  for (const who of ['inside', 'admin']) {
    const picture = await get(`${page}/group/picture`, who)
    expect(picture.status, who).toBe(200)
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(picture.headers.get('content-security-policy')).toContain('sandbox')
  }
  for (const who of ['waiting', 'outside', 'otherAdmin'])
    expect((await get(`${page}/group/picture`, who)).status, who).toBe(404)
  expect(await (await get(page, 'inside')).text()).toContain(w.howTo)
  for (const who of ['waiting', 'outside']) expect(await (await get(page, who)).text()).not.toContain(w.howTo)
})

test('what is no picture is refused, whatever it is called, and nothing is kept of it', async () => {
  const before = kept()
  const answer = await upload(pdf())
  expect(answer.status).toBe(400)
  expect(answer.text).toContain(w.faults.no_picture)
  expect((await upload(Buffer.alloc(3_000_001, 1))).status).toBe(400)
  expect(kept()).toEqual(before)
})

test('another code takes the place of the first, whose bytes go; taken down, no worker sees one', async () => {
  const [first] = (await rows()).filter(({ removedAt }) => removedAt === null)
  expect((await upload(photograph(2))).status).toBe(303)
  const there = (await rows()).filter(({ removedAt }) => removedAt === null)
  expect(there).toHaveLength(1)
  expect(there[0]!.id).not.toBe(first!.id)
  expect(existsSync(join(folder, 'class-files', first!.id))).toBe(false)
  expect((await send(`${page}/group/picture`, new URLSearchParams({}), 'inside')).status).toBe(404)
  expect((await send(`${page}/group/picture`, new URLSearchParams({}))).status).toBe(303)
  expect((await get(`${page}/group/picture`, 'inside')).status).toBe(404)
  expect(kept()).toEqual([])
})

test('the code lies in no part of the class’s file', async () => {
  await upload(photograph(3))
  expect(await (await get(`${page}/file`)).text()).not.toContain(w.title)
})
