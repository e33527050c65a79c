/** An online class that delivers a course. Dates are Shanghai's, `YYYY-MM-DD`. */
export type OnlineClass = {
  classId: string
  name: string
  academyCode: string
  academyName: string
  courseSlug: string
  startsOn: string
  /** Inclusive. */
  endsOn: string
  isEnrolled: boolean
  creditedOn: string | null
}

/** Classes that wait for nothing but the learner's word: enrolled, begun, not credited. */
export const claimable = (classes: OnlineClass[], today: string): OnlineClass[] =>
  classes.filter((one) => one.isEnrolled && one.creditedOn === null && one.startsOn <= today)
