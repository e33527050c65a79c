import type { Mode } from '#db/values.ts'

/** What crediting looks at. Hours are of 45 minutes, in steps of 0.5. */
export type CreditFacts = {
  mode: Mode
  /** The hours to be measured by: {@link countedHours}. */
  plannedHours: number
  /** Inclusive last day of the class, `YYYY-MM-DD`. */
  endsOn: string
  /** Null: nobody recorded them. */
  hoursAttended: number | null
  /** Online only: the worker's own completion date; null: not said, the class's last day counts. */
  completedOn: string | null
  /** Of the counting policy in force for the year of `endsOn`; not used for online classes. */
  attendancePercent: number
}

/**
 * The date on which an enrolment is credited by its recorded hours, or null (domain.md, "Credit"). The date may lie ahead:
 * it counts once it has come. Classroom, practical and mixed: hours attended × 100 ≥ planned hours × the policy's
 * percentage, on the class's last day. Online: hours attended ≥ planned hours, on the completion date, else on the last
 * day. Exact: in half hours, all numbers are whole. The same rule in SQL: bulk.server.ts.
 */
export function creditDate(facts: CreditFacts): string | null {
  if (facts.hoursAttended === null) return null
  const attended = Math.round(facts.hoursAttended * 2)
  const planned = Math.round(facts.plannedHours * 2)
  if (facts.mode === 'online') return attended >= planned ? (facts.completedOn ?? facts.endsOn) : null
  return attended * 100 >= planned * facts.attendancePercent ? facts.endsOn : null
}

/**
 * The hours by which a class is credited: those delivered, if they are at least the policy's percentage of the plan, else
 * the plan (domain.md, "A practical class": typhoons). More than the plan asks of nobody more than the plan. `deliveredHours`
 * null: hours do not come from attendance sheets, the plan counts.
 */
export function countedHours({
  plannedHours,
  deliveredHours,
  deliveredPercent,
}: {
  plannedHours: number
  deliveredHours: number | null
  deliveredPercent: number
}): number {
  if (deliveredHours === null || deliveredHours >= plannedHours) return plannedHours
  const isEnough = Math.round(deliveredHours * 2) * 100 >= Math.round(plannedHours * 2) * deliveredPercent
  return isEnough ? deliveredHours : plannedHours
}
