import type { Locale } from '#app/lib/i18n.ts'
import { type WeaknessCode, weaknessWords } from './weakness-words.ts'

/** Something that may be published and could be better: where, and what. Lines and columns begin at 1. */
export type Weakness = { line: number; column: number; code: WeaknessCode; detail: string }

export const weaknessReason = ({ code, detail }: Weakness, locale: Locale): string =>
  weaknessWords[locale].reason[code](detail.split(' '))

export const weaknessAdvice = ({ code, detail }: Weakness, locale: Locale): string =>
  weaknessWords[locale].advice[code](detail.split(' '))
