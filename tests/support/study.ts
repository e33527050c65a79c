import type { TestDatabase } from './database.ts'

const HOURS_MS = 10 * 3_600_000

/** Gives an account the time and the playing that every lesson of a course asks for, past the heartbeats: for tests about something else. */
export async function giveTime({ owner }: TestDatabase, accountId: string, course: string): Promise<void> {
  await owner`
    insert into lesson_time (account_id, course_slug, lesson_slug, active_ms, by_form_ms, began_at, counted_at)
    select ${accountId}, course_slug, slug, ${HOURS_MS}, 0, now(), now() from lesson where course_slug = ${course}
    on conflict (account_id, course_slug, lesson_slug) do update set active_ms = excluded.active_ms`
  await owner`
    insert into media_play (account_id, course_slug, lesson_slug, media, played)
    select ${accountId}, course_slug, slug, one->>'name', int4multirange(int4range(0, (one->>'seconds')::int * 10))
    from lesson, jsonb_array_elements(media) as one where course_slug = ${course}
    on conflict (account_id, course_slug, lesson_slug, media) do update set played = excluded.played`
}
