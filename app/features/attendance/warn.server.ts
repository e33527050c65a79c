import { eq, sql } from 'drizzle-orm'
import { record } from '#app/features/audit/audit.server.ts'
import { type AttendedClass, hoursNeeded } from '#app/features/training/attended.server.ts'
import { lackIn } from '#app/features/training/make-up.server.ts'
import { tellOfPlaces } from '#app/features/training/places-told.server.ts'
import type { Tx } from '#db/client.server.ts'
import { academy } from '#db/schema/index.ts'
import { isAtRisk } from './risk.ts'

type Ahead = { enrolmentId: string; attended: number; toCome: number; next: number }

/**
 * Tells workers of a class who cannot miss another session of it, each once; what a make-up ahead brings back to them counts as still to come. Whoever has missed too much already is not told
 * that it can be mended. Runs for the purpose `attendance`, after the hours were counted or leave was granted.
 */
export async function warnAtRisk(
  tx: Tx,
  { held, deliveredHours, now }: { held: AttendedClass; deliveredHours: number; now: Date },
): Promise<void> {
  const { academyId, id: classId } = held
  const needed = await hoursNeeded(tx, held, deliveredHours)
  const ahead = await tx.execute<Ahead>(sql`
    select e.id as "enrolmentId", coalesce(e.hours_attended, 0)::float as attended,
      coalesce(sum(brings.hours), 0)::float as "toCome",
      coalesce((array_agg(brings.hours order by s.starts_at)
        filter (where s.starts_at > ${now.toISOString()}::timestamptz and brings.hours > 0))[1], 0)::float as next
    from enrolment e
    left join class_session s on s.academy_id = e.academy_id and s.class_id = e.class_id and s.status = 'planned'
      and not exists (select 1 from attendance_sheet h where h.academy_id = s.academy_id and h.session_id = s.id
        and h.closed_at is not null)
      and not exists (select 1 from attendance_mark m where m.academy_id = s.academy_id and m.session_id = s.id
        and m.enrolment_id = e.id and m.mark in ('excused', 'absent'))
    left join lateral (select least(s.hours, ${lackIn('s', 'e')}) as hours) brings on true
    where e.academy_id = ${academyId}::uuid and e.class_id = ${classId}::uuid and e.seat = 'enrolled'
    group by e.academy_id, e.id`)
  const atRisk = ahead.filter((one) => isAtRisk({ ...one, needed }))
  if (atRisk.length === 0) return
  const [of] = await tx.select({ code: academy.code }).from(academy).where(eq(academy.id, academyId))
  const detail = { academyCode: of?.code ?? '', classId, title: held.name, titleEn: held.name, until: null }
  const news = atRisk.map(({ enrolmentId }) => ({ enrolmentId, subjectId: classId, detail }))
  const workers = await tellOfPlaces(tx, { academyId, kind: 'attendance.at_risk', news, union: 'each', now })
  if (workers === 0) return
  const by = { kind: 'system', purpose: 'attendance' } as const
  await record(tx, { by, now, kind: 'attendance.warned', detail: { classId, workers }, academyId })
}
