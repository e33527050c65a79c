-- The attendance of a closed class stays what it was closed with. Who marks and who closes the class take turns: many may mark at once,
-- and whoever closes waits for them. By a lock of its own, taken before any row is: a shared lock of the class's row would
-- be raised by whoever counts its hours, and two who correct at once would wait for each other.
CREATE FUNCTION closing_turn(asked uuid) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  select hashtextextended('class.closing ' || asked::text, 0)
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION hold_planned(academy uuid, session uuid) RETURNS boolean LANGUAGE plpgsql SET app.purpose = 'setup' AS $$
begin
  perform pg_advisory_xact_lock_shared(closing_turn(s.class_id)) from class_session s where s.academy_id = academy and s.id = session;
  perform from class_session s where s.academy_id = academy and s.id = session and s.status = 'planned' for share;
  return found;
end $$;
--> statement-breakpoint
-- After the row, so that what is there already and is not written again is refused to nobody.
CREATE FUNCTION attendance_of_open_class() RETURNS trigger LANGUAGE plpgsql SET app.purpose = 'setup' AS $$
declare
  of_academy uuid := coalesce(new.academy_id, old.academy_id);
  of_class uuid;
begin
  select s.class_id into of_class from class_session s
    where s.academy_id = of_academy and s.id = coalesce(new.session_id, old.session_id);
  perform pg_advisory_xact_lock_shared(closing_turn(of_class));
  if exists (select from class c where c.academy_id = of_academy and c.id = of_class and c.status = 'closed') then
    raise exception 'the class is closed' using errcode = 'check_violation', constraint = 'class_closed';
  end if;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER attendance_of_open_class AFTER INSERT OR UPDATE OR DELETE ON attendance_sheet
  FOR EACH ROW EXECUTE FUNCTION attendance_of_open_class();
--> statement-breakpoint
CREATE TRIGGER attendance_of_open_class AFTER INSERT OR UPDATE OR DELETE ON attendance_entry
  FOR EACH ROW EXECUTE FUNCTION attendance_of_open_class();
--> statement-breakpoint
CREATE TRIGGER attendance_of_open_class AFTER INSERT OR UPDATE OR DELETE ON attendance_mark
  FOR EACH ROW EXECUTE FUNCTION attendance_of_open_class();
--> statement-breakpoint
-- Whoever closes a class has taken the turn before they locked it; who has not does so here.
CREATE FUNCTION closing_takes_turn() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  perform pg_advisory_xact_lock(closing_turn(new.id));
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER closing_takes_turn BEFORE UPDATE OF status ON class
  FOR EACH ROW WHEN (new.status = 'closed' and old.status <> 'closed') EXECUTE FUNCTION closing_takes_turn();
