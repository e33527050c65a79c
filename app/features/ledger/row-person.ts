import { checkDocument, normalisePhone } from '#app/features/persons/documents.ts'
import { maskDocument, maskPhone, quotable } from '#app/features/persons/masking.ts'
import { isName, normaliseName } from '#app/features/persons/names.ts'
import type { DocumentType, Mode } from '#db/values.ts'
import { type Field, headerOf } from './columns.ts'
import { type Problem, problem } from './problem.ts'
import { notAhead, notBefore, type RowCells } from './row-cells.ts'
import type { ReadClass } from './row-class.ts'
import type { PersonPart, RowContext } from './row-parts.ts'
import { CATEGORY_WORDS, DECLARED_LEVEL_WORDS, DOCUMENT_TYPE_WORDS, lookup, MODE_WORDS } from './vocabulary.ts'

const documentTypes = lookup(DOCUMENT_TYPE_WORDS)
const categories = lookup(CATEGORY_WORDS)
const declaredLevels = lookup(DECLARED_LEVEL_WORDS)

/** The worker and the enrolment as far as the cells could be read: undefined where one is wrong. */
export type ReadPerson = { [K in keyof PersonPart]: PersonPart[K] | undefined }

/** Columns 10 to 19. */
export function readPerson(
  row: RowCells,
  theClass: ReadClass,
  context: RowContext,
  residentIdOnly: boolean,
): ReadPerson {
  const { mode, plannedHours, plannedPracticalHours } = theClass
  const employer = row.text('employer')
  if (employer === null) row.warnings.push(problem('employer', 'noEmployer'))
  const hoursAttended = row.require('hoursAttended', row.hours('hoursAttended'))
  return {
    name: readName(row),
    ...readDocument(row, context, residentIdOnly),
    phone: readPhone(row),
    category: row.word('category', categories, CATEGORY_WORDS),
    employer,
    declaredLevel: row.word('declaredLevel', declaredLevels, DECLARED_LEVEL_WORDS),
    hoursAttended: notAbove(row, 'hoursAttended', hoursAttended, 'plannedHours', plannedHours),
    practicalHoursAttended: readPractical(row, mode, hoursAttended, plannedPracticalHours),
    completedOn: readCompletion(row, mode, theClass.startsOn, context.today),
  }
}

function readName(row: RowCells): string | undefined {
  const written = row.require('name', row.text('name'))
  if (written === undefined) return undefined
  const name = normaliseName(written)
  return isName(name) ? name : row.note(problem('name', 'name'))
}

/** Columns 11 and 12. */
function readDocument(
  row: RowCells,
  { today }: RowContext,
  residentIdOnly: boolean,
): Pick<ReadPerson, 'documentType' | 'documentNumber' | 'birthDate'> {
  const unread = { documentType: undefined, documentNumber: undefined, birthDate: undefined }
  const documentType = residentIdOnly
    ? 'resident_id'
    : row.require('documentType', row.word('documentType', documentTypes, DOCUMENT_TYPE_WORDS))
  const written = row.require('documentNumber', row.code('documentNumber'))
  if (documentType === undefined || written === undefined) return unread
  const checked = checkDocument(documentType, written, today)
  if (checked.ok) return { documentType, documentNumber: checked.number, birthDate: checked.birthDate }
  row.note(refusedDocument(documentType, written, checked.reason))
  return unread
}

function refusedDocument(type: DocumentType, written: string, reason: 'form' | 'check_digit' | 'birth_date'): Problem {
  const field = 'documentNumber'
  const shown = /\d{4}/.test(written) ? maskDocument(written) : quotable(written)
  if (reason === 'form') return problem(field, 'documentForm', shown, type)
  // The date has 8 digits; in the old numbers of 15 digits 6.
  if (reason === 'birth_date') return problem(field, 'documentBirth', shown, written.length === 15 ? 12 : 14)
  return problem(field, written.endsWith('000') ? 'documentRounded' : 'documentCheck', shown)
}

function readPhone(row: RowCells): string | null | undefined {
  const written = row.code('phone')
  if (typeof written !== 'string') return written
  return (
    normalisePhone(written) ??
    row.note(problem('phone', 'phone', written.length > 7 ? maskPhone(written) : quotable(written)))
  )
}

function notAbove(
  row: RowCells,
  field: Field,
  hours: number | undefined,
  other: Field,
  most: number | null | undefined,
) {
  if (hours === undefined || typeof most !== 'number' || hours <= most) return hours
  return row.note(problem(field, 'hoursAbove', String(hours), headerOf(other), String(most)))
}

/** Column 18: with 混合 from 0 to column 9 and not above column 17; empty otherwise. */
function readPractical(
  row: RowCells,
  mode: Mode | undefined,
  hoursAttended: number | undefined,
  planned: number | null | undefined,
): number | null | undefined {
  const field = 'practicalHoursAttended'
  if (mode === undefined) return undefined
  if (mode !== 'mixed') {
    row.forbid(field, problem(field, 'onlyFor', headerOf('mode'), MODE_WORDS.mixed[0]))
    return null
  }
  const missing = problem(field, 'requiredFor', headerOf('mode'), MODE_WORDS.mixed[0])
  const hours = row.require(field, row.hours(field), missing)
  const withinPlan = notAbove(row, field, hours, 'plannedPracticalHours', planned)
  return notAbove(row, field, withinPlan, 'hoursAttended', hoursAttended)
}

/** Column 19: 线上 only; not before column 6. */
function readCompletion(row: RowCells, mode: Mode | undefined, startsOn: string | undefined, today: string) {
  const field = 'completedOn'
  if (mode === undefined) return undefined
  if (mode !== 'online') {
    row.forbid(field, problem(field, 'onlyFor', headerOf('mode'), MODE_WORDS.online[0]))
    return null
  }
  return notBefore(row, field, notAhead(row, field, row.date(field), today), 'startsOn', startsOn)
}
