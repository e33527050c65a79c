-- Every write to a fact marks the academy-years whose tallies it makes stale, in its own transaction: those of the fact
-- itself, and, where a certificate that others are compared with comes, goes or moves, those of every academy at which the
-- person was assessed in the same occupation ("held before" looks province-wide; domain.md, "How figures are counted").
--
-- A mark too many costs a recount, a mark too few a wrong figure: where in doubt, marks are added.
--
-- Each function first takes a lock that is always shared, so that nobody ever waits for it: a recount looks in pg_locks at
-- who holds it, and lets them finish first. Of two writers at once neither sees what the other wrote, so neither may mark
-- what the other's fact makes stale; a recount between their two commits would else lose that mark.
--
-- The functions act for the purpose `figures` (which sees all academies and may write marks) until they return. They go from
-- the rows written to what hangs on them by index, row by row: in the middle of an import PostgreSQL knows no numbers yet, and
-- under row-level security it expects a handful of rows anyway; left to itself it joined 25,000 certificates in 20 seconds. OFFSET 0 keeps the order of these look-ups as it is written.
CREATE FUNCTION mark_enrolments() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures' AS $$
begin
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  select distinct academy_id, extract(year from credited_on)::int from touched where credited_on is not null;
  return null;
end $$;
--> statement-breakpoint
CREATE FUNCTION mark_enrolments_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
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
--> statement-breakpoint
-- A class without enrolments counts for nothing: only its changes matter.
CREATE FUNCTION mark_classes_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
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
-- An assessment has no certificate yet when it is added, and none any more when it is removed.
CREATE FUNCTION mark_assessments() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures' AS $$
begin
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  select distinct academy_id, extract(year from assessed_on)::int from touched;
  return null;
end $$;
--> statement-breakpoint
CREATE FUNCTION mark_assessments_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  with before as (select academy_id, id, enrolment_id, assessed_on, result from overwritten),
  after as (select academy_id, id, enrolment_id, assessed_on, result from written),
  changed as materialized (
    (select * from before except select * from after) union all (select * from after except select * from before)
  ),
  -- Of another day or enrolment: its certificates are held from another day on, or by somebody else.
  moved as materialized (
    select distinct e.person_id, c.occupation_code
    from (
      (select academy_id, id, enrolment_id, assessed_on from before
        except select academy_id, id, enrolment_id, assessed_on from after)
      union
      (select academy_id, id, enrolment_id, assessed_on from after
        except select academy_id, id, enrolment_id, assessed_on from before)
    ) m
    cross join lateral (
      select e.* from enrolment e where e.academy_id = m.academy_id and e.id = m.enrolment_id offset 0
    ) e
    cross join lateral (
      select c.occupation_code from class c where c.academy_id = e.academy_id and c.id = e.class_id offset 0
    ) c
    where c.occupation_code is not null
  )
  select academy_id, extract(year from assessed_on)::int from changed
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
CREATE FUNCTION mark_certificates() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  with earned as materialized (
    select s.academy_id, s.enrolment_id, s.assessed_on,
      bool_or(k.type in ('skill_level', 'qualification', 'special_ability')) as is_ranked
    from touched k
    cross join lateral (
      select s.* from assessment s where s.academy_id = k.academy_id and s.id = k.assessment_id offset 0
    ) s
    group by s.academy_id, s.enrolment_id, s.assessed_on
  ),
  held as materialized (
    select e.person_id, c.occupation_code, min(n.assessed_on) as since
    from earned n
    cross join lateral (
      select e.* from enrolment e where e.academy_id = n.academy_id and e.id = n.enrolment_id offset 0
    ) e
    cross join lateral (
      select c.occupation_code from class c where c.academy_id = e.academy_id and c.id = e.class_id offset 0
    ) c
    where n.is_ranked and c.occupation_code is not null
    group by e.person_id, c.occupation_code
  )
  select academy_id, extract(year from assessed_on)::int from earned
  union
  select s.academy_id, extract(year from s.assessed_on)::int
  from held h
  cross join lateral (select e.* from enrolment e where e.person_id = h.person_id offset 0) e
  cross join lateral (
    select from class c where c.academy_id = e.academy_id and c.id = e.class_id and c.occupation_code = h.occupation_code offset 0
  ) c
  cross join lateral (
    select s.* from assessment s where s.academy_id = e.academy_id and s.enrolment_id = e.id offset 0
  ) s
  where s.assessed_on > h.since;
  return null;
end $$;
--> statement-breakpoint
CREATE FUNCTION mark_certificates_changed() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'figures'
  SET enable_seqscan = off AS $$
begin
  perform pg_advisory_xact_lock_shared(7219, 1);
  insert into tally_mark (academy_id, year)
  with before as (select academy_id, id, assessment_id, type, level, status from overwritten),
  after as (select academy_id, id, assessment_id, type, level, status from written),
  earned as materialized (
    select s.academy_id, s.enrolment_id, s.assessed_on
    from (
      (select * from before except select * from after) union all (select * from after except select * from before)
    ) k
    cross join lateral (
      select s.* from assessment s where s.academy_id = k.academy_id and s.id = k.assessment_id offset 0
    ) s
  ),
  moved as materialized (
    select distinct e.person_id, c.occupation_code
    from earned n
    cross join lateral (
      select e.* from enrolment e where e.academy_id = n.academy_id and e.id = n.enrolment_id offset 0
    ) e
    cross join lateral (
      select c.occupation_code from class c where c.academy_id = e.academy_id and c.id = e.class_id offset 0
    ) c
    where c.occupation_code is not null
  )
  select academy_id, extract(year from assessed_on)::int from earned
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
CREATE TRIGGER enrolment_added AFTER INSERT ON enrolment REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION mark_enrolments();
--> statement-breakpoint
CREATE TRIGGER enrolment_removed AFTER DELETE ON enrolment REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION mark_enrolments();
--> statement-breakpoint
CREATE TRIGGER enrolment_changed AFTER UPDATE ON enrolment REFERENCING OLD TABLE AS overwritten NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION mark_enrolments_changed();
--> statement-breakpoint
CREATE TRIGGER assessment_added AFTER INSERT ON assessment REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION mark_assessments();
--> statement-breakpoint
CREATE TRIGGER assessment_removed AFTER DELETE ON assessment REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION mark_assessments();
--> statement-breakpoint
CREATE TRIGGER assessment_changed AFTER UPDATE ON assessment REFERENCING OLD TABLE AS overwritten NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION mark_assessments_changed();
--> statement-breakpoint
CREATE TRIGGER certificate_added AFTER INSERT ON certificate REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION mark_certificates();
--> statement-breakpoint
CREATE TRIGGER certificate_removed AFTER DELETE ON certificate REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION mark_certificates();
--> statement-breakpoint
CREATE TRIGGER certificate_changed AFTER UPDATE ON certificate REFERENCING OLD TABLE AS overwritten NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION mark_certificates_changed();
--> statement-breakpoint
CREATE TRIGGER class_changed AFTER UPDATE ON class REFERENCING OLD TABLE AS overwritten NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION mark_classes_changed();
