-- 考培分离, of those who teach none of a class's sessions as well: nobody is on its staff as an instructor and assesses it. Who teaches a
-- session is kept apart by `instructor_time_apart`; a class's head may assess, as long as the head teaches nothing of it.
CREATE FUNCTION refuse_both_parts(of_academy uuid, of_instructor uuid, of_class uuid) RETURNS void
  LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  -- Two that name one person from either side at once take turns: neither sees what the other has not committed.
  perform pg_advisory_xact_lock(hashtextextended('class_staff_apart ' || of_class, 0));
  if exists (
    select 1 from instructor i
    join class_staff f on f.academy_id = i.academy_id and f.account_id = i.account_id and f.role = 'instructor'
    join sitting_assessor a on a.academy_id = i.academy_id and a.instructor_id = i.id and a.class_id = f.class_id
    join assessment_sitting s on s.academy_id = a.academy_id and s.id = a.sitting_id and s.status = 'planned'
    join class c on c.academy_id = f.academy_id and c.id = f.class_id and c.status <> 'cancelled'
    where i.academy_id = of_academy and i.id = of_instructor and f.class_id = of_class
      and not exists (
        select 1 from session_instructor t join class_session m on m.academy_id = t.academy_id and m.id = t.session_id
        where t.academy_id = i.academy_id and t.instructor_id = i.id and m.class_id = of_class)
  ) then
    raise exception 'an instructor of the class assesses it' using errcode = '23P01', constraint = 'class_staff_apart';
  end if;
end $$;
--> statement-breakpoint
CREATE FUNCTION class_staff_apart() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  perform refuse_both_parts(i.academy_id, i.id, new.class_id) from instructor i
  where i.academy_id = new.academy_id and i.account_id = new.account_id;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER class_staff_apart AFTER INSERT OR UPDATE ON class_staff
  FOR EACH ROW WHEN (new.role = 'instructor') EXECUTE FUNCTION class_staff_apart();
--> statement-breakpoint
CREATE FUNCTION sitting_assessor_apart() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  perform refuse_both_parts(new.academy_id, new.instructor_id, new.class_id);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER sitting_assessor_apart AFTER INSERT ON sitting_assessor
  FOR EACH ROW WHEN (new.instructor_id is not null) EXECUTE FUNCTION sitting_assessor_apart();
--> statement-breakpoint
-- A sitting that takes place after all, and an account that is said to be an instructor's, bring both parts together too.
CREATE FUNCTION sitting_planned_apart() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  perform refuse_both_parts(a.academy_id, a.instructor_id, a.class_id) from sitting_assessor a
  where a.academy_id = new.academy_id and a.sitting_id = new.id and a.instructor_id is not null;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER sitting_planned_apart AFTER UPDATE OF status ON assessment_sitting
  FOR EACH ROW WHEN (new.status = 'planned' and old.status <> 'planned') EXECUTE FUNCTION sitting_planned_apart();
--> statement-breakpoint
CREATE FUNCTION instructor_account_apart() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'timetable' AS $$
begin
  perform refuse_both_parts(new.academy_id, new.id, f.class_id) from class_staff f
  where f.academy_id = new.academy_id and f.account_id = new.account_id and f.role = 'instructor';
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER instructor_account_apart AFTER UPDATE OF account_id ON instructor
  FOR EACH ROW WHEN (new.account_id is not null and new.account_id is distinct from old.account_id)
  EXECUTE FUNCTION instructor_account_apart();
