import fc from 'fast-check'
import { CATEGORIES, CERTIFICATE_TYPES, DECLARED_LEVELS, LEVELS, MODES, RESULTS } from '#db/values.ts'
import { build, ELECTRICIAN, WELDER, WELDER_2015 } from '#tests/support/builders.ts'
import type { Facts } from '#tests/support/facts.ts'

/** Few values, so that persons, dates and occupations collide: every rule is about a coincidence. */
const DATES = ['2024-12-31', '2025-01-01', '2025-07-01', '2025-12-31', '2026-01-01', '2026-05-05', '2026-05-06']
const LATER = [...DATES, '2026-11-20', '2026-11-21', '2026-12-31', '2027-01-01']
export const some = <const T>(...values: readonly T[]) => fc.constantFrom(...values)

export const shape = fc.record({
  classes: fc.array(
    fc.record({
      academy: fc.nat(1),
      mode: some(...MODES),
      occupation: some(WELDER, WELDER, WELDER, WELDER_2015, ELECTRICIAN, null),
    }),
    { minLength: 3, maxLength: 8 },
  ),
  enrolments: fc.array(
    fc.record({
      class: fc.nat(7),
      person: fc.nat(3),
      category: some(null, 'employed', 'employed', 'flexible', 'student', 'retired'),
      declaredLevel: some(null, null, null, 'none', ...DECLARED_LEVELS.slice(0, 4)),
      hours: some(4, 8, 10),
      practicalHours: some(0, 0.5, 3),
      creditedOn: some(null, ...DATES, ...LATER),
      assessments: fc.uniqueArray(
        fc.record({
          on: some(...DATES),
          result: some('passed', 'passed', ...RESULTS),
          certificates: fc.uniqueArray(
            fc.record({
              type: some('skill_level', 'skill_level', 'special_ability', ...CERTIFICATE_TYPES),
              level: some(...LEVELS.slice(0, 3)),
              status: some('valid', 'valid', 'valid', 'revoked'),
            }),
            { minLength: 0, maxLength: 2, size: 'max', selector: (certificate) => certificate.type },
          ),
        }),
        { maxLength: 3, size: 'max', selector: (assessment) => assessment.on },
      ),
    }),
    { minLength: 1, maxLength: 30, size: 'max' },
  ),
  brands: fc.array(
    fc.record({
      academy: fc.nat(1),
      validFrom: some('2025-12-31', '2026-01-01', '2026-11-20', '2026-11-21', '2026-12-31', '2027-01-01'),
      validUntil: some(null, '2027-12-31'),
      status: some('approved', 'approved', 'pending'),
    }),
    { maxLength: 4 },
  ),
})

export const rulesShape = fc.record({
  excludedCategories: fc.subarray([...CATEGORIES]),
  certificateTypes: fc.subarray([...CERTIFICATE_TYPES], { minLength: 4 }),
  leastHours: some(0, 0, 8, 12),
  leastPracticalHours: some(0, 0, 3, 10),
})

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

/** Two academies, four persons, and what happened to them. */
export function factsOf(given: Shape): Facts {
  const b = build()
  const academies = [b.academy(), b.academy()]
  const persons = Array.from({ length: 4 }, b.person)
  const classes = given.classes.map(({ academy, mode, occupation }) =>
    b.class(academies[academy]!, { mode, occupation }),
  )
  for (const brand of given.brands) b.brand(academies[brand.academy]!, brand)
  const seen = new Set<string>()
  for (const of of given.enrolments) {
    const at = classes[of.class % classes.length]!
    const person = persons[of.person]!
    if (seen.has(at.id + person.id)) continue
    seen.add(at.id + person.id)
    const { category, declaredLevel, hours, creditedOn } = of
    const practicalHours = at.mode === 'mixed' ? of.practicalHours : null
    const enrolment = b.enrolment(at, person, { category, declaredLevel, hours, practicalHours, creditedOn })
    for (const { on, result, certificates } of of.assessments) {
      const assessment = b.assessment(enrolment, { assessedOn: on, result })
      if (result !== 'passed') continue
      for (const { type, level, status } of certificates) {
        const isLevelled = type === 'skill_level' || type === 'qualification'
        b.certificate(assessment, { type, status, level: isLevelled ? level : null })
      }
    }
  }
  return b.facts
}
