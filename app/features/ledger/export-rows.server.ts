import { open } from '#app/features/persons/vault.server.ts'
import { rawSql, type Tx } from '#db/client.server.ts'
import type {
  Category,
  CertificateStatus,
  CertificateType,
  DeclaredLevel,
  DocumentType,
  Level,
  Mode,
  Result,
} from '#db/values.ts'
import { FIELDS, type Field } from './columns.ts'
import {
  CATEGORY_WORDS,
  CERTIFICATE_STATUS_WORDS,
  CERTIFICATE_TYPE_WORDS,
  DECLARED_LEVEL_WORDS,
  DOCUMENT_TYPE_WORDS,
  LEVEL_WORDS,
  MODE_WORDS,
  NO_OCCUPATION,
  RESULT_WORDS,
  type Vocabulary,
} from './vocabulary.ts'

/** Which rows: all that is given holds at once; nothing given, everything that the actor may see. */
export type ExportFilter = {
  academyId?: string
  /** The class ended, the enrolment was credited or the assessment was held in this year. */
  year?: number
  classCode?: string
  /** The persons behind a figure. */
  personIds?: readonly string[]
}

/** A row of the ledger by field, as the ledger writes it; '' for an empty cell. */
export type LedgerCells = Record<Field, string>

type Row = Record<Field, string | null> & {
  personId: string
  enrolmentId: string
  certificateId: string | null
  documentSealed: Buffer
  phoneSealed: Buffer | null
  numberSealed: Buffer | null
}

const ROWS_AT_ONCE = 500

/**
 * The ledger as rows that import again unchanged, by class, worker, assessment and certificate: of enrolments whose hours
 * are recorded, in classes that have begun and are no drafts. Streams; sees what the transaction's actor sees.
 * @param today Shanghai's date.
 */
export async function* exportRows(tx: Tx, filter: ExportFilter, today: string): AsyncGenerator<LedgerCells[]> {
  const cursor = rawSql(tx)<Row[]>`
    select y.code as "academyCode", c.code as "classCode", c.name as "className", c.mode,
      c.occupation_code as "occupationCode", c.starts_on::text as "startsOn", c.ends_on::text as "endsOn",
      trim_scale(c.planned_hours)::text as "plannedHours",
      trim_scale(c.planned_practical_hours)::text as "plannedPracticalHours",
      e.name, p.document_type as "documentType", e.category, e.employer, e.declared_level as "declaredLevel",
      trim_scale(e.hours_attended)::text as "hoursAttended",
      trim_scale(e.practical_hours_attended)::text as "practicalHoursAttended", e.completed_on::text as "completedOn",
      a.assessed_on::text as "assessedOn", a.result,
      k.type as "certificateType", k.number as "certificateNumber", k.level, k.work_item as "workItem", k.issuer,
      k.issued_on::text as "issuedOn", k.status as "certificateStatus",
      p.id as "personId", e.id as "enrolmentId", k.id as "certificateId",
      p.document_sealed as "documentSealed", e.phone_sealed as "phoneSealed", k.number_sealed as "numberSealed"
    ${rowsOf(tx, filter, today)}
    order by y.code, c.starts_on, c.code, e.id, a.assessed_on, k.issued_on, k.id`.cursor(ROWS_AT_ONCE)
  for await (const rows of cursor) yield rows.map(toCells)
}

/** Whether an export would be longer than `most` rows: known before the first of them is opened. */
export async function hasMoreRows(tx: Tx, filter: ExportFilter, today: string, most: number): Promise<boolean> {
  const beyond = await rawSql(tx)`select 1 ${rowsOf(tx, filter, today)} offset ${most} limit 1`
  return beyond.length > 0
}

const rowsOf = (tx: Tx, filter: ExportFilter, today: string) => {
  const { academyId = null, year = null, classCode = null, personIds = null } = filter
  return rawSql(tx)`
    from enrolment e
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    join academy y on y.id = e.academy_id
    join person p on p.id = e.person_id
    left join assessment a on a.academy_id = e.academy_id and a.enrolment_id = e.id
    left join certificate k on k.academy_id = a.academy_id and k.assessment_id = a.id
    where e.seat = 'enrolled' and e.hours_attended is not null and c.status <> 'draft' and c.starts_on <= ${today}::date
      and (${academyId}::uuid is null or e.academy_id = ${academyId}::uuid)
      and (${classCode}::text is null or c.code = ${classCode}::text)
      and (${personIds === null} or e.person_id = any (${[...(personIds ?? [])]}::uuid[]))
      and (${year}::int is null or ${year}::int in (
        extract(year from c.ends_on), extract(year from e.credited_on), extract(year from a.assessed_on)))`
}

function toCells(row: Row): LedgerCells {
  const cells = {} as LedgerCells
  for (const field of FIELDS) cells[field] = row[field] ?? ''
  cells.mode = word(MODE_WORDS, row.mode as Mode)
  cells.occupationCode ||= NO_OCCUPATION
  cells.documentType = word(DOCUMENT_TYPE_WORDS, row.documentType as DocumentType)
  cells.documentNumber = open('person.document', row.personId, row.documentSealed)
  cells.phone = row.phoneSealed ? open('enrolment.phone', row.enrolmentId, row.phoneSealed) : ''
  cells.category = word(CATEGORY_WORDS, row.category as Category | null)
  cells.declaredLevel = word(DECLARED_LEVEL_WORDS, row.declaredLevel as DeclaredLevel | null)
  cells.result = word(RESULT_WORDS, row.result as Result | null)
  cells.certificateType = word(CERTIFICATE_TYPE_WORDS, row.certificateType as CertificateType | null)
  cells.level = word(LEVEL_WORDS, row.level as Level | null)
  cells.certificateStatus = word(CERTIFICATE_STATUS_WORDS, row.certificateStatus as CertificateStatus | null)
  if (row.numberSealed && row.certificateId)
    cells.certificateNumber = open('certificate.number', row.certificateId, row.numberSealed)
  return cells
}

/** The first word of a stored value: the one that is exported. */
const word = <T extends string>(vocabulary: Vocabulary<T>, value: T | null): string =>
  value === null ? '' : vocabulary[value][0]
