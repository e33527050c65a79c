import { type SQL, sql } from 'drizzle-orm'
import { sendAll, type Tx } from '#db/client.server.ts'

/**
 * What a whole file says of each record, its rows merged, in temporary tables `file_…`: where rows may differ, the last one
 * that says something. Ids are candidates still. Nothing of what is recorded is asked, so that it needs no turn: other
 * imports write meanwhile (import.server.ts).
 */
export async function mergeRows(tx: Tx): Promise<void> {
  await sendAll(tx, [...settings(), ...rows(), ...persons(), ...enrolments(), ...assessments(), ...certificates()])
}

const settings = (): SQL[] => [
  sql`
    select set_config('default_statistics_target', '10', true), -- enough to plan by, and ten times cheaper
      set_config('work_mem', '64MB', true), -- a file's rows are compared in memory
      set_config('random_page_cost', '1.1', true) -- what is recorded is looked up, never read as a whole`,
]

const rows = (): SQL[] => [
  sql`create unique index if not exists staged_row_row on staged_row ("row")`,
  sql`
    analyze staged_row ("row", academy_id, class_id, class_code, person_id, document_index, enrolment_id, assessment_id,
      certificate_id, employer, phone_index)`,
  sql`drop table if exists file_person, file_enrolment, file_assessment, file_certificate`,
]

const persons = (): SQL[] => [
  sql`
    create temporary table file_person on commit drop as
    select s.person_id as candidate, s.document_index, min(s."row") as first_row
    from staged_row s group by s.person_id, s.document_index`,
  sql`analyze file_person`,
]

/** Name, employer and phone may differ between rows: the last row that gives one is taken, mostly the last of all. */
const enrolments = (): SQL[] => [
  sql`
    create temporary table file_enrolment on commit drop as
    with grouped as (
      select s.enrolment_id as candidate, s.academy_id, s.class_id as class_candidate, s.person_id as person_candidate,
        min(s."row") as first_row, max(s."row") as last_row, count(*)::int as rows,
        max(s."row") filter (where s.employer is not null) as employer_row,
        max(s."row") filter (where s.phone_index is not null) as phone_row,
        max(s.category) as category, max(s.declared_level) as declared_level, max(s.hours_attended) as hours_attended,
        max(s.practical_hours_attended) as practical_hours_attended, max(s.completed_on) as completed_on
      from staged_row s group by s.enrolment_id, s.academy_id, s.class_id, s.person_id)
    select g.*, l.name,
      case when g.employer_row = g.last_row then l.employer
        else (select r.employer from staged_row r where r."row" = g.employer_row) end as employer,
      case when g.phone_row = g.last_row then l.phone_sealed
        else (select r.phone_sealed from staged_row r where r."row" = g.phone_row) end as phone_sealed,
      case when g.phone_row = g.last_row then l.phone_index
        else (select r.phone_index from staged_row r where r."row" = g.phone_row) end as phone_index
    from grouped g join staged_row l on l."row" = g.last_row`,
  sql`analyze file_enrolment (candidate, academy_id, class_candidate, person_candidate, rows)`,
]

const assessments = (): SQL[] => [
  sql`
    create temporary table file_assessment on commit drop as
    select s.assessment_id as candidate, s.enrolment_id as enrolment_candidate, s.assessed_on, min(s."row") as first_row,
      count(*)::int as rows, max(s.result) as result
    from staged_row s where s.assessment_id is not null group by s.assessment_id, s.enrolment_id, s.assessed_on`,
  sql`analyze file_assessment`,
]

/** The number is the first row's; others that give another disagree (disagreements.server.ts). */
const certificates = (): SQL[] => [
  sql`
    create temporary table file_certificate on commit drop as
    with grouped as (
      select s.certificate_id as candidate, s.assessment_id as assessment_candidate, s.type, s.work_item,
        min(s."row") as first_row, count(*)::int as rows, max(s.level) as level, max(s.issuer) as issuer,
        max(s.issued_on) as issued_on, max(s.status) as status
      from staged_row s where s.certificate_id is not null
      group by s.certificate_id, s.assessment_id, s.type, s.work_item)
    select g.*, numbered.number, numbered.number_sealed, numbered.number_index
    from grouped g join staged_row numbered on numbered."row" = g.first_row`,
  sql`analyze file_certificate (candidate, assessment_candidate, type, work_item, number_index, rows)`,
]
