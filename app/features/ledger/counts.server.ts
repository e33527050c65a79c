import { type SQL, sql } from 'drizzle-orm'
import { sendAll, type Tx } from '#db/client.server.ts'

export type Counts = { created: number; corrected: number; unchanged: number }

/**
 * What becomes of the staged rows: `created` if a row makes any record, else `corrected` if it changes one, else
 * `unchanged`. Of several rows that say the same, the first one does it. Asked before anything is written.
 */
export async function countRows(tx: Tx): Promise<Counts> {
  const outcomes = sendAll(tx, [
    sql`
      create temporary table staged_outcome on commit drop as
      select o."row", min(o.outcome) as outcome from (
        select n.first_row, 1 from staged_enrolment n where n.is_new
        union all select n.first_row, 1 from staged_assessment n where n.is_new
        union all select n.first_row, 1 from staged_certificate n where n.is_new
        union all select n.first_row, 2 from staged_assessment n where n.is_changed
      ) o ("row", outcome) group by o."row"`,
    ...correctedEnrolments(),
    ...correctedCertificates(),
  ])
  const counted = tx.execute(sql`
    select (count(*) filter (where o.outcome = 1))::int as created, (count(*) filter (where o.outcome = 2))::int as corrected,
      (count(*) filter (where o.outcome is null))::int as unchanged
    from staged_row r left join (select "row", min(outcome) as outcome from staged_outcome group by "row") o on o."row" = r."row"`)
  const [, rows] = await Promise.all([outcomes, counted])
  return (rows as unknown as Counts[])[0]!
}

/**
 * Rows whose value is the one that an enrolment ends up with, and that was another before: in the record, or, where the
 * enrolment is new, in the row that makes it.
 */
const correctedEnrolments = (): SQL[] => [
  sql`
    insert into staged_outcome
    with old as (
      select n.candidate, e.seat, e.name, e.employer, e.phone_index, e.category, e.declared_level, e.hours_attended,
        e.practical_hours_attended, e.completed_on
      from staged_enrolment n join enrolment e on e.academy_id = n.academy_id and e.id = n.id where n.is_changed
      union all
      select n.candidate, 'enrolled', m.name, m.employer, m.phone_index, m.category, m.declared_level, m.hours_attended,
        m.practical_hours_attended, m.completed_on
      from staged_enrolment n join staged_row m on m."row" = n.first_row where n.is_new and n.rows > 1),
    first as (
      select
        min(r."row") filter (where old.seat <> 'enrolled') as seat,
        min(r."row") filter (where n.name is distinct from old.name and r.name = n.name) as name,
        min(r."row") filter (where n.employer is distinct from old.employer and r.employer = n.employer) as employer,
        min(r."row") filter (where n.phone_index is distinct from old.phone_index and r.phone_index = n.phone_index) as phone,
        min(r."row") filter (where n.category is distinct from old.category and r.category = n.category) as category,
        min(r."row") filter (where n.declared_level is distinct from old.declared_level
          and r.declared_level = n.declared_level) as declared_level,
        min(r."row") filter (where n.hours_attended is distinct from old.hours_attended) as hours,
        min(r."row") filter (where n.practical_hours_attended is distinct from old.practical_hours_attended) as practical,
        min(r."row") filter (where n.completed_on is distinct from old.completed_on
          and r.completed_on = n.completed_on) as completed_on
      from old
      join staged_enrolment n on n.candidate = old.candidate
      join staged_row r on r.enrolment_id = old.candidate
      group by old.candidate)
    select distinct o."row", 2 from first cross join lateral (values (first.seat), (first.name), (first.employer), (first.phone),
      (first.category), (first.declared_level), (first.hours), (first.practical), (first.completed_on)) o ("row")
    where o."row" is not null`,
]

/** The same for certificates. */
const correctedCertificates = (): SQL[] => [
  sql`
    insert into staged_outcome
    with old as (
      select n.candidate, c.number_index, c.level, c.issuer, c.issued_on, c.status
      from staged_certificate n join certificate c on c.academy_id = n.academy_id and c.id = n.id where n.is_changed
      union all
      select n.candidate, m.number_index, m.level, m.issuer, m.issued_on, coalesce(m.status, 'valid')
      from staged_certificate n join staged_row m on m."row" = n.first_row where n.is_new and n.rows > 1),
    first as (
      select
        min(r."row") filter (where n.number_index <> old.number_index) as number,
        min(r."row") filter (where n.level is distinct from old.level) as level,
        min(r."row") filter (where n.issuer is distinct from old.issuer and r.issuer = n.issuer) as issuer,
        min(r."row") filter (where n.issued_on <> old.issued_on) as issued_on,
        min(r."row") filter (where n.status is distinct from old.status and r.status = n.status) as status
      from old
      join staged_certificate n on n.candidate = old.candidate
      join staged_row r on r.certificate_id = old.candidate
      group by old.candidate)
    select distinct o."row", 2 from first cross join lateral (values (first.number), (first.level), (first.issuer),
      (first.issued_on), (first.status)) o ("row")
    where o."row" is not null`,
]

/** Rows whose records are all there already: what `unchanged` says of a file that is not imported. */
export async function countRecordedRows(tx: Tx): Promise<number> {
  const [found] = (await tx.execute(sql`
    select count(*)::int as rows from staged_row r
    join staged_enrolment e on e.candidate = r.enrolment_id and not e.is_new
    left join staged_assessment a on a.candidate = r.assessment_id
    left join staged_certificate c on c.candidate = r.certificate_id
    where a.is_new is not true and c.is_new is not true
      and not exists (select 1 from staged_outcome o where o."row" = r."row")`)) as unknown as { rows: number }[]
  return found!.rows
}
