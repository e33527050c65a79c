/** An online class that delivers a course. Dates are Shanghai's, `YYYY-MM-DD`. */
export type OnlineClass = {
  classId: string
  name: string
  academyCode: string
  academyName: string
  /** Of the online academy, which pools the courses of others. */
  isPooled: boolean
  /** Who runs it, as the academy says; null: not said. */
  classHead: string | null
  courseSlug: string
  startsOn: string
  /** Inclusive. */
  endsOn: string
  isEnrolled: boolean
  /** One may enrol now. */
  isOpen: boolean
  /** Of the academy that the learner chose. */
  isChosen: boolean
  creditedOn: string | null
}

/**
 * The class to offer first: open, not joined yet; null: there is none, or one is joined already. They come in the order in
 * which they are offered (offers.server.ts).
 */
export const firstOffer = (classes: OnlineClass[]): OnlineClass | null =>
  classes.some((one) => one.isEnrolled) ? null : (classes.find((one) => one.isOpen) ?? null)

/** Classes that wait for nothing but the learner's word: enrolled, begun, not credited. */
export const claimable = (classes: OnlineClass[], today: string): OnlineClass[] =>
  classes.filter((one) => one.isEnrolled && one.creditedOn === null && one.startsOn <= today)
