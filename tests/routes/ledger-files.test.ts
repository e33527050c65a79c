import { beforeAll, expect, test } from 'vitest'
import { importFile } from '#app/features/ledger/commands.server.ts'
import { openLedger } from '#app/features/ledger/open.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Role } from '#db/values.ts'
import {
  base,
  certified,
  documentOf,
  importRows,
  makeAcademies,
  options,
  worker,
} from '#tests/features/ledger/ledgers.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type Site, signedIn, startSite } from '#tests/support/site.ts'
import { fileOf } from '#tests/support/table-files.ts'

let db: TestDatabase
let site: Site
const cookies: Record<string, string> = {}

beforeAll(async () => {
  db = await freshDatabase({ holds: 'content' })
  const academies = await makeAcademies(db)
  await importRows([
    { ...base, ...worker(1), ...certified(1), phone: '13812345678' },
    { ...base, ...worker(2), academyCode: 'GD02' },
  ])
  const accounts: [string, Role, string | null][] = [
    ['own', 'academy_admin', academies.first],
    ['other', 'academy_admin', academies.second],
    ['province', 'provincial_handler', null],
    ['instructor', 'instructor', academies.first],
  ]
  for (const [login, role, academyId] of accounts) {
    const id = newId()
    await db.owner`insert into account (id, role, login, password_hash, display_name, academy_id, created_at)
      values (${id}, ${role}, ${login}, 'x', ${login}, ${academyId}, now())`
    cookies[login] = await signedIn({ id, role })
  }
  site = await startSite(db)
}, 60_000)

const path = '/academies/GD01/manage/ledger'
const post = (who: string, fields: Record<string, string>) =>
  fetch(`${site.url}${path}/export`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies[who]!, origin: site.url, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  })

test('the template is a workbook with the academy’s own code in its example', async () => {
  const response = await fetch(`${site.url}${path}/template`, { headers: { cookie: cookies.own! } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="table\.xlsx"/)
  const found = await openLedger(fileOf(Buffer.from(await response.arrayBuffer())))
  expect(found).toMatchObject({ ok: true, source: { kind: 'xlsx' } })
  if (found.ok) expect(found.source.sheets[0]!.headers[0]!.samples).toEqual(['GD01'])
})

test.each(['xlsx', 'csv'])(
  'an export as %s is the academy’s rows alone, imports again unchanged, and is an event',
  async (format) => {
    for (const who of ['own', 'province']) {
      await db.owner`delete from audit_event`
      const response = await post(who, { format, year: '2026' })
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toContain('no-store')
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(await importFile(fileOf(bytes), options)).toMatchObject({ rows: 1, unchanged: 1, errors: [] })
      const events = await db.owner`select e.kind, e.actor_kind, a.login, e.detail from audit_event e
      left join account a on a.id = e.actor_account_id where e.kind = 'ledger.exported'`
      expect(events).toMatchObject([{ actor_kind: 'user', login: who, detail: { rows: 1, year: 2026, format } }])
      expect(JSON.stringify(events)).not.toContain(documentOf(1).slice(6))
    }
  },
)

test('nobody else gets it, and an address gives nothing', async () => {
  await db.owner`delete from audit_event`
  for (const who of ['other', 'instructor']) expect((await post(who, { format: 'csv' })).status).toBe(404)
  const get = await fetch(`${site.url}${path}/export`, { headers: { cookie: cookies.own! } })
  expect(get.status).toBe(405)
  expect((await post('own', { format: 'pdf' })).status).toBe(400)
  expect(await db.owner`select 1 from audit_event where kind = 'ledger.exported'`).toHaveLength(0)
})
