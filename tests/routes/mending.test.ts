import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { indexOf, open, seal } from '#app/features/persons/vault.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { syntheticDocument } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let mending: ReturnType<typeof mendingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
const cookies = {} as Record<'handler' | 'reviewer' | 'admin' | 'stranger' | 'instructor', string>

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  world = trainingWorld(db)
  mending = mendingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  const cookieOf = ({ accountId, role }: Viewer) => signedIn({ id: accountId, role })
  cookies.handler = await cookieOf(await mending.official('provincial_handler'))
  cookies.reviewer = await cookieOf(await mending.official('provincial_reviewer'))
  cookies.admin = await cookieOf(await world.staff('academy_admin', academy))
  cookies.stranger = await cookieOf(await world.staff('academy_admin', await world.academy()))
  cookies.instructor = await cookieOf(await world.staff('instructor', academy))
  site = await startSite(db)
}, 60_000)

type Who = keyof typeof cookies
async function ask(who: Who | null, path: string, form?: Record<string, string>) {
  const headers: Record<string, string> = who ? { cookie: cookies[who] } : {}
  if (form) Object.assign(headers, { origin: site.url, 'sec-fetch-site': 'same-origin' })
  const body = form && new URLSearchParams(form)
  const response = await fetch(site.url + path, { method: form ? 'POST' : 'GET', redirect: 'manual', headers, body })
  return { status: response.status, to: response.headers.get('location'), text: await response.text() }
}
/** The hidden fields of a page's forms, as a browser would send them; the first of a name. */
function hidden(text: string, intent?: string): Record<string, string> {
  const forms = text.split('<form').slice(1)
  const form = forms.find((one) => (intent ? one.includes(`value="${intent}"`) : one.includes('name="was"'))) ?? ''
  const unescaped = (value: string) => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
  return Object.fromEntries(fields.map(([, name, value]) => [name!, unescaped(value!)]))
}

const classOf = () =>
  world.classOf(academy, {
    ...{ origin: 'ledger', capacity: null, mode: 'classroom', name: '焊工斑', plannedHours: 40 },
    ...{ startsOn: '2026-03-02', endsOn: '2026-03-06', enrolOpensAt: null, enrolClosesAt: null },
  })
const typed = {
  ...{ name: '焊工班', mode: 'classroom', occupationCode: '', startsOn: '2026-03-02', endsOn: '2026-03-06' },
  ...{ plannedHours: '40', plannedPracticalHours: '', reason: '名称抄错', intent: 'save' },
}

test('who may open the pages that mend: the academy its own classes, the handler everything, nobody else anything', async () => {
  const of = await classOf()
  const person = await world.person()
  await world.enrolment(of, { personId: person.id })
  const roster = `/academies/${academy.code}/manage/classes/${of.id}`
  const paths = [`${roster}/mend`, `${roster}/assessed-on`, `/persons/${person.id}/mend`, `/persons/${person.id}/merge`]
  const statuses = async (who: Who | null) => Promise.all(paths.map(async (path) => (await ask(who, path)).status))
  expect(await statuses('handler')).toEqual([200, 200, 200, 200])
  expect(await statuses('admin')).toEqual([200, 404, 404, 404])
  for (const who of ['reviewer', 'stranger', 'instructor'] as const)
    expect(await statuses(who)).toEqual([404, 404, 404, 404])
  expect(new Set(await statuses(null))).toEqual(new Set([303]))
  expect((await ask('admin', roster)).text).toContain(`${roster}/mend`)
})

test('a class is mended with a reason; the second click says so, the stale form is refused, the history tells it', async () => {
  const of = await classOf()
  const path = `/academies/${academy.code}/manage/classes/${of.id}/mend`
  const opened = await ask('admin', path)
  const { was } = hidden(opened.text) as { was: string }
  expect((await ask('admin', path, { ...typed, was, reason: '' })).status).toBe(400)
  const preview = await ask('admin', path, { ...typed, was, intent: 'preview', plannedHours: '50' })
  expect([preview.status, preview.text.includes('更正后的影响')]).toEqual([200, true])
  expect(await ask('admin', path, { ...typed, was })).toMatchObject({ status: 303, to: `${path}?done=saved` })
  expect(await ask('admin', path, { ...typed, was })).toMatchObject({ status: 303, to: `${path}?done=already` })
  const stale = await ask('handler', path, { ...typed, was, name: '别的名称' })
  expect([stale.status, stale.text.includes('刚才已被别人改动')]).toEqual([409, true])
  const { text } = await ask('handler', path)
  expect(text).toContain('焊工斑 → 焊工班')
  expect(text).toContain('名称抄错')
  expect(text).toContain('何合成')
})

test('what is recorded keeps its class: the refusal says how many and what would do, and keeps what was typed', async () => {
  const of = await classOf()
  await world.enrolment(of, { hoursAttended: 36.5, creditedOn: '2026-03-06' })
  const path = `/academies/${academy.code}/manage/classes/${of.id}/mend`
  const { was } = hidden((await ask('admin', path)).text) as { was: string }
  const { status, text } = await ask('admin', path, { ...typed, was, plannedHours: '36' })
  expect(status).toBe(400)
  expect(text).toContain('不能少于36.5')
  expect(text).toContain('value="焊工班"')
})

test('a class run here is edited by its academy on a page of its own; the handler mends it, and those with a place read what changed', async () => {
  const of = await world.classOf(academy, { startsOn: '2027-01-04', endsOn: '2027-01-05' })
  const [base, mend] = [`/academies/${academy.code}/manage/classes/${of.id}`, 'mend']
  expect(await ask('admin', `${base}/${mend}`)).toMatchObject({ status: 302, to: `${base}/edit` })
  for (const who of ['handler', 'stranger', 'instructor'] as const)
    expect((await ask(who, `${base}/edit`)).status).toBe(404)
  const opened = await ask('admin', `${base}/edit`)
  expect(opened.status).toBe(200)
  expect(opened.text).toMatch(/name="capacity"[^>]*value="30"/)
  expect(opened.text).not.toContain('name="sessions[0].date"')
  const form = {
    ...hidden(opened.text, 'save'),
    ...{ intent: 'save', code: of.code, name: of.name, mode: 'practical', occupationCode: '' },
    ...{ startsOn: of.startsOn, endsOn: of.endsOn, plannedHours: '16', capacity: '30' },
    ...{ siteName: '实训楼', siteAddress: '示例路1号', lunch: '自理' },
  }
  const without = await ask('admin', `${base}/edit`, form)
  expect([without.status, without.text.includes('请写明更正原因')]).toEqual([409, true])
  const again = { ...form, ...hidden(without.text, 'save'), reason: '食堂检修' }
  expect(await ask('admin', `${base}/edit`, again)).toMatchObject({ status: 303, to: `${base}/edit?saved` })
  const { text } = await ask(null, `/academies/${academy.code}/classes/${of.id}`)
  for (const said of ['发布后的变动', '午餐：未说明 → 自理', '食堂检修', '学院管理员']) expect(text).toContain(said)
  expect((await ask('admin', `${base}/edit`)).text).toContain('何合成')
})

test('a draft is deleted from its page', async () => {
  const of = await world.classOf(academy, { status: 'draft' })
  const base = `/academies/${academy.code}/manage/classes`
  const path = `${base}/${of.id}/edit`
  expect((await ask('admin', path)).text).toContain('删除这个草稿')
  expect(await ask('admin', path, { intent: 'delete' })).toMatchObject({ status: 303, to: `${base}?deleted` })
  expect((await ask('admin', `${base}?deleted`)).text).toContain('草稿已删除')
  expect((await ask('admin', path)).status).toBe(404)
})

test('the handler mends a date of assessment from the person’s page', async () => {
  const of = await classOf()
  const person = await world.person()
  const enrolled = await world.enrolment(of, { personId: person.id, hoursAttended: 40, creditedOn: '2026-03-06' })
  const { id } = await mending.assessment(enrolled, { assessedOn: '2026-03-07' })
  const path = `/academies/${academy.code}/manage/classes/${of.id}/assessed-on`
  expect((await ask('handler', `/persons/${person.id}/mend`)).text).toContain(`${path}?attempt=${id}`)
  const fields = hidden((await ask('handler', `${path}?attempt=${id}`)).text)
  const form = { ...fields, to: '2026-03-08', reason: '日期录错' }
  expect((await ask('admin', `${path}?attempt=${id}`, form)).status).toBe(404)
  const early = await ask('handler', `${path}?attempt=${id}`, { ...form, to: '2026-03-01' })
  expect([early.status, early.text.includes('不能早于开班日期2026-03-02')]).toEqual([400, true])
  expect(await ask('handler', `${path}?attempt=${id}`, form)).toMatchObject({ to: `${path}?on=2026-03-08&moved=1` })
  expect(await ask('handler', `${path}?attempt=${id}`, form)).toMatchObject({ to: `${path}?on=2026-03-08&moved=0` })
  expect((await ask('handler', path)).text).toContain('考核日期由2026-03-07改为2026-03-08，1人')
})

test('a document is mended without ever coming back; another’s leads to the merge, which asks for a typed confirmation', async () => {
  const of = await classOf()
  const [kept, other] = [await world.person(), await world.person()]
  await world.enrolment(of, { personId: kept.id })
  const moving = await world.enrolment(await classOf(), { personId: other.id })
  const path = `/persons/${kept.id}/mend`
  const { was } = hidden((await ask('handler', path)).text, 'document') as { was: string }
  const form = { intent: 'document', documentType: 'resident_id', was, reason: '以身份证为准' }
  const taken = await ask('handler', path, { ...form, documentNumber: other.document })
  expect(taken.status).toBe(409)
  expect(taken.text).toContain(`/persons/${kept.id}/merge?with=${other.id}`)
  expect(taken.text).not.toContain(other.document)
  const wrong = await ask('handler', path, { ...form, documentNumber: `${other.document.slice(0, 17)}?` })
  expect([wrong.status, wrong.text.includes(other.document.slice(0, 17))]).toEqual([400, false])

  const merge = `/persons/${kept.id}/merge?with=${other.id}`
  const found = { intent: 'find', documentType: 'resident_id', documentNumber: other.document }
  expect(await ask('handler', `/persons/${kept.id}/merge`, found)).toMatchObject({ status: 303, to: merge })
  const plan = hidden((await ask('handler', merge)).text)
  const yes = { ...plan, intent: 'merge', confirm: other.document.slice(-4), reason: '同一人' }
  expect((await ask('reviewer', merge, yes)).status).toBe(404)
  expect((await ask('handler', merge, { ...yes, confirm: '' })).status).toBe(400)
  expect(await ask('handler', merge, yes)).toMatchObject({ status: 303, to: `${path}?done=merged` })
  expect(await ask('handler', merge, yes)).toMatchObject({ status: 303, to: `${path}?done=already` })
  const [row] = await db.owner`select person_id from enrolment where id = ${moving.id}`
  expect(row?.person_id).toBe(kept.id)
  expect((await ask('handler', `/persons/${other.id}/mend`)).text).toContain('这份档案已并入另一份')

  const right = syntheticDocument(870_001)
  const mark = hidden((await ask('handler', path)).text, 'document').was!
  expect(await ask('handler', path, { ...form, was: mark, documentNumber: right })).toMatchObject({
    to: `${path}?done=document`,
  })
  const shown = (await ask('handler', path)).text
  expect(shown).toContain(`990***********${right.slice(-4)}`)
  expect(shown).not.toContain(right)
  expect(shown).toContain('更正证件，原为')
})

test('a licence is asked about once its holder’s document was mended, and only the handler’s reason puts the new one into it', async () => {
  const person = await world.person()
  const enrolled = await world.enrolment(await classOf(), { personId: person.id, creditedOn: '2026-03-06' })
  const number = `T${person.document}`
  const given = { type: 'special_operation', workItem: '焊接与热切割作业', numberIndex: indexOf('certificate', number) }
  const { id } = await mending.certificate(await mending.assessment(enrolled), given)
  await db.owner`update certificate set number_sealed = ${seal('certificate.number', id, number)} where id = ${id}`
  const path = `/persons/${person.id}/mend`
  const opened = (await ask('handler', path)).text
  expect([opened.includes(given.workItem), opened.includes('value="licences"')]).toEqual([true, false])

  const right = syntheticDocument(870_002)
  const { was } = hidden(opened, 'document') as { was: string }
  const document = { intent: 'document', documentType: 'resident_id', documentNumber: right, was, reason: '抄错一位' }
  expect(await ask('handler', path, document)).toMatchObject({ to: `${path}?done=document` })
  const form = {
    ...hidden((await ask('handler', path)).text, 'licences'),
    intent: 'licences',
    reason: '已核对证书原件',
  }
  expect((await ask('reviewer', path, form)).status).toBe(404)
  expect((await ask('handler', path, { ...form, reason: '' })).status).toBe(400)
  expect((await ask('handler', path, { ...form, was: 'stale' })).status).toBe(409)
  expect(await ask('handler', path, form)).toMatchObject({ status: 303, to: `${path}?done=licences` })
  expect(await ask('handler', path, form)).toMatchObject({ status: 303, to: `${path}?done=already` })

  const [row] = await db.owner`select number_sealed from certificate where id = ${id}`
  expect(open('certificate.number', id, row!.number_sealed)).toBe(`T${right}`)
  const { text } = await ask('handler', path)
  expect([text.includes('value="licences"'), text.includes('已核对证书原件')]).toEqual([false, true])
  for (const whole of [right, person.document]) expect(text).not.toContain(whole)
})
