import type {
  AcademyKind,
  BrandStatus,
  Category,
  CertificateStatus,
  CertificateType,
  DeclaredLevel,
  Level,
  Mode,
  Result,
} from '#db/values.ts'

/** The facts of a province as plain objects: what builders insert and what the oracle counts. Dates `YYYY-MM-DD`. */
export type Facts = {
  academies: AcademyFact[]
  brands: BrandFact[]
  classes: ClassFact[]
  persons: PersonFact[]
  enrolments: EnrolmentFact[]
  assessments: AssessmentFact[]
  certificates: CertificateFact[]
}

export type AcademyFact = {
  id: string
  code: string
  name: string
  kind: AcademyKind
  cityCode: string | null
  sponsorId: string
  designated: readonly [from: number, until: number | null] | null
}

export type BrandFact = {
  academyId: string
  id: string
  name: string
  validFrom: string
  validUntil: string | null
  status: BrandStatus
}

export type ClassFact = {
  academyId: string
  id: string
  code: string
  name: string
  mode: Mode
  occupation: { code: string; edition: number } | null
  startsOn: string
  endsOn: string
  plannedHours: number
  /** Null but for mixed classes. */
  plannedPracticalHours: number | null
}

export type PersonFact = { id: string; document: string }

export type EnrolmentFact = {
  academyId: string
  id: string
  classId: string
  personId: string
  name: string
  category: Category | null
  declaredLevel: DeclaredLevel | null
  hours: number | null
  practicalHours: number | null
  creditedOn: string | null
}

export type AssessmentFact = { academyId: string; id: string; enrolmentId: string; assessedOn: string; result: Result }

export type CertificateFact = {
  academyId: string
  id: string
  assessmentId: string
  type: CertificateType
  level: Level | null
  issuedOn: string
  status: CertificateStatus
}

export const noFacts = (): Facts => ({
  academies: [],
  brands: [],
  classes: [],
  persons: [],
  enrolments: [],
  assessments: [],
  certificates: [],
})
