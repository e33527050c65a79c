import { sql } from 'drizzle-orm'
import { PERSONAL_NUMBER_TYPES } from '#app/features/certification/numbers.ts'
import { documentIndex } from '#app/features/persons/persons.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { candidateIds } from './candidates.server.ts'
import type { CertificatePart, ClassPart, LedgerRow } from './row-parts.ts'

/**
 * The rows of a file, one by one, in a temporary table of the import's transaction. Ids are candidates: what the record will
 * have if it is new. Sealed values are bound to them. Empty cells are null.
 */
export async function createStaging(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_row (
      "row" integer not null,
      academy_id uuid not null, class_id uuid not null, class_code text not null, class_name text not null,
      mode text not null, occupation_code text, occupation_edition integer,
      starts_on date not null, ends_on date not null,
      planned_hours numeric(6, 1) not null, planned_practical_hours numeric(6, 1),
      person_id uuid not null, document_type text not null, document_index bytea not null,
      document_sealed bytea not null, birth_date_sealed bytea,
      enrolment_id uuid not null, name text not null, employer text, phone_sealed bytea, phone_index bytea,
      category text, declared_level text,
      hours_attended numeric(6, 1) not null, practical_hours_attended numeric(6, 1), completed_on date,
      assessment_id uuid, assessed_on date, result text,
      certificate_id uuid, type text, work_item text, number text, number_sealed bytea, number_index bytea,
      level text, issuer text, issued_on date, status text
    ) on commit drop`)
}

type Field = string | number | Buffer | null | undefined

/** Turns a row into a line of COPY's text format, in the order of the columns above. */
export function copyLine(importId: string): (row: number, ledgerRow: LedgerRow) => string {
  const idOf = candidateIds(importId)
  const classIds = new Map<string, string>()

  function classIdOf({ academyId, classCode }: ClassPart): string {
    const key = `${academyId}\0${classCode}`
    const known = classIds.get(key)
    if (known) return known
    if (classIds.size >= 10_000) classIds.clear() // files are grouped by class: few are met again later
    const id = idOf('class', key)
    classIds.set(key, id)
    return id
  }

  return (row, { theClass, person, assessment }) => {
    const { documentType, documentNumber, birthDate, phone } = person
    const { occupation } = theClass
    const index = documentIndex(documentType, documentNumber)
    const classId = classIdOf(theClass)
    const personId = idOf('person', index.toString('base64'))
    const enrolmentId = idOf('enrolment', classId + personId)
    const assessmentId = assessment && idOf('assessment', enrolmentId + assessment.assessedOn)
    return copyText([
      row,
      theClass.academyId,
      classId,
      theClass.classCode,
      theClass.className,
      theClass.mode,
      occupation?.code,
      occupation?.edition,
      theClass.startsOn,
      theClass.endsOn,
      theClass.plannedHours,
      theClass.plannedPracticalHours,
      personId,
      documentType,
      index,
      seal('person.document', personId, documentNumber),
      birthDate && seal('person.birth_date', personId, birthDate),
      enrolmentId,
      person.name,
      person.employer,
      phone && seal('enrolment.phone', enrolmentId, phone),
      phone && indexOf('phone', phone),
      person.category,
      person.declaredLevel,
      person.hoursAttended,
      person.practicalHoursAttended,
      person.completedOn,
      assessmentId,
      assessment?.assessedOn,
      assessment?.result,
      ...certificateFields(idOf, assessmentId, assessment?.certificate ?? null),
    ])
  }
}

const NO_CERTIFICATE: Field[] = Array.from({ length: 10 }, () => null)

function certificateFields(
  idOf: ReturnType<typeof candidateIds>,
  assessmentId: string | null,
  certificate: CertificatePart | null,
): Field[] {
  if (!certificate || !assessmentId) return NO_CERTIFICATE
  const { type, workItem, number } = certificate
  const id = idOf('certificate', `${assessmentId}${type}\0${workItem}`)
  const isPersonal = PERSONAL_NUMBER_TYPES.has(type)
  return [
    id,
    type,
    workItem,
    isPersonal ? null : number,
    isPersonal ? seal('certificate.number', id, number) : null,
    indexOf('certificate', number),
    certificate.level,
    certificate.issuer,
    certificate.issuedOn,
    certificate.status,
  ]
}

/** COPY's text format. Cells hold no control characters (row-cells.ts), so that only the backslash has to be escaped. */
function copyText(fields: readonly Field[]): string {
  let line = ''
  for (const field of fields) {
    if (line !== '') line += '\t'
    if (field === null || field === undefined) line += '\\N'
    else if (typeof field === 'number') line += field
    else if (typeof field !== 'string') line += `\\\\x${field.toString('hex')}`
    else line += field.includes('\\') ? field.replaceAll('\\', '\\\\') : field
  }
  return `${line}\n`
}
