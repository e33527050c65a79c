import { sql } from 'drizzle-orm'
import { hoursNeeded } from '#app/features/training/attended.server.ts'
import type { Tx } from '#db/client.server.ts'

/** What a worker can still come to in a class, in class hours: those that count, and those of all sessions ahead without leave. */
export type HoursAhead = { reachable: number; needed: number }

type Row = {
  enrolmentId: string
  endsOn: string
  plannedHours: number
  deliveredHours: number
  reachable: number
}

/**
 * What each of these places can still come to, make-ups counted, and what it needs to be credited: leave earns no hours, so that whoever asks for it, and
 * whoever answers, sees what it costs.
 */
export async function listHoursAhead(
  tx: Tx,
  of: readonly { academyId: string; enrolmentId: string }[],
): Promise<Map<string, HoursAhead>> {
  if (of.length === 0) return new Map()
  const places = of.map(({ academyId, enrolmentId }) => ({ academyId, enrolmentId }))
  const rows = await tx.execute<Row>(sql`
    select e.id as "enrolmentId", c.ends_on::text as "endsOn", c.planned_hours::float as "plannedHours",
      sum(t.hours)::float as "deliveredHours", sum(t.reachable)::float as reachable
    from (select distinct * from jsonb_to_recordset(${JSON.stringify(places)}::text::jsonb)
      as p ("academyId" uuid, "enrolmentId" uuid)) p
    join enrolment e on e.academy_id = p."academyId" and e.id = p."enrolmentId"
    join class c on c.academy_id = e.academy_id and c.id = e.class_id
    cross join lateral (
      select max(original.hours) as hours, least(max(original.hours), sum(case when h.closed_at is not null then coalesce(m.hours, 0)
        when m.mark in ('excused', 'absent') then 0 else s.hours end)) as reachable
      from class_session s
      left join class_session o on o.academy_id = s.academy_id and o.id = s.makes_up_for_id and o.status = 'planned'
      cross join lateral (select coalesce(o.id, s.id) as id, coalesce(o.hours, s.hours) as hours) original
      left join attendance_sheet h on h.academy_id = s.academy_id and h.session_id = s.id
      left join attendance_mark m on m.academy_id = s.academy_id and m.session_id = s.id and m.enrolment_id = e.id
      where s.academy_id = e.academy_id and s.class_id = e.class_id and s.status = 'planned'
      group by original.id) t
    group by e.academy_id, e.id, c.academy_id, c.id`)
  const ahead = new Map<string, HoursAhead>()
  // The policy of a year is read once a transaction.
  for (const { enrolmentId, reachable, deliveredHours, ...of } of rows)
    ahead.set(enrolmentId, { reachable, needed: await hoursNeeded(tx, of, deliveredHours) })
  return ahead
}
