import type { Figure } from '#app/features/figures/figures.ts'
import type { Category, CertificateType, Level } from '#db/values.ts'
import type { AssessmentFact, CertificateFact, EnrolmentFact, Facts } from './facts.ts'

/**
 * An independent count of domain.md, "How figures are counted": naive loops over plain objects, sentence by sentence. It
 * shares no code with the product; only the names of the figures.
 */
export type Rules = {
  excludedCategories: readonly Category[]
  certificateTypes: readonly CertificateType[]
  leastHours: number
  leastPracticalHours: number
}

export type Question = { academyId: string; year: number; today: string }

export type Oracle = Record<Figure, number> & { improvedPrevious: number; levelledPrevious: number }

/** Counts everything of one academy and year; `rulesBefore` are those of the year before. */
export function oracle(facts: Facts, question: Question, rules: Rules, rulesBefore: Rules): Oracle {
  const { academyId, year, today } = question
  const sets = personsOf(facts, question, rules)
  const before = personsOf(facts, { ...question, year: year - 1 }, rulesBefore)

  let brands = 0
  const brandDay = today.slice(0, 4) === String(year) ? today : `${year}-12-31`
  for (const brand of facts.brands) {
    if (brand.academyId !== academyId || brand.status !== 'approved') continue
    if (brand.validFrom <= brandDay && (brand.validUntil === null || brandDay <= brand.validUntil)) brands += 1
  }

  const both = (one: Set<string>, other: Set<string>) => [...one].filter((person) => other.has(person)).length
  return {
    brands,
    trained: sets.trained.size,
    trained_times: sets.credited.filter((e) => sets.trained.has(e.personId)).length,
    trained_online_only: sets.onlineOnly.size,
    trained_uncategorised: sets.uncategorised.size,
    practical: sets.practical.size,
    practical_times: sets.practised.filter((e) => sets.practical.has(e.personId)).length,
    entitled: new Set([...sets.assessed, ...sets.absent]).size,
    assessed: sets.assessed.size,
    absent: [...sets.absent].filter((person) => !sets.assessed.has(person)).length,
    assessed_of_trained: both(sets.assessed, sets.trained),
    certified: sets.certified.size,
    certified_of_practical: both(sets.certified, sets.practical),
    certified_of_trained: both(sets.certified, sets.trained),
    awaiting: sets.awaiting.size,
    awaiting_of_practical: both(sets.awaiting, sets.practical),
    awaiting_of_trained: both(sets.awaiting, sets.trained),
    improved: sets.improved.size,
    improved_undeclared: sets.undeclared.size,
    levelled: sets.levelled.size,
    improvedPrevious: before.improved.size,
    levelledPrevious: before.levelled.size,
  }
}

function personsOf(facts: Facts, { academyId, year, today }: Question, rules: Rules) {
  const classOf = (e: EnrolmentFact) => facts.classes.find((c) => c.id === e.classId)!
  const enrolmentOf = (s: AssessmentFact) => facts.enrolments.find((e) => e.id === s.enrolmentId)!
  const assessmentOf = (k: CertificateFact) => facts.assessments.find((s) => s.id === k.assessmentId)!
  const inYear = (date: string) => date.slice(0, 4) === String(year)
  const isCredited = (e: EnrolmentFact) => e.creditedOn !== null && e.creditedOn <= today
  const counts = (e: EnrolmentFact) => e.category === null || !rules.excludedCategories.includes(e.category)
  const practicalHours = (e: EnrolmentFact) =>
    classOf(e).mode === 'practical' ? (e.hours ?? 0) : (e.practicalHours ?? 0)

  const here = facts.enrolments.filter((e) => e.academyId === academyId && counts(e) && isCredited(e))
  const credited = here.filter((e) => inYear(e.creditedOn!))
  const practised = credited.filter(
    (e) => classOf(e).mode === 'practical' || (classOf(e).mode === 'mixed' && (e.practicalHours ?? 0) > 0),
  )
  const sum = (list: EnrolmentFact[], hours: (e: EnrolmentFact) => number) => list.reduce((n, e) => n + hours(e), 0)
  const ofPerson = (list: EnrolmentFact[], personId: string) => list.filter((e) => e.personId === personId)

  const trained = new Set<string>()
  const onlineOnly = new Set<string>()
  const uncategorised = new Set<string>()
  const practical = new Set<string>()
  for (const { personId } of credited) {
    const own = ofPerson(credited, personId)
    if (sum(own, (e) => e.hours ?? 0) < rules.leastHours) continue
    trained.add(personId)
    if (own.every((e) => classOf(e).mode === 'online')) onlineOnly.add(personId)
    if (own.every((e) => e.category === null)) uncategorised.add(personId)
  }
  for (const { personId } of practised)
    if (sum(ofPerson(practised, personId), practicalHours) >= rules.leastPracticalHours) practical.add(personId)

  const assessed = new Set<string>()
  const absent = new Set<string>()
  const unissued = new Set<string>()
  const certified = new Set<string>()
  const improved = new Set<string>()
  const levelled = new Set<string>()
  const declared = new Set<string>()
  for (const s of facts.assessments) {
    const e = enrolmentOf(s)
    if (s.academyId !== academyId || !inYear(s.assessedOn) || !here.includes(e)) continue
    if (s.result === 'absent') absent.add(e.personId)
    else assessed.add(e.personId)
    if (s.result !== 'passed') continue
    const earned = facts.certificates.filter((k) => k.assessmentId === s.id)
    if (earned.length === 0) unissued.add(e.personId)
    for (const k of earned) {
      if (k.status !== 'valid' || !rules.certificateTypes.includes(k.type)) continue
      certified.add(e.personId)
      const rank = rankOf(k)
      if (rank === null) continue
      levelled.add(e.personId)
      const occupation = classOf(e).occupation?.code
      if (occupation === undefined) continue
      const held: number[] = []
      for (const other of facts.certificates) {
        const earlier = assessmentOf(other)
        const otherEnrolment = enrolmentOf(earlier)
        const otherRank = rankOf(other)
        if (other.status !== 'valid' || otherRank === null || otherEnrolment.personId !== e.personId) continue
        if (classOf(otherEnrolment).occupation?.code !== occupation || earlier.assessedOn >= s.assessedOn) continue
        held.push(otherRank)
      }
      if (e.declaredLevel !== null && e.declaredLevel !== 'none') held.push(RANKS[e.declaredLevel])
      if (!held.every((before) => rank > before)) continue
      improved.add(e.personId)
      if (e.declaredLevel !== null) declared.add(e.personId)
    }
  }
  const awaiting = new Set([...unissued].filter((person) => !certified.has(person)))
  const undeclared = new Set([...improved].filter((person) => !declared.has(person)))
  return {
    ...{ credited, practised, trained, onlineOnly, uncategorised, practical },
    ...{ assessed, absent, certified, awaiting, improved, undeclared, levelled },
  }
}

const RANKS: Record<Level, number> = {
  apprentice: 1,
  l5: 2,
  l4: 3,
  l3: 4,
  l2: 5,
  l1: 6,
  special_technician: 7,
  chief_technician: 8,
}

function rankOf(certificate: CertificateFact): number | null {
  if (certificate.type === 'special_ability') return 0
  if (certificate.type !== 'skill_level' && certificate.type !== 'qualification') return null
  return certificate.level === null ? null : RANKS[certificate.level]
}
