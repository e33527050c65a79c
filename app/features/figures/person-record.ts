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
import type { Figure } from './figures.ts'

/** One assessment of a person, with its certificates and where it counts in the year asked; null: it does not. */
export type Sitting = {
  id: string
  assessedOn: string
  result: Result
  certificates: {
    type: CertificateType
    level: Level | null
    number: string
    status: CertificateStatus
    issuedOn: string
  }[]
  counts: { certified: boolean; improves: boolean; whyNotImproved: WhyNotImproved | null } | null
}

export type EnrolmentOf = {
  id: string
  classCode: string
  className: string
  mode: Mode
  startsOn: string
  endsOn: string
  plannedHours: number
  hours: number | null
  practicalHours: number | null
  category: Category | null
  declaredLevel: DeclaredLevel | null
  creditedOn: string | null
  /** Where the training counts in the year asked; null: it does not. */
  counts: { trained: boolean; practical: boolean } | null
  sittings: Sitting[]
}

/** A person's whole record at one academy; masked before it leaves the server. */
export type PersonRecord = {
  academy: { code: string; name: string }
  personId: string
  year: number
  years: number[]
  name: string
  documentType: DocumentType
  document: string
  /** The figures of the year in which the person stands, and how often. */
  figures: Partial<Record<Figure, number>>
  enrolments: EnrolmentOf[]
}

/** Why a certificate counts for 取证 and not for 技能提升 (domain.md, "Held before"). */
export type WhyNotImproved = 'no_occupation' | 'no_rank' | 'held'

export function whyNotImproved(of: { hasOccupation: boolean; rank: number | null }): WhyNotImproved {
  if (of.rank === null) return 'no_rank'
  return of.hasOccupation ? 'held' : 'no_occupation'
}
