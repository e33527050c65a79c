import { clip, lengthOf, type Span, union } from '#app/lib/spans.ts'

/** A video or recording that a lesson asks to be played. */
export type RequiredMedia = { name: string; title: string; seconds: number }

/** What a lesson asks for, as its author wrote it. */
export type LessonTime = {
  minutes: number
  /** The author's own minimum of active minutes; null: the policy's share of `minutes`. */
  activeMinutes: number | null
  media: readonly RequiredMedia[]
}

/** What an account has given a lesson so far. */
export type Given = { activeMs: number; plays: ReadonlyMap<string, readonly Span[]> }

type Shares = { activePercent: number; playedPercent: number }

/** The least active time of a lesson, in milliseconds: whole seconds, rounded up. */
export const neededMs = ({ minutes, activeMinutes }: Omit<LessonTime, 'media'>, { activePercent }: Shares): number =>
  activeMinutes === null ? Math.ceil((minutes * 60 * activePercent) / 100) * 1000 : activeMinutes * 60_000

/** Whole percent of a recording that was played, cut towards zero; each second counts once. */
export const playedPercentOf = ({ seconds }: RequiredMedia, played: readonly Span[] = []): number =>
  seconds <= 0 ? 100 : Math.min(100, Math.floor((lengthOf(clip(played, 0, seconds * 10)) * 10) / seconds))

/** Has everything been given that a lesson asks for beside its quiz? */
export function isTimeGiven(lesson: LessonTime, given: Given, shares: Shares): boolean {
  return given.activeMs >= neededMs(lesson, shares) && isMediaPlayed(lesson, given, shares)
}

/** Was every required recording played as far as the policy asks? */
const isMediaPlayed = (lesson: LessonTime, given: Given, { playedPercent }: Shares): boolean =>
  lesson.media.every((one) => playedPercentOf(one, given.plays.get(one.name)) >= playedPercent)

/** Stretches of one recording that are kept; of more, which nobody plays by hand, the longest. */
const MOST_PLAYED = 200

/** What was played before and now, each moment once. */
export function playedTogether(before: readonly Span[], now: readonly Span[]): Span[] {
  const all = union([...before, ...now])
  if (all.length <= MOST_PLAYED) return all
  return union(all.sort((one, other) => lengthOf([other]) - lengthOf([one])).slice(0, MOST_PLAYED))
}
