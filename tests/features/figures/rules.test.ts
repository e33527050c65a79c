import { beforeAll, describe, expect, test } from 'vitest'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { figuresOf } from '#app/features/figures/figures.server.ts'
import type { Counts } from '#app/features/figures/figures.ts'
import { judge } from '#app/features/figures/verdicts.ts'
import { loadPolicy } from '#app/features/policy/policy.server.ts'
import { type Builder, build, ELECTRICIAN, insertFacts, WELDER_2015 } from '#tests/support/builders.ts'
import { freshDatabase, type TestDatabase } from '#tests/support/database.ts'
import type { AcademyFact, ClassFact } from '#tests/support/facts.ts'

let db: TestDatabase
const TODAY = '2026-11-23'

beforeAll(async () => {
  db = await freshDatabase()
  await as(system('setup'), loadPolicy)
})

/** Builds facts around one academy and counts its figures. */
async function counted(
  write: (b: Builder, here: AcademyFact) => void,
  { year = 2026, today = TODAY } = {},
): Promise<Counts> {
  const b = build()
  const here = b.academy()
  write(b, here)
  await insertFacts(db.owner, b.facts)
  const found = await as(system('figures'), (tx) => figuresOf(tx, { year, today, academyIds: [here.id] }))
  return found.academies[0]!.counts
}

/** One worker who took a class, passed, and holds what it earned. */
function certify(
  b: Builder,
  of: ClassFact,
  given: Parameters<Builder['certificate']>[1] & {
    person?: ReturnType<Builder['person']>
    declaredLevel?: 'none' | 'l5' | 'l4' | null
    category?: 'student' | 'retired' | null
    creditedOn?: string | null
    assessedOn?: string
  } = {},
) {
  const {
    person = b.person(),
    declaredLevel = null,
    category = null,
    creditedOn = of.endsOn,
    assessedOn = of.endsOn,
    ...certificate
  } = given
  const enrolment = b.enrolment(of, person, { declaredLevel, category, creditedOn })
  const assessment = b.assessment(enrolment, { assessedOn })
  return b.certificate(assessment, certificate)
}

describe('persons', () => {
  test('a worker counts once per academy and year, however many classes; the times are shown beside', async () => {
    const counts = await counted((b, here) => {
      const person = b.person()
      for (let i = 0; i < 3; i++) b.enrolment(b.class(here), person)
    })
    expect(counts).toMatchObject({ trained: 1, trained_times: 3 })
  })

  test('1,999 workers miss the target, 2,000 meet it', async () => {
    const b = build()
    const [less, enough] = [b.academy(), b.academy()]
    const [one, other] = [b.class(less), b.class(enough)]
    for (let i = 0; i < 2000; i++) {
      if (i > 0) b.enrolment(one)
      b.enrolment(other)
    }
    await insertFacts(db.owner, b.facts)
    const academyIds = [less.id, enough.id]
    const { academies, policy } = await as(system('figures'), (tx) =>
      figuresOf(tx, { year: 2026, today: TODAY, academyIds }),
    )
    expect(academies.map(({ counts }) => [counts.trained, judge(policy, counts).trained.verdict])).toEqual([
      [1999, 'not_met'],
      [2000, 'met'],
    ])
  })

  test('a worker of two academies counts at both, and once province-wide', async () => {
    const b = build()
    const [one, other] = [b.academy(), b.academy()]
    const person = b.person()
    b.enrolment(b.class(one), person)
    b.enrolment(b.class(other, { mode: 'practical' }), person)
    await insertFacts(db.owner, b.facts)
    const found = await as(system('figures'), (tx) =>
      figuresOf(tx, { year: 2026, today: TODAY, academyIds: [one.id, other.id] }),
    )
    expect(found.academies.map(({ counts }) => counts.trained)).toEqual([1, 1])
    expect(found.distinct).toEqual({ trained: 1, practical: 1 })
  })

  test('students and retired persons do not count; a blank category counts and is shown apart', async () => {
    const counts = await counted((b, here) => {
      const of = b.class(here)
      for (const category of ['student', 'retired', null, 'employed', 'other'] as const)
        b.enrolment(of, b.person(), { category })
    })
    expect(counts).toMatchObject({ trained: 3, trained_uncategorised: 1 })
  })

  test('the category is that of the enrolment: a student here may count by another class', async () => {
    const counts = await counted((b, here) => {
      const person = b.person()
      b.enrolment(b.class(here), person, { category: 'student' })
      b.enrolment(b.class(here, { mode: 'practical' }), person, { category: 'employed' })
    })
    expect(counts).toMatchObject({ trained: 1, trained_times: 1, practical: 1 })
  })

  test('an academy without a row has zeros', async () => {
    expect(await counted(() => {})).toMatchObject({ trained: 0, trained_times: 0, assessed: 0, improvedPrevious: 0 })
  })
})

describe('credit', () => {
  test('credit on 31 December belongs to that year, on 1 January to the next', async () => {
    const write = (b: Builder, here: AcademyFact) => {
      for (const endsOn of ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'])
        b.enrolment(b.class(here, { endsOn }))
    }
    expect((await counted(write, { year: 2025 })).trained).toBe(2)
    expect((await counted(write, { year: 2026 })).trained).toBe(1)
  })

  test('credit that lies ahead counts from its own day on', async () => {
    const write = (b: Builder, here: AcademyFact) => void b.enrolment(b.class(here, { endsOn: '2026-11-24' }))
    expect((await counted(write, { today: '2026-11-23' })).trained).toBe(0)
    expect((await counted(write, { today: '2026-11-24' })).trained).toBe(1)
  })

  test('hours short of the credit count nowhere, assessed or not', async () => {
    const counts = await counted(
      (b, here) => void certify(b, b.class(here), { creditedOn: null, assessedOn: '2026-05-01' }),
    )
    expect(counts).toMatchObject({ trained: 0, assessed: 0, certified: 0, improved: 0 })
  })

  test('an assessment counts in its own year, whenever the enrolment was credited, also after it', async () => {
    const write = (b: Builder, here: AcademyFact) => {
      certify(b, b.class(here, { endsOn: '2024-11-01' }), { assessedOn: '2025-03-01' })
      certify(b, b.class(here, { startsOn: '2024-12-01', endsOn: '2026-01-15' }), { assessedOn: '2025-12-31' })
    }
    expect(await counted(write, { year: 2025 })).toMatchObject({
      trained: 0,
      assessed: 2,
      certified: 2,
      assessed_of_trained: 0,
    })
    expect(await counted(write, { year: 2025, today: '2026-01-14' })).toMatchObject({ assessed: 1 })
  })
})

describe('practical and online', () => {
  test('practical counts practical classes, and mixed ones with practical hours above 0', async () => {
    const counts = await counted((b, here) => {
      b.enrolment(b.class(here, { mode: 'practical' }))
      b.enrolment(b.class(here, { mode: 'mixed' }), b.person(), { practicalHours: 0.5 })
      b.enrolment(b.class(here, { mode: 'mixed' }), b.person(), { practicalHours: 0 })
      b.enrolment(b.class(here, { mode: 'classroom' }))
      b.enrolment(b.class(here, { mode: 'online' }))
    })
    expect(counts).toMatchObject({ trained: 5, practical: 2, practical_times: 2 })
  })

  test('online only: all of a worker’s credited classes here in the year are online', async () => {
    const counts = await counted((b, here) => {
      const [both, only, before] = [b.person(), b.person(), b.person()]
      const online = b.class(here, { mode: 'online' })
      for (const person of [both, only, before]) b.enrolment(online, person)
      b.enrolment(b.class(here), both)
      b.enrolment(b.class(here), only, { creditedOn: null })
      b.enrolment(b.class(here, { endsOn: '2025-12-31' }), before)
    })
    expect(counts).toMatchObject({ trained: 3, trained_online_only: 2 })
  })
})

describe('assessed and certified', () => {
  test('who was absent was entitled, and not assessed', async () => {
    const counts = await counted((b, here) => {
      const of = b.class(here)
      b.assessment(b.enrolment(of), { result: 'absent' })
      b.assessment(b.enrolment(of), { result: 'failed' })
      const twice = b.enrolment(of)
      b.assessment(twice, { result: 'absent', assessedOn: '2026-04-01' })
      b.assessment(twice, { result: 'passed', assessedOn: '2026-05-01' })
    })
    expect(counts).toMatchObject({ entitled: 3, assessed: 2, absent: 1, awaiting: 1 })
  })

  test('a re-sit that passed certifies; a worker with two certificates of one assessment counts once', async () => {
    const counts = await counted((b, here) => {
      const enrolment = b.enrolment(b.class(here))
      b.assessment(enrolment, { result: 'failed', assessedOn: '2026-04-01' })
      const passed = b.assessment(enrolment, { assessedOn: '2026-05-01' })
      b.certificate(passed)
      b.certificate(passed, { type: 'special_operation' })
    })
    expect(counts).toMatchObject({ assessed: 1, certified: 1, improved: 1, awaiting: 0 })
  })

  test('a revoked certificate and 其他证书 do not certify, and nobody waits for what was issued', async () => {
    const counts = await counted((b, here) => {
      certify(b, b.class(here), { status: 'revoked' })
      certify(b, b.class(here), { type: 'other' })
    })
    expect(counts).toMatchObject({ assessed: 2, certified: 0, awaiting: 0, improved: 0 })
  })

  test('a certificate counts whenever it was issued, by the date of the assessment', async () => {
    const counts = await counted(
      (b, here) => void certify(b, b.class(here, { endsOn: '2025-12-31' }), { issuedOn: '2026-02-01' }),
      { year: 2025 },
    )
    expect(counts).toMatchObject({ certified: 1, improved: 1 })
  })

  test('a certificate that hangs on an assessment that was not passed does not count', async () => {
    const counts = await counted(
      (b, here) => void b.certificate(b.assessment(b.enrolment(b.class(here)), { result: 'failed' })),
    )
    expect(counts).toMatchObject({ assessed: 1, certified: 0, improved: 0 })
  })

  test('a certificate earned as a student does not certify the worker assessed in another class', async () => {
    const counts = await counted((b, here) => {
      const person = b.person()
      b.assessment(b.enrolment(b.class(here), person), { result: 'failed' })
      certify(b, b.class(here), { person, category: 'student' })
    })
    expect(counts).toMatchObject({ assessed: 1, certified: 0 })
  })

  test('the rate of another basis counts those in both', async () => {
    const counts = await counted((b, here) => {
      certify(b, b.class(here, { mode: 'practical' }))
      certify(b, b.class(here))
      certify(b, b.class(here, { endsOn: '2025-12-30' }), { assessedOn: '2026-01-05' })
    })
    expect(counts).toMatchObject({ certified: 3, certified_of_practical: 1, certified_of_trained: 2, trained: 2 })
  })
})

/** The same worker earns certificates one after another; says in how many years' figures the last one improved. */
describe('improved', () => {
  const improves = async (write: (b: Builder, here: AcademyFact) => void) => (await counted(write)).improved === 1

  test('a first level improves; a lower or the same level than one held before does not', async () => {
    const improvesOn = (level: 'l5' | 'l4' | 'l3') =>
      improves((b, here) => {
        const person = b.person()
        certify(b, b.class(here, { endsOn: '2025-06-01' }), { person, level: 'l4' })
        certify(b, b.class(here), { person, level })
      })
    expect([await improvesOn('l5'), await improvesOn('l4'), await improvesOn('l3')]).toEqual([false, false, true])
  })

  test('held before looks at every academy, credited or not, whatever the category, in any edition', async () => {
    for (const given of [{}, { creditedOn: null, assessedOn: '2025-06-01' }, { category: 'student' as const }])
      expect(
        await improves((b, here) => {
          const person = b.person()
          certify(b, b.class(b.academy(), { endsOn: '2025-06-01', occupation: WELDER_2015 }), { person, ...given })
          certify(b, b.class(here), { person })
        }),
      ).toBe(false)
  })

  test('a certificate of another occupation, revoked, of a later date or of no rank is not held before', async () => {
    const other = (of: Partial<ClassFact>, given: Parameters<typeof certify>[2]) =>
      improves((b, here) => {
        const person = b.person()
        certify(b, b.class(b.academy(), of), { ...given, person })
        certify(b, b.class(here, { endsOn: '2026-03-06' }), { person })
      })
    expect(await other({ endsOn: '2025-06-01', occupation: ELECTRICIAN }, {})).toBe(true)
    expect(await other({ endsOn: '2025-06-01', occupation: null }, {})).toBe(true)
    expect(await other({ endsOn: '2025-06-01' }, { status: 'revoked' })).toBe(true)
    expect(await other({ endsOn: '2026-03-07' }, { level: 'l3' })).toBe(true)
    expect(await other({ endsOn: '2025-06-01' }, { type: 'special_operation' })).toBe(true)
    expect(await other({ endsOn: '2026-03-05' }, {})).toBe(false)
  })

  test('certificates whose assessments share a date are not held before one another', async () => {
    expect(
      await improves((b, here) => {
        const person = b.person()
        certify(b, b.class(b.academy()), { person, level: 'l3' })
        certify(b, b.class(here), { person, level: 'l5' })
      }),
    ).toBe(true)
  })

  test('a level declared on the very enrolment is held; 无 and blank hold nothing', async () => {
    const declared = (declaredLevel: 'none' | 'l5' | 'l4' | null) =>
      improves((b, here) => void certify(b, b.class(here), { declaredLevel, level: 'l4' }))
    expect([await declared(null), await declared('none'), await declared('l5'), await declared('l4')]).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  test('a level declared on another enrolment is not looked at', async () => {
    expect(
      await improves((b, here) => {
        const person = b.person()
        b.enrolment(b.class(here, { endsOn: '2025-06-01' }), person, { declaredLevel: 'l3' })
        certify(b, b.class(here), { person })
      }),
    ).toBe(true)
  })

  test('who declared nothing is counted apart: blank is 未申报, 无 is a declaration', async () => {
    const counts = await counted((b, here) => {
      certify(b, b.class(here), { declaredLevel: null })
      certify(b, b.class(here), { declaredLevel: 'none' })
      certify(b, b.class(here), { declaredLevel: 'l5' })
      const person = b.person()
      certify(b, b.class(here), { person, declaredLevel: null, level: 'l5' })
      certify(b, b.class(here, { endsOn: '2026-06-01' }), { person, declaredLevel: 'l5', level: 'l4' })
    })
    expect(counts).toMatchObject({ improved: 4, improved_undeclared: 1 })
  })

  test('专项职业能力证书 improves only where nothing ranked was held, a second one does not, a level above it does', async () => {
    const improvesOn = (held: Parameters<typeof certify>[2] | null, given: Parameters<typeof certify>[2]) =>
      improves((b, here) => {
        const person = b.person()
        if (held) certify(b, b.class(here, { endsOn: '2025-06-01' }), { ...held, person })
        certify(b, b.class(here), { ...given, person })
      })
    const ability = { type: 'special_ability' } as const
    expect(await improvesOn(null, ability)).toBe(true)
    expect(await improvesOn(ability, ability)).toBe(false)
    expect(await improvesOn({ level: 'apprentice' }, ability)).toBe(false)
    expect(await improvesOn(ability, { level: 'apprentice' })).toBe(true)
    expect(await improvesOn(null, { ...ability, declaredLevel: 'l5' })).toBe(false)
    expect(await improvesOn(null, { ...ability, declaredLevel: 'none' })).toBe(true)
  })

  test('without an occupation nobody improves; other types certify and never improve', async () => {
    const counts = await counted((b, here) => {
      certify(b, b.class(here, { occupation: null }))
      for (const type of ['special_operation', 'special_equipment', 'training'] as const)
        certify(b, b.class(here), { type })
    })
    expect(counts).toMatchObject({ certified: 4, improved: 0, levelled: 1 })
  })

  test('of two certificates from one assessment the higher one may improve', async () => {
    expect(
      await improves((b, here) => {
        const enrolment = b.enrolment(b.class(here), b.person(), { declaredLevel: 'l4' })
        const assessment = b.assessment(enrolment)
        b.certificate(assessment, { type: 'qualification', level: 'l4' })
        b.certificate(assessment, { type: 'skill_level', level: 'l3' })
      }),
    ).toBe(true)
  })

  test('the year before is counted by the same rules: its improved is the baseline', async () => {
    const write = (b: Builder, here: AcademyFact) => {
      const person = b.person()
      certify(b, b.class(here, { endsOn: '2024-12-31' }), { person, level: 'l5' })
      certify(b, b.class(here, { endsOn: '2025-06-01' }), { person, level: 'l4' })
      certify(b, b.class(here, { endsOn: '2025-12-31' }))
      certify(b, b.class(here), { person, level: 'l4' })
    }
    const found = await counted(write)
    expect(found).toMatchObject({ improved: 0, improvedPrevious: 2, levelled: 1, levelledPrevious: 2 })
    expect((await counted(write, { year: 2025 })).improved).toBe(found.improvedPrevious)
  })
})

describe('brands', () => {
  test('approved brands count, valid on 31 December of a year that is over', async () => {
    const write = (b: Builder, here: AcademyFact) => {
      b.brand(here, { validFrom: '2025-12-31' })
      b.brand(here, { validUntil: '2025-12-31' })
      b.brand(here, { validUntil: '2025-12-30' })
      b.brand(here, { validFrom: '2026-01-01' })
      b.brand(here, { status: 'pending' })
    }
    expect((await counted(write, { year: 2025 })).brands).toBe(2)
  })

  test('while the year runs, brands count that are valid today', async () => {
    const write = (b: Builder, here: AcademyFact) => {
      b.brand(here, { validFrom: '2026-11-23' })
      b.brand(here, { validFrom: '2026-11-24' })
      b.brand(here, { validUntil: '2026-11-23' })
      b.brand(here, { validUntil: '2026-11-22' })
    }
    expect((await counted(write)).brands).toBe(2)
    expect((await counted(write, { today: '2027-01-01' })).brands).toBe(2)
  })
})
