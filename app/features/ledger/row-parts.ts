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
import type { Problem } from './problem.ts'

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

export type LedgerRow = { theClass: ClassPart; person: PersonPart; assessment: AssessmentPart | null }

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
