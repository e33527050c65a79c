import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.server.ts'

/**
 * `creditDate` of credit.ts in SQL, over columns. A test compares the two.
 */
export function creditedOn(of: {
  mode: SQL
  plannedHours: SQL
  endsOn: SQL
  hoursAttended: SQL
  completedOn: SQL
  attendancePercent: SQL
}): SQL {
  return sql`case
    when ${of.mode} = 'online' then case when ${of.hoursAttended} >= ${of.plannedHours} then coalesce(${of.completedOn}, ${of.endsOn}) end
    when ${of.hoursAttended} * 100 >= ${of.plannedHours} * ${of.attendancePercent} then ${of.endsOn} end`
}

/**
 * Statements that make the classes of an import that are new, from `staged_class` (academy_id, id, code, name, mode, occupation_code,
 * occupation_edition, starts_on, ends_on, planned_hours, planned_practical_hours, is_new).
 */
export const classesToAdd = ({ importId, now }: { importId: string; now: Date }): SQL[] => [
  sql`
    insert into class (academy_id, id, code, name, mode, occupation_code, occupation_edition, starts_on, ends_on,
      planned_hours, planned_practical_hours, origin, status, import_id, created_at)
    select n.academy_id, n.id, n.code, n.name, n.mode, n.occupation_code, n.occupation_edition, n.starts_on, n.ends_on,
      n.planned_hours, n.planned_practical_hours, 'ledger', 'published', ${importId}::uuid, ${now.toISOString()}::timestamptz
    from staged_class n where n.is_new`,
]

const stagedCredit = (hoursAttended: SQL, completedOn: SQL) =>
  creditedOn({
    mode: sql`c.mode`,
    plannedHours: sql`c.planned_hours`,
    endsOn: sql`c.ends_on`,
    hoursAttended,
    completedOn,
    attendancePercent: sql`c.attendance_percent`,
  })

/**
 * Statements that make the enrolments of an import that are new, credited, from `staged_enrolment` (academy_id, id, class_id,
 * person_id, class_candidate, name, employer, phone_sealed, phone_index, category, declared_level, hours_attended,
 * practical_hours_attended, completed_on, is_new) and `staged_class` (candidate, attendance_percent).
 */
export const enrolmentsToAdd = ({ importId, now }: { importId: string; now: Date }): SQL[] => [
  sql`
    insert into enrolment (academy_id, id, class_id, person_id, seat, name, employer, phone_sealed, phone_index, category,
      declared_level, hours_attended, practical_hours_attended, completed_on, credited_on, import_id, created_at)
    select n.academy_id, n.id, n.class_id, n.person_id, 'enrolled', n.name, n.employer, n.phone_sealed, n.phone_index,
      n.category, n.declared_level, n.hours_attended, n.practical_hours_attended, n.completed_on,
      ${stagedCredit(sql`n.hours_attended`, sql`n.completed_on`)}, ${importId}::uuid, ${now.toISOString()}::timestamptz
    from staged_enrolment n join staged_class c on c.candidate = n.class_candidate
    where n.is_new`,
]

/**
 * Statements that correct the enrolments that an import changes (`is_changed`): what they said goes to `staged_revision`, what the file
 * leaves empty stays. The phone is sealed for the enrolment's own id. Credit is decided again where hours or date changed.
 */
export const enrolmentsToCorrect = (): SQL[] => [
  sql`
    insert into staged_revision
    select e.academy_id, 'enrolment', e.id, to_jsonb(e) from enrolment e
    join staged_enrolment n on n.academy_id = e.academy_id and n.id = e.id and n.is_changed for update of e`,
  sql`
    update enrolment e set seat = 'enrolled', answer_due_at = null, seat_ending = null, rejected_because = null, name = n.name, employer = coalesce(n.employer, e.employer),
      phone_sealed = case when n.phone_index = e.phone_index then e.phone_sealed else coalesce(n.phone_sealed, e.phone_sealed) end,
      phone_index = coalesce(n.phone_index, e.phone_index),
      category = coalesce(n.category, e.category), declared_level = coalesce(n.declared_level, e.declared_level),
      hours_attended = n.hours_attended, practical_hours_attended = n.practical_hours_attended,
      completed_on = coalesce(n.completed_on, e.completed_on),
      credited_on = case
        when n.hours_attended = e.hours_attended and coalesce(n.completed_on, e.completed_on) is not distinct from e.completed_on
        then e.credited_on
        else ${stagedCredit(sql`n.hours_attended`, sql`coalesce(n.completed_on, e.completed_on)`)} end
    from staged_enrolment n join staged_class c on c.candidate = n.class_candidate
    where e.academy_id = n.academy_id and e.id = n.id and n.is_changed`,
]

/** Counts the seats held in the classes that an import touched: never incremented, always counted. */
export const seatsToRecount = (): SQL[] => [recountSeats(sql`select n.academy_id, n.id from staged_class n`)]

const recountSeats = (classes: SQL): SQL => sql`
    update class c set taken = held.seats
    from (
      select k.academy_id, k.id, count(e.id)::int as seats
      from (${classes}) k (academy_id, id)
      left join enrolment e on e.academy_id = k.academy_id and e.class_id = k.id and e.seat in ('enrolled', 'offered')
      group by k.academy_id, k.id) held
    where c.academy_id = held.academy_id and c.id = held.id and c.taken <> held.seats`

/**
 * Takes an import back: removes the enrolments and classes that it made (assessments are gone already) and puts the
 * enrolments that it corrected back to what their revisions say; what they said until now goes to `staged_revision`.
 */
export async function undoImportedTraining(tx: Tx, importId: string): Promise<{ removed: number; restored: number }> {
  await tx.execute(sql`
    create temporary table undone_class on commit drop as
    select distinct e.academy_id, e.class_id as id from enrolment e
    where e.import_id = ${importId}::uuid
      or (e.academy_id, e.id) in (select r.academy_id, r.fact_id from revision r where r.import_id = ${importId}::uuid)`)
  const enrolments = await tx.execute(sql`delete from enrolment e where e.import_id = ${importId}::uuid`)
  const classes = await tx.execute(sql`delete from class c where c.import_id = ${importId}::uuid`)
  await tx.execute(sql`
    insert into staged_revision
    select e.academy_id, 'enrolment', e.id, to_jsonb(e) from enrolment e
    join revision r on r.academy_id = e.academy_id and r.fact_id = e.id and r.fact = 'enrolment'
    where r.import_id = ${importId}::uuid for update of e`)
  const restored = await tx.execute(sql`
    update enrolment e set seat = b.seat, answer_due_at = b.answer_due_at, seat_ending = b.seat_ending,
      rejected_because = b.rejected_because, name = b.name, employer = b.employer, phone_sealed = b.phone_sealed,
      phone_index = b.phone_index, category = b.category, declared_level = b.declared_level,
      hours_attended = b.hours_attended, practical_hours_attended = b.practical_hours_attended,
      completed_on = b.completed_on, credited_on = b.credited_on
    from revision r cross join lateral jsonb_populate_record(null::enrolment, r.before) b
    where r.import_id = ${importId}::uuid and r.fact = 'enrolment' and e.academy_id = r.academy_id and e.id = r.fact_id`)
  await tx.execute(recountSeats(sql`select u.academy_id, u.id from undone_class u`))
  return { removed: enrolments.count + classes.count, restored: restored.count }
}
