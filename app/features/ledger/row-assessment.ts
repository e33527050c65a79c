import {
  contradictingLevelDigit,
  isCertificateNumber,
  LEVELLED_TYPES,
  normaliseCertificateNumber,
} from '#app/features/certification/numbers.ts'
import type { CertificateType, Level } from '#db/values.ts'
import { type Field, headerOf } from './columns.ts'
import { problem } from './problem.ts'
import { notAhead, notBefore, type Read, type RowCells } from './row-cells.ts'
import type { AssessmentPart, CertificatePart, RowContext } from './row-parts.ts'
import { CERTIFICATE_STATUS_WORDS, CERTIFICATE_TYPE_WORDS, LEVEL_WORDS, lookup, RESULT_WORDS } from './vocabulary.ts'

const results = lookup(RESULT_WORDS)
const types = lookup(CERTIFICATE_TYPE_WORDS)
const statuses = lookup(CERTIFICATE_STATUS_WORDS)
const levels = lookup(LEVEL_WORDS)

/** Columns that say something of a certificate; the level (24) is ignored where there is none. */
const OF_CERTIFICATE: readonly Field[] = ['certificateNumber', 'workItem', 'issuer', 'issuedOn', 'certificateStatus']

/** Columns 20 to 28. Null: the row tells of no assessment; undefined: something is wrong. */
export function readAssessment(row: RowCells, startsOn: Read<string>, context: RowContext): Read<AssessmentPart> {
  const before = row.problems.length
  const dated = !row.isEmpty('assessedOn')
  const ahead = notAhead(row, 'assessedOn', row.date('assessedOn'), context.today)
  const assessedOn = notBefore(row, 'assessedOn', ahead, 'startsOn', startsOn)
  const written = row.word('result', results, RESULT_WORDS)
  if (!dated && written !== null) row.note(problem('result', 'onlyWith', headerOf('assessedOn')))
  const result = dated
    ? row.require('result', written, problem('result', 'requiredWith', headerOf('assessedOn')))
    : written
  const certificate = readCertificate(row, result, assessedOn, context)
  if (row.problems.length > before) return undefined
  return assessedOn && result ? { assessedOn, result, certificate: certificate ?? null } : null
}

/** Columns 22 to 28. `result` undefined: unreadable, so that nothing is said about certificates that don't go with it. */
function readCertificate(
  row: RowCells,
  result: Read<AssessmentPart['result']>,
  assessedOn: Read<string>,
  { today }: RowContext,
): Read<CertificatePart> {
  if (row.isEmpty('certificateType')) {
    for (const field of OF_CERTIFICATE) row.forbid(field, problem(field, 'onlyWith', headerOf('certificateType')))
    return null
  }
  const type = row.word('certificateType', types, CERTIFICATE_TYPE_WORDS)
  if (result !== undefined && result !== 'passed')
    return row.note(problem('certificateType', 'onlyFor', headerOf('result'), RESULT_WORDS.passed[0]))
  const level = type ? readLevel(row, type) : undefined
  const number = readNumber(row, type, level)
  const withType = problem('issuedOn', 'requiredWith', headerOf('certificateType'))
  const issuedOn = notAhead(row, 'issuedOn', row.require('issuedOn', row.date('issuedOn'), withType), today)
  const inOrder = notBefore(row, 'issuedOn', issuedOn, 'assessedOn', assessedOn)
  const workItem = row.text('workItem')
  const issuer = row.text('issuer')
  const status = row.word('certificateStatus', statuses, CERTIFICATE_STATUS_WORDS)
  if (!type || number === undefined || !inOrder) return undefined
  if (workItem === undefined || issuer === undefined || status === undefined || level === undefined) return undefined
  if (type === 'skill_level' && level) warnOfLevel(row, number, level)
  return { type, number, level, workItem: workItem ?? '', issuer, issuedOn: inOrder, status }
}

/** Column 24: with the types that carry a level; ignored with the others. */
function readLevel(row: RowCells, type: CertificateType): Level | null | undefined {
  if (!LEVELLED_TYPES.has(type)) return null
  const missing = problem('level', 'requiredFor', headerOf('certificateType'), CERTIFICATE_TYPE_WORDS[type][0])
  return row.require('level', row.word('level', levels, LEVEL_WORDS), missing)
}

/** Column 23. */
function readNumber(row: RowCells, type: Read<CertificateType>, level: Read<Level>): string | undefined {
  const field = 'certificateNumber'
  const missing = problem(field, 'requiredWith', headerOf('certificateType'))
  const written = row.require(field, row.code(field), missing)
  if (written === undefined || !type) return undefined
  const number = normaliseCertificateNumber(written)
  if (isCertificateNumber(type, number, level ?? null)) return number
  if (type === 'skill_level') return row.note(problem(field, 'certificateSkill'))
  return row.note(problem(field, type === 'qualification' ? 'certificateQualification' : 'certificateOther'))
}

function warnOfLevel(row: RowCells, number: string, level: Level): void {
  const digit = contradictingLevelDigit(number, level)
  if (digit !== null) row.warnings.push(problem('certificateNumber', 'levelDigit', digit, LEVEL_WORDS[level][0]))
}
