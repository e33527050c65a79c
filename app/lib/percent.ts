/**
 * Shares are exact fractions of whole numbers until they are shown; then a percentage is cut to one decimal toward zero,
 * never rounded: 84.96 % shows as 84.9 %, −3.46 % as −3.4 % (domain.md, "How figures are counted").
 */
export type Fraction = { numerator: number; denominator: number }

/**
 * Tenths of a percent, cut toward zero: 8496/10000 is 849. Null where there is nothing to divide by.
 * Exact: integers up to 2^53 / 1000.
 */
export function tenthsOfPercent({ numerator, denominator }: Fraction): number | null {
  if (denominator === 0) return null
  return Math.trunc((numerator * 1000) / denominator) + 0 // `+ 0` turns -0 into 0
}

/** The number with one decimal that is shown and exported: 84.9. Null where there is nothing to divide by. */
export function percent(fraction: Fraction): number | null {
  const tenths = tenthsOfPercent(fraction)
  return tenths === null ? null : tenths / 10
}

/** Change from `before` to `now` as a fraction: (now − before) / before. */
export function growth(now: number, before: number): Fraction {
  return { numerator: now - before, denominator: before }
}
