import { beforeAll, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { mendingWorld } from '#tests/support/mending.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { trainingWorld } from '#tests/support/training.ts'

let db: TestDatabase
let site: Site
let world: ReturnType<typeof trainingWorld>
let academy: Awaited<ReturnType<typeof world.academy>>
const cookies = {} as Record<'handler' | 'admin' | 'stranger' | 'instructor', string>

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  world = trainingWorld(db)
  await as(system('setup'), loadPolicy)
  academy = await world.academy()
  const cookieOf = ({ accountId, role }: Viewer) => signedIn({ id: accountId, role })
  cookies.handler = await cookieOf(await mendingWorld(db).official('provincial_handler'))
  cookies.admin = await cookieOf(await world.staff('academy_admin', academy))
  cookies.stranger = await cookieOf(await world.staff('academy_admin', await world.academy()))
  cookies.instructor = await cookieOf(await world.staff('instructor', academy))
  site = await startSite(db)
}, 60_000)

async function ask(who: keyof typeof cookies, path: string, form?: Record<string, string>) {
  const headers: Record<string, string> = { cookie: cookies[who] }
  if (form) Object.assign(headers, { origin: site.url, 'sec-fetch-site': 'same-origin' })
  const body = form && new URLSearchParams(form)
  const response = await fetch(site.url + path, { method: form ? 'POST' : 'GET', redirect: 'manual', headers, body })
  return { status: response.status, to: response.headers.get('location'), text: await response.text() }
}

/** Far ahead: whenever this runs, its sessions are to come. */
const YEAR = 2095
const LIST = [
  ...['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${YEAR}-${day}，放假，法定`),
  `${YEAR}-04-05，放假，清明节`,
].join('\n')

test('from the calendar to the class: the province reads how many sessions and sittings it concerns, the academy sees them marked and says why they stay', async () => {
  const of = await world.classOf(academy, { startsOn: `${YEAR}-04-05`, endsOn: `${YEAR}-04-05` })
  await mendingWorld(db).session(of, `${YEAR}-04-05`)
  await db.owner`
    insert into assessment_sitting (academy_id, id, class_id, part, starts_at, ends_at, place)
    values (${academy.id}, gen_random_uuid(), ${of.id}, 'both', ${`${YEAR}-04-05T14:00+08`}, ${`${YEAR}-04-05T16:00+08`}, '市鉴定中心')`
  const saved = await ask('handler', '/work-calendar', { year: String(YEAR), source: '示例通知', list: LIST })
  expect(saved).toMatchObject({
    status: 303,
    to: `/work-calendar?year=${YEAR}&saved=new&classes=1&sessions=1&sittings=1`,
  })
  expect((await ask('handler', saved.to!)).text).toContain('有1个班的1次课、1场考核遇上这次变动')
  const forged = await ask('handler', `/work-calendar?year=${YEAR}&saved=new&classes=1e9&sessions=-1`)
  expect(forged.text).toContain('都不受这次变动影响')

  const base = `/academies/${academy.code}/manage/classes/${of.id}`
  await affirmedAt(`${base}/timetable`)
  await affirmedAt(`${base}/assessment`)
})

/** What is planned on the changed day is marked, and stays once the academy says why. */
async function affirmedAt(path: string) {
  const opened = await ask('admin', path)
  expect(opened.text).toContain('放假：清明节')
  // With a form open beside it, each reason has a field of its own.
  const [, edit = ''] = opened.text.match(/\?edit=([^"#]+)/) ?? []
  const editing = await ask('admin', `${path}?edit=${edit}`)
  expect(editing.text.match(/ id="(stay-)?reason"/g)?.sort()).toEqual([' id="reason"', ' id="stay-reason"'])
  const [, mark = ''] = opened.text.match(/name="mark" value="([^"]+)"/) ?? []
  const reason = '学员都同意'
  const silent = await ask('admin', path, { intent: 'stay', mark, reason: '' })
  expect([silent.status, silent.text.includes('请写明原因')]).toEqual([400, true])
  const unseen = await ask('admin', path, { intent: 'stay', mark: 'another', reason })
  expect([unseen.status, unseen.text.includes('没有保存：请先核对')]).toEqual([400, true])
  for (const who of ['stranger', 'instructor', 'handler'] as const)
    expect((await ask(who, path, { intent: 'stay', mark, reason })).status, who).toBe(404)
  expect(await ask('admin', path, { intent: 'stay', mark, reason })).toMatchObject({
    ...{ status: 303, to: `${path}?saved=stay` },
  })
  const after = await ask('admin', `${path}?saved=stay`)
  expect(after.text).toContain(reason)
  expect(after.text).not.toContain('放假：清明节')
}
