/** The figures whose pace the academy's page draws: those that the year asks for a number of persons. */
export const PACE_FIGURES = ['trained', 'practical', 'improved'] as const
export type PaceFigure = (typeof PACE_FIGURES)[number]

/** As an address names it; anything else is the first. */
export const readPace = (written: string | null): PaceFigure =>
  PACE_FIGURES.find((figure) => figure === written) ?? PACE_FIGURES[0]
