import type { Category, CertificateStatus, CertificateType, DeclaredLevel, Level, Mode, Result } from '#db/values.ts'
import type { Figure } from './figures.ts'

/** What made one person count: an enrolment that was credited, or an assessment with its certificates. */
export type FactBehind = {
  classCode: string
  className: string
  mode: Mode
  /** Level declared as held before the class; null: not declared. */
  declaredLevel: DeclaredLevel | null
} & (
  | { kind: 'credit'; creditedOn: string; hours: number | null; practicalHours: number | null }
  | { kind: 'assessment'; assessedOn: string; result: Result; certificates: CertificateBehind[] }
)

export type CertificateBehind = {
  type: CertificateType
  level: Level | null
  status: CertificateStatus
  issuedOn: string
}

/** One person, or one enrolment where the figure counts times; masked before it leaves the server. */
export type RowBehind = {
  key: string
  personId: string
  name: string
  document: string
  /** Null: not said. */
  category: Category | null
  facts: FactBehind[]
}

export type ListBehind = {
  /** The figure itself: all that it counts, not only this page. */
  count: number
  rows: RowBehind[]
  /** What the next page begins after; null on the last. */
  next: string | null
}

const TRAINING: readonly Figure[] = [
  'trained',
  'trained_times',
  'trained_online_only',
  'trained_uncategorised',
  'practical',
  'practical_times',
]

/** Whether a figure's list shows credited enrolments; else it shows assessments. */
export const isAboutTraining = (figure: Figure): boolean => TRAINING.includes(figure)

/** Whether a figure belongs to growth, or to the certification rate: what stands beside it then. */
export const isAboutGrowth = (figure: Figure): boolean => figure.startsWith('improved') || figure === 'levelled'
export const isAboutRate = (figure: Figure): boolean =>
  figure !== 'brands' && !isAboutTraining(figure) && !isAboutGrowth(figure)
