import { sql } from 'drizzle-orm'
import { listPolicyRows } from '#app/features/policy/policy.server.ts'
import { policyInForce } from '#app/features/policy/policy.ts'
import type { Tx } from '#db/client.server.ts'

/** Makes the rows of a whole file ready to be compared. Asks nothing of what is recorded: it needs no turn. */
export async function prepareRows(tx: Tx): Promise<void> {
  await tx.execute(sql`
    select set_config('default_statistics_target', '10', true), -- enough to plan by, and ten times cheaper
      set_config('work_mem', '64MB', true), -- a file's rows are compared in memory
      set_config('random_page_cost', '1.1', true) -- what is recorded is looked up, never read as a whole`)
  await tx.execute(sql`create unique index if not exists staged_row_row on staged_row ("row")`)
  await tx.execute(sql`
    analyze staged_row ("row", academy_id, class_id, class_code, person_id, document_index, enrolment_id, assessment_id,
      certificate_id, employer, phone_index)`)
}

/**
 * From the staged rows, one temporary table for each kind of record: what the file says of it after merging its rows
 * (where they may differ, the last one that says something), which record that is, whether it is new or changed. The
 * owners' bulk commands take these tables; README.md lists them.
 */
export async function resolve(tx: Tx): Promise<void> {
  await tx.execute(
    sql`drop table if exists staged_class, staged_person, staged_enrolment, staged_assessment, staged_certificate`,
  )
  await resolveClasses(tx)
  await resolvePersons(tx)
  await resolveEnrolments(tx)
  await resolveAssessments(tx)
  await resolveCertificates(tx)
}

/** Known classes stay locked until the import ends: seats and hours wait for it. */
async function resolveClasses(tx: Tx): Promise<void> {
  await tx.execute(sql`
    select 1 from class c
    where (c.academy_id, c.code) in (select s.academy_id, s.class_code from staged_row s) order by c.academy_id, c.id for update`)
  await tx.execute(sql`
    create temporary table staged_class on commit drop as
    with said as (
      select s.class_id as candidate, s.academy_id, s.class_code as code, min(s."row") as first_row, count(*)::int as rows,
        max(s.class_name) as name, max(s.mode) as mode, max(s.occupation_code) as occupation_code,
        max(s.occupation_edition) as occupation_edition, max(s.starts_on) as starts_on, max(s.ends_on) as ends_on,
        max(s.planned_hours) as planned_hours, max(s.planned_practical_hours) as planned_practical_hours
      from staged_row s group by s.class_id, s.academy_id, s.class_code)
    select said.*, coalesce(c.id, said.candidate) as id, c.id is null as is_new, null::integer as attendance_percent
    from said left join class c on c.academy_id = said.academy_id and c.code = said.code`)
  await setAttendance(tx)
  await tx.execute(sql`analyze staged_class`)
}

/** The share of the planned hours that credits a class: policy of the year in which it ends. */
async function setAttendance(tx: Tx): Promise<void> {
  const years = (await tx.execute(sql`
    select distinct extract(year from n.ends_on)::int as year from staged_class n`)) as unknown as { year: number }[]
  const rows = await listPolicyRows(tx)
  const percents = years.map(({ year }) => ({ year, percent: policyInForce(rows, year).counting.attendancePercent }))
  await tx.execute(sql`
    update staged_class n set attendance_percent = p.percent
    from jsonb_to_recordset(${JSON.stringify(percents)}::jsonb) as p (year integer, percent integer)
    where extract(year from n.ends_on) = p.year`)
}

/** The document of a record that was merged finds the person kept. */
async function resolvePersons(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_person on commit drop as
    with said as (
      select s.person_id as candidate, s.document_index, min(s."row") as first_row
      from staged_row s group by s.person_id, s.document_index)
    select said.*, coalesce(p.merged_into, p.id, said.candidate) as id, p.id is null as is_new
    from said left join person p on p.document_index = said.document_index`)
  await tx.execute(sql`analyze staged_person`)
}

/** Name, employer and phone may differ between rows: the last row that gives one is taken, mostly the last of all. */
async function resolveEnrolments(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_enrolment on commit drop as
    with grouped as (
      select s.enrolment_id as candidate, s.academy_id, s.class_id as class_candidate, s.person_id as person_candidate,
        min(s."row") as first_row, max(s."row") as last_row, count(*)::int as rows,
        max(s."row") filter (where s.employer is not null) as employer_row,
        max(s."row") filter (where s.phone_index is not null) as phone_row,
        max(s.category) as category, max(s.declared_level) as declared_level, max(s.hours_attended) as hours_attended,
        max(s.practical_hours_attended) as practical_hours_attended, max(s.completed_on) as completed_on
      from staged_row s group by s.enrolment_id, s.academy_id, s.class_id, s.person_id),
    said as (
      select g.*, l.name,
        case when g.employer_row = g.last_row then l.employer
          else (select r.employer from staged_row r where r."row" = g.employer_row) end as employer,
        case when g.phone_row = g.last_row then l.phone_sealed
          else (select r.phone_sealed from staged_row r where r."row" = g.phone_row) end as phone_sealed,
        case when g.phone_row = g.last_row then l.phone_index
          else (select r.phone_index from staged_row r where r."row" = g.phone_row) end as phone_index
      from grouped g join staged_row l on l."row" = g.last_row)
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
    from said
    join staged_class c on c.candidate = said.class_candidate
    join staged_person p on p.candidate = said.person_candidate
    left join enrolment e on e.academy_id = said.academy_id and e.class_id = c.id and e.person_id = p.id`)
  await tx.execute(sql`
    analyze staged_enrolment (candidate, academy_id, id, is_new, class_id, person_id, class_candidate, first_row, rows, is_changed)`)
}

async function resolveAssessments(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_assessment on commit drop as
    with said as (
      select s.assessment_id as candidate, s.enrolment_id as enrolment_candidate, s.assessed_on, min(s."row") as first_row,
        count(*)::int as rows, max(s.result) as result
      from staged_row s where s.assessment_id is not null group by s.assessment_id, s.enrolment_id, s.assessed_on)
    select said.*, e.academy_id, e.id as enrolment_id, coalesce(a.id, said.candidate) as id, a.id is null as is_new,
      coalesce(a.result <> said.result, false) as is_changed
    from said
    join staged_enrolment e on e.candidate = said.enrolment_candidate
    left join assessment a
      on a.academy_id = e.academy_id and a.enrolment_id = e.id and a.assessed_on = said.assessed_on`)
  await tx.execute(sql`analyze staged_assessment`)
}

async function resolveCertificates(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temporary table staged_certificate on commit drop as
    with said as (
      select s.certificate_id as candidate, s.assessment_id as assessment_candidate, s.type, s.work_item,
        min(s."row") as first_row, count(*)::int as rows, max(s.level) as level, max(s.issuer) as issuer,
        max(s.issued_on) as issued_on, max(s.status) as status
      from staged_row s where s.certificate_id is not null
      group by s.certificate_id, s.assessment_id, s.type, s.work_item)
    select said.*, a.academy_id, a.id as assessment_id, a.enrolment_candidate,
      coalesce(c.id, said.candidate) as id, c.id is null as is_new,
      numbered.number, numbered.number_sealed, numbered.number_index,
      coalesce(c.number_index <> numbered.number_index, false) as is_renumbered,
      c.id is not null and (
        c.number_index <> numbered.number_index or c.level is distinct from said.level or c.issued_on <> said.issued_on
        or (said.issuer is not null and c.issuer is distinct from said.issuer)
        or (said.status is not null and c.status <> said.status)
      ) as is_changed
    from said
    join staged_assessment a on a.candidate = said.assessment_candidate
    join staged_row numbered on numbered."row" = said.first_row
    left join certificate c on c.academy_id = a.academy_id and c.assessment_id = a.id
      and c.type = said.type and c.work_item = said.work_item`)
  await tx.execute(sql`
    analyze staged_certificate (candidate, academy_id, id, is_new, assessment_id, enrolment_candidate, type, work_item,
      number_index, first_row, rows, is_renumbered, is_changed)`)
}
