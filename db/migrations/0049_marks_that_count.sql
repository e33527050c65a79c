-- A seat that is taken or given back changes rows of two tables of which no figure asks, under the lock for which everybody
-- waits who wants one: nothing is looked up then, and no lock of the tallies taken. Where no old row is missing among the new
-- ones nothing that counts has changed: a statement changes as many rows as it leaves. The functions are otherwise as they were.
CREATE OR REPLACE FUNCTION mark_classes_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
  perform from (select academy_id, id, mode, occupation_code from overwritten
    except select academy_id, id, mode, occupation_code from written) counted;
  if not found then return null; end if;
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  with changed as materialized (
    (select academy_id, id, mode, occupation_code from overwritten
      except select academy_id, id, mode, occupation_code from written)
    union
    (select academy_id, id, mode, occupation_code from written
      except select academy_id, id, mode, occupation_code from overwritten)
  ),
  moved as materialized (
    select distinct e.person_id, k.occupation_code
    from (
      (select academy_id, id, occupation_code from overwritten except select academy_id, id, occupation_code from written)
      union
      (select academy_id, id, occupation_code from written except select academy_id, id, occupation_code from overwritten)
    ) k
    cross join lateral (select e.* from enrolment e where e.academy_id = k.academy_id and e.class_id = k.id offset 0) e
    where k.occupation_code is not null
  )
  select e.academy_id, extract(year from e.credited_on)::int
  from changed k
  cross join lateral (select e.* from enrolment e where e.academy_id = k.academy_id and e.class_id = k.id offset 0) e
  where e.credited_on is not null
  union
  select s.academy_id, extract(year from s.assessed_on)::int
  from changed k
  cross join lateral (select e.* from enrolment e where e.academy_id = k.academy_id and e.class_id = k.id offset 0) e
  cross join lateral (
    select s.* from assessment s where s.academy_id = e.academy_id and s.enrolment_id = e.id offset 0
  ) s
  union
  select s.academy_id, extract(year from s.assessed_on)::int
  from moved m
  cross join lateral (select e.* from enrolment e where e.person_id = m.person_id offset 0) e
  cross join lateral (
    select from class c where c.academy_id = e.academy_id and c.id = e.class_id and c.occupation_code = m.occupation_code offset 0
  ) c
  cross join lateral (
    select s.* from assessment s where s.academy_id = e.academy_id and s.enrolment_id = e.id offset 0
  ) s;
  return null;
end $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION mark_enrolments_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
  perform from (select academy_id, id, class_id, person_id, category, declared_level, hours_attended, practical_hours_attended, credited_on from overwritten
    except select academy_id, id, class_id, person_id, category, declared_level, hours_attended, practical_hours_attended, credited_on from written) counted;
  if not found then return null; end if;
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  with before as (
    select academy_id, id, class_id, person_id, category, declared_level, hours_attended, practical_hours_attended, credited_on
    from overwritten
  ),
  after as (
    select academy_id, id, class_id, person_id, category, declared_level, hours_attended, practical_hours_attended, credited_on
    from written
  ),
  changed as materialized (
    (select * from before except select * from after) union all (select * from after except select * from before)
  ),
  -- Of another person, or in a class of another occupation: what is held has moved.
  moved as materialized (
    select distinct m.person_id, c.occupation_code
    from (
      (select academy_id, id, class_id, person_id from before except select academy_id, id, class_id, person_id from after)
      union
      (select academy_id, id, class_id, person_id from after except select academy_id, id, class_id, person_id from before)
    ) m
    cross join lateral (
      select c.occupation_code from class c where c.academy_id = m.academy_id and c.id = m.class_id offset 0
    ) c
    where c.occupation_code is not null
  )
  select academy_id, extract(year from credited_on)::int from changed where credited_on is not null
  union
  select s.academy_id, extract(year from s.assessed_on)::int
  from changed e
  cross join lateral (
    select s.* from assessment s where s.academy_id = e.academy_id and s.enrolment_id = e.id offset 0
  ) s
  union
  select s.academy_id, extract(year from s.assessed_on)::int
  from moved m
  cross join lateral (select e.* from enrolment e where e.person_id = m.person_id offset 0) e
  cross join lateral (
    select from class c where c.academy_id = e.academy_id and c.id = e.class_id and c.occupation_code = m.occupation_code offset 0
  ) c
  cross join lateral (
    select s.* from assessment s where s.academy_id = e.academy_id and s.enrolment_id = e.id offset 0
  ) s;
  return null;
end $$;
