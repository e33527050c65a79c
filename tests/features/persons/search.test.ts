import { beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { may } from '#app/features/accounts/roles.ts'
import { slow } from '#app/features/accounts/slow.server.ts'
import { LIMITS } from '#app/features/accounts/slowing.ts'
import { revealDocument, searchPersons } from '#app/features/persons/search.server.ts'
import { readPersonQuery, readReveal } from '#app/features/persons/search.ts'
import { indexOf } from '#app/features/persons/vault.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Role } from '#db/values.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'

const now = new Date('2026-11-23T04:00:00Z')
const [unionA, unionB] = [newId(), newId()]
const b = build()
const here = b.academy({ code: 'HERE', sponsorId: unionA })
const there = b.academy({ code: 'THERE', sponsorId: unionB })
const both = b.person()
b.enrolment(b.class(here), both, { name: '欧阳小明' })
b.enrolment(b.class(here), both, { name: '欧阳小明' })
const phoned = b.enrolment(b.class(there), both, { name: '欧阳小明' })
const many = b.class(here)
for (let i = 0; i < 45; i++) b.enrolment(many, b.person(), { name: '王众' })
let db: TestDatabase

beforeAll(async () => {
  db = await freshDatabase()
  await insertFacts(db.owner, b.facts)
  await db.owner`update enrolment set phone_index = ${indexOf('phone', '13800005678')} where id = ${phoned.id}`
})

const viewer = (role: Role, given: Partial<Viewer> = {}): Viewer => ({
  ...{ kind: 'user', accountId: newId(), role, name: '', academyId: null, academyCode: null, academyName: null },
  ...{ unionId: null, unionName: null, personId: null },
  ...given,
})
const province = viewer('provincial_handler')
const sponsor = viewer('sponsor_reviewer', { unionId: unionA })
const own = viewer('academy_admin', { academyId: here.id, academyCode: 'HERE' })

function search(who: Viewer, text: string, after: string | null = null) {
  const read = readPersonQuery(text, '2026-11-23')
  if (!read.ok) throw new Error(read.reason)
  return as(who, (tx) => searchPersons(tx, { by: who, query: read.query, after, sight: 'elsewhere', now }))
}
const found = async (who: Viewer, text: string) => (await search(who, text)).rows.map((row) => row.academyCode).sort()
const events = (kind: string) => db.owner`select * from audit_event where kind = ${kind} order by at, id`

describe('what was typed', () => {
  test('is a phone, a document of whatever type, or a whole name', () => {
    const by = (text: string) => {
      const read = readPersonQuery(text, '2026-11-23')
      return read.ok ? read.query.by : read.reason
    }
    expect(by(' 138 0000 5678 ')).toBe('phone')
    expect(by('+86 13800005678')).toBe('phone')
    expect(by(both.document)).toBe('document')
    expect(by('E12345678')).toBe('document')
    expect(by('欧阳小明')).toBe('name')
    expect(by('阿依古丽.买买提')).toBe('name')
    for (const [text, reason] of [
      ['', 'missing'],
      ['   ', 'missing'],
      ['王', 'unclear'],
      ['44030819900101777', 'unclear'],
      ['x'.repeat(60), 'unclear'],
    ] as const)
      expect(by(text)).toBe(reason)
  })

  test('a reveal says its purpose and a reason of four characters', () => {
    expect(readReveal('identity', '核对证件')).toEqual({ ok: true, purpose: 'identity', reason: '核对证件' })
    expect(readReveal('', '核对证件')).toEqual({ ok: false, field: 'purpose' })
    expect(readReveal('curiosity', '核对证件')).toEqual({ ok: false, field: 'purpose' })
    expect(readReveal('identity', ' 看看 ')).toEqual({ ok: false, field: 'reason' })
  })
})

describe('a search', () => {
  test('finds by name, document and phone, each within what the viewer oversees', async () => {
    for (const text of ['欧阳小明', both.document]) {
      expect(await found(province, text)).toEqual(['HERE', 'THERE'])
      expect(await found(sponsor, text)).toEqual(['HERE'])
      expect(await found(own, text)).toEqual(['HERE'])
      for (const nobody of [viewer('worker'), viewer('operator'), viewer('instructor', { academyId: here.id })])
        expect(await found(nobody, text)).toEqual([])
    }
    expect(await found(province, '13800005678')).toEqual(['THERE'])
    expect(await found(own, '13800005678')).toEqual([])
    expect(await found(province, '欧阳小')).toEqual([])
  })

  test('shows masked names and numbers, and how often the person was there', async () => {
    const { rows } = await search(own, '欧阳小明')
    expect(rows).toEqual([
      {
        personId: both.id,
        academyCode: 'HERE',
        academyName: here.name,
        name: '欧阳*明',
        document: `${both.document.slice(0, 3)}***********${both.document.slice(-4)}`,
        classes: 2,
        lastOn: '2026-03-06',
      },
    ])
  })

  test('is paged: every person once', async () => {
    const seen: string[] = []
    for (let after: string | null = null, isLast = false; !isLast; isLast = after === null) {
      const page = await search(own, '王众', after)
      expect(page.rows.length).toBeLessThanOrEqual(20)
      seen.push(...page.rows.map(({ personId }) => personId))
      after = page.next
    }
    expect([seen.length, new Set(seen).size]).toEqual([45, 45])
  })

  test('is in the audit trail by what was looked for, never what', async () => {
    await search(province, both.document)
    const trail = await events('persons.searched')
    expect(trail.at(-1)).toMatchObject({ actor_account_id: province.accountId, detail: { by: 'document', found: 2 } })
    expect(JSON.stringify(trail)).not.toMatch(new RegExp(`${both.document}|13800005678|欧阳`))
  })
})

describe('the full number', () => {
  const reveal = (who: Viewer, academyCode: string, personId: string, reason = '本人到场补办证书') =>
    as(who, (tx) => revealDocument(tx, { by: who, academyCode, personId, purpose: 'certificate', reason, now }))

  test('is shown to those who oversee the person there, and recorded with purpose and reason', async () => {
    expect(await reveal(own, 'HERE', both.id)).toEqual({ type: 'resident_id', number: both.document })
    const trail = await events('document.revealed')
    expect(trail).toHaveLength(1)
    expect(trail[0]).toMatchObject({
      ...{ actor_account_id: own.accountId, academy_id: here.id, subject_id: both.id },
      detail: { purpose: 'certificate', reason: '本人到场补办证书' },
    })
  })

  test('a number typed into the reason does not reach the trail', async () => {
    await reveal(own, 'HERE', both.id, `核对 ${both.document} 与证书`)
    expect(JSON.stringify(await events('document.revealed'))).not.toContain(both.document)
  })

  test('is nobody else’s, and nothing is recorded then', async () => {
    const before = (await events('document.revealed')).length
    expect(await reveal(own, 'THERE', both.id)).toBeNull()
    expect(await reveal(sponsor, 'THERE', both.id)).toBeNull()
    expect(await reveal(viewer('worker'), 'HERE', both.id)).toBeNull()
    expect(await reveal(province, 'HERE', newId())).toBeNull()
    expect(await events('document.revealed')).toHaveLength(before)
  })

  test('a sponsor, who compares academies, may search and not reveal', () => {
    expect([may(sponsor, 'persons.search'), may(sponsor, 'persons.reveal')]).toEqual([true, false])
    expect([may(own, 'persons.reveal', 'HERE'), may(own, 'persons.reveal', 'THERE')]).toEqual([true, false])
    for (const role of ['worker', 'instructor', 'operator'] as const)
      expect([may(viewer(role), 'persons.search'), may(viewer(role), 'persons.reveal')]).toEqual([false, false])
  })

  test('after ten, an account waits; another does not', async () => {
    const [one, other] = [viewer('provincial_handler'), viewer('provincial_handler')]
    for (let i = 0; i < LIMITS.reveal.free; i++) expect(await slow(one, 'reveal', now)).toBe(0)
    expect(await slow(one, 'reveal', now)).toBeGreaterThan(0)
    expect(await slow(other, 'reveal', now)).toBe(0)
    expect(await slow(one, 'search', now)).toBe(0)
  })
})
