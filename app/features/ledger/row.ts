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
import type { Header } from './header.ts'
import { type Problem, problem } from './problem.ts'
import type { SourceRecord } from './record.ts'
import { readAssessment } from './row-assessment.ts'
import { rowCells } from './row-cells.ts'
import { readClass } from './row-class.ts'
import { readPerson } from './row-person.ts'

/** What one row says of the class. Hours are of 45 minutes; dates `YYYY-MM-DD`. */
export type ClassPart = {
  academyId: string
  classCode: string
  className: string
  mode: Mode
  occupation: { code: string; edition: number } | null
  startsOn: string
  /** Inclusive. */
  endsOn: string
  plannedHours: number
  /** Mixed classes only. */
  plannedPracticalHours: number | null
}

/** What one row says of the worker and the enrolment. Null: the cell is empty, and changes nothing. */
export type PersonPart = {
  name: string
  documentType: DocumentType
  documentNumber: string
  birthDate: string | null
  phone: string | null
  category: Category | null
  employer: string | null
  declaredLevel: DeclaredLevel | null
  hoursAttended: number
  practicalHoursAttended: number | null
  completedOn: string | null
}

export type CertificatePart = {
  type: CertificateType
  number: string
  level: Level | null
  /** 作业项目; empty for none. */
  workItem: string
  issuer: string | null
  issuedOn: string
  /** Null: not said; a new certificate is then valid, a recorded one stays what it is. */
  status: CertificateStatus | null
}

export type AssessmentPart = { assessedOn: string; result: Result; certificate: CertificatePart | null }

export type LedgerRow = ClassPart & PersonPart & { assessment: AssessmentPart | null }

/** What rows are read against. */
export type RowContext = {
  /** Shanghai's date. */
  today: string
  /** Academy code → id. */
  academies: ReadonlyMap<string, string>
  /** Where an academy imports for itself: rows of others are errors. Null: all academies. */
  onlyAcademyId: string | null
  /** Occupation code → its latest edition. */
  occupations: ReadonlyMap<string, number>
}

/** A row's content, or everything that is wrong with it; warnings either way. */
export type RowReading = { row: LedgerRow | null; problems: Problem[]; warnings: Problem[] }

/**
 * Reads one data row by all the rules of the ledger that a row can break by itself (domain.md, "The ledger"). Goes on
 * behind a problem, so that all of them are told at once.
 */
export function readRow(record: SourceRecord, header: Header, context: RowContext): RowReading {
  if (record.isBroken) return { row: null, problems: [problem(null, 'quoteBroken')], warnings: [] }
  const { cells } = record
  if (cells.length > header.width && cells.slice(header.width).some((cell) => cell.trim() !== ''))
    return { row: null, problems: [problem(null, 'tooManyCells', cells.length, header.width)], warnings: [] }

  const row = rowCells(cells, header.columns)
  const theClass = readClass(row, context)
  const person = readPerson(row, theClass, context, header.residentIdOnly)
  const assessment = readAssessment(row, theClass.startsOn, context)
  if (row.problems.length > 0) return { row: null, problems: row.problems, warnings: row.warnings }
  // Without a problem every required part was read.
  const whole = { ...theClass, ...person, assessment } as LedgerRow
  return { row: whole, problems: row.problems, warnings: row.warnings }
}
