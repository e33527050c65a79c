import { sql } from 'drizzle-orm'
import { system } from '#app/features/accounts/actor.ts'
import { within } from '#app/features/accounts/as.server.ts'
import { type Attended, holdAttendedClass, writeAttended } from '#app/features/training/attended.server.ts'
import type { Tx } from '#db/client.server.ts'
import { warnAtRisk } from './warn.server.ts'

/**
 * Counts the hours of a class's workers from its closed sheets and hands them to training, which decides the credit. The hours
 * delivered are those of all sessions that take place: whoever is measured before the last one is measured by the whole class.
 * A session that makes up for another which took place brings back the hours that a worker missed of that one, and no more: together
 * they are never more than that one's.
 * Runs inside the command that closed or corrected a sheet, for the purpose `attendance`.
 * Whoever cannot miss another session is told so.
 * @returns the enrolments whose hours or credit changed.
 */
export function countHours(tx: Tx, of: { academyId: string; classId: string; now: Date }): Promise<string[]> {
  return within(tx, system('attendance'), async (tx) => {
    const held = await holdAttendedClass(tx, of)
    if (!held) return []
    const deliveredHours = await sumDelivered(tx, of)
    const attended = await tx.execute<Attended>(sql`
      select e.id as "enrolmentId", coalesce(sum(t.hours), 0)::float as hours,
        coalesce(sum(t.hours) filter (where t.kind = 'practical'), 0)::float as practical
      from enrolment e
      left join (
        select m.enrolment_id, least(sum(m.hours), max(original.hours)) as hours, max(original.kind) as kind
        from attendance_mark m
        join attendance_sheet h on h.academy_id = m.academy_id and h.session_id = m.session_id and h.closed_at is not null
        join class_session s on s.academy_id = m.academy_id and s.id = m.session_id and s.status = 'planned'
        left join class_session o on o.academy_id = s.academy_id and o.id = s.makes_up_for_id and o.status = 'planned'
        cross join lateral (select coalesce(o.id, s.id) as id, coalesce(o.kind, s.kind) as kind,
          coalesce(o.hours, s.hours) as hours) original
        where m.academy_id = ${of.academyId}::uuid and m.class_id = ${of.classId}::uuid
        group by m.enrolment_id, original.id
      ) t on t.enrolment_id = e.id
      where e.academy_id = ${of.academyId}::uuid and e.class_id = ${of.classId}::uuid and e.seat = 'enrolled'
      group by e.id`)
    const changed = await writeAttended(tx, { held, deliveredHours, attended })
    await warnAtRisk(tx, { held, deliveredHours, now: of.now })
    return changed
  })
}

/** The same after sessions of the class became fewer or more, where sheets have counted already: hours by hand stay as entered. */
export async function recountHours(tx: Tx, of: { academyId: string; classId: string; now: Date }): Promise<void> {
  const held = await within(tx, system('attendance'), (tx) => holdAttendedClass(tx, of))
  if (held && held.deliveredHours !== null) await countHours(tx, of)
}

/** Tells those who cannot miss another session, after leave took one away from them; for the purpose `attendance`. */
export async function warnOfLeave(tx: Tx, of: { academyId: string; classId: string; now: Date }): Promise<void> {
  const held = await holdAttendedClass(tx, of)
  if (held) await warnAtRisk(tx, { held, deliveredHours: await sumDelivered(tx, of), now: of.now })
}

/** Of all sessions that take place; one that makes up for another which took place counts once. */
async function sumDelivered(tx: Tx, of: { academyId: string; classId: string }): Promise<number> {
  const [delivered] = await tx.execute<{ hours: number }>(sql`
    select coalesce(sum(s.hours), 0)::float as hours from class_session s
    where s.academy_id = ${of.academyId}::uuid and s.class_id = ${of.classId}::uuid and s.status = 'planned'
      and not exists (select 1 from class_session o where o.academy_id = s.academy_id and o.id = s.makes_up_for_id
        and o.status = 'planned')`)
  return delivered?.hours ?? 0
}
