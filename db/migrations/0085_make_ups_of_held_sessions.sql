DROP INDEX "class_session_made_up_once";--> statement-breakpoint
CREATE INDEX "class_session_makes_up" ON "class_session" USING btree ("academy_id","makes_up_for_id") WHERE "class_session"."makes_up_for_id" is not null;--> statement-breakpoint
-- What makes up for a session: of its own class; one at a time, of a session that was held another one once the sheet of the last is
-- closed; and nothing makes up for what makes up for a session that was held, or hours could come back twice. Two who plan one at
-- once take turns, by a lock for a purpose that may.
CREATE FUNCTION made_up_once() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'setup' AS $$
declare
  original record;
begin
  select * into original from class_session s
  where s.academy_id = new.academy_id and s.id = new.makes_up_for_id for no key update;
  if original.class_id is distinct from new.class_id or exists (
    select from class_session held where original.status = 'planned' and held.academy_id = original.academy_id
      and held.id = original.makes_up_for_id and held.status = 'planned'
  ) then
    raise exception 'a session makes up for one of its own class that stands for itself'
      using errcode = 'check_violation', constraint = 'class_session_makes_up_for';
  end if;
  if exists (
    select from class_session other
    where other.academy_id = new.academy_id and other.makes_up_for_id = new.makes_up_for_id and other.id <> new.id
      and other.status = 'planned' and (original.status = 'cancelled' or not exists (
        select from attendance_sheet h where h.academy_id = other.academy_id and h.session_id = other.id
          and h.closed_at is not null))
  ) then
    raise exception 'the session is made up already'
      using errcode = 'unique_violation', constraint = 'class_session_made_up_once';
  end if;
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER made_up_once BEFORE INSERT OR UPDATE OF status, makes_up_for_id ON class_session
  FOR EACH ROW WHEN (new.makes_up_for_id is not null and new.status = 'planned') EXECUTE FUNCTION made_up_once();
--> statement-breakpoint
-- Whether a worker has attended all of a session that was held, so that what makes up for it asks nothing of that worker's time.
CREATE FUNCTION attended_whole(academy uuid, session uuid, worker uuid) RETURNS boolean LANGUAGE sql STABLE SET app.purpose = 'attendance' AS $$
  select exists (
    select from class_session held where held.academy_id = academy and held.id = session and held.status = 'planned'
      and held.hours <= (select coalesce(sum(said.hours), 0) from attendance_mark said
        join class_session part on part.academy_id = said.academy_id and part.id = said.session_id and part.status = 'planned'
        where said.academy_id = academy and said.enrolment_id = worker
          and (part.id = held.id or part.makes_up_for_id = held.id)))
$$;
--> statement-breakpoint
-- As in 0035_timetable.sql, but for those of whose time a make-up asks nothing.
CREATE OR REPLACE FUNCTION session_time() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  if tg_op = 'UPDATE' then
    delete from worker_time where academy_id = old.academy_id and session_id = old.id;
  end if;
  if new.status = 'planned' then
    insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
    select e.academy_id, e.id, new.id, e.person_id, tstzrange(new.starts_at, new.ends_at)
    from enrolment e where e.academy_id = new.academy_id and e.class_id = new.class_id and e.seat = 'enrolled'
      and (new.makes_up_for_id is null or not attended_whole(new.academy_id, new.makes_up_for_id, e.id))
    on conflict do nothing;
  end if;
  return null;
end $$;
