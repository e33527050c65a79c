import { type SQL, sql } from 'drizzle-orm'

/**
 * Statements that find rows of one file that say different things of one record: errors, all of them, each naming some of the
 * others. An empty optional cell disagrees with nothing. (Name, employer and phone may differ: the last row that gives one is taken.)
 */
export const disagreements = (): SQL[] => [
  sql`
    create temporary table staged_said (record text not null, field text not null, code text not null, "row" integer not null,
      said text not null) on commit drop`,
  ...classes(),
  ...enrolments(),
  ...assessmentsAndCertificates(),
  ...numbers(),
  ...mergedPersons(),
  ...nameTheOthers(),
]

/** A class that is recorded is compared with its record instead. */
const classes = (): SQL[] => [
  say(
    'classDisagrees',
    sql`select r.class_id::text, compared.field, r."row", compared.said, compared.merged
      from staged_class n join staged_row r on r.class_id = n.candidate
      cross join lateral (values
        ('className', r.class_name, n.name),
        ('mode', r.mode, n.mode),
        ('occupationCode', coalesce(r.occupation_code, ''), coalesce(n.occupation_code, '')),
        ('startsOn', r.starts_on::text, n.starts_on::text),
        ('endsOn', r.ends_on::text, n.ends_on::text),
        ('plannedHours', r.planned_hours::text, n.planned_hours::text),
        ('plannedPracticalHours', r.planned_practical_hours::text, n.planned_practical_hours::text)
      ) compared (field, said, merged)
      where n.is_new and n.candidate in (
        select d.class_id from staged_row d join staged_class t on t.candidate = d.class_id
        where (d.class_name, d.mode, d.starts_on, d.ends_on, d.planned_hours, coalesce(d.occupation_code, ''))
            <> (t.name, t.mode, t.starts_on, t.ends_on, t.planned_hours, coalesce(t.occupation_code, ''))
          or d.planned_practical_hours <> t.planned_practical_hours)`,
  ),
]

const enrolments = (): SQL[] => [
  say(
    'rowsDisagree',
    sql`select r.enrolment_id::text, compared.field, r."row", compared.said, compared.merged
      from staged_enrolment n join staged_row r on r.enrolment_id = n.candidate
      cross join lateral (values
        ('hoursAttended', r.hours_attended::text, n.hours_attended::text),
        ('practicalHoursAttended', r.practical_hours_attended::text, n.practical_hours_attended::text),
        ('category', r.category, n.category),
        ('declaredLevel', r.declared_level, n.declared_level),
        ('completedOn', r.completed_on::text, n.completed_on::text)
      ) compared (field, said, merged)
      where n.rows > 1`,
  ),
]

const assessmentsAndCertificates = (): SQL[] => [
  say(
    'rowsDisagree',
    sql`select r.assessment_id::text, 'result', r."row", r.result, n.result
      from staged_assessment n join staged_row r on r.assessment_id = n.candidate where n.rows > 1`,
  ),
  say(
    'rowsDisagree',
    sql`select r.certificate_id::text, compared.field, r."row", compared.said, compared.merged
      from staged_certificate n join staged_row r on r.certificate_id = n.candidate
      cross join lateral (values
        ('certificateNumber', encode(r.number_index, 'hex'), encode(n.number_index, 'hex')),
        ('level', r.level, n.level),
        ('issuer', r.issuer, n.issuer),
        ('issuedOn', r.issued_on::text, n.issued_on::text),
        ('certificateStatus', r.status, n.status)
      ) compared (field, said, merged)
      where n.rows > 1`,
  ),
]

/** One number on two certificates of the file, where none of them is recorded with it. */
const numbers = (): SQL[] => [
  say(
    'certificateTwice',
    sql`select concat_ws(' ', n.type, n.work_item, encode(n.number_index, 'hex')), 'certificateNumber', r."row",
        n.candidate::text, first_value(n.candidate::text) over (
          partition by n.type, n.work_item, n.number_index order by n.candidate)
      from staged_certificate n join staged_row r on r.certificate_id = n.candidate
      where (n.type, n.work_item, n.number_index) in (
          select t.type, t.work_item, t.number_index from staged_certificate t
          group by t.type, t.work_item, t.number_index having count(*) > 1)
        and not exists (select 1 from certificate_number h
          where h.type = n.type and h.work_item = n.work_item and h.number_index = n.number_index)`,
  ),
]

/** One person in one class under two documents: two records were merged, and the file still knows both. */
const mergedPersons = (): SQL[] => [
  say(
    'onePerson',
    sql`select concat_ws(' ', n.class_id, n.person_id), 'documentNumber', r."row", n.candidate::text,
        first_value(n.candidate::text) over (partition by n.class_id, n.person_id order by n.candidate)
      from staged_enrolment n join staged_row r on r.enrolment_id = n.candidate
      where (n.class_id, n.person_id) in (
        select t.class_id, t.person_id from staged_enrolment t group by t.class_id, t.person_id having count(*) > 1)`,
  ),
]

/** Keeps what the rows of a record say of a field, where they say different things. */
const say = (code: string, compared: SQL): SQL => sql`
    insert into staged_said
    with compared (record, field, "row", said, merged) as materialized (${compared})
    select c.record, c.field, ${code}, c."row", c.said from compared c
    where c.said is not null and (c.record, c.field) in (
      select d.record, d.field from compared d where d.said <> d.merged)`

/** An error for each of these rows, with the first few rows that say something else. */
const nameTheOthers = (): SQL[] => [
  sql`
    insert into staged_error
    with differing as (
      select s.record, s.field, s.code, s.said, min(s."row") as first_row
      from staged_said s group by s.record, s.field, s.code, s.said),
    sample as (
      select d.record, d.field, d.code, (array_agg(d.first_row order by d.first_row))[1:6] as rows,
        (array_agg(d.said order by d.first_row))[1:6] as said
      from differing d group by d.record, d.field, d.code)
    select s."row", s.field, s.code, array[(
      select string_agg(other."row"::text, ',' order by other."row")
      from unnest(sample.rows, sample.said) as other ("row", said) where other.said <> s.said)]
    from staged_said s
    join sample on sample.record = s.record and sample.field = s.field and sample.code = s.code`,
]
