/** A course in a list. */
export type CourseCard = {
  slug: string
  title: string
  titleEn: string
  summary: string
  summaryEn: string
  /** Class hours of 45 minutes. */
  plannedHours: number
  lessonCount: number
  /** Of the account that asks; 0 for visitors. */
  doneCount: number
  /** Of the lessons that the account finished: those that changed in substance since. */
  updatedCount: number
  /** The account has still to pass the final test; false where the course has none. */
  isTestOpen: boolean
  /** When the account last finished something in it, ISO; null: never. */
  lastAt: string | null
}
