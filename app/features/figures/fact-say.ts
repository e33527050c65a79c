import type { words as certificationWords } from '../certification/words.ts'
import type { FactBehind } from './behind.ts'
import type { behindWords } from './behind-words.ts'

type Words = (typeof behindWords)['zh-CN']

/** What a credited enrolment says of itself: the day, the hours. */
export function creditInWords(w: Words, fact: Extract<FactBehind, { kind: 'credit' }>): string[] {
  const { hours, practicalHours, creditedOn } = fact
  const said = [w.behind.creditedOn(creditedOn)]
  if (hours === null) return said
  return [...said, practicalHours === null ? w.behind.hours(hours) : w.behind.practicalHours(hours, practicalHours)]
}

/** What an assessment says of itself: the day, the result, its certificates. */
export function assessmentInWords(
  w: Words,
  certification: (typeof certificationWords)['zh-CN'],
  fact: Extract<FactBehind, { kind: 'assessment' }>,
): string[] {
  const certificates = fact.certificates.map(({ type, level, status }) =>
    [certification.types[type], level && w.levels[level], status === 'revoked' && w.behind.revoked]
      .filter(Boolean)
      .join(' '),
  )
  if (fact.result === 'passed' && certificates.length === 0) certificates.push(w.behind.noCertificate)
  return [`${fact.assessedOn} ${certification.results[fact.result]}`, ...certificates]
}
