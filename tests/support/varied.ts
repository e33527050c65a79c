import { MODES } from '#db/values.ts'
import { build } from './builders.ts'
import type { AcademyFact, Facts } from './facts.ts'

/** An academy where every figure counts somebody, none counts everybody, in several months and classes. */
export function variedAcademy(given: Partial<AcademyFact> = {}): { facts: Facts; academy: AcademyFact } {
  const b = build()
  const academy = b.academy(given)
  const persons = Array.from({ length: 40 }, b.person)
  const classes = MODES.flatMap((mode) => [
    b.class(academy, { mode }),
    b.class(academy, { mode, endsOn: '2026-05-06' }),
    b.class(academy, { mode, endsOn: '2026-09-18' }),
  ])
  persons.forEach((person, i) => {
    for (const [c, of] of classes.entries()) {
      if ((i + c) % 5 > 0 && i % 12 !== c) continue
      if (i >= 34 && of.mode !== 'online') continue
      const enrolment = b.enrolment(of, person, {
        category: i % 11 === 0 ? 'student' : i % 5 === 0 ? null : 'employed',
        declaredLevel: i % 4 === 0 ? 'l5' : null,
        creditedOn: i % 13 === 0 ? null : of.endsOn,
      })
      if (i % 6 === 5) continue
      const assessment = b.assessment(enrolment, {
        assessedOn: of.endsOn,
        result: i % 7 === 0 ? 'absent' : i % 9 === 0 ? 'failed' : 'passed',
      })
      if (assessment.result === 'passed' && i % 3 > 0) b.certificate(assessment, { level: i % 10 === 0 ? 'l5' : 'l4' })
    }
  })
  return { facts: b.facts, academy }
}
