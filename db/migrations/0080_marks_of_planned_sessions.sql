-- Nobody attends a session that was cancelled. Held until the end of the transaction, so that a mark and the cancelling of its
-- session take turns; whoever marks may not change the session, so the lock is taken for a purpose that may.
CREATE FUNCTION hold_planned(academy uuid, session uuid) RETURNS boolean LANGUAGE plpgsql SET app.purpose = 'setup' AS $$
begin
  perform from class_session s where s.academy_id = academy and s.id = session and s.status = 'planned' for share;
  return found;
end $$;
--> statement-breakpoint
CREATE FUNCTION mark_of_planned() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if not hold_planned(new.academy_id, new.session_id) then
    raise exception 'the session is cancelled: nobody attends it'
      using errcode = 'check_violation', constraint = 'attendance_mark_planned';
  end if;
  return new;
end $$;
--> statement-breakpoint
CREATE TRIGGER mark_of_planned BEFORE INSERT OR UPDATE OF mark ON attendance_mark
  FOR EACH ROW WHEN (new.mark in ('present', 'late', 'left_early')) EXECUTE FUNCTION mark_of_planned();
