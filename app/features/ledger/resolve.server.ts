import { type SQL, sql } from 'drizzle-orm'
import { listPolicyRows } from '#app/features/policy/policy.server.ts'
import { policyInForce } from '#app/features/policy/policy.ts'
import type { Tx } from '#db/client.server.ts'

export type AttendancePercent = { year: number; percent: number }

/** The share of the planned hours that credits a class: policy of the year in which it ends. */
export async function attendancePercents(tx: Tx): Promise<AttendancePercent[]> {
  const years = (await tx.execute(sql`
    select distinct extract(year from s.ends_on)::int as year from staged_row s`)) as unknown as { year: number }[]
  const rows = await listPolicyRows(tx)
  return years.map(({ year }) => ({ year, percent: policyInForce(rows, year).counting.attendancePercent }))
}

/**
 * Statements that make of the staged rows and what they say (merge-rows.server.ts) one temporary table for each kind of record:
 * which record that is, whether it is new or changed. The owners' bulk commands take these tables; README.md lists them.
 */
export const recordsMeant = (percents: readonly AttendancePercent[]): SQL[] => [
  sql`drop table if exists staged_class, staged_person, staged_enrolment, staged_assessment, staged_certificate`,
  ...classes(percents),
  ...persons(),
  ...enrolments(),
  ...assessments(),
  ...certificates(),
]

/** Known classes stay locked until the import ends: seats and hours wait for it. */
const classes = (percents: readonly AttendancePercent[]): SQL[] => [
  sql`
    select 1 from class c
    where (c.academy_id, c.code) in (select s.academy_id, s.class_code from staged_row s) order by c.academy_id, c.id for update`,
  sql`
    create temporary table staged_class on commit drop as
    with said as (
      select s.class_id as candidate, s.academy_id, s.class_code as code, min(s."row") as first_row, count(*)::int as rows,
        max(s.class_name) as name, max(s.mode) as mode, max(s.occupation_code) as occupation_code,
        max(s.occupation_edition) as occupation_edition, max(s.starts_on) as starts_on, max(s.ends_on) as ends_on,
        max(s.planned_hours) as planned_hours, max(s.planned_practical_hours) as planned_practical_hours
      from staged_row s group by s.class_id, s.academy_id, s.class_code)
    select said.*, coalesce(c.id, said.candidate) as id, c.id is null as is_new, p.percent as attendance_percent
    from said
    left join class c on c.academy_id = said.academy_id and c.code = said.code
    left join jsonb_to_recordset(${JSON.stringify(percents)}::jsonb) as p (year integer, percent integer)
      on p.year = extract(year from said.ends_on)`,
  sql`analyze staged_class`,
]

/** The document of a record that was merged finds the person kept. */
const persons = (): SQL[] => [
  sql`
    create temporary table staged_person on commit drop as
    select said.*, coalesce(p.merged_into, p.id, said.candidate) as id, p.id is null as is_new
    from file_person said left join person p on p.document_index = said.document_index`,
  sql`analyze staged_person`,
]

const enrolments = (): SQL[] => [
  sql`
    create temporary table staged_enrolment on commit drop as
    select said.candidate, said.academy_id, coalesce(e.id, said.candidate) as id, e.id is null as is_new,
      c.id as class_id, p.id as person_id, said.class_candidate, said.first_row, said.rows,
      said.name, said.employer, said.phone_sealed, said.phone_index, said.category, said.declared_level,
      said.hours_attended, said.practical_hours_attended, said.completed_on,
      e.id is not null and (
        e.seat <> 'enrolled' or e.name <> said.name or e.hours_attended is distinct from said.hours_attended
        or e.practical_hours_attended is distinct from said.practical_hours_attended
        or (said.employer is not null and e.employer is distinct from said.employer)
        or (said.phone_index is not null and e.phone_index is distinct from said.phone_index)
        or (said.category is not null and e.category is distinct from said.category)
        or (said.declared_level is not null and e.declared_level is distinct from said.declared_level)
        or (said.completed_on is not null and e.completed_on is distinct from said.completed_on)
      ) as is_changed
    from file_enrolment said
    join staged_class c on c.candidate = said.class_candidate
    join staged_person p on p.candidate = said.person_candidate
    left join enrolment e on e.academy_id = said.academy_id and e.class_id = c.id and e.person_id = p.id`,
  sql`
    analyze staged_enrolment (candidate, academy_id, id, is_new, class_id, person_id, class_candidate, first_row, rows, is_changed)`,
]

const assessments = (): SQL[] => [
  sql`
    create temporary table staged_assessment on commit drop as
    select said.*, e.academy_id, e.id as enrolment_id, coalesce(a.id, said.candidate) as id, a.id is null as is_new,
      coalesce(a.result <> said.result, false) as is_changed
    from file_assessment said
    join staged_enrolment e on e.candidate = said.enrolment_candidate
    left join assessment a
      on a.academy_id = e.academy_id and a.enrolment_id = e.id and a.assessed_on = said.assessed_on`,
  sql`analyze staged_assessment`,
]

const certificates = (): SQL[] => [
  sql`
    create temporary table staged_certificate on commit drop as
    select said.*, a.academy_id, a.id as assessment_id, a.enrolment_candidate,
      coalesce(c.id, said.candidate) as id, c.id is null as is_new,
      coalesce(c.number_index <> said.number_index, false) as is_renumbered,
      c.id is not null and (
        c.number_index <> said.number_index or c.level is distinct from said.level or c.issued_on <> said.issued_on
        or (said.issuer is not null and c.issuer is distinct from said.issuer)
        or (said.status is not null and c.status <> said.status)
      ) as is_changed
    from file_certificate said
    join staged_assessment a on a.candidate = said.assessment_candidate
    left join certificate c on c.academy_id = a.academy_id and c.assessment_id = a.id
      and c.type = said.type and c.work_item = said.work_item`,
  sql`
    analyze staged_certificate (candidate, academy_id, id, is_new, assessment_id, enrolment_candidate, type, work_item,
      number_index, first_row, rows, is_renumbered, is_changed)`,
]
