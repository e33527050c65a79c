/** The province of the demo is made from this number: the same bytes everywhere. */
export const SEED = 20_261_031

/** The ledgers end here, as an office's would that has filed up to the end of October. */
export const LAST_DAY = '2026-10-31'
export const YEARS = [2024, 2025, 2026] as const
