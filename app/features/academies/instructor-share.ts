import type { Fraction } from '#app/lib/percent.ts'
import { CRAFTSMAN_TITLES, type InstructorTitle } from '#db/values.ts'

/**
 * A craftsman instructor (工匠教师) bears one of the titles that the plan's focus 聚焦工匠人才特色，师资队伍具有鲜明的工匠元素 speaks of:
 * 劳模, 工匠, 技能大师 or 技术能手. The plan names no list and no number; the page says which titles were counted.
 */
export const isCraftsman = (titles: readonly { title: InstructorTitle }[]): boolean =>
  titles.some(({ title }) => CRAFTSMAN_TITLES.some((counted) => counted === title))

/** True on the last day, and where there is none. */
export const teachesOn = ({ endedOn }: { endedOn: string | null }, date: string): boolean =>
  endedOn === null || endedOn >= date

/** How many of those who teach on a day are craftsmen; each is one person. */
export function craftsmanShare(
  instructors: readonly { isCraftsman: boolean; endedOn: string | null }[],
  today: string,
): Fraction {
  const teaching = instructors.filter((one) => teachesOn(one, today))
  return { numerator: teaching.filter((one) => one.isCraftsman).length, denominator: teaching.length }
}
