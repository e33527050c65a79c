import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'
import { learnerClock, mediaPlay } from '#db/schema/index.ts'
import { playedTogether } from './needed.ts'
import { type LessonState, lockClocks, readStates } from './rows.server.ts'
import { type Rules, timeRules } from './rules.server.ts'
import { type Claim, type Clock, type Credit, IDLE_CLOCK, settle } from './settle.ts'

export type Claims = { accountId: string; claims: Claim[] }

export type Written = { clock: Clock; lessons: Map<string, LessonState> }

/**
 * Settles what the pages of several accounts claim and writes it, for the purpose `hours`: a handful of statements however
 * many they are. Locks the accounts' clocks in one order, so that servers that write at once take turns and the later one
 * counts only what the earlier did not.
 */
export async function writeTime(
  tx: Tx,
  accounts: readonly Claims[],
  now: Date,
): Promise<{ rules: Rules; written: Map<string, Written> }> {
  const ids = accounts.map(({ accountId }) => accountId)
  const pairs = accounts.flatMap(({ accountId, claims }) =>
    [...new Set(claims.map((claim) => claim.lesson))].map((key) => ({ accountId, key })),
  )
  const [rules, clocks] = await Promise.all([timeRules(tx, now), lockClocks(tx, ids)])
  // Under the locks: what another server has just written is seen.
  const states = await readStates(tx, pairs)
  const written = new Map<string, Written>()
  const changes: Change[] = []
  for (const { accountId, claims } of accounts) {
    const { clock, credits } = settle(clocks.get(accountId) ?? IDLE_CLOCK, claims, rules, now.getTime())
    const lessons = states.get(accountId) ?? new Map<string, LessonState>()
    const kept = credits.filter((credit) => addCredit(lessons, credit))
    written.set(accountId, { clock, lessons })
    changes.push({ accountId, clock, lessons, credits: kept })
  }
  await Promise.all([saveClocks(tx, changes, now), saveTimes(tx, changes, now), savePlays(tx, changes)])
  return { rules, written }
}

/** Adds to a lesson's state what a claim was worth; recordings it does not ask for are dropped. @returns false: no such lesson. */
export function addCredit(lessons: Map<string, LessonState>, { lesson, ms, plays }: Credit): boolean {
  const state = lessons.get(lesson)
  if (!state) return false
  const played = new Map(state.given.plays)
  for (const [media, now] of plays)
    if (state.lesson.media.some(({ name }) => name === media))
      played.set(media, playedTogether(played.get(media) ?? [], now))
  lessons.set(lesson, { ...state, given: { activeMs: state.given.activeMs + ms, plays: played } })
  return true
}

type Change = { accountId: string; clock: Clock; credits: Credit[]; lessons: Map<string, LessonState> }

const instantOf = (ms: number) => (ms === 0 ? null : new Date(ms).toISOString())

async function saveClocks(tx: Tx, changes: readonly Change[], now: Date): Promise<void> {
  const rows = changes.map(({ accountId, clock }) => ({
    account_id: accountId,
    counted: learnerClock.counted.mapToDriverValue(clock.counted),
    page: clock.page,
    page_since: clock.page === null ? null : instantOf(clock.since),
    touched_at: instantOf(clock.touchedAt),
    seen_at: instantOf(clock.seenAt),
  }))
  await tx.execute(sql`
    update learner_clock c set counted = w.counted, page = w.page, page_since = w.page_since, touched_at = w.touched_at,
      seen_at = w.seen_at, beat_at = ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (account_id uuid, counted tstzmultirange, page text,
      page_since timestamptz, touched_at timestamptz, seen_at timestamptz)
    where c.account_id = w.account_id`)
}

async function saveTimes(tx: Tx, changes: readonly Change[], now: Date): Promise<void> {
  const rows = changes.flatMap(({ accountId, credits }) =>
    credits.filter(({ ms }) => ms > 0).map(({ lesson, ms }) => ({ accountId, lesson, ms, byFormMs: 0 })),
  )
  if (rows.length > 0) await addTimes(tx, rows, now)
}

export type AddedTime = { accountId: string; lesson: string; ms: number; byFormMs: number }

/** Adds time to lessons. `byFormMs`: the part of `ms` that no heartbeat told. */
export async function addTimes(tx: Tx, added: readonly AddedTime[], now: Date): Promise<void> {
  await tx.execute(sql`
    insert into lesson_time (account_id, course_slug, lesson_slug, active_ms, by_form_ms, began_at, counted_at)
    select "accountId", split_part(lesson, '/', 1), split_part(lesson, '/', 2), sum(ms), sum("byFormMs"),
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as w ("accountId" uuid, lesson text, ms int, "byFormMs" int)
    group by 1, 2, 3
    on conflict (account_id, course_slug, lesson_slug) do update set
      active_ms = lesson_time.active_ms + excluded.active_ms,
      by_form_ms = lesson_time.by_form_ms + excluded.by_form_ms, counted_at = excluded.counted_at`)
}

async function savePlays(tx: Tx, changes: readonly Change[]): Promise<void> {
  const rows = changes
    .flatMap(({ accountId, credits, lessons }) =>
      [...new Set(credits.flatMap(({ lesson, plays }) => plays.map(([media]) => `${lesson}:${media}`)))].map((name) => {
        const [lesson = '', media = ''] = name.split(':')
        const played = lessons.get(lesson)?.given.plays.get(media)
        return { account_id: accountId, lesson, media, played: played && mediaPlay.played.mapToDriverValue(played) }
      }),
    )
    .filter(({ played }) => played !== undefined)
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into media_play (account_id, course_slug, lesson_slug, media, played)
    select account_id, split_part(lesson, '/', 1), split_part(lesson, '/', 2), media, played
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as w (account_id uuid, lesson text, media text, played int4multirange)
    on conflict (account_id, course_slug, lesson_slug, media) do update set played = excluded.played`)
}
