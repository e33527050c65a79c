import { sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { as } from '#app/features/accounts/as.server.ts'
import { lengthOf, type Span, subtract, union } from '#app/lib/spans.ts'
import type { Tx } from '#db/client.server.ts'
import { learnerClock } from '#db/schema/index.ts'
import { writeTimeOf } from './heartbeats.server.ts'
import type { Learner } from './learner.ts'
import type { LessonTimeView } from './lesson-time.ts'
import { type LessonTime, neededMs, playedPercentOf } from './time/needed.ts'
import { readOpening, sealOpening } from './time/opening.server.ts'
import { lessonKey, lockClocks, readStates } from './time/rows.server.ts'
import { type Rules, timeRules } from './time/rules.server.ts'
import { addTimes } from './time/write.server.ts'

type At = { courseSlug: string; lessonSlug: string }

/** What a lesson's page tells its reader about time, and what its script needs; null: no such lesson. */
export async function findLessonTime(
  tx: Tx,
  { accountId, courseSlug, lessonSlug, now }: Pick<Learner, 'accountId'> & At & { now: Date },
): Promise<LessonTimeView | null> {
  const key = lessonKey(courseSlug, lessonSlug)
  const [rules, states] = await Promise.all([timeRules(tx, now), readStates(tx, [{ accountId, key }])])
  const state = states.get(accountId)?.get(key)
  if (!state) return null
  const { lesson, given, isDone } = state
  return {
    opening: sealOpening({ accountId, courseSlug, lessonSlug }, now),
    activeMs: given.activeMs,
    neededMs: neededMs(lesson, rules),
    byFormMs: mostByForm(lesson, rules),
    isDone,
    media: lesson.media.map((one) => ({ ...one, percent: playedPercentOf(one, given.plays.get(one.name)) })),
    rules: shownRules(rules),
  }
}

const shownRules = ({ playedPercent, fullSpeed, idleMs, lateMs, source }: Rules): LessonTimeView['rules'] => ({
  ...{ playedPercent, fullSpeed, idleMs, lateMs, source },
})

/** As far back as late time is believed, and never longer than its author thinks that the lesson takes. */
const mostByForm = ({ minutes }: LessonTime, { lateMs }: Rules): number => Math.min(lateMs, minutes * 60_000)

/**
 * Brings the time of a lesson up to date before something is decided by it: what this process still remembers of heartbeats,
 * and, where the page had no script and so sent none, the time from its opening to now.
 */
export async function settleTime(
  { accountId }: Pick<Learner, 'accountId'>,
  { opening, courseSlug, lessonSlug, now }: At & { opening: unknown; now: Date },
): Promise<void> {
  await writeTimeOf(accountId, now)
  const opened = readOpening(opening, { accountId, courseSlug, lessonSlug })
  if (!opened) return
  await as(system('hours'), (tx) => countOpening(tx, { ...opened, accountId, courseSlug, lessonSlug, now }))
}

async function countOpening(
  tx: Tx,
  { accountId, courseSlug, lessonSlug, openedAt, now }: At & { accountId: string; openedAt: Date; now: Date },
): Promise<void> {
  const key = lessonKey(courseSlug, lessonSlug)
  const [rules, clocks] = await Promise.all([timeRules(tx, now), lockClocks(tx, [accountId])])
  const states = await readStates(tx, [{ accountId, key }])
  const [clock, state] = [clocks.get(accountId), states.get(accountId)?.get(key)]
  // A heartbeat since says that there are scripts: their pages are believed by those alone.
  if (!clock || !state || clock.beatAt >= openedAt.getTime()) return
  const earliest = now.getTime() - mostByForm(state.lesson, rules)
  const told: Span = [Math.max(openedAt.getTime(), earliest), now.getTime()]
  const fresh = subtract([told], clock.counted)
  const ms = lengthOf(fresh)
  if (ms === 0) return
  await tx
    .update(learnerClock)
    .set({ counted: union([...clock.counted, ...fresh]) })
    .where(sql`${learnerClock.accountId} = ${accountId}::uuid`)
  await addTimes(tx, [{ accountId, lesson: key, ms, byFormMs: ms }], now)
}
