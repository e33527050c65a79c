-- Seats held never grow beyond the capacity, should a lock ever be forgotten. A CHECK cannot say it: a capacity that was cut
-- leaves those above it where they are, and they may still withdraw one by one.
CREATE FUNCTION class_seats() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if new.taken > new.capacity and (tg_op = 'INSERT' or new.taken > old.taken) then
    raise exception using errcode = 'check_violation', constraint = 'class_seats', table = 'class',
      message = 'more seats taken than the class has';
  end if;
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER class_seats BEFORE INSERT OR UPDATE OF taken ON class
  FOR EACH ROW WHEN (new.capacity is not null) EXECUTE FUNCTION class_seats();
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
ALTER TABLE worker_time ADD CONSTRAINT worker_time_once EXCLUDE USING gist (person_id WITH =, during WITH &&);
--> statement-breakpoint
-- The functions that write act for the purpose `seats` until they return; only they may. Whoever takes a seat (the purpose
-- `seats` itself) is refused where the time is not free; what a ledger or the merging of two persons says happened, and its
-- time is held as far as it is free.
CREATE FUNCTION hold_worker_time(of_academy uuid, of_class uuid, of_enrolment uuid, of_person uuid, strictly boolean)
  RETURNS void LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  if strictly then
    insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
    select of_academy, of_enrolment, s.id, of_person, tstzrange(s.starts_at, s.ends_at)
    from class_session s where s.academy_id = of_academy and s.class_id = of_class;
  else
    insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
    select of_academy, of_enrolment, s.id, of_person, tstzrange(s.starts_at, s.ends_at)
    from class_session s where s.academy_id = of_academy and s.class_id = of_class
    on conflict do nothing;
  end if;
end $$;
--> statement-breakpoint
CREATE FUNCTION free_worker_time(of_academy uuid, of_enrolment uuid) RETURNS void LANGUAGE sql SET app.purpose = 'seats' AS $$
  delete from worker_time where academy_id = of_academy and enrolment_id = of_enrolment
$$;
--> statement-breakpoint
CREATE FUNCTION enrolment_time() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_op = 'UPDATE' then
    perform free_worker_time(old.academy_id, old.id);
  end if;
  if new.seat = 'enrolled' then
    perform hold_worker_time(new.academy_id, new.class_id, new.id, new.person_id,
      coalesce(current_setting('app.purpose', true) = 'seats', false));
  end if;
  return null;
end $$;
--> statement-breakpoint
-- A ledger's classes have no sessions: its many rows pass by.
CREATE TRIGGER enrolment_time_made AFTER INSERT ON enrolment
  FOR EACH ROW WHEN (new.seat = 'enrolled' and new.import_id is null) EXECUTE FUNCTION enrolment_time();
--> statement-breakpoint
CREATE TRIGGER enrolment_time_changed AFTER UPDATE OF seat, person_id ON enrolment
  FOR EACH ROW WHEN (old.seat <> new.seat or old.person_id <> new.person_id) EXECUTE FUNCTION enrolment_time();
--> statement-breakpoint
CREATE FUNCTION session_time() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  if tg_op = 'UPDATE' then
    delete from worker_time where academy_id = old.academy_id and session_id = old.id;
  end if;
  insert into worker_time (academy_id, enrolment_id, session_id, person_id, during)
  select e.academy_id, e.id, new.id, e.person_id, tstzrange(new.starts_at, new.ends_at)
  from enrolment e where e.academy_id = new.academy_id and e.class_id = new.class_id and e.seat = 'enrolled'
  on conflict do nothing;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER session_time AFTER INSERT OR UPDATE OF starts_at, ends_at, class_id ON class_session
  FOR EACH ROW EXECUTE FUNCTION session_time();
--> statement-breakpoint
-- A cancelled class keeps nobody from another one.
CREATE FUNCTION cancelled_time() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'seats' AS $$
begin
  delete from worker_time t using class_session s
  where s.academy_id = new.academy_id and s.class_id = new.id and t.academy_id = s.academy_id and t.session_id = s.id;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER cancelled_time AFTER UPDATE OF status ON class
  FOR EACH ROW WHEN (new.status = 'cancelled' and old.status <> 'cancelled') EXECUTE FUNCTION cancelled_time();
--> statement-breakpoint
-- Those who sit in classes run here already. Row-level security holds for the owner as well.
SELECT set_config('app.purpose', 'seats', true);
--> statement-breakpoint
INSERT INTO worker_time (academy_id, enrolment_id, session_id, person_id, during)
SELECT e.academy_id, e.id, s.id, e.person_id, tstzrange(s.starts_at, s.ends_at)
FROM class_session s
JOIN class c ON c.academy_id = s.academy_id AND c.id = s.class_id AND c.status <> 'cancelled'
JOIN enrolment e ON e.academy_id = s.academy_id AND e.class_id = s.class_id AND e.seat = 'enrolled'
ON CONFLICT DO NOTHING;
--> statement-breakpoint
SELECT set_config('app.purpose', '', true);
