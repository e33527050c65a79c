import type { AcademyKind } from '#db/values.ts'
import type { YearPolicy } from '../policy/policy.ts'

/**
 * The counted figures of an academy and year (domain.md, "How figures are counted"). Each opens to what it counts:
 * brands, enrolments (`…_times`), else persons.
 */
export const FIGURES = [
  'brands',
  'trained',
  'trained_times',
  'trained_online_only',
  /** Of `trained`: those with no 人员类别 on any of the enrolments that count. They count, and are shown apart. */
  'trained_uncategorised',
  'practical',
  'practical_times',
  /** 应考: sat or were absent. */
  'entitled',
  /** 实考: passed or failed at least once. */
  'assessed',
  /** 缺考: absent, and never sat in the year. */
  'absent',
  /** The share of the trained who were assessed has this numerator. */
  'assessed_of_trained',
  'certified',
  /** Numerators of the certification rate's other readings: in `certified` and in the basis. */
  'certified_of_practical',
  'certified_of_trained',
  /** 合格待发证: passed, no certificate recorded yet, and not in `certified` by another one. */
  'awaiting',
  'awaiting_of_practical',
  'awaiting_of_trained',
  'improved',
  /** Of `improved`: those who declared no level, not even 无, on any enrolment by which they improved. */
  'improved_undeclared',
  /** Another reading of "improved": whoever earned a ranked certificate, whatever was held before. */
  'levelled',
] as const
export type Figure = (typeof FIGURES)[number]

export type EnrolmentFigure = 'trained_times' | 'practical_times'
export type PersonFigure = Exclude<Figure, EnrolmentFigure | 'brands'>

export const isEnrolmentFigure = (figure: Figure): figure is EnrolmentFigure => figure.endsWith('_times')

/** Reads a figure's name from a URL; null for anything else. */
export const toFigure = (name: string | undefined): Figure | null => FIGURES.find((figure) => figure === name) ?? null

/** Everything counted of one academy in one year. Whole numbers. */
export type Counts = Readonly<Record<Figure, number>> & {
  /** `improved` of the year before: what growth is measured against. */
  readonly improvedPrevious: number
  /** `levelled` of the year before. */
  readonly levelledPrevious: number
}

/** One academy's figures of one year. */
export type AcademyFigures = {
  academyId: string
  code: string
  name: string
  kind: AcademyKind
  /** Null: no city of its own. */
  cityCode: string | null
  sponsorId: string
  /** A provincial academy in this year: judged. The others see the same figures for reference. */
  isDesignated: boolean
  counts: Counts
}

/** Distinct workers over all academies asked for: one who learns at two academies counts once here. */
export type DistinctPersons = { trained: number; practical: number }

export type YearFigures = {
  year: number
  policy: YearPolicy
  /** By academy code; academies without rows included. */
  academies: AcademyFigures[]
  distinct: DistinctPersons
}
