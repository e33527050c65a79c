import type { PersonFigure } from './figures.ts'

/** The figures whose pace through a year is shown. */
export const MONTHLY = ['trained', 'practical', 'certified', 'improved'] as const satisfies readonly PersonFigure[]

/**
 * Persons by the month in which they first counted, January first, always twelve: by the day of the credit, for `certified`
 * and `improved` of the assessment. The sum is the figure of the year. Months to come are 0.
 */
export type Months = Readonly<Record<(typeof MONTHLY)[number], readonly number[]>>
