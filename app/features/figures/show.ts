import { type Fraction, tenthsOfPercent } from '#app/lib/percent.ts'

/** 1,842: both languages group thousands by commas, wherever the page is rendered. */
export const showCount = (count: number): string =>
  count < 1000 && count > -1000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** 84.9%, −3.4%: cut to one decimal toward zero, a real minus sign; a dash where there is nothing to divide by. */
export function showPercent(share: Fraction): string {
  const tenths = tenthsOfPercent(share)
  if (tenths === null) return '—'
  const digits = Math.abs(tenths)
  return `${tenths < 0 ? '−' : ''}${Math.trunc(digits / 10)}.${digits % 10}%`
}

/** Thresholds in tenths of a percent as people say them: 50 is 5%, 45 is 4.5%. */
export const showTenths = (tenths: number): string => `${tenths / 10}%`
