import { asc, sql } from 'drizzle-orm'
import type { Span } from '#app/lib/spans.ts'
import { statement, type Tx } from '#db/client.server.ts'
import { learnerClock } from '#db/schema/index.ts'
import type { Given, LessonTime, RequiredMedia } from './needed.ts'
import type { Clock } from './settle.ts'

/** A lesson and what one reader has given it. */
export type LessonState = {
  lesson: LessonTime
  given: Given
  isDone: boolean
  /** All but time was given: read and, where it has a quiz, passed. */
  isWaiting: boolean
}

/** Names a lesson in the memory of a process. */
export const lessonKey = (courseSlug: string, lessonSlug: string) => `${courseSlug}/${lessonSlug}`

/** Locks the clocks of accounts, in one order for everyone; who has none gets one. */
export async function lockClocks(tx: Tx, ids: readonly string[]): Promise<Map<string, Clock & { beatAt: number }>> {
  await tx.execute(sql`
    insert into learner_clock (account_id, counted)
    select id, '{}' from unnest(${sql.param(ids)}::uuid[]) as id order by id on conflict do nothing`)
  const rows = await tx
    .select()
    .from(learnerClock)
    .where(sql`${learnerClock.accountId} = any(${sql.param(ids)}::uuid[])`)
    .orderBy(asc(learnerClock.accountId))
    .for('update')
  return new Map(
    rows.map(({ accountId, counted, page, pageSince, touchedAt, seenAt, beatAt }) => [
      accountId,
      {
        counted,
        page,
        since: pageSince?.getTime() ?? 0,
        touchedAt: touchedAt?.getTime() ?? 0,
        seenAt: seenAt?.getTime() ?? 0,
        beatAt: beatAt?.getTime() ?? 0,
      },
    ]),
  )
}

/** What a lesson's page, and every batch of heartbeats, asks of so many pairs at once. */
const findStates = statement((db) =>
  db
    .select({
      accountId: sql<string>`w.account_id`,
      courseSlug: sql<string>`w.course_slug`,
      lessonSlug: sql<string>`w.lesson_slug`,
      minutes: sql<number>`l.minutes`,
      activeMinutes: sql<number | null>`l.active_minutes`,
      media: sql<RequiredMedia[]>`l.media`,
      activeMs: sql<number>`coalesce(t.active_ms, 0)`,
      plays: sql<[media: string, played: Span[]][]>`coalesce((
        select jsonb_agg(jsonb_build_array(m.media, (
          select coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r))), '[]') from unnest(m.played) as r)))
        from media_play m
        where m.account_id = w.account_id and m.course_slug = w.course_slug and m.lesson_slug = w.lesson_slug), '[]')`,
      isDone: sql<boolean>`p.done_at is not null`,
      isWaiting: sql<boolean>`p.done_at is null and p.read_at is not null and (not l.has_quiz or p.passed_at is not null)`,
    })
    .from(
      sql`unnest(${sql.placeholder('accounts')}::uuid[], ${sql.placeholder('courses')}::text[], ${sql.placeholder('lessons')}::text[])
        as w (account_id, course_slug, lesson_slug)
      join lesson l on l.course_slug = w.course_slug and l.slug = w.lesson_slug and l.withdrawn_at is null
      left join lesson_time t
        on t.account_id = w.account_id and t.course_slug = w.course_slug and t.lesson_slug = w.lesson_slug
      left join lesson_progress p
        on p.account_id = w.account_id and p.course_slug = w.course_slug and p.lesson_slug = w.lesson_slug`,
    ),
)

/** What lessons ask for and what their readers have given, by account and lesson. Withdrawn lessons are left out. */
export async function readStates(
  tx: Tx,
  pairs: readonly { accountId: string; key: string }[],
): Promise<Map<string, Map<string, LessonState>>> {
  const rows = await findStates(tx, {
    accounts: pairs.map(({ accountId }) => accountId),
    courses: pairs.map(({ key }) => key.split('/')[0]),
    lessons: pairs.map(({ key }) => key.split('/')[1]),
  })
  const states = new Map<string, Map<string, LessonState>>()
  for (const row of rows) {
    const own = states.get(row.accountId) ?? new Map<string, LessonState>()
    states.set(row.accountId, own)
    own.set(lessonKey(row.courseSlug, row.lessonSlug), {
      lesson: { minutes: row.minutes, activeMinutes: row.activeMinutes, media: row.media },
      given: { activeMs: row.activeMs, plays: new Map(row.plays) },
      isDone: row.isDone,
      isWaiting: row.isWaiting,
    })
  }
  return states
}
