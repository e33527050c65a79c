import { beforeAll, describe, expect, test } from 'vitest'
import { system, type Viewer } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { academyPageFor } from '#app/features/figures/academy-page.server.ts'
import type { RowBehind } from '#app/features/figures/behind.ts'
import { readNarrowing, writeNarrowing } from '#app/features/figures/behind-narrow.ts'
import { figureFileFor, figurePageFor } from '#app/features/figures/figure-page.server.ts'
import { FIGURES, type Figure } from '#app/features/figures/figures.ts'
import { MONTHLY } from '#app/features/figures/months.ts'
import { personPageFor } from '#app/features/figures/person-page.server.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { newId } from '#app/lib/ids.ts'
import type { Role } from '#db/values.ts'
import { build, insertFacts } from '#tests/support/builders.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { variedAcademy } from '#tests/support/varied.ts'

const now = new Date('2026-11-23T04:00:00Z')
const { facts, academy } = variedAcademy({ code: 'HERE' })
const elsewhere = build()
const there = elsewhere.academy({ code: 'THERE' })
const stranger = elsewhere.person()
elsewhere.enrolment(elsewhere.class(there), stranger)

beforeAll(async () => {
  const db = await freshDatabase()
  await as(system('setup'), loadPolicy)
  await insertFacts(db.owner, facts)
  await insertFacts(db.owner, elsewhere.facts)
})

const viewer = (role: Role, given: Partial<Viewer> = {}): Viewer => ({
  ...{ kind: 'user', accountId: newId(), role, name: '', academyId: null, academyCode: null, academyName: null },
  ...{ unionId: null, unionName: null, personId: null },
  ...given,
})
const province = viewer('provincial_handler')
const own = viewer('academy_admin', { academyId: academy.id, academyCode: 'HERE' })

const LISTED = FIGURES.filter((figure): figure is Exclude<Figure, 'brands'> => figure !== 'brands')
const asked = (figure: Figure, search = '') => ({
  ...{ academyCode: 'HERE', figure, now },
  search: new URLSearchParams(`year=2026${search}`),
})
const rowsOf = async (figure: Figure, search = ''): Promise<RowBehind[]> => {
  const found: RowBehind[] = []
  await figureFileFor(province, asked(figure, search), async (_, rows) => {
    for await (const row of rows) found.push(row)
  })
  return found
}
const records = new Map<string, ReturnType<typeof personPageFor>>()
/** A person's record as their academy sees it: read once, for every figure that is looked up in it. */
const recordOf = (personId: string) => {
  const search = new URLSearchParams('year=2026')
  const read = records.get(personId) ?? personPageFor(own, { academyCode: 'HERE', personId, search, now })
  records.set(personId, read)
  return read
}
const countOf = async (figure: Figure, search = '') =>
  (await figurePageFor(province, asked(figure, search)))?.list?.count

describe('from the figure to the fact, the counts add up', () => {
  test.each(LISTED)('%s: its months add up to it, each person is in one of them', async (figure) => {
    const whole = await rowsOf(figure)
    expect(whole.length).toBeGreaterThan(0)
    expect(await countOf(figure)).toBe(whole.length)
    const months = await Promise.all(Array.from({ length: 12 }, (_, i) => rowsOf(figure, `&month=${i + 1}`)))
    expect(new Set(months.flat().map(({ key }) => key)).size).toBe(whole.length)
    expect(months.flat()).toHaveLength(whole.length)
  })

  test.each(LISTED)(
    '%s: the records of its persons say so, and nobody else’s does',
    async (figure) => {
      const listed = new Set((await rowsOf(figure)).map(({ personId }) => personId))
      let counted = 0
      for (const { id } of facts.persons) {
        const record = await recordOf(id)
        const count = record?.figures[figure] ?? 0
        expect([figure, id, count > 0]).toEqual([figure, id, listed.has(id)])
        counted += count
      }
      expect(counted).toBe(await countOf(figure))
    },
    30_000,
  )

  test('every month of the academy’s pace opens as many persons as it says', async () => {
    for (const figure of MONTHLY) {
      const pace = figure === 'certified' ? 'trained' : figure
      const search = new URLSearchParams(`year=2026&pace=${pace}`)
      const page = await academyPageFor(province, { academyCode: 'HERE', search, now })
      const opened = await Promise.all(page!.pace.months.map((_, i) => countOf(pace, `&month=${i + 1}`)))
      expect(opened).toEqual(page!.pace.months)
      expect(page!.pace.months.reduce((sum, count) => sum + count, 0)).toBe(page!.counts[pace])
    }
  })

  test('an enrolment counts as training where its person is counted; a sitting as certified where the figure says', async () => {
    const certified = new Set((await rowsOf('certified')).map(({ personId }) => personId))
    const improved = new Set((await rowsOf('improved')).map(({ personId }) => personId))
    for (const { id } of facts.persons) {
      const record = await recordOf(id)
      const sittings = record?.enrolments.flatMap((of) => of.sittings) ?? []
      expect(sittings.some(({ counts }) => counts?.certified)).toBe(certified.has(id))
      expect(sittings.some(({ counts }) => counts?.improves)).toBe(improved.has(id))
      const trained = record?.enrolments.filter(({ counts }) => counts?.trained).length ?? 0
      expect(trained).toBe(record?.figures.trained_times ?? 0)
    }
  })
})

describe('a list is narrowed', () => {
  test('to a class, to a mode: whoever has something that counts there', async () => {
    const whole = await rowsOf('trained')
    for (const { code } of facts.classes) {
      const here = await rowsOf('trained', `&class=${code}`)
      expect(here).toEqual(whole.filter((row) => row.facts.some((fact) => fact.classCode === code)))
    }
    const online = await rowsOf('trained', '&mode=online')
    expect(online.length).toBeGreaterThan(0)
    expect(online.every((row) => row.facts.some(({ mode }) => mode === 'online'))).toBe(true)
  })

  test('and paged: every page continues where the one before ended', async () => {
    const whole = await rowsOf('trained', '&mode=practical')
    const first = await figurePageFor(province, asked('trained', '&mode=practical'))
    expect(first?.list?.rows.map(({ key }) => key)).toEqual(whole.slice(0, 25).map(({ key }) => key))
    if (whole.length <= 25) expect(first?.list?.next).toBeNull()
  })

  test('what an address cannot mean narrows nothing; what it means survives being written', () => {
    expect(readNarrowing(new URLSearchParams('month=13&mode=x&class='))).toEqual({
      ...{ month: null, classCode: null, mode: null },
    })
    for (const month of ['0', '-1', '1.5', 'May', '99999999999'])
      expect(readNarrowing(new URLSearchParams({ month })).month).toBeNull()
    const narrowing = { month: 5, classCode: 'A&B=1', mode: 'online' } as const
    expect(readNarrowing(new URLSearchParams(writeNarrowing(narrowing)))).toEqual(narrowing)
  })
})

describe('whose record one may see', () => {
  const record = (who: Viewer, academyCode: string, personId: string) =>
    personPageFor(who, { academyCode, personId, search: new URLSearchParams(), now })

  test('nobody’s at another academy, nor a person’s who never was at this one', async () => {
    const here = facts.persons[1]!.id
    expect(await record(own, 'HERE', here)).toMatchObject({ academy: { code: 'HERE' } })
    expect(await record(own, 'THERE', stranger.id)).toBeNull()
    expect(await record(own, 'HERE', stranger.id)).toBeNull()
    expect(await record(province, 'THERE', stranger.id)).not.toBeNull()
    for (const who of [viewer('worker'), viewer('operator'), viewer('sponsor_reviewer', { unionId: newId() })])
      expect(await record(who, 'HERE', here)).toBeNull()
    for (const id of ['', 'x', '1; drop table person']) expect(await record(province, 'HERE', id)).toBeNull()
  })

  test('masked: the name, the document, less of it for those who only oversee', async () => {
    const { id, document } = facts.persons[1]!
    const seen = [await record(own, 'HERE', id), await record(province, 'HERE', id)]
    expect(JSON.stringify(seen)).not.toContain(document)
    expect(seen.map((one) => one?.document)).toEqual([
      `${document.slice(0, 6)}********${document.slice(-4)}`,
      `${document.slice(0, 3)}***********${document.slice(-4)}`,
    ])
    expect(seen[0]?.name).toBe('张*成')
  })
})
