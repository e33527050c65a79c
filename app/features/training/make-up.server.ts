import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'

/**
 * Of a session that makes up for one which was held: the hours of that one which a worker still lacks, as its marks and those of the
 * make-ups before this one stand now. 0: the worker attended all of it and is not expected. Null: the session stands for itself, or for one that was cancelled,
 * and is everybody's. `session` and `enrolment` name the two in the query around it.
 */
export function lackIn(session: string, enrolment: string): SQL<number | null> {
  const [s, e] = [sql.identifier(session), sql.identifier(enrolment)]
  return sql<number | null>`(
    select greatest(0, held.hours - coalesce((
      select sum(said.hours) from attendance_mark said
      join class_session before on before.academy_id = said.academy_id and before.id = said.session_id and before.status = 'planned'
      where said.academy_id = held.academy_id and said.enrolment_id = ${e}.id and before.starts_at < ${s}.starts_at
        and (before.id = held.id or before.makes_up_for_id = held.id)), 0))::float
    from class_session held
    where held.academy_id = ${s}.academy_id and held.id = ${s}.makes_up_for_id and held.status = 'planned')`
}

/** Whether a worker is expected in a session: at a make-up of one that was held only who lacks hours of it. */
export const isExpectedIn = (session: string, enrolment: string): SQL<boolean> =>
  sql<boolean>`(${sql.identifier(session)}.makes_up_for_id is null or coalesce(${lackIn(session, enrolment)}, 1) > 0)`

type OfClass = { academyId: string; classId: string }

/** Each worker with a seat in a class, and each of its sessions that was held, of which that worker lacks hours, whatever made up for it since. */
const lacking = ({ academyId, classId }: OfClass, sessionId: string | null): SQL => sql`
  select held.id as session_id, e.id as enrolment_id from class_session held
  join enrolment e on e.academy_id = held.academy_id and e.class_id = held.class_id and e.seat = 'enrolled'
  left join class_session part on part.academy_id = held.academy_id and part.status = 'planned'
    and (part.id = held.id or part.makes_up_for_id = held.id)
  left join attendance_mark said on said.academy_id = held.academy_id and said.session_id = part.id and said.enrolment_id = e.id
  where held.academy_id = ${academyId}::uuid and held.class_id = ${classId}::uuid and held.status = 'planned'
    and ${sessionId === null ? sql`true` : sql`held.id = ${sessionId}::uuid`}
    and exists (select from attendance_sheet h where h.academy_id = held.academy_id and h.session_id = held.id
      and h.closed_at is not null)
  group by held.id, held.hours, e.id having coalesce(sum(said.hours), 0) < held.hours`

/** Those with a seat in a class who lack hours of one of its sessions whose sheet is closed. */
export async function listLacking(tx: Tx, { sessionId, ...of }: OfClass & { sessionId: string }): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select l.enrolment_id as id from (${lacking(of, sessionId)}) l order by l.enrolment_id`,
  )
  return rows.map(({ id }) => id)
}

/** How many lack hours of each session of a class whose sheet is closed. */
export async function countLacking(tx: Tx, of: OfClass): Promise<Map<string, number>> {
  const rows = await tx.execute<{ id: string; count: number }>(
    sql`select l.session_id as id, count(*)::int as count from (${lacking(of, null)}) l group by l.session_id`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}
