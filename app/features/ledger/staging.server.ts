import { sql } from 'drizzle-orm'
import { PERSONAL_NUMBER_TYPES } from '#app/features/certification/numbers.ts'
import { documentKey } from '#app/features/persons/documents.ts'
import { documentIndex } from '#app/features/persons/persons.server.ts'
import { indexOf, seal } from '#app/features/persons/vault.server.ts'
import type { Tx } from '#db/client.server.ts'
import { candidateIds } from './candidates.server.ts'
import type { CertificatePart, ClassPart, LedgerRow, PersonPart } from './row-parts.ts'

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

/** Of how many persons it is remembered what was sealed for them. */
const REMEMBERED = 5000

/** Turns a row into a line of COPY's text format, in the order of the columns above. */
export function copyLine(importId: string): (row: number, ledgerRow: LedgerRow) => string {
  const idOf = candidateIds(importId)
  const persons = new Map<string, { id: string; text: string }>()
  let last: { part: ClassPart; id: string; text: string } | null = null

  function classOf(part: ClassPart): { id: string; text: string } {
    if (last?.part === part) return last // as in the row above (row.ts)
    const id = idOf('class', `${part.academyId}\0${part.classCode}`)
    last = { part, id, text: copyText([part.academyId, id, ...classFields(part)]) }
    return last
  }

  /** Who comes again, in another class or for another assessment, is sealed once. */
  function personOf({ documentType, documentNumber, birthDate }: PersonPart): { id: string; text: string } {
    const key = documentKey(documentType, documentNumber)
    const known = persons.get(key)
    if (known) return known
    const index = documentIndex(documentType, documentNumber)
    const id = idOf('person', index.toString('hex'))
    const document = seal('person.document', id, documentNumber)
    const birth = birthDate && seal('person.birth_date', id, birthDate)
    const made = { id, text: copyText([id, documentType, index, document, birth]) }
    if (persons.size >= REMEMBERED) persons.clear()
    persons.set(key, made)
    return made
  }

  return (row, { theClass, person, assessment }) => {
    const ofClass = classOf(theClass)
    const ofPerson = personOf(person)
    const enrolmentId = idOf('enrolment', ofClass.id + ofPerson.id)
    const assessmentId = assessment && idOf('assessment', enrolmentId + assessment.assessedOn)
    const own = copyText([
      enrolmentId,
      ...enrolmentFields(enrolmentId, person),
      assessmentId,
      assessment?.assessedOn,
      assessment?.result,
      ...certificateFields(idOf, assessmentId, assessment?.certificate ?? null),
    ])
    return `${row}\t${ofClass.text}\t${ofPerson.text}\t${own}\n`
  }
}

const classFields = ({ occupation, ...part }: ClassPart): Field[] => [
  part.classCode,
  part.className,
  part.mode,
  occupation?.code,
  occupation?.edition,
  part.startsOn,
  part.endsOn,
  part.plannedHours,
  part.plannedPracticalHours,
]

const enrolmentFields = (id: string, person: PersonPart): Field[] => [
  person.name,
  person.employer,
  person.phone && seal('enrolment.phone', id, person.phone),
  person.phone && indexOf('phone', person.phone),
  person.category,
  person.declaredLevel,
  person.hoursAttended,
  person.practicalHoursAttended,
  person.completedOn,
]

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
const copyText = (fields: readonly Field[]): string => fields.map(copyCell).join('\t')

function copyCell(field: Field): string {
  if (field === null || field === undefined) return '\\N'
  if (typeof field === 'number') return String(field)
  if (typeof field !== 'string') return `\\\\x${field.toString('hex')}`
  return field.includes('\\') ? field.replaceAll('\\', '\\\\') : field
}
