/** A worker's code for one session as digits that are read out and typed: seven, and one that tells a slip of the tongue. */
const DIGITS = /^\d{8}$/

/** Seven digits with their check digit (Luhn): one wrong digit, or two that changed places, is noticed without a network. */
export function withCheckDigit(seven: string): string {
  return seven + String((10 - (luhn(`${seven}0`) % 10)) % 10)
}

/** The digits of a code as typed, spaces and full-width signs and all; null: it is none, `slip`: one is wrong. */
export function readDigits(typed: string): string | 'slip' | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '')
  if (!DIGITS.test(digits)) return null
  return luhn(digits) % 10 === 0 ? digits : 'slip'
}

/** As a person reads it: `1234 5678`. */
export const inFours = (digits: string): string => `${digits.slice(0, 4)} ${digits.slice(4)}`

function luhn(digits: string): number {
  const values = [...digits].reverse().map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2))
  return values.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0)
}
