import { type SQL, sql } from 'drizzle-orm'
import { disagreements } from './disagreements.server.ts'

/**
 * Statements that enter everything that only the whole file or the records can tell is wrong into `staged_error` (row, field,
 * code, parameters). Only rows without an error of their own are staged: what is wrong by itself is mended first.
 */
export const conflicts = ({ now, onlyAcademyId }: { now: Date; onlyAcademyId: string | null }): SQL[] => [
  sql`
    create temporary table staged_error ("row" integer not null, field text, code text not null, parameters text[] not null)
    on commit drop`,
  ...disagreements(),
  ...recordedClasses(),
  ...heldNumbers(onlyAcademyId),
  ...classesRunHere(now),
]

/** The same class with other name, mode, occupation, dates or hours than recorded. */
const recordedClasses = (): SQL[] => [
  sql`
    insert into staged_error
    select r."row", compared.field, 'classDiffers', array[coalesce(compared.recorded, '')]
    from staged_row r
    join staged_class n on n.candidate = r.class_id and not n.is_new
    join class c on c.academy_id = n.academy_id and c.id = n.id
    cross join lateral (values
      ('className', r.class_name, c.name),
      ('mode', r.mode, c.mode),
      ('occupationCode', r.occupation_code, c.occupation_code),
      ('startsOn', r.starts_on::text, c.starts_on::text),
      ('endsOn', r.ends_on::text, c.ends_on::text),
      ('plannedHours', r.planned_hours::text, c.planned_hours::text),
      ('plannedPracticalHours', r.planned_practical_hours::text, c.planned_practical_hours::text)
    ) compared (field, said, recorded)
    where compared.said is distinct from compared.recorded`,
]

/**
 * A certificate number (with its type and item) that the province knows already, on another certificate. Where that is the
 * same person's, the error names it; to an academy that imports for itself not more than the date, if it is another's.
 */
const heldNumbers = (onlyAcademyId: string | null): SQL[] => [
  sql`
    insert into staged_error
    select r."row", 'certificateNumber',
      case when held.person_id = mine.person_id then 'certificateOtherAssessment' else 'certificateOtherPerson' end,
      array[case when held.academy_id <> ${onlyAcademyId}::uuid
        then a.assessed_on::text else concat_ws(' ', y.code, c.code, a.assessed_on::text) end]
    from staged_certificate n
    join certificate_number h
      on h.type = n.type and h.work_item = n.work_item and h.number_index = n.number_index and h.certificate_id <> n.id
    join certificate k on k.academy_id = h.academy_id and k.id = h.certificate_id
    join assessment a on a.academy_id = k.academy_id and a.id = k.assessment_id
    join enrolment held on held.academy_id = a.academy_id and held.id = a.enrolment_id
    join class c on c.academy_id = held.academy_id and c.id = held.class_id
    join academy y on y.id = held.academy_id
    join staged_enrolment mine on mine.candidate = n.enrolment_candidate
    join staged_row r on r.certificate_id = n.candidate`,
]

/**
 * Classes run in the system: hours come from sessions held or from the online course, seats from their own rules (no seat in
 * a draft, cancelled or closed class, none above the capacity). Rows that change nothing of it pass.
 */
const classesRunHere = (now: Date): SQL[] => [
  sql`
    insert into staged_error
    with run_here as materialized (
      select n.candidate, c.status, c.capacity, c.taken, c.course_slug, held.has_sessions
      from staged_class n
      join class c on c.academy_id = n.academy_id and c.id = n.id
      cross join lateral (select exists (
        select 1 from class_session s
        where s.academy_id = c.academy_id and s.class_id = c.id and s.status = 'planned' and s.starts_at <= ${now.toISOString()}::timestamptz
      ) as has_sessions) held
      where not n.is_new and (c.origin = 'system' or held.has_sessions)),
    seat as materialized (
      select m.candidate, h.candidate as class_candidate, e.seat, e.hours_attended, e.practical_hours_attended, e.completed_on,
        coalesce(e.seat, '') not in ('enrolled', 'offered') as is_added
      from run_here h
      join staged_enrolment m on m.class_candidate = h.candidate
      left join enrolment e on e.academy_id = m.academy_id and e.id = m.id),
    added as (select s.class_candidate, count(*) filter (where s.is_added)::int as seats from seat s group by 1)
    select r."row", guarded.field, guarded.code, guarded.parameters
    from run_here h
    join added on added.class_candidate = h.candidate
    join seat s on s.class_candidate = h.candidate
    join staged_row r on r.enrolment_id = s.candidate
    cross join lateral (values
      ('hoursAttended', 'classSessions', '{}'::text[], h.has_sessions
        and (r.hours_attended is distinct from s.hours_attended
          or r.practical_hours_attended is distinct from s.practical_hours_attended)),
      ('hoursAttended', 'classCourse', '{}', h.course_slug is not null and not h.has_sessions
        and (r.hours_attended is distinct from s.hours_attended
          or r.completed_on is distinct from coalesce(s.completed_on, r.completed_on))),
      ('classCode', 'classDraft', '{}', h.status = 'draft' and s.seat is distinct from 'enrolled'),
      ('classCode', 'classCancelled', '{}', h.status = 'cancelled' and s.seat is distinct from 'enrolled'),
      ('classCode', 'classClosed', '{}', h.status = 'closed' and s.seat is distinct from 'enrolled'),
      ('classCode', 'classFull', array[greatest(h.capacity - h.taken, 0)::text],
        s.is_added and h.taken + added.seats > h.capacity)
    ) guarded (field, code, parameters, applies)
    where guarded.applies`,
]
