import type { ChangedDay } from '#app/features/policy/changed-days.ts'
import { DAY_CHANGES, type DayDoubt, type DayIs, type PlanDoubt } from '#db/values.ts'

/** What is planned on a day. */
export type Meets = 'session' | 'sitting'

const isWorked = (is: DayIs): boolean => is === 'workday' || is === 'made_up'

/**
 * What somebody who planned a meeting on a day should look at again, now that it is another one: that it became a public holiday, or
 * that people work on what was a day of rest. That one rests on a day of work is no matter where it is an ordinary weekend: classes
 * meet then. Null: nothing. `was`: what the day was when it was planned on.
 */
export function doubtOfDay(
  { date, is, name }: Pick<ChangedDay, 'date' | 'is' | 'name'>,
  was: DayIs,
  meets: Meets = 'session',
): DayDoubt | null {
  const of = { date, name, ...meetsOf(meets) }
  if (is === 'holiday') return was === 'holiday' ? null : { is, ...of }
  return is !== 'weekend' && isWorked(is) && !isWorked(was) ? { is, ...of } : null
}

/** As a doubt says it: of a session nothing. */
export const meetsOf = (meets: Meets): { meets?: 'sitting' } => (meets === 'sitting' ? { meets } : {})

/** Each day once, one with sessions and sittings for either. */
export const onceEach = (doubts: readonly DayDoubt[]): DayDoubt[] => [
  ...new Map(doubts.map((one) => [`${one.date} ${one.meets ?? ''}`, one])).values(),
]

/** Whether a doubt is about a day that the work calendar changed, not about the plan as it was published. */
export const isDayDoubt = (doubt: PlanDoubt): doubt is DayDoubt => DAY_CHANGES.some((one) => one === doubt.is)
